"""Registration only: an admin without the page tree that this site does not have."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from tgsite.editorial.dashboard import NeverReviewedPanel
from tgsite.editorial.reports import urls as report_urls
from tgsite.editorial.reports.base import ReportMenuItem
from tgsite.editorial.reports.links import RetiredPublisherViewSet
from tgsite.editorial.reports.panels import FreshnessPanel, LinksPanel

# Wagtail menus about pages, images and documents, none of which this site uses.
_UNUSED_MENUS = {"explorer", "images", "documents"}
_UNUSED_REPORTS = {"locked-pages", "aging-pages", "page-types-usage", "site-history"}
_UNUSED_SETTINGS = {"sites", "redirects", "collections"}
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
    """Leave the home panels about entries, and put what was never reviewed first."""
    panels[:] = [
        NeverReviewedPanel(),
        FreshnessPanel(),
        LinksPanel(),
        *(panel for panel in panels if type(panel).__name__ not in _UNUSED_PANELS),
    ]


@hooks.register("construct_homepage_summary_items")
def hide_page_summary(_request: Any, items: list[Any]) -> None:
    """Counts of pages, images and documents say nothing here."""
    items.clear()


@hooks.register("before_delete_snippet")
def keep_what_was_published(request: HttpRequest, entries: Iterable[Any]) -> HttpResponse | None:
    """An address that was ever public leads to its entry for ever: unpublish, never delete."""
    if not any(getattr(entry, "first_published_at", None) for entry in entries):
        return None
    messages.error(request, _("What was ever published is not deleted. Unpublish it instead."))
    return redirect("wagtailadmin_home")


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """The few rules of our own."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_admin_urls")
def report_addresses() -> list[Any]:
    """Our reports."""
    return [path("reports/guide/", include(report_urls))]


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


@hooks.register("register_log_actions")
def link_actions(actions: Any) -> None:
    """What the log says of a link put aside."""
    ignored = gettext_lazy("Ignore a link")
    actions.register_action("editorial.ignore_link", ignored, gettext_lazy("Link ignored"))
    taken_up = gettext_lazy("Stop ignoring a link")
    actions.register_action(
        "editorial.stop_ignoring_link", taken_up, gettext_lazy("Link no longer ignored")
    )
