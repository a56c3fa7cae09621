"""Which medicines stand side by side: what the address asks for, the form, and the ways there."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import pytest

from drugs.compare import compare_url
from tests.conftest import Page
from tests.drugs.comparison import EMPTY, PAIR, change, hidden_inputs, message, options, shown
from tests.editorial.small_guide import Guide, words
from tests.factories import DrugClassFactory, publish, published_drug

pytestmark = pytest.mark.usefixtures("guide", "db")


# --- What the address asks for


@pytest.mark.parametrize(
    ("asked", "expected", "said"),
    [
        (["alpha", "no-such"], ["Alpha"], "Left out: “no-such”. This guide has no medicine under"),
        (["draftium", "alpha"], ["Alpha"], "Left out: “draftium”."),
        (["unpublished", "alpha"], ["Alpha"], "Left out: “unpublished”."),
        (["alpha", "beta", "alpha"], ["Alpha", "Beta"], "once, shown once: Alpha (alphamab)."),
        (["alpha", ""], ["Alpha"], "No medicine was chosen in the list."),
        ([""], [], "No medicine was chosen in the list."),
        (["   "], [], "No medicine was chosen in the list."),
        ([" alpha ", "beta"], ["Alpha", "Beta"], ""),
        (["ALPHA"], [], "Left out: “ALPHA”."),
        (["x" * 5000, "alpha"], ["Alpha"], f"Left out: “{'x' * 39}…”."),
        (["a\x00b", "alpha"], ["Alpha"], "Left out: “a b”."),
        (["\x00"], [], "Left out: “?”."),
        (["al\npha\t\x1b[31m", "alpha"], ["Alpha"], "Left out: “al pha [31m”."),
        (["\u202ealpha", "beta"], ["Beta"], "Left out: “alpha”."),
        (["<b>bold</b>", "alpha"], ["Alpha"], "Left out: “<b>bold</b>”."),
        (["'; DROP TABLE drugs_drug;--"], [], "Left out: “'; DROP TABLE drugs_drug;--”."),
        (["compare", "alpha"], ["Alpha"], "Left out: “compare”."),
        (["alpha,beta"], [], "Left out: “alpha,beta”."),
        (["one", "two", "alpha"], ["Alpha"], "Left out: “one”, “two”. This guide has no medicines"),
        ([f"no-{n}" for n in range(9)], [], "“no-3”, 5 more."),
    ],
    ids=[
        "unknown",
        "draft",
        "unpublished",
        "repeated",
        "one-empty",
        "only-empty",
        "spaces",
        "spaces-around",
        "capitals",
        "long",
        "nul",
        "only-nul",
        "control-characters",
        "right-to-left",
        "markup",
        "sql",
        "reserved",
        "two-in-one",
        "two-unknown",
        "many-unknown",
    ],
)
def test_odd_address_is_answered_with_what_is_known_and_a_message(
    page: Page, asked: list[str], expected: Sequence[str], said: str
) -> None:
    soup = page(EMPTY + "?" + "&".join(f"drug={quote(value, safe='')}" for value in asked))
    assert [name.split(" (")[0] for name in shown(soup)] == list(expected)
    assert (said in message(soup)) if said else message(soup) == ""
    assert len(message(soup)) < 400
    assert hidden_inputs(soup) == [name.lower() for name in expected]


def test_fifth_medicine_is_left_out_by_name(page: Page) -> None:
    soup = page(compare_url(["alpha", "beta", "gamma", "delta", "former"]))
    assert len(shown(soup)) == 4
    assert message(soup).startswith("Left out: Former (")
    assert "No more than four medicines fit side by side." in message(soup)


@pytest.mark.parametrize("query", ["drug=%ff%fe&drug=alpha", "drug=alpha&utm_source=x&page=9"])
def test_address_that_no_browser_made_shows_the_rest(page: Page, query: str) -> None:
    assert shown(page(f"{EMPTY}?{query}")) == ["Alpha (alphamab)"]


def test_other_parameters_are_ignored(page: Page) -> None:
    assert message(page("/drugs/compare/?drug=alpha&utm_source=x&her2=purple")) == ""


def test_old_slug_leads_to_the_medicine(page: Page) -> None:
    change("alpha", slug="alpha-two")
    soup = page("/drugs/compare/?drug=alpha&drug=gamma")
    assert shown(soup) == ["Alpha (alphamab)", "Gamma (gammalisib)"]
    assert hidden_inputs(soup) == ["alpha-two", "gamma"]
    assert message(soup) == ""


def test_old_and_new_slug_of_one_medicine_are_one_medicine(page: Page) -> None:
    change("alpha", slug="alpha-two")
    soup = page("/drugs/compare/?drug=alpha&drug=alpha-two")
    assert shown(soup) == ["Alpha (alphamab)"]
    assert "shown once: Alpha (alphamab)." in message(soup)


def test_old_slug_of_an_unpublished_medicine_leads_nowhere(page: Page) -> None:
    change("alpha", slug="alpha-two").unpublish()
    assert shown(page("/drugs/compare/?drug=alpha")) == []


# --- Choosing


def test_page_without_a_choice_explains_itself_and_offers_every_medicine(
    page: Page, guide: Guide
) -> None:
    soup = page(EMPTY)
    assert "Choose two to four medicines" in words(soup.main)
    assert set(options(soup)) == set(guide.live)
    assert not soup.select("main table")
    links = [str(link["href"]) for link in soup.select("main section a[href]")]
    assert compare_url(["alpha", "gamma"]) in links


def test_one_medicine_asks_for_a_second_and_is_shown(page: Page) -> None:
    soup = page("/drugs/compare/?drug=alpha")
    assert "Choose a second medicine" in words(soup.main)
    assert shown(soup) == ["Alpha (alphamab)"]


def test_form_keeps_those_chosen_and_offers_the_others(page: Page, guide: Guide) -> None:
    soup = page(PAIR)
    form = soup.select_one("main form")
    assert form is not None
    assert (form["method"], form["action"]) == ("get", EMPTY)
    assert hidden_inputs(soup) == ["alpha", "gamma"]
    assert set(options(soup)) == set(guide.live) - {"alpha", "gamma"}
    text = words(soup.select_one("select[name=drug]"))
    assert "Beta (betaparib)" in text
    assert "no longer approved for breast cancer" in text


def test_four_medicines_leave_no_room_for_more(page: Page) -> None:
    soup = page(compare_url(["alpha", "beta", "gamma", "delta"]))
    assert not soup.select("main form")
    assert "Remove one to add another." in words(soup.main)


def test_each_chosen_medicine_can_be_removed(page: Page) -> None:
    soup = page(compare_url(["alpha", "beta", "gamma"]))
    removing = {words(link): str(link["href"]) for link in soup.select(".compare-choice a")}
    assert removing == {
        "Remove Alpha": compare_url(["beta", "gamma"]),
        "Remove Beta": compare_url(["alpha", "gamma"]),
        "Remove Gamma": compare_url(["alpha", "beta"]),
    }


def test_removing_the_only_one_leads_to_the_empty_page(page: Page) -> None:
    (link,) = page("/drugs/compare/?drug=alpha").select(".compare-choice a")
    assert link["href"] == EMPTY


# --- Ways to the page, and what it says of itself


@pytest.mark.parametrize(
    ("address", "label", "target"),
    [
        ("/drugs/beta/", "Compare Beta with another medicine", compare_url(["beta"])),
        ("/classes/blue/", "Compare these medicines", compare_url(["alpha", "gamma"])),
    ],
)
def test_other_pages_lead_to_the_comparison(
    page: Page, address: str, label: str, target: str
) -> None:
    (link,) = [one for one in page(address).select("main a[href]") if words(one) == label]
    assert link["href"] == target


@pytest.mark.parametrize("number", [1, 5])
def test_class_with_too_few_or_too_many_medicines_offers_no_comparison(
    page: Page, number: int
) -> None:
    known = publish(DrugClassFactory(slug="sized"))
    for _number in range(number):
        published_drug(classes=[known])
    assert "Compare these medicines" not in words(page("/classes/sized/").main)


@pytest.mark.parametrize(("address", "robots"), [(EMPTY, []), (PAIR, ["noindex"])])
def test_only_the_page_without_a_choice_may_be_listed(
    page: Page, address: str, robots: list[str]
) -> None:
    found = page(address).select("meta[name=robots]")
    assert [str(one["content"]) for one in found] == robots


def test_title_names_the_medicines_in_full(page: Page) -> None:
    title = words(page(PAIR).title)
    assert title.startswith("Side by side: Alpha (alphamab), Gamma (gammalisib)")
