"""What stands beside the list: the HER2-low hint, and help with an empty or very short list."""

from dataclasses import replace

import pytest

from drugs import hints
from drugs.finder import Question, find
from tests.drugs.plain import a_catalogue, a_medicine, a_use, asked, classes

NO_TREATMENT_IS_NOT_SAID = (
    "That does not mean there is no treatment: surgery, radiation, chemotherapy, hormone therapy "
    "and immunotherapy are not listed here. Ask your team."
)


def named(catalogue, **answers) -> tuple[list[str], list[str]]:
    """The brands that HER2-low and that HER2-ultralow would add, in order."""
    hint = hints.her2_low(catalogue, asked(**answers))
    return [one.brand_name for one in hint.low], [one.brand_name for one in hint.ultralow]


def offers(catalogue, question) -> dict[str, int]:
    """The text of each relaxation of a short list -> its number of medicines."""
    help_ = hints.short_list(catalogue, question)
    return {one.text: one.count for one in help_.relaxations} if help_ else {}


@pytest.fixture
def her2_negative_catalogue():
    """One medicine for each HER2-negative result, and one for HER2-positive."""
    return a_catalogue(
        a_medicine("Negative", a_use(her2={"negative"})),
        a_medicine("Ultralow", a_use(her2={"ultralow"})),
        a_medicine("Low", a_use(her2={"low"})),
        a_medicine("Also low", a_use(her2={"low", "ultralow"})),
        a_medicine("Both", a_use(her2={"negative", "low"}), a_use(her2={"low"})),
        a_medicine("Positive", a_use(her2={"positive"})),
    )


def test_low_hint_names_only_medicines_that_are_added_a_to_z(her2_negative_catalogue):
    low, ultralow = named(her2_negative_catalogue, her2="negative")
    assert low == ["Also low", "Low"]
    assert ultralow == ["Also low", "Ultralow"]


@pytest.mark.parametrize("her2", [None, "positive", "low", "ultralow"])
def test_low_hint_is_only_for_a_plain_negative_answer(her2, her2_negative_catalogue):
    assert hints.her2_low(her2_negative_catalogue, asked(her2=her2)) is None


def test_no_low_hint_when_nothing_is_added(her2_negative_catalogue):
    early = asked(her2="negative", setting="early")
    assert hints.her2_low(her2_negative_catalogue, early) is None


def test_low_hint_keeps_the_other_answers():
    catalogue = a_catalogue(
        a_medicine("Positive receptor", a_use(her2={"low"}, hormone_receptor="positive")),
        a_medicine("Any receptor", a_use(her2={"low"})),
    )
    assert named(catalogue, her2="negative", hormone_receptor="negative") == (["Any receptor"], [])


def test_low_hint_keeps_the_words_typed(her2_negative_catalogue):
    question = replace(asked(her2="negative"), words="ultralow")
    hint = hints.her2_low(her2_negative_catalogue, question)
    assert not hint.low
    assert [medicine.brand_name for medicine in hint.ultralow] == ["Ultralow"]


@pytest.fixture
def three_metastatic():
    """Three medicines for cancer that has spread; one of them also after surgery."""
    return a_catalogue(
        a_medicine("Aspen", a_use({"adjuvant", "metastatic"})),
        a_medicine("Birch", a_use()),
        a_medicine("Cedar", a_use()),
    )


def test_empty_list_first_says_that_there_may_be_treatment(three_metastatic):
    help_ = hints.short_list(three_metastatic, asked(her2="low"))
    assert help_.sentence == (
        "No other medicine in this guide has US approval for exactly these answers. "
        + NO_TREATMENT_IS_NOT_SAID
    )


@pytest.mark.parametrize("number", [1, 2])
def test_list_of_one_or_two_first_says_that_there_may_be_other_treatment(number):
    catalogue = a_catalogue(*(a_medicine(name, a_use()) for name in "AB"[:number]))
    help_ = hints.short_list(catalogue, asked(her2="positive"))
    assert help_.sentence == (
        "No other medicine in this guide has US approval for exactly these answers. "
        + NO_TREATMENT_IS_NOT_SAID
    )


def test_list_of_three_comes_without_help(three_metastatic):
    assert hints.short_list(three_metastatic, asked(setting="metastatic")) is None


def test_search_without_a_diagnosis_says_nothing_about_approval(three_metastatic):
    help_ = hints.short_list(three_metastatic, Question(words="unheard of"))
    assert help_.sentence == "No medicine in this guide fits exactly this search."


