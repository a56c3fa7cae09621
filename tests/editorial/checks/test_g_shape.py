"""G and H1: key points, headings, lists, links, pictures, tables, and something to do."""

from __future__ import annotations

import pytest

from tests.editorial.checks.cases import (
    BLOCK,
    FINAL,
    WARN,
    Case,
    assert_not_told,
    assert_told,
    of_rule,
)
from tests.education.bodies import drug_card, figure, heading, table, text
from tests.factories import (
    KEY_POINTS,
    DrugFactory,
    published_drug,
    whole_article,
    whole_class,
    whole_drug,
)

pytestmark = pytest.mark.django_db
SEVEN = "\n".join("abcdefg")


def link(address: str, words: str) -> str:
    """A link with these words."""
    return f'<a href="{address}">{words}</a>'


def linking(*links: str) -> tuple[str, str]:
    """A text block with these links."""
    return text("<p>See " + " and ".join(links) + " there.</p>")


CASES = {
    "no-key-points": Case(
        "G1", BLOCK, lambda: whole_class(key_points=""), whole_class, "key_points", absent=True
    ),
    "six-key-points": Case(
        "G1",
        BLOCK,
        lambda: whole_drug(key_points=KEY_POINTS * 2 + "\nsix"),
        whole_drug,
        "key_points",
    ),
    "small-heading-first": Case(
        "G2",
        BLOCK,
        lambda: whole_article(text("<h3>Small</h3><p>x</p>")),
        lambda: whole_article(heading(), text("<h3>Small</h3><p>x</p>")),
        "body",
    ),
    "heading-of-eleven-words": Case(
        "G2",
        WARN,
        lambda: whole_article(heading("a b c d e f g h i j k")),
        lambda: whole_article(heading("a b c d e f g h i j")),
        "body",
    ),
    "no-heading-for-151-words": Case(
        "G2",
        WARN,
        lambda: whole_article(text(f"<p>{'word ' * 151}</p>")),
        lambda: whole_article(text(f"<p>{'word ' * 150}</p>"), heading(), text("<p>word</p>")),
        "body",
    ),
    "eight-lines": Case(
        "G5",
        WARN,
        lambda: whole_drug(checks=f"{SEVEN}\nh"),
        lambda: whole_drug(checks=SEVEN),
        "checks",
    ),
    "eight-items": Case(
        "G5",
        WARN,
        lambda: whole_article(text(f"<ul>{'<li>x</li>' * 8}</ul>")),
        lambda: whole_article(text(f"<ul>{'<li>x</li>' * 7}</ul><ul><li>y</li></ul>")),
        "body",
    ),
    "link-without-words": Case(
        "G6",
        BLOCK,
        lambda: whole_article(linking(link("/drugs/", "<br>"))),
        lambda: whole_article(linking(link("/drugs/", "all medicines"))),
        "body",
    ),
    "one-name-for-two-places": Case(
        "G6",
        BLOCK,
        lambda: whole_article(linking(link("/drugs/", "The list"), link("/classes/", "the list"))),
        lambda: whole_article(linking(link("/drugs/", "The list"), link("/drugs/", "the list"))),
        "body",
    ),
    "click-here": Case(
        "G6",
        WARN,
        lambda: whole_article(linking(link("/drugs/", "Click here"))),
        lambda: whole_article(linking(link("/drugs/", "here is the list"))),
        "body",
    ),
    "bare-address": Case(
        "G6",
        WARN,
        lambda: whole_article(linking(link("https://nci.example/", "https://nci.example/"))),
        lambda: whole_article(linking(link("https://nci.example/", "the institute"))),
        "body",
    ),
    "picture-without-words": Case(
        "G7",
        FINAL,
        lambda: whole_article(figure(alternative="")),
        lambda: whole_article(figure()),
        "body",
    ),
    "table-without-caption": Case(
        "G8",
        FINAL,
        lambda: whole_article(table(caption="")),
        lambda: whole_article(table()),
        "body",
    ),
    "nothing-to-do": Case(
        "H1",
        WARN,
        lambda: whole_class(key_points="a\nb\nc"),
        lambda: whole_class(key_points="a\nb\nIf you can, ask about the test."),
    ),
    "dead-link": Case(
        "links",
        FINAL,
        lambda: whole_article(linking(link("/drugs/no-such/", "x"))),
        lambda: whole_article(linking(link(f"/drugs/{published_drug().slug}/", "x"))),
        "body",
    ),
    "dead-address-in-a-plain-field": Case(
        "links",
        FINAL,
        lambda: whole_drug(daily_life="See /learn/no-such/ on work.\nb\nc"),
        lambda: whole_drug(daily_life="See /drugs/ and/or your team.\nb\nc"),
        "daily_life",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_text_that_breaks_the_rule_is_told(case: Case) -> None:
    """G1, G2, G5 to G8, H1, dead links."""
    assert_told(case)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_text_that_keeps_the_rule_is_not(case: Case) -> None:
    """G1, G2, G5 to G8, H1, dead links."""
    assert_not_told(case)


def test_card_of_a_deleted_entry_is_told_finally() -> None:
    """Dead links: a card is one."""
    drug = DrugFactory()
    article = whole_article(drug_card(drug))
    drug.delete()
    (problem,) = of_rule(article, "links")
    assert problem.level == FINAL
