"""C11: prose that pairs a medicine with what its record does not have is told to editors."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from drugs.catalogue import Catalogue
from drugs.choices import Her2Status, HormoneReceptor, Setting
from drugs.claims.entries import contradictions
from drugs.claims.reading import Reader
from drugs.claims.records import Names
from drugs.claims.verdict import contradiction
from drugs.matching import Use
from drugs.models import Drug, DrugForm
from tests.drugs.plain import a_catalogue, a_medicine, a_use
from tests.education import bodies
from tests.factories import (
    DrugFactory,
    indication,
    publish,
    published_article,
    published_drug,
    whole_article,
)
from tests.remembering import forget
from tgsite.editorial.checks import Level, problems

SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def names(starter_catalogue: Catalogue) -> Names:
    """The names of the starter content and what its records say."""
    return Names(starter_catalogue)


def told(names: Names, text: str) -> list[str]:
    """Why each statement of ``text`` contradicts the records."""
    reader = Reader(names)
    return [
        reason
        for sentence, groups in reader.about(text)
        for one in reader.statements(sentence, groups)
        if (reason := contradiction(one))
    ]


@pytest.mark.parametrize(
    "sentence",
    [sentence for group in SENTENCES["contradicted"].values() for sentence in group],
)
def test_sentence_against_the_records_is_told(names: Names, sentence: str) -> None:
    assert told(names, sentence)


@pytest.mark.parametrize("sentence", SENTENCES["borne out"])
def test_sentence_that_the_records_bear_out_is_not_told(names: Names, sentence: str) -> None:
    assert not told(names, sentence)


def test_every_name_in_use_is_read(names: Names) -> None:
    for name in ("Herceptin", "trastuzumab", "Ogivri", "trastuzumab-dkst"):
        assert told(names, f"{name} is a tablet."), name


# --- The rules, over every use there could be

ANSWERS = {
    "her2": {one.value: f"HER2-{one.value}" for one in Her2Status},
    "hormone_receptor": {
        "positive": "hormone receptor-positive",
        "negative": "hormone receptor-negative",
    },
}
SETTINGS = {
    Setting.NEOADJUVANT.value: "before surgery",
    Setting.ADJUVANT.value: "after surgery",
    Setting.METASTATIC.value: "once it has spread",
}
uses = st.builds(
    a_use,
    setting=st.sets(st.sampled_from(sorted(SETTINGS)), min_size=1),
    her2=st.sets(st.sampled_from(Her2Status.values), min_size=1),
    hormone_receptor=st.sampled_from(HormoneReceptor.values),
)


def sentence_of(setting: str, her2: str, hormone_receptor: str) -> str:
    """The plainest sentence about a medicine named Example."""
    receptor = ANSWERS["hormone_receptor"][hormone_receptor]
    cancer = f"{receptor}, {ANSWERS['her2'][her2]} breast cancer"
    return f"Example is approved for {cancer} {SETTINGS[setting]}."


@given(
    st.lists(uses, min_size=1, max_size=3),
    st.sampled_from(sorted(SETTINGS)),
    st.sampled_from(Her2Status.values),
    st.sampled_from(sorted(ANSWERS["hormone_receptor"])),
)
def test_a_sentence_is_told_unless_one_use_alone_bears_it_out(
    known: list[Use], setting: str, her2: str, hormone_receptor: str
) -> None:
    # What is reported as low or ultralow is reported as HER2-negative too.
    enough = {her2, Her2Status.NEGATIVE.value} if her2 in ("low", "ultralow") else {her2}
    borne_out = any(
        setting in use.setting
        and use.her2 & enough
        and use.hormone_receptor in (hormone_receptor, HormoneReceptor.ANY)
        for use in known
    )
    names = Names(a_catalogue(a_medicine("Example", *known, routes=("oral-tablet",))))
    text = sentence_of(setting, her2, hormone_receptor)
    assert bool(told(names, text)) is not borne_out
    denied = text.replace("is approved", "is not approved")
    assert bool(told(names, denied)) is borne_out


# --- Where it is said


def reasons(entry: Any) -> list[tuple[str, str]]:
    """Field of ``entry`` -> why what stands there is contradicted."""
    return [(one.passage.field, one.reason) for one in contradictions(entry)]


@pytest.fixture
def tablets(db: None) -> Drug:
    """A live medicine for HER2-positive metastatic cancer that is taken as tablets."""
    return published_drug(brand_name="Alfa", forms=[DrugForm(route="oral-tablet", form="tablet")])


def test_page_of_a_medicine_means_it_where_it_names_nobody(tablets: Drug) -> None:
    tablets.how_it_works = "It is given into a vein."
    tablets.other_choices = "Other medicines are given into a vein."
    assert [field for field, _why in reasons(tablets)] == ["how_it_works"]


def test_what_is_said_of_two_names_of_one_medicine_is_told_once(tablets: Drug) -> None:
    said = bodies.text(f"<p>{tablets} is an infusion.</p>")
    assert [why for _field, why in reasons(whole_article(said))] == [
        "By the record Alfa is given as: tablets."
    ]


def test_draft_of_a_medicine_speaks_for_itself(tablets: Drug) -> None:
    tablets.how_it_works = "Alfa is given into a vein."
    assert reasons(tablets)
    tablets.forms.set([DrugForm(route="iv-infusion", form="infusion")])
    assert not reasons(tablets)


def test_words_of_a_use_agree_with_what_is_ticked(tablets: Drug) -> None:
    rows = list(tablets.indications.all())
    rows[0].summary = "HER2-negative breast cancer that has spread"
    tablets.indications.set(rows)
    assert [why for _field, why in reasons(tablets)] == [
        "What is ticked for this use does not have: HER2-negative."
    ]


def test_pronoun_means_who_was_named_last_in_its_section(tablets: Drug) -> None:
    same = whole_article(bodies.text("<p>Alfa is for you. It is given into a vein.</p>"))
    assert reasons(same)
    other = whole_article(
        bodies.text("<p>Alfa is for you.</p>"),
        bodies.heading("Others"),
        bodies.text("<p>It is given into a vein.</p>"),
    )
    assert not reasons(other)


def test_cell_of_a_table_speaks_of_the_head_of_its_row(tablets: Drug) -> None:
    assert reasons(whole_article(bodies.table(rows=(("Alfa", "Into a vein"),))))
    assert not reasons(whole_article(bodies.table(rows=(("Alfa", "Tablets"),))))


def test_editors_are_told_and_nothing_is_refused(tablets: Drug) -> None:
    found = [
        one
        for one in problems(whole_article(bodies.text("<p>Alfa is an infusion.</p>")))
        if one.rule == "C11"
    ]
    assert [one.level for one in found] == [Level.WARN]
    assert "Alfa is an infusion" in found[0].message
    assert "tablets" in found[0].message


@pytest.mark.parametrize(
    "name",
    [
        "alfamab (for the skin)",
        "alfamab,  betamab",
        " alfamab",
        "x-abcd (sc)",
        "a, b",
        "alfa*mab (",
    ],
)
def test_odd_name_is_no_error(tablets: Drug, name: str) -> None:
    publish(tablets, generic_name=name)
    assert reasons(whole_article(bodies.text("<p>Alfa is an infusion.</p>")))


def test_letter_that_only_looks_alike_is_no_error(db: None) -> None:
    published_drug(brand_name="Pilfa", generic_name="pilfamib")
    assert reasons(whole_article(bodies.text("<p>P\u0131lfa is a tablet.</p>"))) == []


def test_first_draft_of_a_medicine_is_read(tablets: Drug) -> None:
    draft = DrugFactory(brand_name="Gamma", indications=[indication()])
    draft.how_it_works = "Gamma is for HER2-negative cancer. It is for HER2-negative cancer."
    assert [field for field, _why in reasons(draft)] == ["how_it_works"] * 2


@pytest.mark.parametrize(
    "words",
    [
        "Metastatic HER2-positive cancer that came back within 6 months after surgery",
        "Metastatic HER2-positive cancer without a BRCA change",
        "HER2-positive cancer, not before surgery",
    ],
)
def test_words_of_a_use_may_say_what_it_is_not(tablets: Drug, words: str) -> None:
    rows = list(tablets.indications.all())
    rows[0].summary = words
    tablets.indications.set(rows)
    assert not reasons(tablets)


# --- The command


def test_command_names_page_sentence_and_record(tablets: Drug) -> None:
    wrong = published_article(bodies.text("<p>Alfa is an infusion.</p>"))
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_claims", stdout=out)
    assert f"Article {wrong}" in out.getvalue()
    assert "Alfa is an infusion." in out.getvalue()


@pytest.mark.usefixtures("starter_content")
def test_starter_content_agrees_with_its_records() -> None:
    forget()
    out = io.StringIO()
    call_command("check_claims", stdout=out)
    assert out.getvalue() == "No page contradicts the records.\n"
