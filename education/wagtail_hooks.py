"""Registration only: what stands in the admin is in `viewsets.py`."""

from wagtail.snippets.models import register_snippet

from education.viewsets import LibraryGroup

register_snippet(LibraryGroup)
