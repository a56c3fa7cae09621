"""The history of an entry as a person reads it: milestones by name, autosaves folded.

Who may see an entry may read its history and compare its texts; changing something from here
needs the right to change the entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.models import ModelLogEntry, Revision
from wagtail.snippets.views.snippets import HistoryView, PreviewRevisionView, RevisionsCompareView

from tgsite.editorial.comparing import comparison
from tgsite.editorial.models import Publication, SignOff

SAVED = "wagtail.edit"
# Wagtail's actions under the names that editors use for them.
MILESTONES = {
    "wagtail.create": gettext_lazy("Begun"),
    SAVED: gettext_lazy("Edited"),
    "wagtail.workflow.start": gettext_lazy("Sent to clinical review"),
    "wagtail.workflow.resume": gettext_lazy("Sent to clinical review again"),
    "wagtail.workflow.reject": gettext_lazy("Sent back by the reviewer"),
    "wagtail.workflow.cancel": gettext_lazy("Withdrawn from review"),
    "wagtail.unpublish": gettext_lazy("Taken off this site"),
    "wagtail.unpublish.scheduled": gettext_lazy("Taken off this site on its last day"),
}
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def folded(entries: QuerySet[Any]) -> QuerySet[Any]:
    """``entries`` of a log without saves that the same person's next save of the draft replaced.

    Only a draft's last text is kept, and whatever stands between two saves keeps both.
    """
    of_same_entry = ModelLogEntry.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
    )
    following = of_same_entry.filter(pk__gt=OuterRef("pk")).order_by("pk").values("pk")[:1]
    same_draft = ModelLogEntry.objects.filter(
        pk=OuterRef("following"),
        action=SAVED,
        revision=OuterRef("revision"),
        user=OuterRef("user"),
    )
    return entries.alias(following=Subquery(following)).exclude(
        Q(action=SAVED) & Q(Exists(same_draft))
    )


class MilestoneColumn(ActionColumn):
    """What happened, by name; with the words that came with it, and what can be read of it."""

    cell_template_name = "editorial/_milestone.html"

    def __init__(self, *args: Any, may_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_change = may_change

    @cached_property
    def sign_offs(self) -> dict[int, SignOff]:
        """Revision -> the signature under it, oldest first."""
        found = SignOff.of(self.object).order_by("signed_at", "pk")
        return {one.revision_id: one for one in found}

    @cached_property
    def publications(self) -> dict[int, list[Publication]]:
        """Revision -> what readers were told when it became public."""
        found: dict[int, list[Publication]] = {}
        for one in Publication.of(self.object).filter(revision__isnull=False):
            found.setdefault(one.revision_id, []).append(one)
        return found

    def get_value(self, instance: Any) -> str:
        """What happened."""
        if instance.action == "wagtail.workflow.approve":
            signed = self.sign_offs.get(instance.revision_id)
            return _("Approved by %(who)s") % {"who": signed.signed_as if signed else "…"}
        if publication := self._publication(instance):
            return str(publication.get_kind_display())
        return str(MILESTONES.get(instance.action) or instance.message)

    def _publication(self, instance: Any) -> Publication | None:
        """The record of this very publication: a text can go public more than once."""
        if instance.action not in PUBLISHED:
            return None
        known = self.publications.get(instance.revision_id, [])
        return min(known, key=lambda one: abs(one.at - instance.timestamp), default=None)

    def get_status(self, instance: Any, parent_context: Any) -> str | None:
        """Whether this is what readers see, or the draft that is worked on."""
        if instance.action in PUBLISHED and instance.revision_id == self.object.live_revision_id:
            return _("Live version")
        status: str | None = super().get_status(instance, parent_context)
        return status

    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        """Links to read, compare and bring back the text; none where it is not kept any more."""
        revision = instance.revision
        if revision is None:
            return []
        found = [self._link("revisions_view", _("Preview of this version"), revision.pk)]
        if instance.previous_revision_id:
            found.append(
                self._compare(
                    _("Compare with the version before"), instance.previous_revision_id, revision.pk
                )
            )
        approved = next(reversed(self.sign_offs), None)
        if approved and approved != revision.pk:
            found.append(self._compare(_("Compare with the last approved"), approved, revision.pk))
        if self.object.live and self.object.live_revision_id != revision.pk:
            found.append(self._compare(_("Compare with what is live"), "live", revision.pk))
        if revision.pk != self.object.latest_revision_id:
            found.append(self._compare(_("Compare with the newest"), revision.pk, "latest"))
        return found + self._changing(revision)

    def _changing(self, revision: Revision) -> list[dict[str, str]]:
        found = []
        if self.may_change and revision.pk == self.object.latest_revision_id:
            found.append(self._link("edit", _("Edit")))
        elif self.may_change:
            found.append(self._link("revisions_revert", _("Bring this version back"), revision.pk))
        if revision.approved_go_live_at and self.user_can_unschedule:
            label = _("Cancel scheduled publish")
            found.append(self._link("revisions_unschedule", label, revision.pk))
        return found

    def _compare(self, label: str, before: Any, after: Any) -> dict[str, str]:
        return self._link("revisions_compare", label, before, after)

    def _link(self, name: str, label: str, *numbers: Any) -> dict[str, str]:
        url = reverse(self.url_names[name], args=[quote(self.object.pk), *numbers])
        return {"url": url, "label": label}

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With the words that came with it: why it was sent back, what readers were told."""
        publication = self._publication(instance)
        words = instance.comment or (publication.note if publication else "")
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"words": words or instance.data.get("note", "")}


