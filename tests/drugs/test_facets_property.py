"""The counts beside the answers, against the slow reference, for generated questions."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drugs.choices import Her2Status as Her2
from drugs.facets import Facets
from drugs.finder import find
from drugs.masks import Masks
from drugs.matching import Diagnosis, satisfies
from tests.drugs import reference
from tests.drugs.plain import a_medicine, a_use, asked
from tests.drugs.test_matching_property import (
    HORMONE_RECEPTOR_ANSWERS,
    INHERITED_CODES,
    MUTATION_CODES,
    SETTING_ANSWERS,
    TUMOR_CODES,
    answers,
    catalogue_of,
    generated,
    generated_briefly,
    narrowed,
    narrowings,
    question_of,
    tables,
    uses,
)

ONE_ANSWER = st.sampled_from(
    [
        *(("hormone_receptor", code) for code in ("", *HORMONE_RECEPTOR_ANSWERS)),
        *(("her2", code) for code in ("", *Her2.values)),
        *(("setting", code) for code in ("", *SETTING_ANSWERS)),
    ]
)
ALONE_IN_ITS_GROUP = st.sampled_from(
    [("class", "kinase"), ("class", "antibody"), ("class", "unknown"), ("route", "oral-tablet")]
)


@generated
@given(tables(), answers, narrowings, ONE_ANSWER)
def test_count_of_one_answer_is_the_list_with_that_answer_instead(table, stated, narrowing, chosen):
    name, code = chosen
    facets = Facets(catalogue_of(table), question_of(stated, narrowing))
    expected = narrowed(table, reference.with_answer(stated, name, code), narrowing)
    assert facets.count(name, code) == len(expected)


@generated
@given(tables(), answers, narrowings, st.sampled_from(MUTATION_CODES))
def test_count_of_a_gene_answer_is_the_list_with_it_and_without_what_contradicts_it(
    table, stated, narrowing, code
):
    facets = Facets(catalogue_of(table), question_of(stated, narrowing))
    expected = narrowed(table, reference.with_answer(stated, "mutation", code), narrowing)
    assert facets.count("mutation", code) == len(expected)


@pytest.mark.parametrize(
    ("test", "group"), [("inherited", INHERITED_CODES), ("tumor", TUMOR_CODES)]
)
@generated_briefly
@given(table=tables(), stated=answers, narrowing=narrowings)
def test_count_of_a_test_not_done_is_the_list_without_its_answers(
    table, stated, narrowing, test, group
):
    facets = Facets(catalogue_of(table), question_of(stated, narrowing))
    expected = narrowed(table, reference.with_test_not_done(stated, test), narrowing)
    assert facets.count("mutation", "", ["", *group]) == len(expected)


@generated
@given(tables(), answers, narrowings, ALONE_IN_ITS_GROUP)
def test_count_of_a_class_or_route_is_the_list_with_that_alone(table, stated, narrowing, chosen):
    name, code = chosen
    facets = Facets(catalogue_of(table), question_of(stated, narrowing))
    group = {"class": "classes", "route": "routes"}[name]
    expected = narrowed(table, stated, {**narrowing, group: [code]})
    assert facets.count(name, code) == len(expected)


@generated
@given(tables(), answers, narrowings)
def test_count_of_the_answer_in_force_is_the_length_of_the_list(table, stated, narrowing):
    catalogue, question = catalogue_of(table), question_of(stated, narrowing)
    facets, found = Facets(catalogue, question), len(find(catalogue, question))
    for name in ("hormone_receptor", "her2", "setting"):
        assert facets.count(name, stated[name] or "") == found
    for code in stated["mutation"]:
        assert facets.count("mutation", code) == found


@generated
@given(uses, answers)
def test_a_use_satisfies_a_diagnosis_when_it_satisfies_each_part(use, stated):
    fields = {**use, "mutations": tuple(use["mutations"])}
    diagnosis = asked(**stated).diagnosis
    assume(diagnosis.is_stated)
    one_by_one = all(satisfies(a_use(**fields), part) for part in diagnosis.parts)
    assert one_by_one == satisfies(a_use(**fields), diagnosis)


def test_two_uses_together_are_no_match() -> None:
    """One single use must satisfy every answer."""
    medicine = a_medicine(
        "Aspen", a_use({"adjuvant"}, {"positive"}), a_use({"metastatic"}, {"low"})
    )
    mixed = Diagnosis.stated(her2="low", setting="adjuvant")
    assert Masks([medicine]).fitting(mixed) == 0
    assert Masks([medicine]).fitting(Diagnosis.stated(her2="low", setting="metastatic")) == 1
