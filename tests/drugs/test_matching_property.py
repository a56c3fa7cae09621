"""The program against `tests.drugs.reference`, and rules that hold for every diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from math import prod
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drugs import filters, hints
from drugs.catalogue import Catalogue
from drugs.choices import Her2Status as Her2
from drugs.choices import HormoneReceptor, Line, Mutation, Setting
from drugs.finder import Question, count_with, find
from drugs.matching import ContradictoryAnswersError, Diagnosis
from tests.drugs import reference
from tests.drugs.plain import a_catalogue, a_medicine, a_use, asked, brands, classes

generated = settings(max_examples=300, deadline=None)
generated_briefly = settings(max_examples=100, deadline=None)

HORMONE_RECEPTOR_ANSWERS = ("positive", "negative")
SETTING_ANSWERS = ("early", *Setting.values)
INHERITED_CODES = ("brca1", "brca2", "no-brca")
TUMOR_CODES = ("pik3ca", "akt1", "pten", "no-tumor")
MUTATION_CODES = (*INHERITED_CODES, *TUMOR_CODES, "none")
# Capitals and small letters, so that "A to Z" is a matter of letters and not of their codes.
BRANDS = ("anvil", "Birch", "birch two", "Cedar", "Dune", "ember", "Fjord", "Grove", "heath", "Ivy")
CLASSES = ("kinase", "antibody")


def subsets(codes: Iterable[str]) -> list[list[str]]:
    """Every set of ``codes`` with at least one, each as a list."""
    known = list(codes)
    return [list(some) for size in range(1, len(known) + 1) for some in combinations(known, size)]


INHERITED_GENES = [Mutation.BRCA1.value, Mutation.BRCA2.value]
TUMOR_GENES = [Mutation.PIK3CA.value, Mutation.AKT1.value, Mutation.PTEN.value]

# Each list is weighted so that most uses count today and suit more than one patient.
USE_FIELDS = {
    "confirmed": [True] * 6 + [False],
    "status": ["approved"] * 5 + ["accelerated"] * 2 + ["withdrawn"],
    "line": Line.values,
    # Inherited genes or tumor genes, never both.
    "mutations": [[]] * 6 + subsets(INHERITED_GENES) + subsets(TUMOR_GENES),
    "hormone_receptor": [*HormoneReceptor.values, "any"],
    "her2": [*subsets(Her2.values), *[Her2.values] * 8],
    "setting": [*subsets(Setting.values), *[Setting.values] * 8],
}


def numbered_use(number: int) -> dict[str, Any]:
    """One of all possible uses; one draw a use is what keeps this file fast."""
    use = {}
    for name, values in USE_FIELDS.items():
        number, position = divmod(number, len(values))
        use[name] = values[position]
    return use


uses = st.integers(0, prod(map(len, USE_FIELDS.values())) - 1).map(numbered_use)
rows = st.fixed_dictionaries(
    {
        "brand": st.sampled_from(BRANDS),
        "uses": st.lists(uses, max_size=4),
        "classes": st.sampled_from([[], ["kinase"], ["antibody"], ["kinase", "antibody"]]),
        "routes": st.sampled_from([[], ["oral-tablet"], ["iv-infusion", "oral-tablet"]]),
    }
)


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to 8 medicines as the reference reads them; each use's key is its brand and number."""
    medicines = draw(st.lists(rows, max_size=8, unique_by=lambda row: row["brand"]))
    for medicine in medicines:
        for number, use in enumerate(medicine["uses"]):
            use["key"] = f"{medicine['brand']} {number}"
    return medicines


def maybe(codes: Sequence[str]) -> st.SearchStrategy[str | None]:
    """One of ``codes``, or not stated, as often as not."""
    return st.sampled_from([None] * len(codes) + list(codes))


any_answers = st.fixed_dictionaries(
    {
        "hormone_receptor": maybe(HORMONE_RECEPTOR_ANSWERS),
        "her2": maybe(Her2.values),
        "setting": maybe(SETTING_ANSWERS),
        "mutation": st.lists(st.sampled_from(MUTATION_CODES), max_size=3, unique=True),
    }
)
answers = any_answers.filter(lambda stated: not reference.contradicts(stated))
narrowings = st.fixed_dictionaries(
    {
        "words": st.sampled_from(["", "", "birch", "e", "two birch", "unheard of"]),
        "classes": st.sampled_from([[], [], ["kinase"], ["kinase", "antibody"], ["unknown"]]),
        "routes": st.sampled_from([[], [], ["oral-tablet"], ["iv-infusion", "oral-tablet"]]),
    }
)


