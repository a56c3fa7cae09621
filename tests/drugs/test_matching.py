"""Each rule of design section 5 with a match and a non-match."""

from dataclasses import replace

import pytest

from drugs import matching
from drugs.finder import find
from drugs.matching import ContradictoryAnswersError, Diagnosis, Use
from tests.drugs.plain import a_catalogue, a_medicine, a_use, asked, brands, listed


def lists(use: Use, **answers) -> bool:
    """Whether a medicine with this one use is listed for the answers."""
    return bool(listed(a_catalogue(a_medicine("Example", use)), **answers))


def match_of(*uses: Use, **answers):
    """The match of one medicine with these uses."""
    (found,) = find(a_catalogue(a_medicine("Example", *uses)), asked(**answers))
    return found


@pytest.mark.parametrize("status", ["approved", "accelerated"])
def test_current_approval_matches(status):
    assert lists(a_use(status=status), setting="metastatic")


def test_withdrawn_use_never_matches():
    assert not lists(a_use(status="withdrawn"), setting="metastatic")


def test_unconfirmed_use_never_matches():
    assert not lists(a_use(confirmed=False), setting="metastatic")


def test_one_use_must_satisfy_every_answer_not_two_uses_together():
    early_positive = a_use({"adjuvant"}, {"positive"})
    metastatic_low = a_use({"metastatic"}, {"low"})
    catalogue = a_catalogue(a_medicine("Example", early_positive, metastatic_low))
    assert listed(catalogue, setting="adjuvant", her2="low") == []
    assert listed(catalogue, setting="metastatic", her2="low") == ["Example"]


def test_a_match_holds_every_use_that_matches_and_no_other():
    found = match_of(
        a_use(key="first", line="first"),
        a_use({"adjuvant"}, key="early"),
        a_use(key="later", line="later"),
        a_use(key="withdrawn", status="withdrawn"),
        setting="metastatic",
    )
    assert [use.key for use in found.uses] == ["first", "later"]


@pytest.mark.parametrize(
    ("asked_of_use", "answer", "matches"),
    [
        pytest.param("positive", "positive", True, id="same"),
        pytest.param("any", "positive", True, id="any-positive"),
        pytest.param("any", "negative", True, id="any-negative"),
        pytest.param("negative", "positive", False, id="other"),
        pytest.param("positive", None, True, id="not-stated"),
    ],
)
def test_hormone_receptor_matches_the_same_or_any(asked_of_use, answer, matches):
    use = a_use(hormone_receptor=asked_of_use)
    assert lists(use, hormone_receptor=answer, setting="metastatic") == matches


HER2_MATCHES = {
    "positive": {"positive"},
    "low": {"low", "negative"},
    "ultralow": {"ultralow", "negative"},
    "negative": {"negative"},
}


@pytest.mark.parametrize("asked_of_use", HER2_MATCHES)
@pytest.mark.parametrize("answer", HER2_MATCHES)
def test_her2_low_and_ultralow_also_match_negative_but_not_the_reverse(answer, asked_of_use):
    assert lists(a_use(her2={asked_of_use}), her2=answer) == (asked_of_use in HER2_MATCHES[answer])


def test_her2_answer_matches_any_of_the_results_of_a_use():
    assert lists(a_use(her2={"low", "ultralow"}), her2="ultralow")


SETTING_MATCHES = {
    "early": {"neoadjuvant", "adjuvant"},
    "neoadjuvant": {"neoadjuvant"},
    "adjuvant": {"adjuvant"},
    "locally-advanced": {"locally-advanced"},
    "metastatic": {"metastatic"},
}


@pytest.mark.parametrize("of_use", ["neoadjuvant", "adjuvant", "locally-advanced", "metastatic"])
@pytest.mark.parametrize("answer", SETTING_MATCHES)
def test_early_means_before_or_after_surgery_and_others_mean_themselves(answer, of_use):
    assert lists(a_use({of_use}), setting=answer) == (of_use in SETTING_MATCHES[answer])


def test_setting_answer_matches_any_of_the_settings_of_a_use():
    assert lists(a_use({"locally-advanced", "metastatic"}), setting="locally-advanced")


BRCA = ("BRCA1", "BRCA2")
TUMOR = ("PIK3CA", "AKT1", "PTEN")


