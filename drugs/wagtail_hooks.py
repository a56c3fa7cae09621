"""Registration only: what stands in the admin is in `viewsets.py`."""

from wagtail.snippets.models import register_snippet

from drugs.viewsets import GuideGroup

register_snippet(GuideGroup)
