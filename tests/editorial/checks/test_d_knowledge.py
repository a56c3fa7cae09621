"""D: what is not known, how sure news is, no praise, where else to ask."""

from __future__ import annotations

from typing import Any

import pytest

from drugs.models import Drug
from education.choices import EvidenceLevel, Kind
from education.models import Article
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
from tests.education.bodies import Block, heading, study, text, trial
from tests.factories import (
    ArticleFactory,
    places_to_ask,
    published_drug,
    trial_result,
    whole_article,
    whole_class,
    whole_drug,
)

pytestmark = pytest.mark.django_db


def news(*body: Block, **changes: Any) -> Article:
    """Research news that nothing stands in the way of, with ``changes``."""
    fields = {
        "kind": Kind.RESEARCH_NEWS,
        "evidence_level": EvidenceLevel.COMPARED,
        "unchanged": "Your treatment stays as it is.",
        "not_known": "Whether people live longer.",
    }
    return whole_article(*(body or [heading(), study()]), **(fields | changes))


def medicine() -> Drug:
    """A live medicine with a result of TEST-1."""
    return published_drug(trial_results=[trial_result()])


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
    "news-that-says-not-how-sure-it-is": Case(
        "D2", BLOCK, lambda: news(evidence_level=""), lambda: news(), "evidence_level"
    ),
    "news-in-whom-and-against-what": Case(
        "D2", BLOCK, lambda: news(text()), lambda: news(heading(), study()), "body"
    ),
    "news-with-nothing-not-known": Case(
        "D2", BLOCK, lambda: news(not_known=""), lambda: news(), "not_known"
    ),
    "news-that-changes-everything": Case(
        "D3", BLOCK, lambda: news(unchanged=""), lambda: news(), "unchanged"
    ),
    "an-article-that-is-no-news": Case(
        "D3", BLOCK, lambda: news(unchanged=""), whole_article, "unchanged"
    ),
    "trial-by-another-name": Case(
        "D2",
        WARN,
        lambda: whole_article(heading(), trial(medicine(), "TEST 1")),
        lambda: whole_article(heading(), trial(medicine(), "TEST-1")),
        "body",
    ),
    "praise": in_summary(
        "D4", WARN, "It works better than chemotherapy.", "Neither is better. Is one the best?"
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """D1 to D4."""
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
