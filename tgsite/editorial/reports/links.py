"""Where the guide leads to, and whether it still leads there (content standard A9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic.detail import SingleObjectMixin
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial.models import LinkCheck, LinkState, RetiredPublisher
from tgsite.editorial.models.links import NEEDS_WORK, retired
from tgsite.editorial.outside_links import OutsideLink, outside_links
from tgsite.editorial.reports.base import (
    EditAddresses,
    FormColumn,
    Report,
    RowChoice,
    RowFilterSet,
    RowText,
    kind_choices,
)

LONGEST_IGNORED = timedelta(days=366)
_OTHER_KIND = "other"


@dataclass(frozen=True)
class ReportedLink:
    """One address at one place, with what is known of it."""

    link: OutsideLink
    check: LinkCheck
    state: LinkState
    why: str
    kind: str
    kind_name: str
    edit_url: str = ""

    @property
    def page(self) -> str:
        """The page it stands on."""
        return self.link.page

    @property
    def place(self) -> str:
        """Field or row of the page."""
        return self.link.place

    @property
    def address(self) -> str:
        """Where it leads."""
        return self.link.address

    @property
    def publisher(self) -> str:
        """Who is named as its publisher, or else its site."""
        return self.link.publisher

    @property
    def version(self) -> str:
        """Whether readers meet it."""
        return _("Live") if self.link.live else _("Draft")

    @property
    def state_name(self) -> str:
        """In words."""
        return str(self.state.label)

    @property
    def moved_to(self) -> str:
        """Where it has moved for good."""
        return self.check.moved_to

    @property
    def last_checked(self) -> datetime | None:
        """When it was last asked."""
        return self.check.last_checked

    @property
    def last_succeeded(self) -> datetime | None:
        """When it last answered well."""
        return self.check.last_succeeded

    @property
    def failures(self) -> int:
        """Days on which it failed since."""
        return self.check.failures

    @property
    def first_failed_on(self) -> date | None:
        """The first of these days."""
        return self.check.first_failed_on


def reported_links(user: Any = None) -> list[ReportedLink]:
    """Every outside link of the guide: the same number of queries however many there are.

    With ``user`` each carries the address of its edit screen, for who may open it.
    """
    today = timezone.localdate()
    checks = {one.address: one for one in LinkCheck.objects.select_related("ignored_by")}
    retired_domains = RetiredPublisher.reasons()
    edit = EditAddresses(user) if user else None
    entry_kinds = dict(kind_choices())

    def reported(link: OutsideLink) -> ReportedLink:
        check = checks.get(link.address) or LinkCheck(address=link.address)
        state, why = _judged(check, retired_domains, today)
        kind = link.model._meta.label_lower
        return ReportedLink(
            link,
            check,
            state,
            why,
            kind if kind in entry_kinds else _OTHER_KIND,
            entry_kinds.get(kind) or capfirst(str(link.model._meta.verbose_name)),
            edit.of(link.model, link.pk) if edit else "",
        )

    return [reported(link) for link in outside_links()]


def _judged(
    check: LinkCheck, retired_domains: dict[str, str], today: date
) -> tuple[LinkState, str]:
    """The state that an editor has to know, and why it is so."""
    if check.is_ignored(today):
        said = _("%(reason)s (%(who)s, until %(day)s)")
        parts = {"reason": check.ignored_reason, "day": check.ignored_until}
        return LinkState.IGNORED, said % (parts | {"who": check.ignored_by or _("unknown")})
    if domain := retired(check.address, retired_domains):
        return LinkState.RETIRED, retired_domains[domain]
    return check.state, check.problem


def links_that_need_work() -> dict[LinkState, int]:
    """State -> number of addresses in that state, of those that are a task for an editor.

    Two queries, as long as nothing at all is wrong; else the pages are read, so that what an editor
    has mended is gone at once.
    """
    if not RetiredPublisher.objects.exists() and not LinkCheck.objects.in_trouble().exists():
        return {}
    states = {row.address: row.state for row in reported_links()}
    counts = {state: list(states.values()).count(state) for state in NEEDS_WORK}
    return {state: count for state, count in counts.items() if count}


def may_ignore(user: Any) -> bool:
    """Managing editors and administrators."""
    return bool(ModelPermissionPolicy(LinkCheck).user_has_permission(user, "change"))


def _kinds() -> list[tuple[str, str]]:
    return [*kind_choices(), (_OTHER_KIND, _("Other texts"))]


class LinksFilterSet(RowFilterSet):
    """State, kind and publisher."""

    state = RowChoice(label=gettext_lazy("State"), choices=LinkState.choices)
    kind = RowChoice(label=gettext_lazy("Kind"), choices=_kinds)
    publisher = RowText(label=gettext_lazy("Publisher or site"))


class IgnoreColumn(FormColumn):
    """The way to put a link aside or to take it up again, for managing editors."""

    cell_template_name = "editorial/reports/ignore_cell.html"

    def get_cell_context_data(
        self, instance: ReportedLink, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """The row, and whether the reader of the report may."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"may_ignore": parent_context["table"].may_ignore}