def catalogue_of(table: list[dict[str, Any]]) -> Catalogue:
    """The same medicines as the program reads them."""
    return a_catalogue(
        *(
            a_medicine(
                row["brand"],
                *(a_use(**{**use, "mutations": tuple(use["mutations"])}) for use in row["uses"]),
                classes=classes(*row["classes"]),
                routes=tuple(row["routes"]),
            )
            for row in table
        )
    )


def question_of(stated: dict[str, Any], narrowing: dict[str, Any]) -> Question:
    """The program's question for raw parameter values and a narrowing."""
    return replace(
        asked(**stated),
        words=narrowing["words"],
        classes=frozenset(narrowing["classes"]),
        routes=frozenset(narrowing["routes"]),
    )


def narrowed(
    table: list[dict[str, Any]], stated: dict[str, Any], narrowing: dict[str, Any]
) -> list[str]:
    """Brands of the reference's list that also hold every word, a class and a route asked for."""
    known = {row["brand"]: row for row in table}
    return [
        brand
        for brand in reference.names(table, stated)
        if all(word in brand.lower() for word in narrowing["words"].split())
        and (not narrowing["classes"] or set(narrowing["classes"]) & set(known[brand]["classes"]))
        and (not narrowing["routes"] or set(narrowing["routes"]) & set(known[brand]["routes"]))
    ]


def program_list(table: list[dict[str, Any]], stated: dict[str, Any]) -> list[reference.Listed]:
    """What the program lists, in the shape of the reference."""
    return [
        reference.Listed(
            match.medicine.brand_name, tuple(use.key for use in match.uses), match.needs_test
        )
        for match in find(catalogue_of(table), asked(**stated))
    ]


@generated
@given(tables(), answers)
def test_program_lists_what_the_design_lists(table, stated):
    expected = reference.the_list(table, stated)
    assert program_list(table, stated) == expected


@generated
@given(any_answers)
def test_program_refuses_what_the_design_calls_contradictory(stated):
    try:
        Diagnosis.stated(**stated)
    except ContradictoryAnswersError:
        refused = True
    else:
        refused = False
    assert refused == reference.contradicts(stated)


@generated_briefly
@given(tables(), answers, narrowings)
def test_words_classes_and_routes_only_take_away_from_the_list(table, stated, narrowing):
    question = question_of(stated, narrowing)
    assert brands(find(catalogue_of(table), question)) == narrowed(table, stated, narrowing)


ADDED_ANSWERS = [
    *(("hormone_receptor", code) for code in HORMONE_RECEPTOR_ANSWERS),
    *(("her2", code) for code in Her2.values),
    *(("setting", code) for code in SETTING_ANSWERS),
    *(("mutation", code) for code in MUTATION_CODES),
]


def is_answered(stated: dict[str, Any], name: str, code: str) -> bool:
    """Whether the question that ``code`` answers has an answer; genes are asked group by group."""
    if name != "mutation":
        return bool(stated[name])
    groups = {
        group
        for group, codes in (("inherited", INHERITED_CODES), ("tumor", TUMOR_CODES))
        for one in stated["mutation"]
        if one in codes or one == "none"
    }
    if code == "none":
        return bool(groups)
    return ("inherited" if code in INHERITED_CODES else "tumor") in groups


@generated
@given(tables(), answers, st.sampled_from(ADDED_ANSWERS))
def test_an_answer_more_never_adds_a_medicine_or_a_use(table, stated, added):
    name, code = added
    assume(not is_answered(stated, name, code))
    more = {**stated, name: [*stated["mutation"], code] if name == "mutation" else code}
    before = {line.brand: line.uses for line in program_list(table, stated)}
    after = {line.brand: line.uses for line in program_list(table, more)}
    assert all(set(keys) <= set(before.get(brand, ())) for brand, keys in after.items())
    assert after.keys() <= before.keys()


@generated_briefly
@given(tables(), answers, st.sampled_from(["low", "ultralow"]))
def test_low_and_ultralow_list_at_least_what_negative_lists(table, stated, code):
    negative = {line.brand for line in program_list(table, {**stated, "her2": "negative"})}
    lower = {line.brand for line in program_list(table, {**stated, "her2": code})}
    assert negative <= lower


