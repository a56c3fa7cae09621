"""What other apps can follow: an entry becomes public, or leaves the site.

Both are sent inside the transaction, so that what a follower writes stands or falls with it.
A deletion is Django's own ``post_delete``.
"""

from django.dispatch import Signal

# ``entry``: the row as it is live now, its children in the database.
entry_published = Signal()
# ``entry``: the row that is live no more.
entry_taken_off = Signal()
