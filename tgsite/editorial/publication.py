"""Becoming public: the signals that other apps follow, and the last step of the workflow.

Both signals are sent inside the transaction, so that what a follower writes stands or falls with
it. A deletion is Django's own ``post_delete``. Wagtail imports this module while it makes its
own models, so no model is imported here.
"""

from typing import Any

from django.dispatch import Signal

# ``entry``: the row as it is live now, its children in the database. Also sent when its safety
# notice comes, changes or goes.
entry_published = Signal()
# ``entry``: the row that is live no more.
entry_taken_off = Signal()


def publish_signed(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that was signed, on its day if it has one (a Wagtail setting).

    The signature gives the right to it, since reviewers have no right to publish of their own.
    """
    revision = workflow_state.current_task_state.revision
    # Anew: the revision remembers the entry as it was when it was read.
    revision.refresh_from_db()
    revision.publish(user=user, skip_permission_checks=True)
