"""Which medicines can cause a side effect, their rules, and the way back from their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug, SideEffect
from tests.conftest import Page
from tests.drugs.side_effects import RASH, causing, medicines_on
from tests.editorial.small_guide import words
from tests.factories import DrugFactory, SideEffectFactory, medicine_rule, publish, published_drug
from tests.remembering import forget

pytestmark = pytest.mark.django_db

NO_MEDICINE = "The record of no medicine is linked with this page yet."


def test_page_lists_exactly_the_live_medicines_whose_record_points_to_it(
    page: Page, rash: SideEffect
) -> None:
    published_drug(slug="zeta", side_effects=causing(rash))
    published_drug(slug="same-words", side_effects=causing(None, "rash"))
    other = publish(SideEffectFactory(slug="other"))
    published_drug(slug="another-effect", side_effects=causing(other))
    DrugFactory(slug="draft").side_effects = causing(rash)
    published_drug(slug="taken-off", side_effects=causing(rash)).unpublish()
    published_drug(slug="alpha", brand_name="A first one", side_effects=causing(rash))
    assert medicines_on(page(RASH)) == ["/drugs/alpha/", "/drugs/zeta/"]


def test_medicine_is_listed_once_in_all_the_words_of_its_record(
    page: Page, rash: SideEffect
) -> None:
    rows = [*causing(rash, "rash on the hands"), *causing(rash, "itching (pruritus)")]
    published_drug(slug="alpha", side_effects=[*rows, *causing(None, "weight loss")])
    soup = page(RASH)
    assert medicines_on(soup) == ["/drugs/alpha/"]
    part = words(soup.find(id="medicines"))
    assert "rash on the hands; itching (pruritus)" in part
    assert "weight loss" not in part


def test_words_of_a_record_stand_in_the_order_that_the_editor_gave_them_later(
    page: Page, rash: SideEffect
) -> None:
    rows = [*causing(rash, "rash on the hands"), *causing(rash, "itching (pruritus)")]
    drug = published_drug(side_effects=rows)
    first, second = drug.side_effects.all()
    first.sort_order, second.sort_order = 2, 1
    publish(drug, side_effects=[first, second])
    part = words(page(RASH).find(id="medicines"))
    assert "itching (pruritus); rash on the hands" in part


def test_medicine_whose_label_sorts_it_with_the_serious_ones_is_marked(
    page: Page, rash: SideEffect
) -> None:
    published_drug(brand_name="Severa", side_effects=causing(rash, group="serious"))
    published_drug(brand_name="Mildra", side_effects=causing(rash, group="common"))
    items = [words(item) for item in page(RASH).select("#medicines li")]
    assert {item.split()[0]: "Listed as serious" in item for item in items} == {
        "Mildra": False,
        "Severa": True,
    }


def test_page_without_a_medicine_says_so(page: Page, rash: SideEffect) -> None:
    assert NO_MEDICINE in words(page(RASH).find(id="medicines"))
    published_drug(side_effects=causing(rash))
    assert NO_MEDICINE not in words(page(RASH).main)


def test_publication_of_a_medicine_is_followed_by_the_next_request(
    page: Page, rash: SideEffect
) -> None:
    drug = published_drug(slug="alpha", side_effects=causing(None))
    assert medicines_on(page(RASH)) == []
    drug = publish(drug, side_effects=causing(rash, "a new rash"))  # type: ignore[assignment]
    assert medicines_on(page(RASH)) == ["/drugs/alpha/"]
    publish(drug, side_effects=causing(rash, "a rash in other words"))
    assert "a rash in other words" in words(page(RASH).find(id="medicines"))


@pytest.mark.parametrize(
    "remove",
    [
        lambda drug: publish(drug, side_effects=causing(None)),
        lambda drug: drug.unpublish(),
        lambda drug: drug.delete(),
    ],
    ids=["row-without-link", "unpublish", "delete"],
)
def test_medicine_that_is_taken_off_is_gone_at_the_next_request(
    page: Page, rash: SideEffect, remove: Callable[[Drug], Any]
) -> None:
    drug = published_drug(slug="alpha", side_effects=causing(rash))
    assert medicines_on(page(RASH)) == ["/drugs/alpha/"]
    remove(drug)
    assert medicines_on(page(RASH)) == []


def test_draft_of_a_medicine_changes_nothing(page: Page, rash: SideEffect) -> None:
    drug = published_drug(slug="alpha", side_effects=causing(rash, "published words"))
    drug.side_effects = causing(rash, "draft words")
    drug.save_revision()
    part = words(page(RASH).find(id="medicines"))
    assert "published words" in part
    assert "draft words" not in part


def test_page_takes_no_more_queries_for_more_medicines(client: Client, rash: SideEffect) -> None:
    def count() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(RASH)
        return len(captured)

    published_drug(side_effects=causing(rash))
    few = count()
    drugs = [published_drug(side_effects=causing(rash)) for _number in range(5)]
    publish(rash, medicine_rules=[medicine_rule(drug) for drug in drugs])
    assert count() == few


# --- Rules of medicines


@pytest.fixture
def rules(page: Page, rash: SideEffect) -> Callable[[], list[str]]:
    """The rules on the page now, in words, in their order."""
    return lambda: [words(item) for item in page(RASH).select("#rules li")]


def test_rules_stand_in_the_editor_s_order_with_medicine_and_source(
    page: Page, rash: SideEffect, rules: Callable[[], list[str]]
) -> None:
    strict, mild = published_drug(brand_name="Zeta"), published_drug(brand_name="Alpha")
    publish(
        rash,
        medicine_rules=[
            medicine_rule(strict, call="At the first spot.", source="Zeta label (FDA)"),
            medicine_rule(mild, call="If it spreads.", source_url="https://example.org/label"),
        ],
    )
    first, second = rules()
    assert first.startswith("Zeta")
    assert "At the first spot." in first
    assert "Zeta label (FDA)" in first
    assert second.startswith("Alpha")
    assert "If it spreads." in second
    links = [str(link["href"]) for link in page(RASH).select("#rules a[href]")]
    assert strict.get_absolute_url() in links
    assert "https://example.org/label" in links


def test_rules_of_medicines_that_are_not_live_are_left_out(
    rash: SideEffect, rules: Callable[[], list[str]]
) -> None:
    live, draft = published_drug(brand_name="Alpha"), DrugFactory(brand_name="Draftium")
    gone = published_drug(brand_name="Gone")
    made = [medicine_rule(drug, call=f"Rule of {drug}.") for drug in (draft, gone, live)]
    publish(rash, medicine_rules=made)
    gone.unpublish()
    assert [rule for rule in rules() if "Alpha" in rule] == rules()
    publish(draft)
    assert [rule.split()[0] for rule in rules()] == ["Draftium", "Alpha"]


def test_page_without_a_live_rule_has_no_section_for_rules(page: Page, rash: SideEffect) -> None:
    publish(rash, medicine_rules=[medicine_rule(DrugFactory(), call="Never to be read.")])
    soup = page(RASH)
    assert soup.find(id="rules") is None
    assert not soup.select("a[href='#rules']")
    assert "Never to be read." not in str(soup)


# --- On the page of a medicine


def links_to_effects(soup: BeautifulSoup) -> list[str]:
    """The addresses of side effects to which a medicine's own text leads."""
    return [str(link["href"]) for link in soup.select("main a[href^='/side-effects/']")]


