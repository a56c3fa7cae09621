"""B: signs to call for, one fever rule, doses, full names, pregnancy."""

from __future__ import annotations

import pytest

from drugs.models import DrugSideEffect
from tests.editorial.checks.cases import (
    BLOCK,
    FINAL,
    WARN,
    Case,
    Holds,
    both_ways,
    in_field,
    in_summary,
    of_rule,
)
from tests.factories import (
    indication,
    medicine_rule,
    published_drug,
    whole_article,
    whole_drug,
    whole_side_effect,
)

pytestmark = pytest.mark.django_db
SIGN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
WHITE_CELLS = [DrugSideEffect(effect="low white blood cells")]


def some_signs(count: int) -> str:
    """As many short signs."""
    return "\n".join(f"sign {number}" for number in range(count))


CASES = {
    "no-emergency-signs": Case(
        "B1", FINAL, lambda: whole_drug(call_911=""), whole_drug, "call_911", absent=True
    ),
    "no-team-signs": Case(
        "B1", FINAL, lambda: whole_drug(call_team_now=""), whole_drug, "call_team_now", absent=True
    ),
    "nine-signs": in_field("B1", FINAL, whole_drug, "call_team_now", some_signs(9), some_signs(8)),
    "sign-of-sixteen-words": in_field("B1", FINAL, whole_drug, "call_911", f"{SIGN} sixteen", SIGN),
    "side-effect-with-nine-signs": in_field(
        "B1", FINAL, whole_side_effect, "call_team_same_day", some_signs(9), some_signs(8)
    ),
    "nothing-to-do": Case(
        "B2",
        FINAL,
        lambda: whole_side_effect(call_911="", call_team_now="", self_care="", fever_rule=False),
        lambda: whole_side_effect(call_911="", call_team_now="", self_care="", fever_rule=True),
    ),
    "summary-without-a-time": in_field(
        "B2",
        WARN,
        whole_side_effect,
        "summary",
        "It can be treated.",
        "Call your team the same day.",
    ),
    "rule-without-a-time": Case(
        "B2",
        WARN,
        lambda: whole_side_effect(medicine_rules=[medicine_rule(whole_drug(), call="Call.")]),
        lambda: whole_side_effect(medicine_rules=[medicine_rule(whole_drug(), call="Call now.")]),
        "call",
    ),
    "another-fever": in_summary(
        "B2a", BLOCK, "Call your team over 101 F.", "Call your team at 100.4 F (38 C)."
    ),
    "no-fever-rule-with-low-white-cells": Case(
        "B2a",
        BLOCK,
        lambda: whole_drug(fever_rule=False, side_effects=WHITE_CELLS),
        lambda: whole_drug(fever_rule=True, side_effects=WHITE_CELLS),
        "fever_rule",
    ),
    "no-fever-rule-with-chemotherapy": Case(
        "B2a",
        BLOCK,
        lambda: whole_drug(fever_rule=False, indications=[indication(given_with="docetaxel")]),
        lambda: whole_drug(fever_rule=False, indications=[indication(given_with="letrozole")]),
        "fever_rule",
    ),
    "stop-the-tablets": in_field(
        "B4",
        WARN,
        whole_drug,
        "daily_life",
        "Stop taking the tablets before travel.",
        "Do not stop the tablets without talking to your team.",
    ),
    "skip-a-named-medicine": Case(
        "B4",
        WARN,
        lambda: whole_article(
            summary=f"If you feel ill, skip {published_drug(brand_name='Alphanib').brand_name}."
        ),
        lambda: whole_article(summary="You can stop reading here, and skip the rest."),
        "summary",
    ),
    "look-alikes-not-named": Case(
        "B5",
        FINAL,
        lambda: (
            published_drug(generic_name="trastuzumab"),
            whole_drug(generic_name="ado-trastuzumab emtansine"),
        )[1],
        lambda: whole_drug(
            generic_name="ado-trastuzumab emtansine",
            not_the_same_as=[published_drug(generic_name="trastuzumab")],
        ),
        "not_the_same_as",
        absent=True,
    ),
    "pregnancy-missing": Case(
        "B7", BLOCK, lambda: whole_drug(pregnancy=""), whole_drug, "pregnancy", absent=True
    ),
    "pregnancy-without-length": in_field(
        "B7",
        WARN,
        whole_drug,
        "pregnancy",
        "Use birth control. Do not breastfeed.",
        "It is not known.",
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """B1, B2, B2a, B4, B5, B7."""
    holds()


def test_medicine_in_its_own_look_alikes_is_told() -> None:
    """B5."""
    drug = whole_drug()
    drug.not_the_same_as = [drug]
    assert of_rule(drug, "B5", FINAL)


@pytest.mark.parametrize(
    "text",
    ["T-DM1 is given here.", "Trastuzumab deruxtecan is given.", "emtansine", "Ask about Dato-DXd"],
)
def test_short_name_without_the_full_one_is_told_finally(text: str) -> None:
    """B5: names that look alike are written in full."""
    (problem,) = of_rule(whole_article(summary=text), "B5")
    assert (problem.level, problem.field) == (FINAL, "summary")


@pytest.mark.parametrize(
    "text",
    [
        "Kadcyla (ado-trastuzumab emtansine), called T-DM1.",
        "Enhertu (fam-trastuzumab deruxtecan-nxki), or T-DXd.",
    ],
)
def test_short_name_beside_the_full_one_is_not_told(text: str) -> None:
    """B5."""
    assert of_rule(whole_article(summary=text), "B5") == []


def test_short_name_on_the_page_of_its_own_medicine_is_not_told() -> None:
    """B5: the page's own title is the full name."""
    drug = whole_drug(generic_name="ado-trastuzumab emtansine", summary="T-DM1 is given here.")
    assert of_rule(drug, "B5") == []
