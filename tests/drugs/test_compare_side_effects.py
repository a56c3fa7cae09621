"""Side effects side by side: which are listed for all the medicines, and which are not."""

from __future__ import annotations

from itertools import combinations

import pytest
from bs4 import BeautifulSoup

from drugs.compare import compare_url
from drugs.models import DrugSideEffect, SideEffect
from tests.conftest import Page
from tests.drugs.comparison import PAIR, section
from tests.editorial.small_guide import words
from tests.factories import SideEffectFactory, publish, published_drug

pytestmark = pytest.mark.usefixtures("guide", "db")

LISTED, NOT_LISTED = "Listed for all", "Not listed for all"


def marks(soup: BeautifulSoup) -> dict[str, bool]:
    """Side effect -> whether the page says in words that all the medicines shown list it."""
    found = {}
    for row in soup.select("#side-effects tbody tr:has(> th)"):
        mark = row.select_one(".listed-mark")
        assert mark is not None
        text = words(mark)
        is_shared = text.startswith(LISTED)
        assert is_shared or text.startswith(NOT_LISTED)
        assert (f"listed-mark--{'all' if is_shared else 'some'}") in mark["class"]
        found[words(row.th).removesuffix(text).strip()] = is_shared
    for line in soup.select("#side-effects table:has(.listed-mark--some) > tbody li"):
        if not line.find_parent("tr").th:
            found[words(line)] = False
    return found


def test_side_effect_with_the_same_page_is_shared_in_the_words_of_each_label(page: Page) -> None:
    soup = page(PAIR)
    assert marks(soup) == {"Rash": True, "Tiredness (fatigue)": False}
    row = section(soup, "side-effects").select_one("tbody tr:has(> th)")
    assert row is not None
    alpha, gamma = row.find_all("td")
    assert "Rash on the hands" in words(alpha)
    assert "Serious: blistering rash" in words(gamma)
    assert [str(link["href"]) for link in row.th.select("a")] == ["/side-effects/rash/"]


def test_side_effect_that_one_does_not_list_is_marked_in_its_cell(page: Page) -> None:
    soup = page("/drugs/compare/?drug=alpha&drug=gamma&drug=beta")
    row = section(soup, "side-effects").select_one("tbody tr:has(a[href='/side-effects/rash/'])")
    assert row is not None
    assert words(row.th) == f"Rash {NOT_LISTED}"
    assert [("Not listed here" in words(td)) for td in row.find_all("td")] == [False, False, True]


def test_page_says_that_a_list_is_not_all_that_can_happen(page: Page) -> None:
    text = words(section(page(PAIR), "side-effects"))
    assert "does not list a side effect does not mean that it cannot happen" in text
    assert "Two labels can use different words for the same thing." in text


def test_side_effect_is_marked_shared_if_and_only_if_every_medicine_shown_has_it(
    page: Page,
) -> None:
    """All pairs, threes and the four of medicines with side effects of every sort."""
    rash = SideEffect.objects.get(slug="rash")
    chills = publish(SideEffectFactory(name="Chills"))
    hidden = SideEffect.objects.get(slug="secret")
    texts: dict[str, list[tuple[str, SideEffect | None]]] = {
        "one": [("red skin", rash), ("headache", None), ("cough", hidden), ("fits", None)],
        "two": [("itching", rash), ("shivering", chills), ("Headache", None), ("cough", None)],
        "three": [("rash (exanthema)", rash), ("shaking", chills), ("cough (dry)", hidden)],
        "four": [("peeling", rash), ("headache", None), ("fever", chills), ("cramps", None)],
    }
    # What the page calls it -> who has it.
    known = {
        "Rash": {"one", "two", "three", "four"},
        "Chills": {"two", "three", "four"},
        "Headache": {"one", "two", "four"},
        "Cough": {"one", "two", "three"},
        "Fits": {"one"},
        "Cramps": {"four"},
    }
    for slug, rows in texts.items():
        effects = [
            DrugSideEffect(effect=text, explained_by=explained, sort_order=number)
            for number, (text, explained) in enumerate(rows)
        ]
        published_drug(slug=slug, side_effects=effects)
    for size in (2, 3, 4):
        for chosen in combinations(texts, size):
            found = marks(page(compare_url(chosen)))
            found = {name.removesuffix(" (dry)"): shared for name, shared in found.items()}
            assert found == {
                name: set(chosen) <= having
                for name, having in known.items()
                if having & set(chosen)
            }, chosen


def test_one_medicine_alone_has_no_marks(page: Page) -> None:
    soup = page("/drugs/compare/?drug=alpha")
    assert not soup.select(".listed-mark")
    assert "Rash on the hands" in words(section(soup, "side-effects"))
    assert "Tiredness (fatigue)" in words(section(soup, "side-effects"))
