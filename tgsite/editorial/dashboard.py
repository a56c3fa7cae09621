"""The desk on the admin's home: what needs this editor's attention, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState, WorkflowState

from tgsite.editorial import mending, reminders, review, safety, schedule, staff
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

# Rows of a section on the home; the rest is one link away.
MOST = 10


@dataclass(frozen=True)
class Line:
    """One row of a section: an entry, where it leads, what is the matter, somebody's words."""

    name: str
    url: str
    detail: str = ""
    words: str = ""


@dataclass
class Section:
    """One thing to attend to. ``total`` counts what there is, ``lines`` are what is shown."""

    key: str
    title: str
    help: str = ""
    lines: list[Line] = field(default_factory=list)
    total: int = 0

    @property
    def all_url(self) -> str:
        """Where every row stands."""
        return reverse("editorial_desk", args=[self.key])


class Desk:
    """What waits for ``user``; ``most`` rows a section, or all of them without it."""

    def __init__(self, user: Any, most: int | None = MOST) -> None:
        self.user = user
        self.most = most
        self.today = timezone.localdate()
        self.roles = staff.roles(user)
        if user.is_superuser:
            self.roles |= {MANAGER}

    def sections(self) -> list[Section]:
        """The sections that concern the user and hold something, the most pressing first."""
        found = (self.section(key) for key in SECTIONS)
        return [section for section in found if section is not None and section.total]

    def section(self, key: str) -> Section | None:
        """The section ``key``; none when it does not concern the user."""
        kind = SECTIONS[key]
        if not self.roles & set(kind.roles):
            return None
        total, lines = kind.fill(self)
        return Section(key, str(kind.title), str(kind.help), lines, total)

    @cached_property
    def kinds(self) -> list[type[EditorialModel]]:
        """The kinds of entry that the user may read."""
        return staff.kinds_for(self.user)

    @cached_property
    def rows(self) -> list[Any]:
        """Every entry that any section may show: one query a kind."""
        return schedule.rows_of(self.kinds)

    @cached_property
    def reviews(self) -> tuple[int, list[tuple[TaskState, str]]]:
        """How many texts wait, and the oldest with the reason why the user may not sign each."""
        found = review.waiting()
        states = list(found[: self.most])
        prefetch_related_objects(states, "workflow_state__content_object")
        total = len(states) if self.most is None or len(states) < self.most else found.count()
        return total, [(state, review.reason_against(state, self.user)) for state in states]

    def cut(self, lines: Sequence[Line]) -> tuple[int, list[Line]]:
        """How many there are, and those that are shown."""
        return len(lines), list(lines[: self.most])

    def line(self, entry: Any, detail: str = "", words: str = "", screen: str = "edit") -> Line:
        """A row that leads to the screen where the user can do something, or to the page."""
        if screen != "edit" or staff.may_change(self.user, entry, "change"):
            name = type(entry).snippet_viewset.get_url_name(screen)
            url = reverse(name, args=[quote(entry.pk)])
        else:
            url = entry.get_absolute_url()
        return Line(str(getattr(entry, entry.name_field)), url, detail, words)


Filled = tuple[int, list[Line]]


def _day(day: date) -> str:
    return date_format(day)


def _waiting(desk: Desk) -> Filled:
    total, states = desk.reviews
    mine = [_review_line(state) for state, against in states if not against]
    # Of the texts that were not looked at nobody knows whose they are.
    return len(mine) + (total - len(states) if mine else 0), mine


def _not_mine(desk: Desk) -> Filled:
    total, states = desk.reviews
    others = [_review_line(state, against) for state, against in states if against]
    return len(others) + (total - len(states) if others else 0), others


def _in_review(desk: Desk) -> Filled:
    found = review.waiting()
    lines = [_review_line(state) for state in found[: desk.most]]
    return (found.count() if len(lines) == desk.most else len(lines)), lines


def _review_line(state: TaskState, against: str = "") -> Line:
    sender = state.workflow_state.requested_by
    values = {
        "day": _day(timezone.localdate(state.started_at)),
        "person": _name(sender) if sender else _("somebody who has left"),
    }
    detail = _("sent by %(person)s on %(day)s") % values
    url = reverse("editorial_review", args=[state.pk])
    return Line(state.revision.object_str, url, detail, against)


def _sent_back(desk: Desk) -> Filled:
    states = list(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=desk.user
        )
        .select_related("current_task_state__finished_by", "current_task_state__revision")
        .prefetch_related("content_object")
        .order_by("-current_task_state__finished_at", "-pk")
    )
    return desk.cut([_sent_back_line(desk, state) for state in states if state.content_object])


def _sent_back_line(desk: Desk, state: WorkflowState) -> Line:
    task = state.current_task_state
    values = {
        "person": _name(task.finished_by) if task.finished_by else _("a reviewer"),
        "day": _day(timezone.localdate(task.finished_at)),
    }
    detail = _("sent back by %(person)s on %(day)s") % values
    return desk.line(state.content_object, detail, task.comment)


def _notices(desk: Desk) -> Filled:
    shown = [row for row in desk.rows if row.live and safety.is_shown(row)]
    # Unconfirmed ones first, and of these the one that ends first.
    shown.sort(key=lambda row: (row.safety_notice_until or date.max, row.safety_notice_since))
    return desk.cut([_notice_line(desk, row) for row in shown])


