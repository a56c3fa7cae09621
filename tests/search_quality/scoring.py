"""How well search answers: what a reader sees first, against what a nurse would open first.

success@1 and success@3: the share of queries whose page is first, or among the first three. MRR:
the mean of one divided by its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import yaml
from bs4 import BeautifulSoup

FOLDER = Path(__file__).parent
SETS = ("seen", "unseen")
Fetch = Callable[[str], BeautifulSoup]


@dataclass(frozen=True)
class Query:
    """One query and what is right.

    ``first``: any of these pages is right in first place. ``section``: if that is a medicine's
    page, the first suggestion must lead to this section of it, or the place is the second.
    ``leads``: the address that the first suggestion must have. ``not_covered``: the medicine of
    which the page must say that there is no page. ``not_first``: a kind that must not come first,
    nor be what a word is corrected to.
    """

    query: str
    kind: str
    first: tuple[str, ...] = ()
    section: str = ""
    leads: str = ""
    not_covered: str = ""
    not_first: str = ""


@dataclass
class Score:
    """The places of the right pages for the queries of one kind; 0 for one that was not found."""

    places: list[int] = field(default_factory=list)

    def success_at(self, most: int) -> float:
        """The share of queries whose page is among the first ``most``."""
        return sum(0 < place <= most for place in self.places) / len(self.places)

    @property
    def mean_reciprocal_rank(self) -> float:
        """The mean of one divided by the place."""
        return sum(1 / place for place in self.places if place) / len(self.places)


def queries(name: str) -> list[Query]:
    """The queries of one of ``SETS``."""
    items = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Query(**{**item, "first": tuple(item["first"])}) for item in items]


def score(asked: Iterable[Query], fetch: Fetch) -> tuple[dict[str, Score], list[str]]:
    """Scores by kind, and a line about each query whose page does not come first."""
    scores: dict[str, Score] = defaultdict(Score)
    misses = []
    for query in asked:
        place = place_of(query, fetch(f"/search/?{urlencode({'q': query.query})}"))
        scores[query.kind].places.append(place)
        if place != 1:
            misses.append(f"{query.kind}: “{query.query}” at {place or 'none'}")
    return dict(scores), misses


def place_of(query: Query, page: BeautifulSoup) -> int:
    """The place of the right answer on the page of the search, 0 if it is not there."""
    results = [
        str(link["href"]) for link in page.select("#results article[data-result] h3 a[href]")
    ]
    calm = page.select(".suggestion:not(.suggestion--urgent) .suggestion__heading a[href]")
    suggestions = [str(link["href"]) for link in calm]
    if query.not_covered:
        said = " ".join(one.get_text() for one in page.select(".suggestion__heading"))
        return int(query.not_covered in said and not _is_medicine(results))
    if query.not_first:
        return int(not _is_medicine(results) and not page.select(".search__note strong"))
    if query.leads:
        return int(any(_same(query.leads, one) for one in suggestions[:1]))
    place = next((at for at, url in enumerate(results, 1) if url in query.first), 0)
    if place == 1 and query.section and results[0].startswith("/drugs/"):
        return 1 if suggestions[:1] == [f"{results[0]}#{query.section}"] else 2
    return place


def _is_medicine(results: list[str]) -> bool:
    return bool(results) and results[0].startswith("/drugs/")


def _same(one: str, other: str) -> bool:
    """Whether two addresses ask the same, in whatever order."""
    first, second = urlsplit(one), urlsplit(other)
    return first.path == second.path and _asks(first.query) == _asks(second.query)


def _asks(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query))


def table(scores: dict[str, Score]) -> list[str]:
    """One line a kind, and one for all."""
    row = "{:24}{:>9}{:>12}{:>12}{:>8}"
    everything = Score([place for one in scores.values() for place in one.places])
    lines = [row.format("kind", "queries", "success@1", "success@3", "MRR")]
    for kind, one in [*sorted(scores.items()), ("all", everything)]:
        figures: list[Any] = [one.success_at(1), one.success_at(3), one.mean_reciprocal_rank]
        lines.append(row.format(kind, len(one.places), *(f"{figure:.2f}" for figure in figures)))
    return lines
