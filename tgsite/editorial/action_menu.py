"""The buttons at the foot of an entry's edit screen: what this user can do with this text now.

What is not offered is refused as well: by the gate, by the lock of a text under review, and by
``tgsite.editorial.review``.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    SubmitForModerationMenuItem,
)

from tgsite.editorial import gate
from tgsite.editorial.models import EditorialModel, SignOff
from tgsite.editorial.plain import clinical_digest


class SubmitToReviewMenuItem(SubmitForModerationMenuItem):
    """Send the text to a clinician."""

    label = _("Send to clinical review")

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Always by the same name, also after a text was sent back."""
        return super().get_context_data(parent_context) | {"label": self.label}


class PublishMinorEditMenuItem(PublishMenuItem):
    """Publish a change without anything medical, begun from the live text."""

    label = _("Publish minor edit")
    # Wagtail's own template for publication knows one label only.
    template_name = ActionMenuItem.template_name


class PublishAgainMenuItem(PublishMenuItem):
    """Put a text on the site again that a clinician signed."""

    label = _("Publish the reviewed text")
    template_name = ActionMenuItem.template_name


# Wagtail's items that this workflow does on the review screen, or not at all.
_NOT_HERE = {"action-publish", "action-submit", "action-cancel-workflow", "action-restart-workflow"}


def construct(items: list[Any], context: dict[str, Any]) -> None:
    """Put our items in place of Wagtail's on the screens of entries; others stay as they are."""
    if not issubclass(context["model"], EditorialModel):
        return
    ours = [SubmitToReviewMenuItem(order=60)]
    publish = _publication(context.get("instance"), context["request"].user, context["view"])
    if publish is not None:
        ours.append(publish)
    items[:] = sorted(
        [item for item in items if item.name not in _NOT_HERE]
        + [item for item in ours if item.is_shown(context)],
        key=lambda item: item.order,
    )


def _publication(entry: EditorialModel | None, user: Any, view: str) -> PublishMenuItem | None:
    """The road to the site that is open for the text on the screen, if any."""
    if entry is None or view != "edit":
        return None
    if entry.live and not entry.has_unpublished_changes:
        return PublishMinorEditMenuItem(order=70)
    last = SignOff.last_of(entry)
    if last is not None and last.digest == clinical_digest(entry):
        return PublishAgainMenuItem(order=70)
    if entry.live and not gate.holds_draft_of_another(entry, entry.latest_revision, user):
        # The editor's own, perhaps an autosave: whether it is minor is decided when it is sent.
        return PublishMinorEditMenuItem(order=70)
    return None
