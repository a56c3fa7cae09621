"""The calendar of the admin: what goes live, leaves, ends or falls due, by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Revision

from tgsite.editorial import safety, schedule, staff
from tgsite.editorial.models import EditorialModel, entry_models


def kinds_for(user: Any) -> list[type[EditorialModel]]:
    """The kinds of entry that ``user`` may read in the admin."""
    return [model for model in entry_models() if staff.may_change(user, model, "view")]


def _kinds() -> list[tuple[str, Any]]:
    return [
        (model._meta.label_lower, model._meta.verbose_name_plural.capitalize())
        for model in entry_models()
    ]


class EventFilterSet(WagtailFilterSet):
    """Filters of a list of events, which come from several tables."""

    what = django_filters.ChoiceFilter(
        label=_("What"),
        choices=schedule.What.choices,
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=_kinds, empty_label=_("All kinds"), widget=forms.RadioSelect
    )
    until = django_filters.DateFilter(label=_("Up to this day"), widget=AdminDateInput)

    def filter_queryset(self, queryset: Iterable[schedule.Event]) -> list[schedule.Event]:
        """The events that every stated filter lets through."""
        stated = self.form.cleaned_data
        what, kind, until = stated["what"], stated["kind"], stated["until"]
        return [
            event
            for event in queryset
            if (not what or event.what == what)
            and (not kind or event.model._meta.label_lower == kind)
            and (until is None or event.day <= until)
        ]


class ComingUpView(ReportView):
    """What comes up, the next day first; reviews that are overdue stand before today."""

    page_title = _("Coming up")
    header_icon = "date"
    index_url_name = "editorial_coming_up"
    index_results_url_name = "editorial_coming_up_results"
    filterset_class = EventFilterSet
    list_export = ["day", "time", "label", "name", "kind"]
    export_headings = {
        "day": _("Day"),
        "time": _("Time"),
        "label": _("What"),
        "name": _("Name"),
        "kind": _("Kind"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may read entries."""
        if not self.kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kinds(self) -> list[type[EditorialModel]]:
        """The kinds that this user may read."""
        return kinds_for(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """The name leads to the screen where this user can do something, if there is one."""
        return [
            Column("day", label=_("Day")),
            Column("time", label=_("Time")),
            Column("label", label=_("What")),
            TitleColumn("name", label=_("Name"), get_url=self._screen),
            Column("kind", label=_("Kind")),
        ]

    def _screen(self, event: schedule.Event) -> str | None:
        user, screen = self.request.user, "edit"
        if event.what == schedule.What.NOTICE_ENDS and safety.may_look(event.model, user):
            screen = "safety"
        elif not staff.may_change(user, event.model, "change"):
            return None
        return reverse(event.model.snippet_viewset.get_url_name(screen), args=[quote(event.pk)])

    def get_filename(self) -> str:
        """The name of the exported file, without its ending."""
        return "coming-up"

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """The filters work on a list, but want a table to stand on."""
        return super().get_filterset_kwargs() | {"queryset": Revision.objects.none()}

    def get_queryset(self) -> list[schedule.Event]:
        """The events as a list: one query a kind and one for the schedule."""
        revisions = schedule.scheduled_revisions(self.kinds)
        return schedule.events(schedule.rows_of(self.kinds), revisions)