@generated_briefly
@given(tables())
def test_without_a_diagnosis_every_medicine_is_listed_a_to_z(table):
    expected = sorted((row["brand"] for row in table), key=str.lower)
    assert brands(find(catalogue_of(table), Question())) == expected


@generated_briefly
@given(tables(), answers, answers, narrowings)
def test_count_with_is_the_length_of_the_list_that_would_follow(table, stated, other, narrowing):
    catalogue, question = catalogue_of(table), question_of(stated, narrowing)
    counted = count_with(catalogue, question, diagnosis=asked(**other).diagnosis)
    followed = find(catalogue, question_of(other, narrowing))
    assert counted == len(followed) == len(narrowed(table, other, narrowing))


@generated_briefly
@given(tables(), answers, narrowings)
def test_count_without_the_words_is_the_list_without_the_words(table, stated, narrowing):
    catalogue, question = catalogue_of(table), question_of(stated, narrowing)
    without = {**narrowing, "words": ""}
    assert count_with(catalogue, question, words="") == len(narrowed(table, stated, without))


@generated
@given(tables(), answers, narrowings)
def test_a_relaxation_keeps_receptor_and_her2_and_counts_what_it_lists(table, stated, narrowing):
    catalogue, question = catalogue_of(table), question_of(stated, narrowing)
    help_ = hints.short_list(catalogue, question)
    for relaxation in help_.relaxations if help_ else ():
        address = filters.parameters(relaxation.question)
        raw = {name: address.get(name) for name in stated}
        left = {
            "words": address.get("q", ""),
            "classes": address.get("class", []),
            "routes": address.get("route", []),
        }
        assert (raw["hormone_receptor"], raw["her2"]) == (
            stated["hormone_receptor"],
            stated["her2"],
        )
        assert relaxation.count == len(find(catalogue, relaxation.question))
        assert relaxation.count == len(narrowed(table, raw, left))


@generated
@given(tables(), answers)
def test_relaxations_are_all_the_changes_that_would_list_more(table, stated):
    found = len(reference.names(table, stated))
    assume(found <= hints.SHORT_LIST)
    offers = [
        changed
        for changed in reference.what_can_change(stated)
        if len(reference.names(table, changed)) > found
    ]
    help_ = hints.short_list(catalogue_of(table), asked(**stated))
    offered = [one.question for one in help_.relaxations] if help_ else []
    assert offered == [asked(**changed) for changed in offers]


@generated_briefly
@given(tables(), answers)
def test_only_a_list_of_more_than_two_comes_without_help(table, stated):
    assume(not reference.nothing_is_stated(stated))
    help_ = hints.short_list(catalogue_of(table), asked(**stated))
    assert (help_ is None) == (len(reference.names(table, stated)) > 2)


@generated_briefly
@given(tables(), answers)
def test_low_hint_names_what_low_or_ultralow_would_add(table, stated):
    stated = {**stated, "her2": "negative"}
    low, ultralow = (reference.low_hint(table, stated, one) for one in ("low", "ultralow"))
    hint = hints.her2_low(catalogue_of(table), asked(**stated))
    assert ([one.brand_name for one in hint.low] if hint else []) == low
    assert ([one.brand_name for one in hint.ultralow] if hint else []) == ultralow
    assert (hint is None) == (not low and not ultralow)


@generated_briefly
@given(tables(), answers)
def test_no_low_hint_without_a_plain_negative_answer(table, stated):
    assume(stated["her2"] != "negative")
    assert hints.her2_low(catalogue_of(table), asked(**stated)) is None


@generated
@given(answers)
def test_the_address_of_a_question_asks_the_same_diagnosis(stated):
    question = asked(**stated)
    address = filters.parameters(question)
    read_back = Diagnosis.stated(
        address.get("hormone_receptor"),
        address.get("her2"),
        address.get("setting"),
        address.get("mutation", ()),
    )
    assert read_back == question.diagnosis


@generated_briefly
@given(answers, narrowings)
def test_the_address_holds_words_classes_and_routes_and_nothing_empty(stated, narrowing):
    address = filters.parameters(question_of(stated, narrowing))
    assert address.get("q", "") == narrowing["words"]
    assert address.get("class", []) == sorted(narrowing["classes"])
    assert address.get("route", []) == sorted(narrowing["routes"])
    assert all(address.values())
