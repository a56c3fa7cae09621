"""Building blocks of the edit screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from tgsite.editorial.forms import EditorialForm


class KeyPanel(FieldPanel):
    """Carries a row's lasting key through the form; nothing to see."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("classname", "w-hidden")
        kwargs["field_name"] = "key"
        super().__init__(**kwargs)


def rows(relation: str, fields: Sequence[str | Panel], heading: Any, **kwargs: Any) -> InlinePanel:
    """The child rows of ``relation`` with their ``fields`` in this order."""
    panels = [FieldPanel(field) if isinstance(field, str) else field for field in fields]
    return InlinePanel(relation, [*panels, KeyPanel()], heading=heading, **kwargs)


def group(heading: Any, *fields: str | Panel) -> MultiFieldPanel:
    """Fields that belong together under one heading."""
    return MultiFieldPanel(
        [FieldPanel(field) if isinstance(field, str) else field for field in fields],
        heading=heading,
    )


SOURCE_FIELDS = ("title", "publisher", "url", "kind", "as_of", "place", "read_on")


def review_tab() -> ObjectList:
    """The tab that every kind of entry has: sources, people, notes."""
    return ObjectList(
        [
            rows("sources", SOURCE_FIELDS, _("Sources"), label=_("Source")),
            group(_("For readers"), "authors", "change_note"),
            group(_("For editors and search"), "search_aliases", "internal_notes"),
            # Shown in the status panel: the day to go live, and the day to leave the site.
            PublishingPanel(),
        ],
        heading=_("Sources and notes"),
    )


def edit_screen(*tabs: tuple[Any, Sequence[Panel]]) -> TabbedInterface:
    """An edit screen: tabs of a heading and panels, then the tab that every entry has."""
    return TabbedInterface(
        [*(ObjectList(panels, heading=heading) for heading, panels in tabs), review_tab()],
        base_form_class=EditorialForm,
    )
