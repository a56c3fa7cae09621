"""The content checks of a draft, as editors and reviewers see them: grouped, with a way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.forms import Media, Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial.checks import Level, Problem, problems
from tgsite.editorial.dependents import DependentPage, live_pages_to_mend
from tgsite.editorial.mending import Waiting, waiting_in
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.reports.base import EditAddresses


@dataclass(frozen=True)
class Group:
    """The problems of one level."""

    level: Level
    problems: list[Problem]

    @property
    def label(self) -> str:
        """What the level means to who writes."""
        return self.level.label


def grouped(found: list[Problem]) -> list[Group]:
    """The problems by level, the strictest first; levels without one are left out."""
    groups = [Group(level, [one for one in found if one.level == level]) for level in Level]
    return [group for group in groups if group.problems]


def with_addresses(pages: Iterable[DependentPage], user: Any) -> list[DependentPage]:
    """The pages, each with the address of its edit screen if ``user`` may open it."""
    edit = EditAddresses(user)
    return [replace(page, edit_url=edit.of(page.model, page.pk)) for page in pages]


@dataclass(frozen=True)
class Draft:
    """The last saved text of an entry, what is wrong with it, and which other pages rest on it."""

    entry: EditorialModel
    saved_at: datetime | None
    problems: list[Problem]
    waiting: list[Waiting]
    pages: list[DependentPage]

    @classmethod
    def of(cls, entry: EditorialModel, user: Any) -> Draft:
        """The last saved draft of ``entry``, or its row where none was ever saved.

        The pages lead to where ``user`` may edit them.
        """
        revision = entry.latest_revision
        text = revision.as_object() if revision else entry
        changed = revision and revision.pk != entry.live_revision_id
        pages = with_addresses(live_pages_to_mend(entry, text) if changed else (), user)
        saved_at = revision and revision.created_at
        return cls(entry, saved_at, problems(text), waiting_in(entry, text), pages)

    @property
    def groups(self) -> list[Group]:
        """The problems by level."""
        return grouped(self.problems)

    @property
    def to_attend_to(self) -> int:
        """How many problems stand in the way of approval, and what is wrong or would be."""
        in_the_way = sum(problem.level != Level.WARN for problem in self.problems)
        return in_the_way + sum(bool(one.wrong) for one in (*self.waiting, *self.pages))

    @property
    def refresh_url(self) -> str:
        """The list alone, made anew."""
        content_type = ContentType.objects.get_for_model(self.entry)
        return reverse("editorial_checks", args=[content_type.pk, self.entry.pk])


class ContentChecksPanel(BaseSidePanel):
    """The checks of the last saved draft, beside the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it, with the number of what has to be done."""

        aria_label = _("Toggle content checks")
        icon_name = "list-ul"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The number beside the button."""
            return super().get_context_data(parent_context) | {
                "count": self.panel.draft.to_attend_to
            }

    name = "content-checks"
    title = _("Content checks")
    template_name = "editorial/checks_panel.html"
    order = 340

    @cached_property
    def draft(self) -> Draft:
        """What is listed."""
        return Draft.of(self.object, self.request.user)

    @property
    def media(self) -> Media:
        """The behaviour of its links."""
        # The stubs of Django know no scripts with attributes yet.
        return Media(js=[Script("js/content-checks.js", type="module")])  # type: ignore[list-item]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The draft and its problems."""
        return super().get_context_data(parent_context) | {"draft": self.draft}


def checks_view(request: HttpRequest, content_type_id: int, pk: int) -> HttpResponse:
    """The checks of the last saved draft of one entry, made anew, as the panel shows them.

    Who may see the entry may see its checks; others are refused, and what is no entry is 404.
    """
    content_type = get_object_or_404(ContentType, pk=content_type_id)
    model = content_type.model_class()
    if model is None or not issubclass(model, EditorialModel):
        raise Http404
    if not ModelPermissionPolicy(model).user_has_any_permission(request.user, ["view", "change"]):
        raise PermissionDenied
    entry = get_object_or_404(model, pk=pk)
    draft = Draft.of(entry, request.user)
    return render(request, "editorial/_checks_of_draft.html", {"draft": draft})
