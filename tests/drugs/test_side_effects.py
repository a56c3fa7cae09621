"""A side effect's own page and the list: whom to call first, then the rest."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils.text import capfirst

from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS
from drugs.models import SideEffect
from tests.conftest import Page
from tests.drugs.side_effects import RASH
from tests.editorial.small_guide import results, words
from tests.factories import SideEffectFactory, medicine_rule, publish, published_drug

pytestmark = pytest.mark.django_db

SIGNS = [capfirst(str(sign)) for sign in GENERAL_SIGNS]
TEAM_SIGNS = [capfirst(str(sign)) for sign in GENERAL_TEAM_SIGNS]
ANY_MEDICINE = "And with any medicine, for:"
FEVER = "A fever of 100.4 F (38 C) or more, once, or shaking chills at any temperature"
CALL_911 = "Call 911 for:"
CALL_NOW = "Call your care team now, day or night, for:"
CALL_SAME_DAY = "Call your care team the same day for:"


def help_box(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Heading of each part of the get-help box -> its signs."""
    box = soup.find(id="get-help")
    assert isinstance(box, Tag), "no get-help box"
    parts: dict[str, list[str]] = {}
    heading = ""
    for tag in box.find_all(["h3", "summary", "li"]):
        if tag.name != "li":
            heading = words(tag)
            parts[heading] = []
        else:
            parts[heading].append(words(tag))
    return parts


def test_box_holds_its_own_signs_the_general_ones_and_the_fever_rule(
    page: Page, rash: SideEffect
) -> None:
    """B1, B2, B2a."""
    assert help_box(page(RASH)) == {
        CALL_911: ["Skin that comes off in sheets", *SIGNS],
        CALL_NOW: [FEVER, "Blisters", "A rash with fever"],
        ANY_MEDICINE: TEAM_SIGNS,
        CALL_SAME_DAY: ["A rash that itches"],
    }


def test_box_comes_before_every_other_section(page: Page, rash: SideEffect) -> None:
    """B1: help first; before it stand the name and the answer in two lines only."""
    publish(rash, medicine_rules=[medicine_rule(published_drug())])
    main = page(RASH).main
    assert main is not None
    assert words(main.find("h2")) == "Get help now"
    sections = [str(one["id"]) for one in main.find_all("section", id=True)]
    assert sections == [
        "get-help",
        "rules",
        "what-it-is",
        "at-home",
        "tests",
        "medicines",
        "not-known",
        "sources",
        "about-this-page",
    ]


def test_box_of_a_side_effect_without_signs_of_its_own_holds_the_general_ones(page: Page) -> None:
    """B2a."""
    lists = dict.fromkeys(("call_911", "call_team_now", "call_team_same_day"), "")
    publish(SideEffectFactory(slug="rash"), **lists)
    assert help_box(page(RASH)) == {
        CALL_911: SIGNS,
        CALL_NOW: [FEVER],
        ANY_MEDICINE: TEAM_SIGNS,
    }


def test_box_without_the_fever_rule_does_not_print_it(page: Page, rash: SideEffect) -> None:
    publish(rash, fever_rule=False)
    assert help_box(page(RASH))[CALL_NOW] == ["Blisters", "A rash with fever"]


def test_box_dials_the_emergency_number_of_the_operator(
    page: Page, rash: SideEffect, settings: Any
) -> None:
    settings.EMERGENCY_NUMBER = "112"
    box = page(RASH).find(id="get-help")
    assert isinstance(box, Tag)
    assert box.select("a[href='tel:112']")
    assert "Call 112 for:" in words(box)
    assert "911" not in words(box)


def test_list_of_side_effects_shows_the_emergency_signs_before_any_name(
    page: Page, rash: SideEffect
) -> None:
    """B1."""
    main = words(page("/side-effects/").main)
    for sign in (*SIGNS, FEVER):
        assert main.index(sign) < main.index("Rash")


# --- The list, and the rest of the page


def test_list_shows_live_side_effects_a_to_z(page: Page, rash: SideEffect) -> None:
    publish(SideEffectFactory(slug="cough", name="cough"))
    publish(SideEffectFactory(slug="zoster", name="Zoster"))
    publish(SideEffectFactory(slug="gone", name="Gone")).unpublish()
    SideEffectFactory(slug="draft", name="Draft")
    assert results(page("/side-effects/")) == ["cough", "rash", "zoster"]


def test_side_effect_on_the_list_has_its_other_names_and_first_answer(
    page: Page, rash: SideEffect
) -> None:
    article = words(page("/side-effects/").find("article", attrs={"data-result": "rash"}))
    assert "Also called: exanthema, dermatitis" in article
    assert "Call your team early." in article


def test_list_without_side_effects_says_so(page: Page) -> None:
    assert "No side effects yet." in words(page("/side-effects/").main)


def test_page_shows_each_part_under_its_heading(page: Page, rash: SideEffect) -> None:
    soup = page(RASH)
    parts = {
        "what-it-is": "It can come with treatment.",
        "at-home": "Use a plain cream. Keep out of the sun.",
        "tests": "A look at your skin",
        "not-known": "Which cream is best.",
        "sources": "Label",
    }
    for key, text in parts.items():
        assert text in words(soup.find(id=key)), key
    assert "Also called: exanthema, dermatitis" in words(soup.main)


@pytest.mark.parametrize(
    ("field", "section"),
    [
        ("description", "what-it-is"),
        ("self_care", "at-home"),
        ("checks", "tests"),
        ("not_known", "not-known"),
    ],
)
def test_part_that_is_empty_is_left_out_of_page_and_contents(
    page: Page, rash: SideEffect, field: str, section: str
) -> None:
    publish(rash, **{field: ""})
    soup = page(RASH)
    assert soup.find(id=section) is None
    assert not soup.select(f"a[href='#{section}']")


def test_contents_lead_to_every_section(page: Page, rash: SideEffect) -> None:
    publish(rash, medicine_rules=[medicine_rule(published_drug())])
    soup = page(RASH)
    contents = soup.select("nav[aria-label='On this page'] a")
    sections = [f"#{one['id']}" for one in soup.select("main section[id]")]
    assert [link["href"] for link in contents] == sections


def test_what_editors_keep_to_themselves_is_never_shown(page: Page, rash: SideEffect) -> None:
    publish(rash, internal_notes="Only for editors", search_aliases="rahs misspelt")
    for address in (RASH, "/side-effects/"):
        assert "Only for editors" not in str(page(address))
        assert "rahs misspelt" not in str(page(address))


def test_renamed_side_effect_keeps_its_old_address(client: Client, rash: SideEffect) -> None:
    publish(rash, slug="skin-rash")
    response = client.get(RASH)
    assert (response.status_code, response["Location"]) == (301, "/side-effects/skin-rash/")


def test_unpublished_side_effect_is_gone_at_the_next_request(
    client: Client, page: Page, rash: SideEffect
) -> None:
    assert results(page("/side-effects/")) == ["rash"]
    rash.unpublish()
    assert results(page("/side-effects/")) == []
    assert client.get(RASH).status_code == 404
