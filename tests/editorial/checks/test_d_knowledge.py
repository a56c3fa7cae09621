"""D: what is not known, how sure news is, no praise, where else to ask."""

from __future__ import annotations

import pytest

from education.choices import Kind
from tests.editorial.checks.cases import (
    BLOCK,
    WARN,
    Case,
    Holds,
    both_ways,
    in_field,
    in_summary,
    of_rule,
)
from tests.factories import ArticleFactory, places_to_ask, whole_article, whole_class, whole_drug

pytestmark = pytest.mark.django_db
NEWS = Kind.RESEARCH_NEWS

CASES = {
    "nothing-not-known": Case(
        "D1", BLOCK, lambda: whole_drug(not_known=""), whole_drug, "not_known", absent=True
    ),
    "not-known-since-when": in_field(
        "D1",
        BLOCK,
        whole_drug,
        "not_known",
        "Nobody knows.",
        "Nobody knows.\nAs of May 2026, nobody compared them.",
    ),
    "class-with-nothing-not-known": Case(
        "D1", WARN, lambda: whole_class(not_known=""), whole_class, "not_known", absent=True
    ),
    "news-without-people": Case(
        "D2",
        BLOCK,
        lambda: whole_article(kind=NEWS),
        lambda: whole_article(kind=NEWS, summary="Tested in mice, not yet in people."),
        "body",
    ),
    "praise": in_summary(
        "D4", WARN, "It works better than chemotherapy.", "Neither is better. Is one the best?"
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """D1, D2, D4."""
    holds()


def test_site_without_places_to_ask_is_told_on_every_entry() -> None:
    """D5: they stand on every page, so they are asked for at every approval."""
    article = ArticleFactory()
    (problem,) = of_rule(article, "D5")
    assert (problem.level, problem.absent) == (BLOCK, True)


def test_site_with_two_places_is_not_told() -> None:
    """D5."""
    article = ArticleFactory()
    places_to_ask()
    assert of_rule(article, "D5") == []
