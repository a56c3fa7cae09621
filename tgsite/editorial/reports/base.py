"""What the reports share: who may read them, filters and order over rows in memory, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial import staff
from tgsite.editorial.models import entry_models
from tgsite.editorial.spreadsheets import HarmlessSpreadsheetMixin


def may_read_reports(user: Any) -> bool:
    """Whoever may look at entries: authors, reviewers, managing editors, administrators."""
    return bool(staff.kinds_for(user))


def kind_choices() -> list[tuple[str, str]]:
    """Code and name of each kind of entry."""
    return [
        (model._meta.label_lower, capfirst(str(model._meta.verbose_name)))
        for model in entry_models()
    ]


class EditAddresses:
    """Addresses of edit screens, for those who may edit."""

    def __init__(self, user: Any) -> None:
        self._views: dict[type[models.Model], str] = {
            model: f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:edit"
            for model in entry_models()
            if ModelPermissionPolicy(model).user_has_permission(user, "change")
        }

    def of(self, model: type[models.Model], pk: int) -> str:
        """The address, or nothing for who may not edit it."""
        view = self._views.get(model)
        return reverse(view, args=[pk]) if view else ""


class ReportMenuItem(MenuItem):
    """A report in the menu of those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Called for each page of the admin."""
        return may_read_reports(request.user)


class RowChoice(django_filters.ChoiceFilter):
    """Rows whose attribute is the chosen one."""

    def filter(self, rows: Sequence[Any], value: str) -> Sequence[Any]:
        """The rows left."""
        if not value:
            return rows
        return [row for row in rows if str(getattr(row, self.field_name)) == value]


class RowText(django_filters.CharFilter):
    """Rows whose attribute holds the text, however it is capitalised."""

    def filter(self, rows: Sequence[Any], value: str) -> Sequence[Any]:
        """The rows left."""
        if not value:
            return rows
        asked = value.casefold()
        return [row for row in rows if asked in str(getattr(row, self.field_name)).casefold()]


class RowFilterSet(WagtailFilterSet):
    """A filter form over rows that several tables, or no table, make up."""

    def __init__(self, data: Any = None, *, request: Any = None, **_kwargs: Any) -> None:
        # The library asks for a query set; none is ever run.
        super().__init__(data, ContentType.objects.none(), request=request)

    def filter_queryset(self, queryset: Sequence[Any]) -> Sequence[Any]:
        """The rows that every choice lets through."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


class FormColumn(Column):
    """Cells with a form of their own."""

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """The row, and the token: cells are rendered without a request."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(parent_context["request"])}


class Report(HarmlessSpreadsheetMixin, ReportView):
    """A report over rows in memory, each an object whose attributes the columns name."""

    any_permission_required = ["view"]
    is_searchable = False
    table_classname = "listing guide-report"
    # Column names that are exported; their headings are the columns'.
    list_export: list[str] = []
    export_columns: dict[str, Any] = {}
    columns: list[Column] = []

    def user_has_any_permission(self, permissions: Sequence[str]) -> bool:
        """Who may open it."""
        return may_read_reports(self.request.user)

    def rows(self) -> list[Any]:
        """Every row, unfiltered."""
        raise NotImplementedError

    @cached_property
    def all_rows(self) -> list[Any]:
        """Every row, fetched once."""
        return self.rows()

    @cached_property
    def export_headings(self) -> dict[str, Any]:
        """Names of the exported columns."""
        return {column.name: column.label for column in self.columns} | self.export_columns

    def get_filtered_queryset(self) -> list[Any]:
        """The rows asked for, in the order asked for; none for a value that does not exist."""
        if not self.filters.is_valid():
            return []
        rows = list(self.filters.filter_queryset(self.all_rows))
        key = (self.ordering or "").lstrip("-")
        if key:
            rows.sort(key=lambda row: _rank(getattr(row, key)), reverse=self.ordering[0] == "-")
        return rows

    @cached_property
    def no_results_message(self) -> str:
        """Why there is nothing to see."""
        if self.filters.is_valid():
            return _("Nothing matches.")
        return _("One of the filters has a value that does not exist. Choose another.")


def _rank(value: Any) -> tuple[bool, Any]:
    """Sorts what is missing before everything else."""
    return (value is not None, value.casefold() if isinstance(value, str) else value)
