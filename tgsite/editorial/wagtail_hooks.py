"""Registration only: an admin without the page tree that this site does not have."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from tgsite.editorial import action_menu, audit, sessions
from tgsite.editorial import views_exchange as exchange
from tgsite.editorial.checks_panel import checks_view
from tgsite.editorial.dashboard import DeskPanel, DeskView
from tgsite.editorial.models import EditorialModel, SignOff
from tgsite.editorial.reports import urls as report_urls
from tgsite.editorial.reports.base import ReportMenuItem
from tgsite.editorial.reports.coming_up import ComingUpReport
from tgsite.editorial.reports.links import RetiredPublisherViewSet
from tgsite.editorial.reports.panels import FreshnessPanel, LinksPanel
from tgsite.editorial.views_guide import GuideView
from tgsite.editorial.views_review import ReviewPreviewView, ReviewView
from tgsite.editorial.views_roles import RolesView
from tgsite.editorial.views_safety import safety_buttons
from tgsite.editorial.viewsets import WordRuleViewSet

# Wagtail menus about pages, images and documents, none of which this site uses.
_UNUSED_MENUS = {"explorer", "images", "documents"}
_UNUSED_REPORTS = {"locked-pages", "aging-pages", "page-types-usage", "site-history"}
# The one workflow is made by migrations; a second one would lead to the same closed gate.
_UNUSED_SETTINGS = {"sites", "redirects", "collections", "workflows", "workflow-tasks"}
# The latter with a version number behind it.
_WAGTAILS_HELP = ("editor-guide", "whats-new-in-wagtail-")
# Home panels that list pages only.
_UNUSED_PANELS = {"RecentEditsPanel", "LockedPagesPanel", "SiteSummaryPanel"}


@hooks.register("construct_main_menu")
def hide_page_menus(_request: Any, items: list[Any]) -> None:
    """Leave the menus that lead somewhere."""
    items[:] = [item for item in items if item.name not in _UNUSED_MENUS]


@hooks.register("construct_reports_menu")
def hide_page_reports(_request: Any, items: list[Any]) -> None:
    """Leave the reports about entries."""
    items[:] = [item for item in items if item.name not in _UNUSED_REPORTS]


@hooks.register("construct_settings_menu")
def hide_page_settings(_request: Any, items: list[Any]) -> None:
    """Leave the settings that do something here."""
    items[:] = [item for item in items if item.name not in _UNUSED_SETTINGS]


@hooks.register("construct_homepage_panels")
def hide_page_panels(_request: Any, panels: list[Any]) -> None:
    """Leave the home panels about entries, and put the desk first."""
    panels[:] = [
        DeskPanel(),
        FreshnessPanel(),
        LinksPanel(),
        *(panel for panel in panels if type(panel).__name__ not in _UNUSED_PANELS),
    ]


@hooks.register("construct_homepage_summary_items")
def hide_page_summary(_request: Any, items: list[Any]) -> None:
    """Counts of pages, images and documents say nothing here."""
    items.clear()


@hooks.register("register_snippet_listing_buttons")
def safety_in_lists(entry: Any, user: Any, _next_url: str | None = None) -> list[Button]:
    """The way from a list to an entry's safety screen."""
    return safety_buttons(entry, user) if isinstance(entry, EditorialModel) else []


@hooks.register("register_log_actions")
def name_own_actions(actions: LogActionRegistry) -> None:
    """What history and the audit log say of our own actions."""
    audit.register(actions)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """The screens of our own."""
    results = ComingUpReport.as_view(results_only=True)
    return [
        path("review/<int:task_state_id>/", ReviewView.as_view(), name="editorial_review"),
        path(
            "review/<int:task_state_id>/preview/",
            ReviewPreviewView.as_view(),
            name="editorial_review_preview",
        ),
        path("checks/<int:content_type_id>/<int:pk>/", checks_view, name="editorial_checks"),
        path("reports/guide/", include(report_urls)),
        path("guide/", GuideView.as_view(), name="editorial_guide"),
        path("roles/", RolesView.as_view(), name="editorial_roles"),
        path("session/", sessions.session, name="editorial_session"),
        path("coming-up/", ComingUpReport.as_view(), name="editorial_coming_up"),
        path("coming-up/results/", results, name="editorial_coming_up_results"),
        path("desk/<slug:key>/", DeskView.as_view(), name="editorial_desk"),
    ]


