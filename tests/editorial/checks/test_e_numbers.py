"""E: numbers and risk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.models import DrugSideEffect
from tests.editorial.checks.cases import (
    BLOCK,
    WARN,
    Case,
    Holds,
    both_ways,
    in_summary,
)
from tests.factories import trial_result, whole_drug
from tgsite.editorial.checks.e_numbers import denominators

pytestmark = pytest.mark.django_db


def effects(*how_common: str) -> list[DrugSideEffect]:
    """Side effects, each this common."""
    return [DrugSideEffect(effect="nausea", how_common=one) for one in how_common]


CASES = {
    "two-denominators-in-the-list": Case(
        "E1",
        BLOCK,
        lambda: whole_drug(side_effects=effects("1 in 8 people", "3 in 100 people")),
        lambda: whole_drug(side_effects=effects("12 in 100 people", "3 of every 100")),
        "side_effects",
    ),
    "two-denominators-in-prose": in_summary(
        "E1",
        WARN,
        "It helped 1 in 8, and 3 out of 1,000 were ill.",
        "It helped 12 in 100 in 2019, and 3 in 100 were ill.",
    ),
    "risk-word-alone": in_summary(
        "E2",
        WARN,
        "It is common. 3 in 100 people have it.",
        "It is common: 3 in 100 people have it. Is it rare?",
    ),
    "relative-alone": in_summary(
        "E3",
        WARN,
        "It cuts the risk by half.",
        "It cuts the risk by half. 4 in 100 had it with, 8 in 100 without.",
    ),
    "percent-lower": in_summary(
        "E3", WARN, "Deaths were 20% lower.", "Ask what 20% of people means."
    ),
    "one-arm": Case(
        "E4",
        WARN,
        lambda: whole_drug(trial_results=[trial_result(without_value="")]),
        lambda: whole_drug(trial_results=[trial_result(without_value="", note="All had it.")]),
        "without_value",
    ),
    "dash-between-numbers": in_summary(
        "E5",
        WARN,
        "It takes 2-3 hours.",
        "It takes 2 to 3 hours. CDK4/6, PALOMA-2, 1-800-555-0100.",
    ),
    "number-in-letters": in_summary(
        "E5", WARN, "Rest for two weeks.", "Rest for 2 weeks. Take one or two 200mg tablets."
    ),
    "result-without-people": Case(
        "E6",
        BLOCK,
        lambda: whole_drug(trial_results=[trial_result(people_with=None)]),
        whole_drug,
        "people_with",
        absent=True,
    ),
    "result-without-an-end": Case(
        "E6",
        BLOCK,
        lambda: whole_drug(trial_results=[trial_result(follow_up="", source_date="")]),
        whole_drug,
        "follow_up",
        absent=True,
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """E1 to E6."""
    holds()


@given(
    st.integers(0, 99),
    st.sampled_from([100, 1000, 10_000]),
    st.sampled_from(["in", "out of", "of every"]),
)
def test_number_of_people_is_found_however_it_is_written(
    count: int, among: int, joint: str
) -> None:
    """E1."""
    assert denominators([f"About {count} {joint} {among:,} people had it."]) == [among]
