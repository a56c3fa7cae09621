"""What blocks the publication of a side effect, and its form in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError

from drugs.models import Drug, SideEffect
from tests.conftest import ClientAs, Page
from tests.drugs.side_effects import RASH, causing, medicines_on
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import through_review
from tests.editorial.small_guide import words
from tests.factories import SideEffectFactory, medicine_rule, publish, published_drug

pytestmark = pytest.mark.django_db


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