@hooks.register("register_reports_menu_item")
def coming_up_report() -> ReportMenuItem:
    """What comes up, by day."""
    address = reverse("editorial_coming_up")
    return ReportMenuItem(_("Coming up"), address, icon_name="date", order=100)


@hooks.register("before_delete_snippet")
def keep_what_was_published(request: HttpRequest, entries: Iterable[Any]) -> HttpResponse | None:
    """An address that was ever public leads to its entry for ever, and a signature to its text."""
    entries = [entry for entry in entries if isinstance(entry, EditorialModel)]
    if any(entry.first_published_at for entry in entries):
        refusal = _("What was ever published is not deleted. Unpublish it instead.")
    elif any(SignOff.of(entry).exists() for entry in entries):
        refusal = _("What a clinician signed is not deleted: the signature belongs to its text.")
    else:
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_home")


@hooks.register("construct_snippet_action_menu")
def own_actions(items: list[Any], _request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer only the roads to the site that are open for this text."""
    action_menu.construct(items, context)


@hooks.register("construct_help_menu")
def hide_wagtails_help(_request: Any, items: list[Any]) -> None:
    """Leave what is about this guide, and the keys; Wagtail's pages tell of screens not here."""
    items[:] = [item for item in items if not item.name.startswith(_WAGTAILS_HELP)]


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    """How to work here, first of all."""
    return MenuItem(_("Guide for editors"), reverse("editorial_guide"), icon_name="help", order=110)


@hooks.register("register_help_menu_item")
def roles_menu_item() -> MenuItem:
    """Who may do what stands beside the guide for editors."""
    return MenuItem(
        _("What each role may do"), reverse("editorial_roles"), icon_name="group", order=120
    )


@hooks.register("register_snippet_listing_buttons")
def history_button(entry: Any, _user: Any, _next_url: str | None = None) -> Iterable[Button]:
    """Who may only read has no edit screen to get to the history from."""
    if isinstance(entry, EditorialModel):
        address = reverse(entry.snippet_viewset.get_url_name("history"), args=[entry.pk])
        yield Button(_("History"), address, icon_name="history", priority=60)


@hooks.register("insert_global_admin_js")
def session_script() -> str:
    """Keeps what was typed when the session has ended."""
    context = {"login_address": sessions.login_address()}
    return render_to_string("editorial/session_notice.html", context)


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """The few rules of our own."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_admin_urls")
def exchange_urls() -> list[URLPattern]:
    """Import and export of the whole content."""
    return [
        path("exchange/", exchange.ExchangeView.as_view(), name="exchange"),
        path("exchange/export/", exchange.ExportView.as_view(), name="exchange_export"),
        path("exchange/import/", exchange.ImportView.as_view(), name="exchange_import"),
    ]


@hooks.register("register_settings_menu_item")
def exchange_menu_item() -> MenuItem:
    """The way there."""
    return exchange.ExchangeMenuItem(
        _("Import and export"), reverse("exchange"), name="exchange", icon_name="upload"
    )


@hooks.register("register_admin_viewset")
def word_rules() -> WordRuleViewSet:
    """The word lists of the content checks."""
    return WordRuleViewSet()


@hooks.register("register_admin_viewset")
def retired_publishers() -> RetiredPublisherViewSet:
    """Sites that no longer count as a source."""
    return RetiredPublisherViewSet()


@hooks.register("register_reports_menu_item")
def freshness_report() -> ReportMenuItem:
    """Every entry and its review dates."""
    address = reverse("editorial_reports:freshness")
    return ReportMenuItem(_("Freshness"), address, name="freshness", icon_name="time", order=100)


@hooks.register("register_reports_menu_item")
def mending_report() -> ReportMenuItem:
    """Pages whose facts have changed."""
    address = reverse("editorial_reports:mending")
    return ReportMenuItem(_("Pages to mend"), address, name="mending", icon_name="edit", order=105)


@hooks.register("register_reports_menu_item")
def links_report() -> ReportMenuItem:
    """Every address of another site."""
    address = reverse("editorial_reports:links")
    title = _("Sources and links")
    return ReportMenuItem(title, address, name="outside-links", icon_name="link", order=110)


@hooks.register("register_reports_menu_item")
def readability_report() -> ReportMenuItem:
    """How hard every live entry is to read."""
    address = reverse("editorial_reports:readability")
    title = _("Readability")
    return ReportMenuItem(title, address, name="readability", icon_name="doc-full", order=120)
