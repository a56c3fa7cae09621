"""The calendar of the admin: what goes live, leaves, ends or falls due, by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import AdminDateInput

from tgsite.editorial import safety, schedule, staff
from tgsite.editorial.reports.base import Report, RowChoice, RowFilterSet, kind_choices


class UpToDay(django_filters.DateFilter):
    """Rows up to a day."""

    def filter(
        self, rows: Sequence[schedule.Event], value: date | None
    ) -> Sequence[schedule.Event]:
        """The rows left."""
        return [row for row in rows if value is None or row.day <= value]


class EventFilterSet(RowFilterSet):
    """What comes up, of which kind of entry, and until when."""

    what = RowChoice(
        label=_("What"),
        choices=schedule.What.choices,
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    kind = RowChoice(
        label=_("Kind"), choices=kind_choices, empty_label=_("All kinds"), widget=forms.RadioSelect
    )
    until = UpToDay(label=_("Up to this day"), widget=AdminDateInput)


class _NameColumn(TitleColumn):
    """The name leads to the screen where this user can do something, if there is one."""

    def get_link_url(self, instance: schedule.Event, parent_context: Any) -> str | None:
        """The address of that screen."""
        user, model, screen = parent_context["request"].user, instance.model, "edit"
        if instance.what == schedule.What.NOTICE_ENDS and safety.may_look(model, user):
            screen = "safety"
        elif not staff.may_change(user, model, "change"):
            return None
        return reverse(model.snippet_viewset.get_url_name(screen), args=[quote(instance.pk)])


class ComingUpReport(Report):
    """What comes up, the next day first; reviews that are overdue stand before today."""

    page_title = _("Coming up")
    header_icon = "date"
    index_url_name = "editorial_coming_up"
    index_results_url_name = "editorial_coming_up_results"
    export_filename = "coming-up"
    filterset_class = EventFilterSet
    columns = [
        Column("day", label=_("Day")),
        Column("time", label=_("Time")),
        Column("label", label=_("What")),
        _NameColumn("name", label=_("Name")),
        Column("kind_name", label=_("Kind")),
    ]
    list_export = [column.name for column in columns]

    def rows(self) -> list[schedule.Event]:
        """The events: one query a kind and one for the schedule."""
        kinds = staff.kinds_for(self.request.user)
        return schedule.events(schedule.rows_of(kinds), schedule.scheduled_revisions(kinds))
