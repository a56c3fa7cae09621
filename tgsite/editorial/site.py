"""What every page carries or may name: the site's texts and its people, in memory."""

from __future__ import annotations

from dataclasses import dataclass

from tgsite.editorial.gathering import Gathered, part
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import Contributor, SiteSettings

TEXTS = ("disclaimer", "fda_line", "funding", "places_to_ask")
# What a page says of a writer, in the order of the model's fields; all else of a person stands on
# a page of its own.
OF_A_PERSON = ("slug", "name", "credentials", "role")


@dataclass(frozen=True)
class Site:
    """The texts of every page, and everyone who writes or reviews by their id."""

    settings: SiteSettings
    people: dict[int, Contributor]


def _load(_version: int) -> Site:
    rows = Gathered(
        [
            part("texts", SiteSettings.objects.all(), "id", *TEXTS),
            part("person", Contributor.objects.all(), "id", *OF_A_PERSON),
        ]
    )
    saved = [
        SiteSettings(pk=pk, **dict(zip(TEXTS, texts[: len(TEXTS)], strict=True)))
        for pk, *texts in rows.part("texts")
    ]
    people = {
        pk: Contributor.from_db(None, ["id", *OF_A_PERSON], [pk, *texts[: len(OF_A_PERSON)]])
        for pk, *texts in rows.part("person")
    }
    return Site(saved[0] if saved else SiteSettings(), people)


in_memory = Kept(_load)


def site_settings() -> SiteSettings:
    """The settings as they are now; their defaults where nobody saved any."""
    return in_memory.current().settings


def people() -> dict[int, Contributor]:
    """Everyone by their id; reading more of one than a page names asks the database."""
    return in_memory.current().people
