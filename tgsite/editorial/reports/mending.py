"""Live pages whose words rest on facts that have changed, or that contradict a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic.detail import SingleObjectMixin
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from tgsite.editorial import staff
from tgsite.editorial.dependents import Line, Told, contradicting_pages
from tgsite.editorial.mending import lines_of, nothing_to_change, pages_to_mend
from tgsite.editorial.models import EditorialModel, PageToMend
from tgsite.editorial.reports.base import (
    EditAddresses,
    FormColumn,
    Report,
    RowChoice,
    RowFilterSet,
    RowText,
    kind_choices,
)


@dataclass(frozen=True)
class ReportedPage(Told):
    """One page, and why it has to be read again."""

    page: str
    model: type[EditorialModel]
    because_of: str
    lines: tuple[Line, ...]
    edit_url: str
    row: PageToMend | None = None
    """None for a page that contradicts a record as it is."""

    @property
    def since(self) -> datetime | None:
        """When the fact changed."""
        return self.row.since if self.row else None

    @property
    def kind(self) -> str:
        """Code of the kind of entry."""
        return self.model._meta.label_lower

    @property
    def kind_name(self) -> str:
        """Kind of entry."""
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def wrong_sentences(self) -> int:
        """How many contradict a record."""
        return len(self.wrong)

    @property
    def sentences(self) -> str:
        """For a spreadsheet: every sentence, and what is wrong with it."""
        return "\n".join(f"{one.place}: “{one.sentence}” {one.reason}" for one in self.lines)


def reported_pages(user: Any) -> Iterator[ReportedPage]:
    """The pages to mend, each with the address of its edit screen for who may open it."""
    edit = EditAddresses(user)
    told = set()
    for row, entry, source in pages_to_mend():
        lines = lines_of(row)
        told |= {(type(entry), entry.pk, line.key) for line in lines if line.reason}
        url = edit.of(type(entry), entry.pk)
        yield ReportedPage(str(entry), type(entry), str(source), lines, url, row)
    for page in contradicting_pages():
        rest = [one for one in page.lines if (page.model, page.pk, one.key) not in told]
        if rest:
            url = edit.of(page.model, page.pk)
            why = _("The records as they are")
            yield ReportedPage(page.name, page.model, why, tuple(rest), url)


class MendingFilterSet(RowFilterSet):
    """Kind, and what changed."""

    kind = RowChoice(label=gettext_lazy("Kind"), choices=kind_choices)
    because_of = RowText(label=gettext_lazy("Because of"))


class LinesColumn(Column):
    """The sentences."""

    cell_template_name = "editorial/reports/mending_cell.html"


class SettleColumn(FormColumn):
    """The way to say that there is nothing to change, for who may edit the page."""

    cell_template_name = "editorial/reports/settle_cell.html"


class MendingReport(Report):
    """Every page to mend, with its sentences."""

    page_title = gettext_lazy("Pages to mend")
    header_icon = "edit"
    index_url_name = "editorial_reports:mending"
    index_results_url_name = "editorial_reports:mending_results"
    export_filename = "pages-to-mend"
    filterset_class = MendingFilterSet
    default_ordering = "-wrong_sentences"
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            sort_key="page",
            get_url=lambda row: row.edit_url or None,
        ),
        Column("kind_name", label=gettext_lazy("Kind"), sort_key="kind_name"),
        Column("because_of", label=gettext_lazy("Because of"), sort_key="because_of"),
        DateColumn("since", label=gettext_lazy("Since"), sort_key="since"),
        Column("wrong_sentences", label=gettext_lazy("Wrong"), sort_key="wrong_sentences"),
        LinesColumn("sentences", label=gettext_lazy("Sentences")),
        SettleColumn("settle", label=gettext_lazy("Nothing to change")),
    ]
    list_export = [one.name for one in columns if one.name != "settle"]

    def rows(self) -> list[ReportedPage]:
        """Every page."""
        return list(reported_pages(self.request.user))


class NothingToChangeView(SingleObjectMixin[PageToMend], View):
    """Somebody who may edit the page has read it, and it is right."""

    model = PageToMend
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take it off the list and log that."""
        row = self.get_object()
        if not staff.may_change(request.user, row.entry, "change"):
            raise PermissionDenied
        if request.POST.get("mark") == row.mark:
            messages.success(request, _("Nothing to change: %(page)s") % {"page": row.entry})
            nothing_to_change(row, request.user)
        else:
            message = _("The sentences of %(page)s have changed meanwhile: read them again.")
            messages.warning(request, message % {"page": row.entry})
        return redirect(reverse("editorial_reports:mending"))
