"""Registration only: an admin without the page tree that this site does not have."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from tgsite.editorial.dashboard import NeverReviewedPanel

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
        *(panel for panel in panels if type(panel).__name__ not in _UNUSED_PANELS),
    ]


@hooks.register("construct_homepage_summary_items")
def hide_page_summary(_request: Any, items: list[Any]) -> None:
    """Counts of pages, images and documents say nothing here."""
    items.clear()


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """The few rules of our own."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