@pytest.mark.parametrize(
    ("needed", "codes", "matches"),
    [
        pytest.param((), ["none"], True, id="needs-none"),
        pytest.param((), ["brca1"], True, id="needs-none-has-one"),
        pytest.param(BRCA, ["brca2"], True, id="has-one-of-two"),
        pytest.param(("BRCA1",), ["brca2"], False, id="has-the-other-gene"),
        pytest.param(BRCA, ["no-brca"], False, id="no-inherited-change"),
        pytest.param(BRCA, ["none"], False, id="none-excludes-inherited"),
        pytest.param(BRCA, ["no-tumor"], True, id="tumor-result-says-nothing-of-brca"),
        pytest.param(BRCA, ["pik3ca"], True, id="tumor-change-says-nothing-of-brca"),
        pytest.param(TUMOR, ["akt1"], True, id="has-one-of-three"),
        pytest.param(("PIK3CA",), ["akt1"], False, id="has-another-tumor-change"),
        pytest.param(TUMOR, ["no-tumor"], False, id="no-tumor-change"),
        pytest.param(TUMOR, ["none"], False, id="none-excludes-tumor"),
        pytest.param(TUMOR, ["no-brca"], True, id="inherited-result-says-nothing-of-tumor"),
        pytest.param(TUMOR, ["brca1"], True, id="inherited-change-says-nothing-of-tumor"),
        pytest.param(("AKT1",), ["pik3ca", "akt1"], True, id="two-changes-one-is-needed"),
    ],
)
def test_a_gene_answer_excludes_only_inside_its_own_group(needed, codes, matches):
    assert lists(a_use(mutations=needed), mutation=codes) == matches


@pytest.mark.parametrize("needed", [BRCA, TUMOR], ids=["inherited", "tumor"])
def test_untested_genes_never_exclude(needed):
    assert lists(a_use(mutations=needed), setting="metastatic")


def test_no_answer_lists_every_medicine_a_to_z():
    catalogue = a_catalogue(
        a_medicine("cedar"), a_medicine("Birch", a_use(status="withdrawn")), a_medicine("Aspen")
    )
    assert listed(catalogue) == ["Aspen", "Birch", "cedar"]


def test_empty_texts_are_no_answer():
    assert not Diagnosis.stated("", "", "", []).is_stated


@pytest.mark.parametrize(
    "answer",
    [
        {"hormone_receptor": "positive"},
        {"her2": "low"},
        {"setting": "early"},
        {"mutation": ["no-brca"]},
    ],
    ids=lambda answer: next(iter(answer)),
)
def test_any_one_answer_states_a_diagnosis(answer):
    assert Diagnosis.stated(**answer).is_stated


@pytest.mark.parametrize(
    "answer",
    [{"her2": "unknown"}, {"setting": "stage-iii"}, {"mutation": ["palb2"]}],
    ids=lambda answer: next(iter(answer)),
)
def test_a_value_outside_the_lists_is_refused(answer):
    with pytest.raises(KeyError):
        Diagnosis.stated(**answer)


@pytest.mark.parametrize(
    "codes", [["none", "pten"], ["no-brca", "brca2"], ["no-tumor", "akt1"]], ids=" and ".join
)
def test_a_change_and_no_change_contradict_each_other(codes):
    with pytest.raises(ContradictoryAnswersError):
        Diagnosis.stated(mutation=codes)


def test_none_is_the_same_as_both_tests_without_a_change():
    assert Diagnosis.stated(mutation=["none"]) == Diagnosis.stated(mutation=["no-brca", "no-tumor"])


def test_the_change_comes_first_then_first_treatments_then_later_ones():
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(line="later")),
        a_medicine("Birch", a_use(line="first")),
        a_medicine("Cedar", a_use(line="any")),
        a_medicine("Dune", a_use(line="later", mutations=BRCA)),
    )
    assert listed(catalogue, mutation=["brca1"]) == ["Dune", "Birch", "Cedar", "Aspen"]


def test_a_change_not_stated_does_not_come_first():
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(line="first")),
        a_medicine("Birch", a_use(line="first", mutations=TUMOR)),
        a_medicine("Cedar", a_use(line="later", mutations=TUMOR)),
    )
    assert listed(catalogue, setting="metastatic") == ["Aspen", "Birch", "Cedar"]


def test_a_medicine_stands_at_the_best_place_of_its_uses():
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(line="later")),
        a_medicine("Birch", a_use(line="later"), a_use(line="first")),
    )
    assert listed(catalogue, setting="metastatic") == ["Birch", "Aspen"]


def test_a_use_that_does_not_match_gives_no_place():
    first_in_another_setting = a_use({"adjuvant"}, line="first")
    catalogue = a_catalogue(
        a_medicine("Aspen", a_use(line="later"), first_in_another_setting),
        a_medicine("Birch", a_use(line="first")),
    )
    assert listed(catalogue, setting="metastatic") == ["Birch", "Aspen"]


