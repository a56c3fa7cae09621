"""Names on the starter content: no part of one stands for another, nothing is taken for one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.editorial.small_guide import results, words
from tests.search.conftest import Ask
from tests.search.test_questions import suggested

pytestmark = pytest.mark.usefixtures("starter", "db")


def said(soup: BeautifulSoup) -> str:
    """The words of the first suggestion."""
    first = soup.select_one(".suggestion")
    return words(first) if first else ""


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("ado trastuzumab", "kadcyla"),
        ("fam trastuzumab", "enhertu"),
        ("deruxtecan trastuzumab", "enhertu"),
        ("emtansine trastuzumab side effects", "kadcyla"),
        ("trastuzumab and pertuzumab and hyaluronidase", "phesgo"),
        ("hyaluronidase trastuzumab", "herceptin-hylecta"),
        ("hylecta how long", "herceptin-hylecta"),
        ("govitecan", "trodelvy"),
        ("tras tuzumab", "herceptin"),
        ("her ceptin", "herceptin"),
        ("t dxd", "enhertu"),
    ],
)
def test_name_however_it_is_put_leads_to_its_medicine(asked: Ask, question: str, slug: str) -> None:
    assert results(asked(question))[0] == slug


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("trastuzumab derux", "enhertu"),
        ("trastuzumab emt", "kadcyla"),
        ("trastuzumab emtan side effects", "kadcyla"),
    ],
)
def test_half_typed_name_is_asked_about(asked: Ask, question: str, slug: str) -> None:
    soup = asked(question)
    assert "Did you mean" in said(soup)
    assert suggested(soup)[0] == f"/drugs/{slug}/"
    assert results(soup)[0] == slug


@pytest.mark.parametrize(
    "question",
    [
        "trastuzumab vedotin",
        "trastuzumab botidotin",
        "trastuzumab dxd side effects",
        "ado-trastuzumab deruxtecan",
        "sacituzumab deruxtecan",
        "patritumab deruxtecan",
        "pertuzumab emtansine",
    ],
)
def test_parts_wrongly_joined_are_no_medicine(asked: Ask, question: str) -> None:
    """Neither a section of a page nor a comparison is offered for what may be another medicine."""
    soup = asked(question)
    assert "We know no medicine named" in said(soup)
    assert suggested(soup) == []


@pytest.mark.parametrize("question", ["kisqali verzenio", "trastuzumab pertuzumab", "tdxd vs tdm1"])
def test_two_whole_names_side_by_side_are_two_medicines(asked: Ask, question: str) -> None:
    assert suggested(asked(question))[0].startswith("/drugs/compare/")


@pytest.mark.parametrize("question", ["everolimus", "alpelisib", "olaparib tablets"])
def test_name_of_ours_is_no_other_medicine(asked: Ask, question: str) -> None:
    assert said(asked(question)) == ""


@pytest.mark.parametrize("question", ["what does herceptin act on", "acting strange", "DS-8201"])
def test_ordinary_word_is_no_short_name(asked: Ask, question: str) -> None:
    soup = asked(question)
    assert "We have no page on" not in words(soup)
    assert "datroway" not in results(soup)


@pytest.mark.parametrize(
    "question",
    [
        "nonmetastatic",
        "hypercalcemia",
        "osteonecrosis of the jaw",
        "cigna",
        "besponsa",
        "breast cancer",
        "my cancer has spread",
        "no puedo dormir",
    ],
)
def test_word_is_not_turned_into_another(asked: Ask, question: str) -> None:
    text = words(asked(question))
    assert "Showing results for" not in text
    assert "You wrote in Spanish" not in text


@pytest.mark.parametrize(
    "question", ["high blood pressure", "low blood pressure", "low blood sugar", "cant poop"]
)
def test_contrary_or_other_complaint_is_no_symptom_of_ours(asked: Ask, question: str) -> None:
    assert "what to do now" not in said(asked(question))


@pytest.mark.parametrize("question", ["stop taking verzenio", "quit ibrance", "come off kisqali"])
def test_part_that_a_page_has_not_is_not_replaced_by_another(asked: Ask, question: str) -> None:
    soup = asked(question)
    assert "nothing on this yet; ask your team" in said(soup)
    assert "#" not in suggested(soup)[0]


def test_part_that_does_not_name_it_says_so(asked: Ask) -> None:
    assert "does not name: alcohol. Ask your team." in said(asked("ibrance alcohol"))
    assert "does not name" not in said(asked("ibrance grapefruit"))
