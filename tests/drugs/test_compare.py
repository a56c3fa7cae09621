"""Medicines side by side, through the address: what stands there, what never does, at what cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import combinations
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.compare import compare_url
from drugs.models import (
    Drug,
    DrugClass,
    DrugForm,
    DrugSideEffect,
    SideEffect,
    SideEffectRate,
    TrialResult,
)
from tests.conftest import Page, forget
from tests.editorial.small_guide import (
    Guide,
    add_medicines,
    parsed,
    words,
)
from tests.factories import (
    ContributorFactory,
    DrugClassFactory,
    SideEffectFactory,
    indication,
    publish,
    published_drug,
)

pytestmark = pytest.mark.usefixtures("guide", "db")

EMPTY = "/drugs/compare/"
PAIR = "/drugs/compare/?drug=alpha&drug=gamma"
FORMER = "No longer approved for breast cancer"
NOT_COMPARED = "These medicines were not compared with each other unless a line says so."
LISTED, NOT_LISTED = "Listed for all", "Not listed for all"
SECTIONS = [
    "names",
    "uses",
    "class",
    "how-given",
    "boxed-warnings",
    "side-effects",
    "tests",
    "pregnancy",
]


def change(slug: str, /, **changes: Any) -> Drug:
    """Publish a medicine of the guide with ``changes``."""
    return publish(Drug.objects.get(slug=slug), **changes)  # type: ignore[return-value]


def shown(soup: BeautifulSoup) -> list[str]:
    """The medicines side by side, by brand and generic name, in order."""
    return [words(th) for th in soup.select("#names thead th")]


def cells(soup: BeautifulSoup, section: str) -> list[str]:
    """What one topic says of each medicine, with its name first."""
    return [words(td) for td in soup.select(f"#{section} > table td")]


def section(soup: BeautifulSoup, key: str) -> Tag:
    """One topic."""
    found = soup.find(id=key)
    assert isinstance(found, Tag)
    return found


def message(soup: BeautifulSoup) -> str:
    """What the page says of the address."""
    found = soup.select_one(".masthead .notice")
    return words(found) if found else ""


def hidden_inputs(soup: BeautifulSoup) -> list[str]:
    """The medicines that the form keeps."""
    return [str(one["value"]) for one in soup.select("form input[type=hidden][name=drug]")]


def options(soup: BeautifulSoup) -> list[str]:
    """The medicines that the form offers."""
    return [str(one["value"]) for one in soup.select("select[name=drug] option") if one["value"]]


# --- What stands side by side


def test_same_rows_stand_there_for_each_medicine(page: Page) -> None:
    soup = page(PAIR)
    assert [str(one["id"]) for one in soup.select("section[id]") if one["id"] in SECTIONS] == (
        SECTIONS
    )
    for key in set(SECTIONS) - {"side-effects"}:
        assert [text[:5] for text in cells(soup, key)] == ["Alpha", "Gamma"], key


def test_every_table_has_a_caption_and_a_head_for_each_column_and_row(page: Page) -> None:
    for table in page(PAIR).select("main table"):
        assert words(table.caption)
        heads = table.select("thead th[scope=col]")
        assert len(heads) == len(table.select("thead th"))
        for row in table.select("tbody tr"):
            assert len(row.find_all(["th", "td"])) == len(heads)
            assert all(th["scope"] == "row" for th in row.find_all("th"))


def test_full_names_stand_in_the_order_of_the_address(page: Page) -> None:
    assert shown(page(PAIR)) == ["Alpha (alphamab)", "Gamma (gammalisib)"]
    assert shown(page("/drugs/compare/?drug=gamma&drug=alpha"))[0] == "Gamma (gammalisib)"


@pytest.mark.parametrize("address", [EMPTY, PAIR, "/drugs/compare/?drug=alpha"])
def test_page_says_first_what_it_is_not(page: Page, address: str) -> None:
    main = words(page(address).main)
    assert main.index(NOT_COMPARED) < 400
    assert "Approved in the United States (FDA)" in main
    assert "It lists what is approved; it never recommends." in main


def test_uses_are_the_current_ones_with_their_conditions(page: Page) -> None:
    use = indication(
        summary="Second use",
        line="later",
        after="a taxane",
        given_with="letrozole",
        mutations=("BRCA1",),
        status="accelerated",
    )
    change("alpha", indications=[*Drug.objects.get(slug="alpha").indications.all(), use])
    alpha, gamma = cells(page(PAIR), "uses")
    assert "Metastatic HER2-positive cancer" in alpha
    assert "Rumoured early use" not in alpha
    assert "Old use before surgery" not in alpha
    second = alpha[alpha.index("Second use") :]
    assert "Accelerated approval Place After other treatment" in second
    assert "Earlier treatment a taxane Given with letrozole Test needed a BRCA1 change" in second
    assert "a PIK3CA change, by a test of the tumor" in gamma


def test_former_medicine_says_so_wherever_its_name_stands(page: Page) -> None:
    soup = page("/drugs/compare/?drug=former&drug=alpha")
    for name in soup.select("main thead th, main .compare__name"):
        if "Former" in words(name):
            assert FORMER in words(name)
        else:
            assert FORMER not in words(name) or words(name) == "Side effect"
    former, _alpha = cells(soup, "names")
    assert "The FDA took its breast-cancer approval back." in former
    assert "Approved in the United States" not in former
    assert "no approved use in breast cancer today" in cells(soup, "uses")[0]


def test_look_alikes_are_warned_of_on_both_sides(page: Page) -> None:
    """Only the record of Gamma names Alpha."""
    alpha, gamma = cells(page(PAIR), "names")
    assert "Not the same as: Gamma (gammalisib)" in alpha
    assert "Not the same as: Alpha (alphamab)" in gamma


def test_medicines_that_look_nothing_alike_are_not_warned_of(page: Page) -> None:
    assert "Not the same as" not in words(page("/drugs/compare/?drug=beta&drug=gamma").main)


def test_classes_lead_to_their_pages_and_hidden_ones_are_not_named(page: Page) -> None:
    links = section(page(PAIR), "class").select("a[href^='/classes/']")
    assert [str(link["href"]) for link in links] == [
        "/classes/blue/",
        "/classes/blue/",
        "/classes/green/",
    ]


def test_each_form_says_how_often_and_where(page: Page) -> None:
    change(
        "alpha",
        forms=[
            DrugForm(route="oral-tablet", form="2 mg tablets", schedule="every day", where="home"),
            DrugForm(route="iv-infusion", form="infusion", sort_order=1),
        ],
    )
    alpha = cells(page(PAIR), "how-given")[0]
    first, second = alpha.split("Given as")[1:]
    assert first.strip() == "Tablets Form 2 mg tablets How often every day Where home"
    assert "Infusion into a vein Form infusion How often Ask your team Where Ask" in second


def test_fields_of_the_record_stand_in_their_cells(page: Page) -> None:
    change(
        "alpha",
        boxed_warnings="heart damage\nlung damage",
        checks="heart scan\nblood count",
        pregnancy="Women: 7 months. Men: 4 months.",
    )
    soup = page(PAIR)
    assert "Heart damage Lung damage" in cells(soup, "boxed-warnings")[0]
    assert "Our record of its label has no boxed warning" in cells(soup, "boxed-warnings")[1]
    assert "Heart scan Blood count" in cells(soup, "tests")[0]
    assert "Women: 7 months. Men: 4 months." in cells(soup, "pregnancy")[0]
    assert "Ask your team before treatment starts" in cells(soup, "pregnancy")[1]


@pytest.mark.parametrize(
    ("field", "key"),
    [("boxed_warnings", "boxed-warnings"), ("checks", "tests"), ("pregnancy", "pregnancy")],
)
def test_part_that_waits_for_a_check_says_ask_your_team(page: Page, field: str, key: str) -> None:
    change("alpha", **{field: "Not yet read."}, unconfirmed=[field])
    soup = page(PAIR)
    assert "Not yet read." not in words(soup)
    assert "Ask your team" in cells(soup, key)[0]


def test_review_state_and_page_of_each_medicine(page: Page) -> None:
    """A2, A8."""
    reviewer = ContributorFactory()
    for slug, due in (("alpha", date(2025, 2, 6)), ("beta", date(2999, 2, 6))):
        Drug.objects.filter(slug=slug).update(
            reviewed_by=reviewer, reviewed_on=date(2024, 8, 6), review_due=due
        )
    soup = page("/drugs/compare/?drug=alpha&drug=beta&drug=gamma")
    alpha, beta, gamma = cells(soup, "names")
    assert "overdue: it was due on 6 February 2025" in alpha
    assert "Reviewed on 6 August 2024" in beta
    assert "overdue" not in beta
    assert "Not yet reviewed by a clinician" in gamma
    links = [str(link["href"]) for link in section(soup, "names").select("a[href]")]
    assert {"/drugs/alpha/", "/drugs/beta/#get-help", "/drugs/gamma/"} <= set(links)


def test_paper_says_where_a_fresh_copy_of_each_is(page: Page) -> None:
    gamma = cells(page(PAIR), "names")[1]
    assert "Not reviewed: check guide.example.org/drugs/gamma/ before you rely on it." in gamma


# --- Side effects: shared and not


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


# --- What never stands there


def test_no_figure_of_a_trial_and_no_rate_stands_on_the_page(page: Page) -> None:
    common = {"trial": "TRIAL-X", "source": "Label X"}
    change(
        "alpha",
        trial_results=[
            TrialResult(unit="months", use="u", outcome="Outcome X", with_value="31.41", **common)
        ],
        side_effect_rates=[
            SideEffectRate(unit="people in 100", effect="rash X", with_all="27.18", **common)
        ],
        side_effects=[DrugSideEffect(effect="rash", how_common="about 86 in 100 people")],
    )
    assert "31.41" in words(page("/drugs/alpha/"))
    text = str(page(PAIR))
    figures = ("31.41", "27.18", "86", "TRIAL-X", "Outcome X", "Label X")
    assert not [figure for figure in figures if figure in text]


def test_nothing_that_is_not_live_stands_on_the_page(client: Client, guide: Guide) -> None:
    address = compare_url([*guide.live[:3], *guide.hidden])
    text = client.get(address).content.decode()
    assert not [word for word in guide.hidden_words if word in text]
    for slug in guide.hidden:
        assert f'value="{slug}"' not in text


def test_text_of_an_editor_is_shown_as_text(client: Client, unchecked: None) -> None:
    text = "<script>alert(1)</script>"
    change(
        "alpha",
        pregnancy=text,
        checks=text,
        boxed_warnings=text,
        side_effects=[DrugSideEffect(effect=text)],
        forms=[DrugForm(route="iv-infusion", form=text, schedule=text, where=text)],
    )
    assert b"<script>alert" not in client.get(PAIR).content


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


# --- What it costs

Counted = Callable[[int], AbstractContextManager[Any]]
ODD = PAIR + "&drug=no-such&drug=unpublished"


@pytest.mark.parametrize("address", [EMPTY, PAIR, ODD])
def test_page_takes_at_most_eight_queries_with_nothing_in_memory(
    client: Client, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


@pytest.mark.parametrize(("address", "most"), [(EMPTY, 1), (PAIR, 3), (ODD, 3)])
def test_warm_page_takes_few_queries(
    client: Client, django_assert_max_num_queries: Counted, address: str, most: int
) -> None:
    client.get("/drugs/?q=nothing")
    with django_assert_max_num_queries(most):
        client.get(address)


def test_queries_do_not_grow_with_rows_or_medicines(client: Client) -> None:
    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(compare_url(["alpha", "beta", "gamma", "delta"]))
        return len(captured)

    few = cost()
    add_medicines(10)
    alpha = Drug.objects.get(slug="alpha")
    change(
        "beta",
        indications=[indication(summary=f"Use {n}", partners=[alpha]) for n in range(9)],
        side_effects=[DrugSideEffect(effect=f"Effect {n}") for n in range(20)],
        forms=[DrugForm(route="iv-infusion", form=f"form {n}") for n in range(5)],
        classes=list(DrugClass.objects.live()),
    )
    assert cost() == few


def test_change_is_seen_by_the_next_request(client: Client) -> None:
    client.get(PAIR)
    change("alpha", side_effects=[DrugSideEffect(effect="hiccups")])
    assert "Hiccups" in words(section(parsed(client.get(PAIR)), "side-effects"))


def test_draft_is_never_seen(client: Client) -> None:
    before = words(client.get(PAIR))
    drug = Drug.objects.get(slug="alpha")
    drug.pregnancy = "Draft words"
    drug.side_effects = [DrugSideEffect(effect="draft effect")]
    drug.save_revision()
    forget()
    assert words(client.get(PAIR)) == before
