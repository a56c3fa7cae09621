"""A and J: who wrote it, from what, and whose help it names."""

from __future__ import annotations

import pytest

from drugs.models import SupportProgram
from education.models import ArticleSource
from tests.editorial.checks.cases import (
    BLOCK,
    FINAL,
    WARN,
    Case,
    Holds,
    both_ways,
    in_summary,
    of_rule,
)
from tests.factories import (
    indication,
    medicine_rule,
    whole_article,
    whole_drug,
    whole_side_effect,
)

pytestmark = pytest.mark.django_db


def source(**values: str) -> list[ArticleSource]:
    """One source with ``values``."""
    return [ArticleSource(**({"title": "Paper", "kind": "trial"} | values))]


CASES = {
    "no-author": Case(
        "A1", BLOCK, lambda: whole_article(authors=[]), whole_article, "authors", absent=True
    ),
    "no-source": Case("A4", FINAL, lambda: whole_article(sources=[]), whole_article, absent=True),
    "use-without-source": Case(
        "A4",
        FINAL,
        lambda: whole_drug(indications=[indication(source="")]),
        lambda: whole_drug(indications=[indication(source="", confirmed=False)]),
        "source",
    ),
    "rule-of-a-medicine-without-source": Case(
        "A4",
        FINAL,
        lambda: whole_side_effect(medicine_rules=[medicine_rule(whole_drug(), source="")]),
        lambda: whole_side_effect(medicine_rules=[medicine_rule(whole_drug())]),
        "source",
    ),
    "figure-in-prose": in_summary(
        "A4",
        WARN,
        "It helped 30 people.",
        "HER2 3+ and CDK4/6 in 2019: call 911 at 100.4 F (38 C).",
    ),
    "studies-show": in_summary(
        "A4", WARN, "Studies show that it helps.", "A study asked whether it helps."
    ),
    "figure-beside-its-label": Case(
        "A4",
        WARN,
        lambda: whole_drug(daily_life="Rest for 30 minutes.\nb\nc"),
        lambda: whole_drug(storage="Keep it at 20 degrees."),
        "daily_life",
    ),
    "source-without-kind": Case(
        "A5",
        FINAL,
        lambda: whole_article(sources=source(kind="")),
        lambda: whole_article(sources=source()),
        "kind",
    ),
    "source-of-an-avoided-site": Case(
        "A5",
        WARN,
        lambda: whole_article(sources=source(url="https://en.wikipedia.org/wiki/HER2")),
        lambda: whole_article(sources=source(url="https://notwikipedia.org/wikipedia.org")),
        "url",
    ),
    "spun-text": in_summary(
        "A5", WARN, "Ask about hormone replacement treatment.", "Ask about hormone therapy."
    ),
    "spun-title": Case(
        "A5",
        WARN,
        lambda: whole_article(sources=source(title="Intentional drug administration")),
        lambda: whole_article(sources=source(title="Giving medicines")),
        "title",
    ),
    "scheme-without-sponsor": Case(
        "J4",
        BLOCK,
        lambda: whole_drug(support_programs=[SupportProgram(name="Help")]),
        whole_drug,
        "sponsor",
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """A1, A4, A5, J4."""
    holds()


def test_figures_of_one_field_are_one_warning() -> None:
    """A4: an editor is not told the same thing sentence by sentence."""
    article = whole_article(summary="It helped 30 people. It harmed 4 people. All 34 were asked.")
    (problem,) = of_rule(article, "A4")
    assert "(3)" in problem.message


def test_medicine_without_a_main_label_is_told_finally() -> None:
    """The model's own rule: nobody can pass it."""
    (problem,) = of_rule(whole_drug(label_sources=[]), "")
    assert problem.level == FINAL