def _notice_line(desk: Desk, row: Any) -> Line:
    if row.safety_notice_until is None:
        detail = _("confirmed; since %s") % _day(row.safety_notice_since)
    else:
        detail = _("not confirmed by a clinician; shown through %s") % _day(row.safety_notice_until)
    return desk.line(row, detail, row.safety_notice, screen="safety")


def _overdue(desk: Desk) -> Filled:
    return _reviews(desk, lambda day: day < desk.today, _("since %s"))


def _due(desk: Desk) -> Filled:
    last = desk.today + timedelta(days=reminders.DAYS_BEFORE)
    return _reviews(desk, lambda day: desk.today <= day <= last, _("on %s"))


def _to_mend(desk: Desk) -> Filled:
    rows = [one for one in mending.pages_to_mend() if type(one[1]) in desk.kinds]
    return desk.cut([desk.line(entry, _("because of %s") % source) for _row, entry, source in rows])


def _reviews(desk: Desk, falls: Callable[[date], bool], words: str) -> Filled:
    rows = [row for row in desk.rows if row.live and row.review_due and falls(row.review_due)]
    rows.sort(key=lambda row: row.review_due)
    return desk.cut([desk.line(row, words % _day(row.review_due)) for row in rows])


def _never_reviewed(desk: Desk) -> Filled:
    rows = [row for row in desk.rows if row.live and row.reviewed_on is None]
    return desk.cut([desk.line(row, str(row._meta.verbose_name)) for row in rows])


def _scheduled(desk: Desk) -> Filled:
    revisions = schedule.scheduled_revisions(desk.kinds)
    moments = (schedule.What.GOES_LIVE, schedule.What.LEAVES)
    found = [event for event in schedule.events(desk.rows, revisions) if event.what in moments]
    return desk.cut(
        [
            Line(
                event.name,
                reverse(event.model.snippet_viewset.get_url_name("edit"), args=[quote(event.pk)]),
                f"{event.label}: {_day(event.day)}, {event.time}",
            )
            for event in found
        ]
    )


def _locked(desk: Desk) -> Filled:
    rows = sorted(
        (row for row in desk.rows if row.locked), key=lambda row: (str(row.locked_at), row.pk)
    )
    return desk.cut([desk.line(row, _locked_by(row)) for row in rows])


def _locked_by(row: Any) -> str:
    if row.locked_by is None or row.locked_at is None:
        return _("locked")
    values = {
        "person": _name(row.locked_by),
        "day": _day(timezone.localdate(row.locked_at)),
    }
    return _("locked by %(person)s since %(day)s") % values


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


@dataclass(frozen=True)
class Kind:
    """A section before it is filled: whom it concerns, its words, and where its rows come from."""

    roles: Iterable[str]
    title: Promise
    fill: Callable[[Desk], Filled]
    help: Promise | str = ""


# In the order of the desk.
SECTIONS = {
    "waiting": Kind([REVIEWER], gettext_lazy("Waiting for your signature"), _waiting),
    "sent-back": Kind([AUTHOR, MANAGER], gettext_lazy("Sent back to you"), _sent_back),
    "notices": Kind([REVIEWER, MANAGER], gettext_lazy("Safety notices shown now"), _notices),
    "to-mend": Kind(
        [AUTHOR, MANAGER],
        gettext_lazy("Pages to mend"),
        _to_mend,
        gettext_lazy(
            "Facts that their words rest on have changed. The report shows the sentences."
        ),
    ),
    "overdue": Kind(
        [AUTHOR, MANAGER],
        gettext_lazy("Reviews overdue"),
        _overdue,
        gettext_lazy("Readers see on each page that its review is overdue."),
    ),
    "due": Kind([AUTHOR, MANAGER], gettext_lazy("Reviews due within 30 days"), _due),
    "never-reviewed": Kind(
        [AUTHOR, REVIEWER, MANAGER],
        gettext_lazy("Not yet reviewed by a clinician"),
        _never_reviewed,
        gettext_lazy("Live pages that say so to readers."),
    ),
    "in-review": Kind([MANAGER], gettext_lazy("Waiting for a reviewer"), _in_review),
    "not-mine": Kind([REVIEWER], gettext_lazy("In review, not yours to sign"), _not_mine),
    "scheduled": Kind([MANAGER], gettext_lazy("Scheduled next"), _scheduled),
    "locked": Kind([MANAGER], gettext_lazy("Locked entries"), _locked),
}


class DeskPanel(Component):
    """The desk as the first panel of the home."""

    name = "desk"
    order = 10
    template_name = "editorial/desk_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The sections."""
        return {"sections": Desk(parent_context["request"].user).sections()}


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """One section with all its rows."""

    template_name = "editorial/desk.html"
    header_icon = "list-ul"
    section: Section

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for a section that there is not, refused for one that concerns others."""
        if kwargs["key"] not in SECTIONS:
            raise Http404
        section = Desk(request.user, most=None).section(kwargs["key"])
        if section is None:
            raise PermissionDenied
        self.section = section
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The section's."""
        return self.section.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the section."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.section.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The section."""
        return super().get_context_data(**kwargs) | {"section": self.section}
