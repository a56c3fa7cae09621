"""The named patients of `tests.drugs.patients`, over the project's own medicines."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from drugs import catalogue as catalogues
from drugs import hints, matching
from drugs.choices import Her2Status, Setting
from drugs.filters import DrugFilterSet
from drugs.finder import Question, find
from drugs.matching import ContradictoryAnswersError, Diagnosis
from tests.drugs.patients import (
    ALL,
    CONTRADICTIONS,
    NO_CONTRADICTIONS,
    PATIENTS,
    answers,
)
from tests.drugs.plain import asked, brands, listed

each_patient = pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.id)
PLACES = (matching.HAS_ITS_CHANGE, matching.CAN_BE_FIRST, matching.AFTER_OTHERS)


def question_of(patient):
    """The question that the patient's answers ask."""
    return asked(**patient.answers)


def telling(field):
    """A parametrize over the patients and brands for whom ``field`` names something.

    Gives ``patient``, ``brand`` and ``expected``.
    """
    cases = [
        pytest.param(patient, brand, expected, id=f"{patient.id}-{brand}")
        for patient in PATIENTS
        for brand, expected in getattr(patient, field).items()
    ]
    return pytest.mark.parametrize(("patient", "brand", "expected"), cases)


def match_of(catalogue, patient, brand):
    """The match of one brand in the patient's list."""
    found = find(catalogue, question_of(patient))
    return next(match for match in found if match.medicine.brand_name == brand)


def what_changed(question, relaxation):
    """Which one answer a relaxation changes: a setting, or a test as not done."""
    before, after = question.diagnosis, relaxation.question.diagnosis
    if after.setting != before.setting:
        return after.setting
    (group,) = before.tested - after.tested
    return f"{group} test not done"


@each_patient
def test_patient_sees_exactly_these_medicines_in_this_order(patient, starter_catalogue):
    assert listed(starter_catalogue, **patient.answers) == patient.listed


@each_patient
def test_each_medicine_stands_in_its_place(patient, starter_catalogue):
    found = find(starter_catalogue, question_of(patient))
    for place, expected in zip(PLACES, patient.places, strict=True):
        here = [match.medicine.brand_name for match in found if match.place == place]
        assert here == [brand.rstrip("*") for brand in expected]


@each_patient
def test_the_mark_stands_where_a_change_was_not_stated(patient, starter_catalogue):
    found = find(starter_catalogue, question_of(patient))
    assert {match.medicine.brand_name for match in found if match.needs_test} == patient.marked


@each_patient
def test_the_low_hint_names_these_medicines(patient, starter_catalogue):
    hint = hints.her2_low(starter_catalogue, question_of(patient))
    low = [one.brand_name for one in hint.low] if hint else []
    ultralow = [one.brand_name for one in hint.ultralow] if hint else []
    assert ", ".join(low) == patient.low_hint
    assert ", ".join(ultralow) == patient.ultralow_hint


@each_patient
def test_help_beside_a_short_list_starts_with_these_words(patient, starter_catalogue):
    help_ = hints.short_list(starter_catalogue, question_of(patient))
    assert (help_ is not None) == bool(patient.help_starts)
    assert (help_.sentence if help_ else "").startswith(patient.help_starts)


@each_patient
def test_help_offers_only_these_changes(patient, starter_catalogue):
    question = question_of(patient)
    help_ = hints.short_list(starter_catalogue, question)
    relaxations = help_.relaxations if help_ else ()
    offered = [(what_changed(question, one), one.count) for one in relaxations]
    assert offered == list(patient.offers.items())


@telling("uses")
def test_as_many_uses_say_why(patient, brand, expected, starter_catalogue):
    assert len(match_of(starter_catalogue, patient, brand).uses) == expected


@telling("reasons")
def test_the_reasons_say_these_words(patient, brand, expected, starter_catalogue):
    told = [
        {reason.kind: reason.text for reason in matching.reasons(use)}
        for use in match_of(starter_catalogue, patient, brand).uses
    ]
    for kind, words in expected.items():
        assert any(words in reasons.get(kind, "") for reasons in told), told


@pytest.mark.parametrize("codes", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictory_answers_are_refused(codes):
    with pytest.raises(ContradictoryAnswersError):
        Diagnosis.stated(**answers("positive", "negative", "metastatic", *codes))


@pytest.mark.parametrize("codes", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictory_answers_list_nothing_and_say_so_at_their_field(
    codes, starter_catalogue, monkeypatch
):
    monkeypatch.setattr(catalogues, "current", lambda: starter_catalogue)
    asked_for = QueryDict("&".join(f"mutation={code}" for code in codes))
    filters = DrugFilterSet(asked_for)
    assert filters.found == ()
    assert list(filters.form.errors) == ["mutation"]


@pytest.mark.parametrize("codes", NO_CONTRADICTIONS.values(), ids=NO_CONTRADICTIONS)
def test_answers_that_can_both_be_true_are_accepted(codes, starter_catalogue, monkeypatch):
    monkeypatch.setattr(catalogues, "current", lambda: starter_catalogue)
    asked_for = QueryDict("&".join(f"mutation={code}" for code in codes))
    filters = DrugFilterSet(asked_for)
    assert filters.found != ()
    assert not filters.form.errors


ONE_ANSWER = {
    "hr-positive": answers("positive"),
    "hr-negative": answers("negative"),
    **{f"her2-{code}": answers("", code) for code in Her2Status.values},
    **{code: answers("", "", code) for code in ("early", *Setting.values)},
    **{code: answers("", "", "", code) for code in matching.MUTATION_ANSWERS},
}


@pytest.mark.parametrize("one_answer", ONE_ANSWER.values(), ids=ONE_ANSWER)
def test_avastin_leaves_the_list_with_the_first_answer(one_answer, starter_catalogue):
    assert "Avastin" not in listed(starter_catalogue, **one_answer)


@pytest.mark.parametrize(
    "narrowing",
    [
        pytest.param({}, id="nothing-asked"),
        pytest.param({"words": "avastin"}, id="its-name"),
        pytest.param({"words": "bevacizumab"}, id="its-generic-name"),
        pytest.param({"classes": frozenset({"monoclonal-antibody"})}, id="its-class"),
        pytest.param({"routes": frozenset({"iv-infusion"})}, id="its-route"),
    ],
)
def test_avastin_stays_listed_while_no_diagnosis_is_stated(narrowing, starter_catalogue):
    assert "Avastin" in brands(find(starter_catalogue, replace(Question(), **narrowing)))


def test_every_patient_has_an_id_of_their_own():
    names = [patient.id for patient in PATIENTS]
    assert len(set(names)) == len(names)


def test_every_current_medicine_is_listed_for_some_patient():
    seen = {brand for patient in PATIENTS[1:] for brand in patient.listed}
    assert seen == set(ALL.split(", ")) - {"Avastin"}
