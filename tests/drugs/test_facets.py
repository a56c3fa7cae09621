"""Counts beside the answers and chips above the results, through the address of the list."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.filters import DrugFilterSet
from tests.conftest import Page
from tests.editorial.small_guide import results, words
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("guide", "db")

SINGLE = {
    "hormone_receptor": ("", "positive", "negative"),
    "her2": ("", "positive", "low", "ultralow", "negative"),
    "setting": ("", "early", "neoadjuvant", "adjuvant", "locally-advanced", "metastatic"),
}
QUESTIONS = (
    "",
    "her2=negative",
    "her2=low&setting=locally-advanced",
    "setting=metastatic&class=blue&route=iv-infusion",
    "q=mab&hormone_receptor=positive",
    "mutation=none&her2=negative",
)


def label_of(soup: BeautifulSoup, name: str, code: str, nth: int = 0) -> Tag:
    """The label of an answer."""
    control = soup.select(f"main input[name={name}][value='{code}']")[nth]
    label = soup.find("label", attrs={"for": control["id"]})
    assert isinstance(label, Tag)
    return label


def count(soup: BeautifulSoup, name: str, code: str, nth: int = 0) -> int:
    """The number beside an answer, which is also said in words."""
    (badge,) = label_of(soup, name, code, nth).select(".count")
    number = int(badge.get_text())
    assert badge["aria-label"] == ("1 medicine" if number == 1 else f"{number} medicines")
    return number


def listed(page: Page, query: str) -> int:
    """How many medicines the list shows."""
    return len(results(page(f"/drugs/?{query}")))


def without(query: str, name: str) -> str:
    """The query without the answers to one question."""
    return "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))


# --- Counts


@pytest.mark.parametrize("query", QUESTIONS)
def test_count_of_one_answer_is_the_length_of_the_list_with_it(page: Page, query: str) -> None:
    soup = page(f"/drugs/?{query}")
    shown = {(name, code): count(soup, name, code) for name in SINGLE for code in SINGLE[name]}
    assert shown == {
        (name, code): listed(page, f"{without(query, name)}&{name}={code}") for name, code in shown
    }


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize(
    ("name", "codes"), [("class", ("blue", "green")), ("route", ("iv-infusion", "oral-tablet"))]
)
def test_count_of_a_class_or_route_is_that_of_it_alone(
    page: Page, query: str, name: str, codes: tuple[str, ...]
) -> None:
    soup = page(f"/drugs/?{query}")
    for code in codes:
        assert count(soup, name, code) == listed(page, f"{without(query, name)}&{name}={code}")


# what is stated -> an answer more, and the answers that stand then
GENES = {
    "a-change-more": ("brca1", "brca2", "mutation=brca1&mutation=brca2"),
    "a-change-after-no-change": ("no-brca", "brca1", "mutation=brca1"),
    "no-change-after-a-change": ("brca1", "no-brca", "mutation=no-brca"),
    "other-test": ("no-brca", "pik3ca", "mutation=no-brca&mutation=pik3ca"),
    "half-of-both": ("none", "pik3ca", "mutation=no-brca&mutation=pik3ca"),
    "both-after-a-change": ("pten", "none", "mutation=none"),
}


@pytest.mark.parametrize(("stated", "code", "then"), GENES.values(), ids=GENES)
def test_count_of_a_gene_answer_takes_away_what_contradicts_it(
    page: Page, stated: str, code: str, then: str
) -> None:
    soup = page(f"/drugs/?her2=negative&mutation={stated}")
    assert count(soup, "mutation", code) == listed(page, f"her2=negative&{then}")


def test_count_of_a_test_not_done_takes_back_the_answers_of_that_test(page: Page) -> None:
    soup = page("/drugs/?her2=negative&mutation=no-brca&mutation=no-tumor")
    assert count(soup, "mutation", "", 0) == listed(page, "her2=negative&mutation=no-tumor")
    assert count(soup, "mutation", "", 1) == listed(page, "her2=negative&mutation=no-brca")


def test_answer_that_would_leave_nothing_shows_its_zero_and_can_be_chosen(page: Page) -> None:
    soup = page("/drugs/")
    assert count(soup, "setting", "neoadjuvant") == 0
    assert not soup.select("main input[disabled], main option[disabled]")


@pytest.mark.parametrize("query", ["her2=purple", "mutation=none&mutation=brca1", "q=" + "x" * 101])
def test_invalid_answer_leaves_no_count(page: Page, query: str) -> None:
    soup = page(f"/drugs/?{query}")
    assert [badge.get_text() for badge in soup.select(".count") if badge.get_text()] == []
    assert not soup.select(".count[aria-label]")
    assert not soup.select(".chip")


def test_home_asks_without_counts(page: Page) -> None:
    assert not page("/").select(".count")


def test_counts_take_no_query(client: Client) -> None:
    filterset = DrugFilterSet({"her2": "negative"})
    forget()
    with CaptureQueriesContext(connection) as captured:
        facets: Any = filterset.facets
        assert facets.count("her2", "positive") == 1
        assert facets.count("mutation", "", ("", "brca1")) == 2
        assert facets.count("class", "blue") == 1
    assert len(captured) == 0


# --- Chips


def chips(soup: BeautifulSoup) -> dict[str, str]:
    """The accessible name of each chip -> where it leads."""
    return {words(chip): str(chip["href"]) for chip in soup.select("main a.chip")}


def test_each_answer_is_a_chip_that_removes_it_alone(page: Page) -> None:
    soup = page("/drugs/?her2=low&setting=metastatic&class=blue&class=green&q=mab&sort=name&page=1")
    rest = "&sort=name"
    assert chips(soup) == {
        "Remove: Name: mab": "/drugs/?setting=metastatic&her2=low&sort=name&class=blue&class=green",
        "Remove: Surgery: Has spread to other parts of the body": (
            "/drugs/?q=mab&her2=low&sort=name&class=blue&class=green"
        ),
        "Remove: HER2: HER2-low": (
            f"/drugs/?q=mab&setting=metastatic{rest}&class=blue&class=green"
        ),
        "Remove: Class: Blue medicines": (
            f"/drugs/?q=mab&setting=metastatic&her2=low{rest}&class=green"
        ),
        "Remove: Class: Green medicines": (
            f"/drugs/?q=mab&setting=metastatic&her2=low{rest}&class=blue"
        ),
    }


def test_last_chip_leads_to_the_whole_list(page: Page) -> None:
    assert chips(page("/drugs/?her2=low")) == {"Remove: HER2: HER2-low": "/drugs/"}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("brca1", "Remove: Gene test: BRCA1 change"),
        ("no-tumor", "Remove: Gene test: Tested, none of these"),
        ("none", "Remove: Gene test: Both tested, nothing found"),
    ],
)
def test_gene_answer_is_a_chip_in_the_words_of_the_form(page: Page, code: str, name: str) -> None:
    assert list(chips(page(f"/drugs/?mutation=&mutation={code}&mutation={code}"))) == [name]


def test_chips_lead_to_lists_that_show_the_other_answers(page: Page) -> None:
    soup = page("/drugs/?her2=negative&setting=metastatic&mutation=no-brca&mutation=no-tumor")
    before = set(chips(soup))
    for name, address in chips(soup).items():
        assert set(chips(page(address))) == before - {name}


def test_order_and_page_are_no_chips(page: Page) -> None:
    soup = page("/drugs/?sort=newest&page=1")
    assert chips(soup) == {}
    assert not soup.select(".answers")


def test_all_answers_can_be_cleared(page: Page) -> None:
    (link,) = page("/drugs/?her2=low&sort=name").select(".answers__clear")
    assert (words(link), link["href"]) == ("Clear all answers", "/drugs/")


def test_typed_words_are_shown_as_text(client: Client) -> None:
    source = client.get("/drugs/", {"q": "<b>x</b>"}).text
    assert "<b>x</b>" not in source
    assert "&lt;b&gt;x&lt;/b&gt;" in source


# --- The guided form, at home and on the list


@pytest.mark.parametrize("address", ["/", "/drugs/"])
def test_finder_asks_in_four_steps_each_with_a_way_not_to_know(page: Page, address: str) -> None:
    steps = page(address).select("ol.walk > li")
    legends = [words(step.legend) for step in steps]
    assert legends == ["Is surgery planned or done?", "Hormone receptors", "HER2", "Gene tests"]
    for step in steps[:3]:
        (unknown,) = step.select("input[type=radio][value='']")
        assert unknown.has_attr("checked")
    assert len(steps[3].select("input[type=checkbox][value=''][checked]")) == 2
    assert not page(address).select("details ol.walk details")


def test_settings_stand_under_what_is_planned(page: Page) -> None:
    groups = page("/").select("#setting [role=group]")
    told = {
        words(group.select_one(".question__heading")): [
            one["value"] for one in group.select("input")
        ]
        for group in groups
    }
    assert told == {
        "Surgery is planned or done (stage I to III)": ["early", "neoadjuvant", "adjuvant"],
        "Surgery is not the plan now": ["locally-advanced", "metastatic"],
    }


@pytest.mark.parametrize("address", ["/", "/drugs/"])
@pytest.mark.parametrize(
    "note",
    [
        "Stage III with surgery: choose early",
        "Stage 0 (DCIS): none of these medicines is approved for it.",
        "Waiting for a result: choose I don't know.",
        "Use the newest biopsy.",
        "IHC 1+, or 2+ with negative ISH, is HER2-low even if the report says negative.",
        "A BRCA change found only in the tumor: ask for the inherited test.",
        "The report lists ER and PR on two lines.",
        "Look for the IHC score",
        "Look for the words germline, hereditary cancer test or BRCA test.",
        "Look for the words biomarker test, NGS or liquid biopsy.",
    ],
)
def test_finder_says_where_an_answer_stands_and_what_to_choose(
    page: Page, address: str, note: str
) -> None:
    assert note in words(page(address).select_one("form.finder"))


def test_test_without_an_answer_is_not_known(page: Page) -> None:
    soup = page("/drugs/?mutation=brca1")
    inherited, tumor = soup.select("main input[name=mutation][value='']")
    assert not inherited.has_attr("checked")
    assert tumor.has_attr("checked")
    both = page("/drugs/?mutation=none").select("main input[name=mutation][value='']")
    assert not any(one.has_attr("checked") for one in both)
