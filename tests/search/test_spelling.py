"""Corrections against a small vocabulary: sure ones, doubtful ones, none."""

import pytest

from tgsite.search.spelling import Speller, sound

NAMES = """
    herceptin trastuzumab emtansine deruxtecan kadcyla enhertu ibrance palbociclib kisqali
    ribociclib verzenio abemaciclib nerlynx neratinib lynparza piqray phesgo tukysa tucatinib
    tamoxifen letrozole diarrhea nausea neuropathy metastatic alopecia lapatinib
""".split()  # noqa: SIM905 - read as prose
speller = Speller(NAMES, ["tablets", "sentence", "interaction"])


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("herseptin", "herceptin"),
        ("hercepton", "herceptin"),
        ("kadsila", "kadcyla"),
        ("inhertu", "enhertu"),
        ("ibranse", "ibrance"),
        ("kiskali", "kisqali"),
        ("verzinio", "verzenio"),
        ("nerlinks", "nerlynx"),
        ("pickray", "piqray"),
        ("fesgo", "phesgo"),
        ("palbocyclib", "palbociclib"),
        ("trastuzamab", "trastuzumab"),
        ("tamoxifin", "tamoxifen"),
        ("diarhea", "diarrhea"),
        ("nausia", "nausea"),
        ("metastatik", "metastatic"),
        ("interacton", "interaction"),
    ],
)
def test_clear_misspelling_is_mended(typed: str, word: str) -> None:
    correction = speller.correct(typed)
    assert correction is not None
    assert correction.word == word


@pytest.mark.parametrize(
    "typed",
    # Ordinary words near a name; names of medicines that are in no list; nonsense; too short.
    [
        *("france", "enhance", "perjure", "vibrant", "turkey", "insurance", "kisses"),
        *(
            "dalpiciclib",
            "pyrotinib",
            "sotorasib",
            "fedratinib",
            "xqzzt",
            "abc",
            "2024",
            "qwertyuiop",
        ),
    ],
)
def test_other_word_is_left_alone(typed: str) -> None:
    correction = speller.correct(typed)
    assert correction is None or not correction.word


def test_two_near_words_are_asked_about() -> None:
    near = Speller(["abrance", "ibrance"], []).correct("ebrance")
    assert near is not None
    assert near.word == ""
    assert set(near.asked) == {"abrance", "ibrance"}


@pytest.mark.parametrize(
    ("heard", "written"), [("nerlinks", "nerlynx"), ("fesgo", "phesgo"), ("kiskali", "kisqali")]
)
def test_names_are_heard_before_they_are_read(heard: str, written: str) -> None:
    assert sound(heard) == sound(written)
