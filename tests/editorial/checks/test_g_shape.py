"""G and H1: key points, headings, lists, links, pictures, tables, and something to do."""

from __future__ import annotations

import pytest

from tests.editorial.checks.cases import (
    BLOCK,
    FINAL,
    WARN,
    Case,
    Holds,
    both_ways,
    in_body,
    in_field,
    of_rule,
)
from tests.education.bodies import drug_card, figure, heading, study, table, text
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
    "study-first": in_body("G2", BLOCK, study(), heading(), study()),
    "small-heading-first": in_body(
        "G2", BLOCK, text("<h3>Small</h3><p>x</p>"), heading(), text("<h3>Small</h3><p>x</p>")
    ),
    "heading-of-eleven-words": in_body(
        "G2", WARN, heading("a b c d e f g h i j k"), heading("a b c d e f g h i j")
    ),
    "no-heading-for-151-words": in_body(
        "G2",
        WARN,
        text(f"<p>{'word ' * 151}</p>"),
        text(f"<p>{'word ' * 150}</p>"),
        heading(),
        text("<p>word</p>"),
    ),
    "eight-lines": in_field("G5", WARN, whole_drug, "checks", f"{SEVEN}\nh", SEVEN),
    "eight-items": in_body(
        "G5",
        WARN,
        text(f"<ul>{'<li>x</li>' * 8}</ul>"),
        text(f"<ul>{'<li>x</li>' * 7}</ul><ul><li>y</li></ul>"),
    ),
    "link-without-words": in_body(
        "G6", BLOCK, linking(link("/drugs/", "<br>")), linking(link("/drugs/", "all medicines"))
    ),
    "one-name-for-two-places": in_body(
        "G6",
        BLOCK,
        linking(link("/drugs/", "The list"), link("/classes/", "the list")),
        linking(link("/drugs/", "The list"), link("/drugs/", "the list")),
    ),
    "click-here": in_body(
        "G6",
        WARN,
        linking(link("/drugs/", "Click here")),
        linking(link("/drugs/", "here is the list")),
    ),
    "bare-address": in_body(
        "G6",
        WARN,
        linking(link("https://nci.example/", "https://nci.example/")),
        linking(link("https://nci.example/", "the institute")),
    ),
    "picture-without-words": in_body("G7", FINAL, figure(alternative=""), figure()),
    "table-without-caption": in_body("G8", FINAL, table(caption=""), table()),
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
    "dead-address-in-a-plain-field": in_field(
        "links",
        FINAL,
        whole_drug,
        "daily_life",
        "See /learn/no-such/ on work.\nb\nc",
        "See /drugs/ and/or your team.\nb\nc",
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """G1, G2, G5 to G8, H1, dead links."""
    holds()


def test_card_of_a_deleted_entry_is_told_finally() -> None:
    """Dead links: a card is one."""
    drug = DrugFactory()
    article = whole_article(drug_card(drug))
    drug.delete()
    (problem,) = of_rule(article, "links")
    assert problem.level == FINAL