@pytest.mark.parametrize("group", ["common", "serious"])
def test_medicine_leads_to_the_page_that_explains_its_side_effect(
    page: Page, rash: SideEffect, group: str
) -> None:
    published_drug(slug="alpha", side_effects=causing(rash, group=group))
    assert links_to_effects(page("/drugs/alpha/")) == [RASH]


def test_medicine_leads_nowhere_from_a_row_that_no_page_explains(
    page: Page, rash: SideEffect
) -> None:
    published_drug(slug="alpha", side_effects=causing(None, "rash"))
    assert links_to_effects(page("/drugs/alpha/")) == []


def test_medicine_leads_to_a_draft_only_when_it_is_live(page: Page) -> None:
    draft = SideEffectFactory(slug="rash")
    published_drug(slug="alpha", side_effects=causing(draft, "red spots"))
    soup = page("/drugs/alpha/")
    assert links_to_effects(soup) == []
    assert "Red spots" in words(soup.main)
    publish(draft)
    assert links_to_effects(page("/drugs/alpha/")) == [RASH]


@pytest.mark.parametrize(
    "remove",
    [lambda effect: effect.unpublish(), lambda effect: effect.delete()],
    ids=["unpublish", "delete"],
)
def test_medicine_keeps_the_words_when_the_explaining_page_is_taken_off(
    page: Page, rash: SideEffect, remove: Callable[[SideEffect], Any]
) -> None:
    published_drug(slug="alpha", side_effects=causing(rash, "red spots"))
    assert links_to_effects(page("/drugs/alpha/")) == [RASH]
    remove(rash)
    soup = page("/drugs/alpha/")
    assert links_to_effects(soup) == []
    assert "Red spots" in words(soup.main)


def test_medicine_leads_straight_to_the_new_address_of_a_renamed_page(
    page: Page, rash: SideEffect
) -> None:
    published_drug(slug="alpha", side_effects=causing(rash))
    page("/drugs/alpha/")
    publish(rash, slug="skin-rash")
    assert links_to_effects(page("/drugs/alpha/")) == ["/side-effects/skin-rash/"]
    assert medicines_on(page("/side-effects/skin-rash/")) == ["/drugs/alpha/"]
