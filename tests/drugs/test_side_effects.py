"""Side effects: what to do first, which medicines can cause it, and what blocks publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.text import capfirst

from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS
from drugs.models import Drug, DrugSideEffect, SideEffect
from tests.conftest import ClientAs, Page, forget
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import through_review
from tests.editorial.small_guide import results, words
from tests.factories import (
    DrugFactory,
    SideEffectFactory,
    medicine_rule,
    publish,
    published_drug,
)

pytestmark = pytest.mark.django_db

RASH = "/side-effects/rash/"
SIGNS = [capfirst(str(sign)) for sign in GENERAL_SIGNS]
TEAM_SIGNS = [capfirst(str(sign)) for sign in GENERAL_TEAM_SIGNS]
ANY_MEDICINE = "And with any medicine, for:"
FEVER = "A fever of 100.4 F (38 C) or more, once, or shaking chills at any temperature"
CALL_911 = "Call 911 for:"
CALL_NOW = "Call your care team now, day or night, for:"
CALL_SAME_DAY = "Call your care team the same day for:"
NO_MEDICINE = "The record of no medicine is linked with this page yet."


@pytest.fixture
def rash() -> SideEffect:
    """A live side effect with every list filled in."""
    return publish(  # type: ignore[return-value]
        SideEffectFactory(slug="rash", name="Rash", other_names="exanthema\ndermatitis"),
        call_911="skin that comes off in sheets",
        call_team_now="blisters\na rash with fever",
        call_team_same_day="a rash that itches",
        self_care="Use a plain cream.\nKeep out of the sun.",
        checks="A look at your skin",
        not_known="Which cream is best.",
    )


def causing(effect: SideEffect | None, text: str = "skin rash", **changes: Any) -> list[Any]:
    """The side effects of a medicine: one row with ``text``, explained by ``effect``."""
    return [DrugSideEffect(effect=text, explained_by=effect, **changes)]


def medicines_on(soup: BeautifulSoup) -> list[str]:
    """The addresses of the medicines that can cause it, in the order of the page."""
    return [str(link["href"]) for link in soup.select("#medicines a[href^='/drugs/']")]


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


# --- Which medicines can cause it


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


# --- Get help now


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


# --- What blocks publication

NOTHING_TO_DO = {
    **dict.fromkeys(("call_911", "call_team_now", "call_team_same_day", "self_care"), ""),
    "fever_rule": False,
}
LONG_SIGN = " ".join(["word"] * 16)
# Each case: what is changed, and words of the sentence that the editor reads.
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no-first-answer-C1": ({"summary": ""}, "summary: Say in two lines"),
    "long-first-answer-C1": ({"summary": "word " * 61}, "summary: At most 60 words"),
    "nothing-to-do-B2": (NOTHING_TO_DO, "Say when to call, or what helps at home."),
    "no-sources-A4": ({"sources": []}, "Add at least one source."),
    "no-name": ({"name": ""}, "name"),
    **{
        f"nine-signs-{field}-B1": ({field: "\n".join(["sign"] * 9)}, f"{field}: At most 8 signs")
        for field in ("call_911", "call_team_now", "call_team_same_day")
    },
    **{
        f"long-sign-{field}-B1": ({field: f"pain\n{LONG_SIGN}"}, "of at most 15 words each")
        for field in ("call_911", "call_team_now", "call_team_same_day")
    },
}


@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_side_effect_that_does_not_say_what_to_do_is_refused(
    rash: SideEffect, page: Page, changes: dict[str, Any], sentence: str
) -> None:
    before = words(page(RASH))
    with pytest.raises(ValidationError) as refusal:
        publish(rash, **changes)
    assert sentence in " ".join(refusal.value.messages)
    assert words(page(RASH)) == before


def test_rule_without_a_source_is_refused_by_its_words(rash: SideEffect) -> None:
    """A4."""
    rule = medicine_rule(published_drug(), call="At the first spot.", source="")
    with pytest.raises(ValidationError) as refusal:
        publish(rash, medicine_rules=[medicine_rule(published_drug()), rule])
    (message,) = refusal.value.messages
    assert "At the first spot." in message
    assert "Name the label that this rule comes from." in message


@pytest.mark.parametrize(
    "changes",
    [
        {"call_911": "not waking up"},
        {"call_team_now": "blisters"},
        {"self_care": "Rest."},
        {"fever_rule": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_one_thing_to_do_is_enough(changes: dict[str, Any]) -> None:
    """B2."""
    assert publish(SideEffectFactory(), **(NOTHING_TO_DO | changes)).live


def test_eight_signs_of_fifteen_words_are_not_too_many() -> None:
    """B1."""
    signs = "\n".join([" ".join(["word"] * 15)] * 8)
    lists = dict.fromkeys(("call_911", "call_team_now", "call_team_same_day"), signs)
    assert publish(SideEffectFactory(), **lists).live


# --- In the admin

PUBLISH = "action-publish"


def rule_in_form(drug: Drug, **values: str) -> dict[str, str]:
    """Fields of a first rule, as a browser sends them."""
    fields = {"drug": str(drug.pk), "call": "At the first spot.", "source": "", "ORDER": "1"}
    changes = {f"medicine_rules__0__{name}": value for name, value in (fields | values).items()}
    return {"medicine_rules__TOTAL_FORMS": "1"} | changes


def error_of(field: Tag) -> str:
    """The id of the message by which a field is described."""
    return next(one for one in str(field["aria-describedby"]).split() if "error" in one)


def test_a_rule_without_a_source_is_refused_at_its_row(
    client_as: ClientAs, rash: SideEffect, page: Page
) -> None:
    """A4."""
    changes = rule_in_form(published_drug(slug="alpha"))
    response = submit(client_as("manager"), address_of(rash), PUBLISH, **changes)
    soup = BeautifulSoup(response.content, "html.parser")
    field = soup.find("input", attrs={"name": "medicine_rules-0-source"})
    assert isinstance(field, Tag)
    assert "Name the label that this rule comes from." in words(soup.find(id=error_of(field)))
    assert form_data(response)["medicine_rules-0-call"] == ["At the first spot."]
    assert page(RASH).find(id="rules") is None


def test_a_rule_with_its_source_goes_from_the_form_to_the_page(
    rash: SideEffect, page: Page
) -> None:
    changes = rule_in_form(published_drug(slug="alpha"), source="Alpha label (FDA)")
    through_review(address_of(rash), **changes)
    (rule,) = page(RASH).select("#rules li")
    assert "At the first spot." in words(rule)
    assert rule.select("a[href='/drugs/alpha/']")


def test_too_many_signs_are_refused_at_their_field(client_as: ClientAs, rash: SideEffect) -> None:
    """B1."""
    response = submit(
        client_as("manager"), address_of(rash), PUBLISH, call_team_now="\n".join(["sign"] * 9)
    )
    soup = BeautifulSoup(response.content, "html.parser")
    field = soup.find("textarea", attrs={"name": "call_team_now"})
    assert isinstance(field, Tag)
    assert "At most 8 signs" in words(soup.find(id=error_of(field)))


def test_the_record_of_a_medicine_is_linked_in_the_admin(rash: SideEffect, page: Page) -> None:
    drug = published_drug(slug="alpha")
    address = address_of(drug)
    changes = {"side_effects__0__explained_by": str(rash.pk)}
    through_review(address, **changes)
    assert medicines_on(page(RASH)) == ["/drugs/alpha/"]


def test_the_preview_of_a_new_address_lists_the_same_medicines(
    client_as: ClientAs, rash: SideEffect
) -> None:
    """The records point to the entry, whatever its address is going to be."""
    published_drug(slug="alpha", side_effects=causing(rash))
    client = client_as("author")
    data = form_data(client.get(address_of(rash))) | {"slug": ["skin-rash"]}
    address = address_of(rash, "preview_on_edit")
    assert client.post(address, data).json()["is_valid"]
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert medicines_on(soup) == ["/drugs/alpha/"]
