"""The reading grade, measured as section 4 of the content standard says."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.education.bodies import heading, table, text
from tests.factories import published_drug, whole_article, whole_drug
from tgsite.editorial.readability import Readability, measure

pytestmark = pytest.mark.django_db
# 10 words of one syllable.
TEN = "Your nurse will look at the skin of your arm."
LONG = "Immunological considerations necessitate comprehensive evaluation."


def of(*paragraphs: str, **changes: Any) -> Readability:
    """The measure of an article of these paragraphs and no summary."""
    html = "".join(f"<p>{one}</p>" for one in paragraphs)
    return measure(whole_article(text(html), summary="", **changes))


def test_grade_is_flesch_kincaid() -> None:
    """F1: 0.39 words a sentence + 11.8 syllables a word - 15.59, worked by hand."""
    page = of(*[TEN] * 10).page
    assert (page.words, page.sentences) == (100, 10)
    assert page.grade == round(0.39 * 10 + 11.8 * 1.0 - 15.59, 1)


def test_smog_stands_beside_and_counts_long_words() -> None:
    """F1: it is shown and gates nothing."""
    page = of(*[LONG] * 20).page
    assert page.smog is not None
    assert page.smog > 12
    assert of(*[TEN] * 10).page.smog == 3.1


def test_under_a_hundred_words_there_is_no_grade() -> None:
    """F1."""
    page = of(*[TEN] * 9).page
    assert (page.words, page.grade, page.smog) == (90, None, None)


def test_names_are_one_short_word() -> None:
    """F1: of medicines, with brand and generic name."""
    published_drug(brand_name="Extraordinarilumab", generic_name="incomprehensibilitinib-abcd")
    plain = of(*["You will take drug at home for a long time."] * 10).page
    named = of(*["You will take Extraordinarilumab at home for a long time."] * 10).page
    assert named == plain


def test_headings_tables_and_short_items_are_left_out() -> None:
    """F1: prose only."""
    body = (heading(LONG), table(LONG), text(f"<ul><li>{LONG}</li><li>{TEN}</li></ul>"))
    page = measure(whole_article(*body, summary="")).page
    assert (page.words, page.sentences) == (10, 1)


def test_each_section_has_its_own_grade() -> None:
    """F1: a mean of the page hides one bad part."""
    body = (
        heading("One"),
        text(f"<p>{' '.join([TEN] * 10)}</p>"),
        heading("Two"),
        text(f"<p>{' '.join([LONG] * 25)}</p>"),
    )
    sections = measure(whole_article(*body, summary="")).sections
    assert [section.name for section in sections] == ["One", "Two"]
    one, two = (section.grade for section in sections)
    assert one is not None
    assert two is not None
    assert one < 5 < 20 < two


def test_emergency_signs_are_a_section_with_the_lower_limit() -> None:
    """F1: urgent box grade 6."""
    sign = "your chest hurts and it does not go away"
    sections = measure(whole_drug(call_911=sign, call_team_now=sign)).sections
    (urgent,) = [section for section in sections if section.limit == 6]
    assert urgent.sentences == 2


def test_three_worst_sentences_are_named_worst_first() -> None:
    """F1."""
    found = of(TEN, LONG, TEN, "The team will consider it.", TEN).worst
    assert found[0].text == LONG
    assert len(found) == 3
    assert found[0].grade >= found[1].grade >= found[2].grade


def test_measuring_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """F1: the dictionary of syllables is installed, not fetched."""

    def refuse(*_args: Any) -> None:
        raise AssertionError("a connection was opened")

    article = whole_article(text(f"<p>{' '.join([LONG] * 40)}</p>"))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert measure(article).page.grade