class LinksReport(Report):
    """Every address of another site, with the page and the place it stands at."""

    page_title = gettext_lazy("Sources and links")
    header_icon = "link"
    index_url_name = "editorial_reports:links"
    index_results_url_name = "editorial_reports:links_results"
    export_filename = "links"
    filterset_class = LinksFilterSet
    default_ordering = "page"
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            sort_key="page",
            get_url=lambda row: row.edit_url or None,
        ),
        Column("kind_name", label=gettext_lazy("Kind"), sort_key="kind_name"),
        Column("place", label=gettext_lazy("Place"), sort_key="place"),
        Column("version", label=gettext_lazy("Version"), sort_key="version"),
        TitleColumn(
            "address",
            label=gettext_lazy("Address"),
            sort_key="address",
            get_url=lambda row: row.address,
            link_attrs={"rel": "noreferrer"},
        ),
        Column("publisher", label=gettext_lazy("Publisher or site"), sort_key="publisher"),
        Column("state_name", label=gettext_lazy("State"), sort_key="state_name"),
        Column("why", label=gettext_lazy("Why"), sort_key="why"),
        Column("moved_to", label=gettext_lazy("Moved to"), sort_key="moved_to"),
        DateColumn("last_checked", label=gettext_lazy("Checked"), sort_key="last_checked"),
        IgnoreColumn("ignore", label=gettext_lazy("Ignore")),
    ]
    export_columns = {
        "last_succeeded": gettext_lazy("Last answered"),
        "failures": gettext_lazy("Days of failure"),
        "first_failed_on": gettext_lazy("First failed on"),
    }
    list_export = [*(one.name for one in columns if one.name != "ignore"), *export_columns]

    def rows(self) -> list[ReportedLink]:
        """Every link."""
        return reported_links(self.request.user)

    def get_table(self, object_list: list[ReportedLink]) -> Any:
        """The table, which knows who looks at it."""
        table = super().get_table(object_list)
        table.may_ignore = may_ignore(self.request.user)
        return table


class IgnoreForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why a link may stay as it is, and for how long."""

    class Meta:
        model = LinkCheck
        fields = ["ignored_reason", "ignored_until"]
        widgets = {"ignored_until": AdminDateInput}

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        for field in self.fields.values():
            field.required = True

    def clean_ignored_until(self) -> date:
        """A day to come, within a year."""
        day: date = self.cleaned_data["ignored_until"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST_IGNORED:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return day

    def save(self, commit: bool = True) -> LinkCheck:
        """Put it aside in the name of the managing editor who asks."""
        self.instance.ignored_by = self.for_user
        # Not what a run of the checker may be writing at this moment.
        self.instance.save(update_fields=["ignored_reason", "ignored_until", "ignored_by"])
        return self.instance


class IgnoreLinkView(generic.EditView):
    """Put a link aside: it is no task until the day comes."""

    model = LinkCheck
    form_class = IgnoreForm
    permission_policy = ModelPermissionPolicy(LinkCheck)
    page_title = gettext_lazy("Ignore a link")
    header_icon = "link"
    index_url_name = "editorial_reports:links"
    edit_url_name = "editorial_reports:ignore_link"
    success_message = gettext_lazy("Ignored: %(object)s")
    error_message = gettext_lazy("Not saved. See below.")
    submit_button_label = gettext_lazy("Ignore this link")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who asks goes with the form."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> LinkCheck:
        """Save and log."""
        check: LinkCheck = self.form.save()
        data = {"reason": check.ignored_reason, "until": str(check.ignored_until)}
        log(instance=check, action="editorial.ignore-link", user=self.request.user, data=data)
        return check


class StopIgnoringView(SingleObjectMixin[LinkCheck], View):
    """Take a link up again."""

    model = LinkCheck
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Forget the reason and log that."""
        if not may_ignore(request.user):
            raise PermissionDenied
        check = self.get_object()
        check.ignored_reason, check.ignored_until, check.ignored_by = "", None, None
        check.save(update_fields=["ignored_reason", "ignored_until", "ignored_by"])
        log(instance=check, action="editorial.stop-ignoring-link", user=request.user)
        messages.success(request, _("No longer ignored: %(address)s") % {"address": check})
        return redirect(reverse("editorial_reports:links"))


class RetiredPublisherViewSet(ModelViewSet):
    """Sites that no longer count as a source."""

    model = RetiredPublisher
    icon = "link"
    menu_label = gettext_lazy("Retired publishers")
    menu_name = "retired-publishers"
    name = "retired_publishers"
    add_to_settings_menu = True
    form_fields = ["domain", "reason", "since"]
    list_display = ["domain", "reason", "since"]
    search_fields = ["domain", "reason"]
    search_backend_name = None