class ForReadersMixin:
    """A view for everybody who may see the entry; a link to change it only for who may."""

    permission_required = None
    any_permission_required = ["view", "change"]

    def get_edit_url(self, *args: Any) -> str | None:
        """The edit screen, or nothing."""
        if not self.user_has_permission("change"):  # type: ignore[attr-defined]
            return None
        url: str | None = super().get_edit_url(*args)  # type: ignore[misc]
        return url

    @property
    def header_buttons(self) -> list[Any]:
        """The button to the edit screen, if it opens."""
        allowed = self.user_has_permission("change")  # type: ignore[attr-defined]
        return super().header_buttons if allowed else []  # type: ignore[misc]


class EntryHistoryView(ForReadersMixin, HistoryView):
    """Everything that happened to an entry, newest first."""

    @cached_property
    def columns(self) -> list[Any]:
        """What happened, who did it, when."""
        happened, *others = super().columns
        column = MilestoneColumn(
            happened.name,
            label=happened.label,
            object=self.object,
            url_names=happened.url_names,
            user_can_unschedule=happened.user_can_unschedule,
            may_change=self.user_has_permission("change"),
        )
        return [column, *others]

    def get_base_queryset(self) -> QuerySet[Any]:
        """The log of the entry, autosaves folded."""
        return folded(super().get_base_queryset()).order_by("-timestamp", "-pk")


class EntryPreviewRevisionView(PreviewRevisionView):
    """The public page as an earlier text would make it."""

    permission_required = None
    any_permission_required = ["view", "change"]


class EntryCompareView(ForReadersMixin, RevisionsCompareView):
    """Two texts of an entry, and links to the comparisons that one asks for most."""

    template_name = "editorial/compare.html"
    revisions_compare_url_name: str = ""

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Any, str]:
        """The text, and what it is or who saved it when; 404 for one that is not kept."""
        if revision_id == "live":
            return self.object, _("Live") if self.object.live else _("The last that was public")
        known = self.object.revisions.select_related("user").order_by("created_at", "pk")
        ends = {"earliest": known.first, "latest": known.last}
        find = ends.get(revision_id) or known.filter(pk=revision_id).first
        revision = find()
        if revision is None:
            raise Http404
        return revision.as_object(), self._heading(revision)

    def _heading(self, revision: Revision) -> str:
        saved = date_format(timezone.localtime(revision.created_at), "DATETIME_FORMAT")
        if revision.pk == self.object.live_revision_id:
            return _("Live, saved %(when)s") % {"when": saved}
        if revision.user is None:
            return _("Saved %(when)s") % {"when": saved}
        who = revision.user.get_full_name() or revision.user.get_username()
        return _("Saved %(when)s by %(who)s") % {"when": saved, "who": who}

    def _get_comparison(self, before: Any, after: Any) -> list[Any]:
        """What changed, as on the review screen."""
        return comparison(before, after)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With links that compare the second text with the last approved one and with the live."""
        return super().get_context_data(others=list(self._others()), **kwargs)

    def _others(self) -> Iterator[dict[str, Any]]:
        last = SignOff.last_of(self.object)
        if last is not None:
            yield self._other(
                _("With the last approved (%(who)s)") % {"who": last}, last.revision_id
            )
        if self.object.live:
            yield self._other(_("With what is live"), "live")

    def _other(self, label: str, before: Any) -> dict[str, Any]:
        numbers = [quote(self.object.pk), before, self.revision_id_b]
        return {
            "label": label,
            "url": reverse(self.revisions_compare_url_name, args=numbers),
            "current": str(before) == self.revision_id_a,
        }
