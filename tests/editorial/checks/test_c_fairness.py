"""C and H3: for whom, how it works, benefits and risks, other choices, daily life, cost."""

from __future__ import annotations

from typing import Any

import pytest

from drugs.models import DrugForm, DrugSideEffect, SupportProgram
from tests.editorial.checks.cases import (
    BLOCK,
    FINAL,
    WARN,
    Case,
    Holds,
    both_ways,
    in_summary,
    of_rule,
)
from tests.factories import (
    QUESTIONS,
    indication,
    trial_result,
    whole_article,
    whole_class,
    whole_drug,
    whole_side_effect,
)

pytestmark = pytest.mark.django_db
WITHDRAWN = {"status": "withdrawn", "approved_on": ""}


def form(route: str, **values: str) -> list[DrugForm]:
    """One form."""
    return [DrugForm(route=route, **values)]


def withdrawn(**values: Any) -> list[Any]:
    """One withdrawn use."""
    known = {"withdrawn_on": "2011-11-18", "withdrawn_reason": "No benefit."}
    return [indication(**(WITHDRAWN | known | values))]


CASES = {
    "article-without-answer": Case(
        "C1", BLOCK, lambda: whole_article(summary=" "), whole_article, "summary"
    ),
    "answer-of-61-words": in_summary("C1", BLOCK, "word " * 61, "word " * 60),
    "class-without-summary": Case(
        "C1", BLOCK, lambda: whole_class(summary=""), whole_class, "summary"
    ),
    "side-effect-without-summary": Case(
        "C1", BLOCK, lambda: whole_side_effect(summary=""), whole_side_effect, "summary"
    ),
    "medicine-without-form": Case(
        "C1", BLOCK, lambda: whole_drug(forms=[]), whole_drug, "forms", absent=True
    ),
    "medicine-not-explained": Case(
        "C2", BLOCK, lambda: whole_drug(how_it_works=""), whole_drug, "how_it_works", absent=True
    ),
    "explained-in-one-sentence": Case(
        "C2",
        WARN,
        lambda: whole_drug(how_it_works="It blocks one protein."),
        whole_drug,
        "how_it_works",
    ),
    "class-not-explained": Case(
        "C2", BLOCK, lambda: whole_class(how_it_works=""), whole_class, "how_it_works"
    ),
    "overclaim": in_summary(
        "C2",
        WARN,
        "This miracle medicine helps.",
        "It is no miracle. Is there a cure? It does not cure.",
    ),
    "smart-bomb": in_summary(
        "C2",
        WARN,
        "A conjugate is a smart bomb.",
        "A conjugate brings chemotherapy to the cell.",
    ),
    "healthy-cells": in_summary(
        "C2",
        WARN,
        "It acts without harming healthy cells.",
        "It can harm healthy cells as well.",
    ),
    "no-benefit": Case(
        "C3",
        BLOCK,
        lambda: whole_drug(trial_results=[]),
        lambda: whole_drug(
            trial_results=[],
            not_known="As of 2026 we have no clear number, because no trial has ended.",
        ),
        "trial_results",
        absent=True,
    ),
    "no-side-effects": Case(
        "C4", BLOCK, lambda: whole_drug(side_effects=[]), whole_drug, "side_effects", absent=True
    ),
    "risks-much-shorter": Case(
        "C4",
        WARN,
        lambda: whole_drug(trial_results=[trial_result(outcome="word " * 30)]),
        lambda: whole_drug(
            trial_results=[trial_result(outcome="word " * 30)],
            side_effects=[DrugSideEffect(effect="word " * 30)],
        ),
    ),
    "no-other-choices": Case(
        "C5",
        BLOCK,
        lambda: whole_class(other_choices=""),
        whole_class,
        "other_choices",
        absent=True,
    ),
    "nothing-on-no-treatment": Case(
        "C5",
        BLOCK,
        lambda: whole_drug(other_choices="Chemotherapy.\nHormone therapy."),
        whole_drug,
        "other_choices",
    ),
    "nothing-but-no-treatment": Case(
        "C5",
        BLOCK,
        lambda: whole_drug(other_choices="You can choose to have no treatment."),
        whole_drug,
        "other_choices",
    ),
    "two-lines-of-daily-life": Case(
        "C6", BLOCK, lambda: whole_drug(daily_life="a\nb"), whole_drug, "daily_life", absent=True
    ),
    "four-questions": Case(
        "C7",
        BLOCK,
        lambda: whole_class(questions="a?\nb?\nc?\nd?"),
        whole_class,
        "questions",
        absent=True,
    ),
    "question-without-mark": Case(
        "C7", BLOCK, lambda: whole_drug(questions=f"{QUESTIONS}\nWhy"), whole_drug, "questions"
    ),
    "no-use": Case("C8", FINAL, lambda: whole_drug(indications=[]), whole_drug, absent=True),
    "approval-without-date": Case(
        "C8",
        FINAL,
        lambda: whole_drug(indications=[indication(approved_on="")]),
        whole_drug,
        "approved_on",
        absent=True,
    ),
    "withdrawal-without-reason": Case(
        "C8",
        FINAL,
        lambda: whole_drug(indications=withdrawn(withdrawn_reason=""), status_note="Withdrawn."),
        lambda: whole_drug(indications=withdrawn(), status_note="Withdrawn in 2011."),
        "withdrawn_reason",
        absent=True,
    ),
    "note-on-a-current-medicine": Case(
        "C8", FINAL, lambda: whole_drug(status_note="Withdrawn."), whole_drug, "status_note"
    ),
    "tablet-without-missed-dose": Case(
        "C9",
        BLOCK,
        lambda: whole_drug(forms=form("oral-tablet"), storage="Dry."),
        lambda: whole_drug(forms=form("oral-tablet"), storage="Dry.", missed_dose="Call."),
        "missed_dose",
        absent=True,
    ),
    "infusion-without-length": Case(
        "C9",
        BLOCK,
        lambda: whole_drug(forms=form("iv-infusion")),
        lambda: whole_drug(forms=form("subcutaneous-injection")),
        "duration",
        absent=True,
    ),
    "nothing-on-cost": Case(
        "C10",
        BLOCK,
        lambda: whole_drug(support_programs=[]),
        lambda: whole_drug(support_programs=[], cost_note="We found no scheme, November 2026."),
        "cost_note",
        absent=True,
    ),
    "free": Case(
        "C10",
        BLOCK,
        lambda: whole_drug(
            support_programs=[SupportProgram(name="Help", sponsor="Maker", note="Free for you")]
        ),
        lambda: whole_drug(cost_note="Call the toll-free number. Free of fees it is not."),
        "note",
    ),
    "nothing-to-take-away": Case(
        "H3", BLOCK, lambda: whole_drug(questions=""), whole_drug, "questions", absent=True
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """C1 to C10, H3."""
    holds()


def test_medicine_that_is_its_own_partner_is_told() -> None:
    """C1."""
    drug = whole_drug()
    drug.indications = [indication(partners=[drug])]
    assert [one.field for one in of_rule(drug, "C1")] == ["partners"]


@pytest.mark.parametrize(
    "line",
    [
        "Having no treatment for now.",
        "You can choose not to have this medicine.",
        "Some people stop treatment.",
        "Without treatment the cancer is likely to grow.",
        "Comfort care eases pain.",
    ],
)
def test_words_on_having_no_treatment_are_found(line: str) -> None:
    """C5."""
    assert of_rule(whole_drug(other_choices=f"Chemotherapy.\n{line}"), "C5") == []