def test_each_place_is_a_to_z_whatever_the_capitals():
    catalogue = a_catalogue(*(a_medicine(name, a_use()) for name in ("beech", "Cedar", "Aspen")))
    assert listed(catalogue, setting="metastatic") == ["Aspen", "beech", "Cedar"]


@pytest.mark.parametrize(
    ("uses", "codes", "marked"),
    [
        pytest.param([a_use(mutations=BRCA)], [], True, id="change-not-stated"),
        pytest.param([a_use(mutations=BRCA)], ["no-tumor"], True, id="other-test-stated"),
        pytest.param([a_use(mutations=BRCA)], ["brca1"], False, id="change-stated"),
        pytest.param([a_use()], [], False, id="no-change-needed"),
        pytest.param([a_use(), a_use(mutations=BRCA)], [], False, id="one-use-without"),
        pytest.param([a_use(mutations=BRCA), a_use(mutations=TUMOR)], [], True, id="every-use"),
        pytest.param(
            [a_use(mutations=BRCA), a_use(mutations=TUMOR)], ["pten"], False, id="one-use-has-it"
        ),
    ],
)
def test_a_medicine_is_marked_only_when_all_its_matching_uses_need_a_test(uses, codes, marked):
    assert match_of(*uses, setting="metastatic", mutation=codes).needs_test == marked


def test_a_use_that_does_not_match_takes_no_mark_away():
    uses = [a_use(mutations=BRCA), a_use({"adjuvant"})]
    assert match_of(*uses, setting="metastatic").needs_test


def test_without_a_diagnosis_no_medicine_is_marked():
    assert not match_of(a_use(mutations=BRCA)).needs_test


@pytest.mark.parametrize(
    ("genes", "words"),
    [
        pytest.param([("BRCA1",)], "Only with a BRCA1 change: ask about the test", id="one"),
        pytest.param([BRCA], "Only with a BRCA1 or BRCA2 change: ask about the test", id="two"),
        pytest.param(
            [TUMOR], "Only with a PIK3CA, AKT1 or PTEN change: ask about the test", id="three"
        ),
        pytest.param(
            [("PIK3CA",), TUMOR],
            "Only with a PIK3CA, AKT1 or PTEN change: ask about the test",
            id="each-gene-once",
        ),
    ],
)
def test_the_mark_names_the_genes(genes, words):
    assert matching.change_mark([a_use(mutations=needed) for needed in genes]) == words


def test_reasons_are_for_whom_after_given_with_and_test_in_this_order():
    use = a_use(
        for_whom="adults", after="chemotherapy", given_with=("fulvestrant",), mutations=("PIK3CA",)
    )
    assert [(reason.kind, reason.text) for reason in matching.reasons(use)] == [
        ("for-whom", "adults"),
        ("after", "chemotherapy"),
        ("given-with", "fulvestrant"),
        ("test", "a PIK3CA change, by a test of the tumor (tissue or blood)"),
    ]


def test_reasons_leave_out_what_is_not_known_but_say_given_alone():
    assert [(one.kind, one.text) for one in matching.reasons(a_use())] == [
        ("given-with", "given alone")
    ]


def test_reasons_tell_when_treatment_around_surgery_counts():
    use = a_use(after="chemotherapy", line_note="chemotherapy after surgery counts too")
    after = next(one for one in matching.reasons(use) if one.kind == "after")
    assert after.text == "chemotherapy; chemotherapy after surgery counts too"


def test_reasons_name_other_tests_such_as_pd_l1():
    use = a_use(other_biomarkers=("PD-L1 (CPS 10 or more)",))
    assert any("PD-L1 (CPS 10 or more)" in reason.text for reason in matching.reasons(use))


@pytest.mark.parametrize(
    ("genes", "words"),
    [
        pytest.param((), "", id="none"),
        pytest.param(
            BRCA, "a BRCA1 or BRCA2 change, by the inherited test (blood or saliva)", id="inherited"
        ),
        pytest.param(
            TUMOR,
            "a PIK3CA, AKT1 or PTEN change, by a test of the tumor (tissue or blood)",
            id="tumor",
        ),
    ],
)
def test_the_test_is_named_in_plain_words(genes, words):
    assert matching.gene_test(a_use(mutations=genes)) == words


@pytest.mark.parametrize("sort", ["name", "generic", "newest", ""])
def test_another_order_lists_the_same_medicines(sort, starter_catalogue):
    question = asked(her2="positive", setting="metastatic")
    sorted_otherwise = find(starter_catalogue, replace(question, sort=sort))
    assert set(brands(sorted_otherwise)) == set(brands(find(starter_catalogue, question)))
