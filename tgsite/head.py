"""What a page says of itself to browsers, search engines and whoever shares its address.

The vocabulary of the structured data is schema.org's: MedicalWebPage, Drug, DefinedTerm and so on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tgsite.editorial.models import Contributor, EditorialModel

Text = str | Promise
Node = dict[str, Any]


def absolute(path: str) -> str:
    """The public address of ``path``, whatever host the request came by."""
    return f"{settings.SITE_URL}{path}"


def url_of(entry: EditorialModel) -> str:
    """The address of an entry's page; of a draft without a slug, in a preview, the first page's."""
    return str(entry.get_absolute_url()) if entry.slug else "/"


@dataclass(frozen=True)
class Crumb:
    """One step on the way to a page."""

    label: Text
    url: str


@dataclass(frozen=True)
class Head:
    """Title, description, address and way to a page; ``about`` are nodes of structured data,
    ``questions`` those that the page answers, ``feeds`` tell when it changes.

    ``trail`` leads from the first page to this one, without the first.
    """

    title: Text
    description: Text
    trail: tuple[Crumb, ...]
    about: tuple[Node, ...] = ()
    entry: EditorialModel | None = None
    questions: tuple[Node, ...] = ()
    feeds: tuple[Crumb, ...] = ()

    @property
    def url(self) -> str:
        """The one address under which the page is to be known."""
        return absolute(self.trail[-1].url if self.trail else "/")

    @property
    def crumbs(self) -> list[tuple[Text, str]]:
        """The steps for the breadcrumbs, the first page among them."""
        return [(_("Home"), "/"), *((crumb.label, crumb.url) for crumb in self.trail)]

    @property
    def structured_data(self) -> Node:
        """The page, the way to it, and what it is about, as one schema.org graph."""
        page = self._page()
        if self.about:
            page["about"] = {"@id": self.about[0]["@id"]}
        if self.questions:
            page["@type"] = [page["@type"], "FAQPage"]
            page["mainEntity"] = list(self.questions)
        nodes = [page, *self.about]
        if self.trail:
            nodes.append(self._breadcrumbs())
        return {"@context": "https://schema.org", "@graph": nodes}

    def _page(self) -> Node:
        entry = self.entry
        node: Node = {
            "@type": "WebPage" if entry is None else "MedicalWebPage",
            "@id": self.url,
            "url": self.url,
            "name": str(self.title),
            "description": str(self.description),
            "inLanguage": get_language() or settings.LANGUAGE_CODE,
            "isPartOf": {
                "@type": "WebSite",
                "@id": absolute("/#site"),
                "name": _("Targeted Therapy Guide"),
                "url": absolute("/"),
            },
        }
        return node if entry is None else node | _signed(entry)

    def _breadcrumbs(self) -> Node:
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": str(label),
                    "item": absolute(url),
                }
                for number, (label, url) in enumerate(self.crumbs, start=1)
            ],
        }


def _signed(entry: EditorialModel) -> Node:
    """Who is answerable for an entry's page, from what and since when; nothing that is not so."""
    sources: Iterable[Any] = entry.sources.all()
    return filled(
        {
            "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
            "datePublished": _iso(entry.first_published_at),
            "dateModified": _iso(entry.last_published_at),
            "lastReviewed": _iso(entry.reviewed_on),
            "reviewedBy": entry.reviewed_by and person(entry.reviewed_by),
            "author": [person(author) for author in entry.authors.all()],
            "citation": [
                filled({"@type": "CreativeWork", "name": row.title, "url": row.url})
                for row in sources
            ],
        }
    )


def person(contributor: Contributor) -> Node:
    """A writer or reviewer."""
    return filled(
        {
            "@type": "Person",
            "name": contributor.name,
            "honorificSuffix": contributor.credentials,
            "jobTitle": contributor.role,
            "url": absolute(contributor.get_absolute_url()),
        }
    )


def filled(node: Node) -> Node:
    """``node`` without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [], ())}


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
