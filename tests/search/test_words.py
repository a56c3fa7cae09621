"""Folding, keys and phrases: what search takes for the same."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgsite.search.excerpts import LONGEST_PASSAGE, excerpt, marked
from tgsite.search.words import LONGEST_WORD, Phrases, key_of, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T-DM1", "tdm1"),
        ("T-DXd", "t dxd"),
        ("Dato-DXd", "datodxd"),
        ("CDK4/6 inhibitors", "cdk 4 6 inhibitor"),
        ("CDK4/6 inhibitors", "cdk46 inhibitor"),
        ("HER2-positive", "her2+"),
        ("HER2-positive", "HER 2 positive"),
        ("HER2-negative", "her2 neg"),
        ("HER2-negative", "her2-"),
        ("ER-positive", "ER+"),
        ("ER+/PR+", "er positive pr positive"),
        ("TROP2", "Trop-2"),
        ("stage IV", "Stage 4"),
        ("diarrhea", "diarrhoea"),
        ("anemia", "anaemia"),
        ("tumor", "tumours"),
        ("mouth sores", "Mouth Sore"),
        ("side effects", "side affect"),
        ("HER2 drugs", "her2 medicines"),
        ("pertuzumab, trastuzumab, and hyaluronidase", "pertuzumab trastuzumab hyaluronidase"),
        ("caída del cabello", "caida del cabello"),
    ],
)
def test_two_ways_to_write_it_are_the_same(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HER2-positive", "HER2-negative"),
        ("ER+", "ER-"),
        ("BRCA1", "BRCA2"),
        ("trastuzumab emtansine", "trastuzumab deruxtecan"),
        ("stage i", "stage ii"),
        ("stage i ii", "stage iii"),
        ("T-DM1", "T-DXd"),
    ],
)
def test_two_different_things_are_not_the_same(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@given(st.text(max_size=300))
def test_words_of_any_text_hold_letters_and_digits_only(text: str) -> None:
    for word in [*words(text), *stems(text)]:
        assert word.isalnum()
        assert len(word) <= LONGEST_WORD + 1


def test_longest_phrase_wins_and_each_word_counts_once() -> None:
    phrases = Phrases({"low": "her2 low", "her2": "her2", "low-blood": "low blood counts"})
    assert phrases.codes(words("HER2-low and low blood counts")) == ["low", "low-blood"]


@given(st.lists(st.sampled_from(["rash", "rashes", "HER2-low", "a", "<b>", "&", "cough"])))
def test_just_the_wanted_words_are_marked(parts: list[str]) -> None:
    text = " ".join(parts)
    found = str(marked(text, stems("rash her2")))
    assert unescape(found.replace("<mark>", "").replace("</mark>", "")) == text
    assert re.findall("<mark>(.*?)</mark>", found) == [
        part for part in parts if part in ("rash", "rashes", "HER2-low")
    ]


def test_markup_in_a_text_is_shown_as_text() -> None:
    assert marked("<b>rash</b>", stems("rash")) == "&lt;b&gt;<mark>rash</mark>&lt;/b&gt;"


def test_excerpt_is_the_sentence_with_most_words() -> None:
    body = "One rash.\nA cough. Tell your team about a rash on your hands. More."
    body_stems = "\n".join(" ".join(stems(line)) for line in body.splitlines())
    assert excerpt(body, body_stems, stems("rash hands")) == (
        "Tell your team about a rash on your hands."
    )


def test_long_excerpt_is_cut_at_words_around_what_was_asked() -> None:
    body = f"{'before ' * 80}grapefruit {'after ' * 80}".strip()
    found = excerpt(body, " ".join(stems(body)), stems("grapefruit"))
    assert "grapefruit" in found
    assert len(found) <= LONGEST_PASSAGE + 4
    assert set(found.split()) == {"…", "before", "grapefruit", "after"}