def test_search_that_finds_the_only_fitting_medicine_needs_no_help():
    assert hints.short_list(a_catalogue(a_medicine()), Question()) is None


def test_another_setting_is_offered_with_its_count(three_metastatic):
    text = "If the answer on surgery were: Has spread to other parts of the body (metastatic)"
    assert offers(three_metastatic, asked(setting="adjuvant")) == {text: 3}


def test_a_setting_that_lists_no_more_is_not_offered():
    catalogue = a_catalogue(a_medicine("Aspen", a_use({"adjuvant", "metastatic"})))
    assert offers(catalogue, asked(setting="adjuvant")) == {}


def test_a_setting_is_not_offered_to_who_did_not_state_one(three_metastatic):
    assert offers(three_metastatic, asked(her2="low")) == {}


@pytest.mark.parametrize(
    ("code", "needed", "words"),
    [
        pytest.param("no-brca", "BRCA1", "If the inherited test", id="inherited"),
        pytest.param("no-tumor", "PTEN", "If the tumor's genes", id="tumor"),
    ],
)
def test_a_gene_test_that_found_nothing_is_offered_as_not_done(code, needed, words):
    catalogue = a_catalogue(a_medicine("Aspen", a_use(mutations=(needed,))))
    ((text, count),) = offers(catalogue, asked(setting="metastatic", mutation=[code])).items()
    assert text.startswith(words)
    assert count == 1


def test_taking_back_one_test_leaves_the_other():
    needs_either = [a_use(mutations=("BRCA1",)), a_use(mutations=("PTEN",))]
    catalogue = a_catalogue(a_medicine("Aspen", *needs_either))
    help_ = hints.short_list(catalogue, asked(setting="metastatic", mutation=["none"]))
    left = [relaxation.question.diagnosis.tested for relaxation in help_.relaxations]
    assert left == [{"tumor"}, {"inherited"}]


def test_a_change_that_was_found_is_never_taken_back():
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(mutations=("BRCA2",))),
        a_medicine("Birch", a_use(mutations=("BRCA1",))),
    )
    assert offers(catalogue, asked(mutation=["brca1"])) == {}


@pytest.mark.parametrize(
    ("narrowing", "text"),
    [
        pytest.param({"words": "aspen"}, "Without the words you typed", id="words"),
        pytest.param({"classes": frozenset({"kinase"})}, "In all classes", id="class"),
        pytest.param(
            {"routes": frozenset({"oral-tablet"})}, "However the medicine is given", id="route"
        ),
    ],
)
def test_words_class_and_route_are_offered_to_be_dropped(narrowing, text):
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(), classes=classes("kinase"), routes=("oral-tablet",)),
        a_medicine("Birch", a_use(), classes=classes("antibody"), routes=("iv-infusion",)),
    )
    question = replace(asked(setting="metastatic"), **narrowing)
    assert offers(catalogue, question) == {text: 2}


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        pytest.param(
            {"hormone_receptor": "negative"},
            ["Hormone receptors: check this result in your report."],
            id="receptor",
        ),
        pytest.param({"her2": "low"}, ["HER2: check this result in your report."], id="her2"),
        pytest.param(
            {"hormone_receptor": "negative", "her2": "low"},
            [
                "Hormone receptors: check this result in your report.",
                "HER2: check this result in your report.",
            ],
            id="both",
        ),
        pytest.param({"setting": "early"}, [], id="neither"),
    ],
)
def test_receptor_and_her2_are_to_be_checked_in_the_report(answers, lines):
    help_ = hints.short_list(a_catalogue(a_medicine()), asked(**answers))
    assert list(help_.check_report) == lines


def test_receptor_and_her2_are_never_offered_to_be_dropped():
    for_other_results = a_catalogue(
        a_medicine("Aspen", a_use({"adjuvant"}, {"low"}, hormone_receptor="positive")),
        a_medicine("Birch", a_use({"adjuvant"}, {"positive"}, hormone_receptor="negative")),
    )
    question = asked(hormone_receptor="negative", her2="low", setting="metastatic")
    assert offers(for_other_results, question) == {}


def test_a_relaxation_leads_to_the_list_it_counts(three_metastatic):
    (relaxation,) = hints.short_list(three_metastatic, asked(setting="adjuvant")).relaxations
    assert len(find(three_metastatic, relaxation.question)) == relaxation.count


@pytest.mark.parametrize(("count", "words"), [(1, "1 medicine"), (3, "3 medicines")])
def test_a_relaxation_says_its_count_in_words(count, words):
    assert hints.Relaxation("text", Question(), count).count_text == words
