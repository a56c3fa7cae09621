"""What is read from the words of a diagnosis: no answer is ever turned round. No database."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from drugs.search import genes, her2
from drugs.search.diagnosis import is_only_stage_0, read
from drugs.search.phrases import OTHER_CANCERS, STAGE_0
from tgsite.search.words import words


def answers(question: str) -> dict[str, list[str]] | None:
    """The answers read from a question; nothing where one of them is not sure."""
    told = read(words(question))
    return told and {name: list(values) for name, values in told.answers.items()}


# --- HER2: the rows of `her2_report_help`, and what contradicts them

HER2 = {
    "ihc 0 no staining": "negative",
    "her2 0": "negative",
    "ihc 0 with faint staining": "ultralow",
    "her2 ultra low": "ultralow",
    "HER2 (1+)": "low",
    "ihc 1 plus": "low",
    "HER2 IHC score of 1": "low",
    "her2 ihc 1+ fish negative": "low",
    "her2 2+": "",
    "her2 2+ fish pending": "",
    "her2 2+ fish negative": "low",
    "ihc 2+/ISH-": "low",
    "her2 2+ not amplified": "low",
    "ihc 2+ fish non-amplified": "low",
    "ihc 2+ with negative ish": "low",
    "ihc 2+, fish came back negative": "low",
    "her2 ihc 2+ ish+": "positive",
    "her2 2+ amplified": "positive",
    "her2 3+": "positive",
    "her2 fish positive": "positive",
    "her2-": "negative",
    "her2 negative 1+": "low",
    "her2 negative (ihc 1+)": "low",
    "her2 negative ihc 2+ fish negative": "low",
    "low her2": "low",
    # Contradictions, and what no row decides
    "her2 1+ fish positive": "",
    "ihc 0 ish positive": "",
    "her2 3+ fish negative": "",
    "her2 positive 0": "",
    "her2 positive ihc 1+": "",
    "her2 negative 3+": "",
    "her2 low 3+": "",
    "her2 negative fish positive": "",
    "ihc 1+/2+": "",
    "her2 fish negative": "",
    "her2 not amplified": "",
    "her2 fish ratio 2.5": "",
    "her2 1": "",
    "her2 not positive": "",
    "her2 positive or negative": "",
    "her2 positive and her2 negative": "",
    "her2 low vs ultralow": "",
    "her2 negative low ki67": "",
    "er positive her2": "",
    "er ihc 3+": "",
}


@pytest.mark.parametrize(("question", "answer"), HER2.items())
def test_her2_is_read_by_the_rows_of_the_report_help(question: str, answer: str) -> None:
    assert her2.read(words(question)).answer == answer


# --- Genes

GENES = {
    "brca": ("brca1", "brca2"),
    "brca+": ("brca1", "brca2"),
    "brca1/2": ("brca1", "brca2"),
    "brca2 mutation": ("brca2",),
    "pik3ca mutated": ("pik3ca",),
    "pten loss": ("pten",),
    "brca negative": ("no-brca",),
    "no brca": ("no-brca",),
    "brca-": ("no-brca",),
    "brca -": ("no-brca",),
    "brca (-)": ("no-brca",),
    "BRCA1/2 -, metastatic": ("no-brca",),
    "brca2 (+)": ("brca2",),
    "pik3ca -": (),
    "brca not detected": ("no-brca",),
    "negative for brca": ("no-brca",),
    "brca1 and brca2 negative": ("no-brca",),
    "brca1 negative brca2 positive": ("brca2",),
    "brca2 negative": (),
    "pik3ca negative": (),
    "pik3ca wild type": (),
    "pik3ca-": (),
    "no pik3ca mutation": (),
    "pten intact": (),
    "brca1 negative pik3ca mutation": ("pik3ca",),
}


@pytest.mark.parametrize(("question", "expected"), GENES.items())
def test_one_unchanged_gene_does_not_speak_for_the_others(
    question: str, expected: tuple[str, ...]
) -> None:
    said = genes.read(words(question))
    assert (said.answers, said.is_unclear) == (expected, False)


# --- The whole diagnosis

SURE = {
    "er+ pr- her2+": "hormone_receptor=positive&her2=positive",
    "her2 +": "her2=positive",
    "er +, her2 -": "hormone_receptor=positive&her2=negative",
    "ER + PR + HER2 -": "hormone_receptor=positive&her2=negative",
    "er + pr - her2 - metastatic": ("hormone_receptor=positive&her2=negative&setting=metastatic"),
    "ER (-) PR (-) HER2 (-)": "hormone_receptor=negative&her2=negative",
    "er- pr+ her2-": "hormone_receptor=positive&her2=negative",
    "er- pr- her2-": "hormone_receptor=negative&her2=negative",
    "her2 low er negative": "her2=low",
    "er+ her2 2+ fish negative metastatic": (
        "hormone_receptor=positive&her2=low&setting=metastatic"
    ),
    "her2 negative 1+ er positive": "hormone_receptor=positive&her2=low",
    "triple negative ihc 1+": "hormone_receptor=negative&her2=low",
    "er positive her2 negative pik3ca negative": "hormone_receptor=positive&her2=negative",
    "er+ her2- pik3ca- metastatic": ("hormone_receptor=positive&her2=negative&setting=metastatic"),
    "tnbc brca-": "hormone_receptor=negative&her2=negative&mutation=no-brca",
    "brca2 her2 negative": "her2=negative&mutation=brca2",
    "her2 positive has spread to the liver": "her2=positive&setting=metastatic",
    "her2+ brain mets": "her2=positive&setting=metastatic",
    "her2+ secondaries in lung": "her2=positive&setting=metastatic",
    "spread to armpit her2 positive": "her2=positive",
    "metastatic to lymph nodes her2 positive": "her2=positive",
    "spread to skin her2 positive": "her2=positive",
    "i met a her2 positive patient": "her2=positive",
    "secondary infection her2 positive": "her2=positive",
    "locally advanced her2 positive": "her2=positive",
    "unresectable her2 positive": "her2=positive&setting=locally-advanced",
    "resectable her2 positive": "her2=positive",
    "early menopause er positive": "hormone_receptor=positive",
    "before surgery her2 positive": "her2=positive&setting=neoadjuvant",
    "spread": "",
}


@pytest.mark.parametrize(("question", "expected"), SURE.items())
def test_what_is_sure_is_answered_and_nothing_else(question: str, expected: str) -> None:
    assert answers(question) == parse_qs(expected)


@pytest.mark.parametrize(
    "question",
    [
        # Denied
        "not metastatic her2 positive",
        "er positive not metastatic",
        "non-metastatic her2 positive",
        "triple negative has not metastasized",
        "triple negative no mets",
        "hasn't spread her2+",
        "her2 positive no evidence of metastasis",
        "her2 positive without metastases",
        "her2 positive sin metastasis",
        "not triple negative",
        "not her2 positive",
        "er positive, her2 isn't positive",
        "not er positive her2 negative",
        "not inoperable her2 positive",
        "triple negative without brca mutation",
        "surgery not possible her2+",
        # Doubted, feared, still open
        "will it spread to bones her2 positive",
        "afraid it spread to the liver her2 positive",
        "could it be metastatic her2 positive",
        "prevent metastatic her2 positive",
        "if her2 positive metastatic",
        "risk of metastatic triple negative",
        "her2 low excluded er positive",
        "metastatic ruled out her2 positive",
        "her2 status unknown metastatic",
        "waiting for her2 metastatic er positive",
        "er low her2 negative",
        "er weakly positive her2 negative",
        # Earlier, or two results
        "previously her2 positive now her2 negative metastatic",
        "was er positive now er negative her2 negative",
        "used to be her2 positive metastatic",
        "before metastatic her2 positive",
        "her2 positive before, metastatic now",
        "er+ er- her2+",
        "stage 2 metastatic her2 positive",
        "stage 3 stage 4 her2 positive",
        "after surgery for metastatic her2 positive",
        "er positive or negative her2 positive",
        "metastatic or early her2 positive",
        "er+/- her2 positive",
        # HER2 not decided
        "er positive her2 2+ metastatic",
        "ihc 1+ ish positive er positive",
        "her2 3+ fish negative er+",
        "her2 equivocal er positive metastatic",
        # Somebody else's gene, the tumor's, or no result
        "triple negative brca unknown",
        "triple negative brca not tested",
        "triple negative family history of brca",
        "my sister has brca1 triple negative",
        "er+ her2- brca2 vus",
        "tnbc tumor brca",
        "tnbc somatic brca1",
        "tnbc brca1 or brca2",
        "tnbc no brca yet",
        "brca gene test cost",
        # A result, or a dash before the next word
        "er + pr negative",
        "her2 + hormone receptor tests",
        "brca1 - metastatic",
        "brca - what now",
        # Another cancer, without the word
        "her2 positive metastatic colon",
    ],
)
def test_what_is_denied_or_doubted_suggests_nothing(question: str) -> None:
    assert answers(question) is None


@pytest.mark.parametrize("question", ["dcis", "stage 0", "dcis her2 positive er positive"])
def test_stage_0_is_known(question: str) -> None:
    assert is_only_stage_0(words(question))


@pytest.mark.parametrize("question", ["not dcis", "dcis and invasive her2+", "dcis now stage 4"])
def test_stage_0_that_is_not_all_is_not_stage_0(question: str) -> None:
    assert STAGE_0.codes(words(question))
    assert not is_only_stage_0(words(question))


@pytest.mark.parametrize(
    "question",
    ["her2 positive gastric cancer", "stage 4 lung cancer", "metastatic melanoma", "colon tumour"],
)
def test_another_cancer_is_known(question: str) -> None:
    assert OTHER_CANCERS.codes(words(question))


@pytest.mark.parametrize(
    "question", ["breast cancer has spread to the lung", "her2 positive brain tumor", "liver mets"]
)
def test_spread_of_breast_cancer_is_no_other_cancer(question: str) -> None:
    assert not OTHER_CANCERS.codes(words(question))
