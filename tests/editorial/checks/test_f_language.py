"""F: plain language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.editorial.checks.cases import (
    BLOCK,
    WARN,
    Case,
    Holds,
    both_ways,
    in_body,
    in_field,
    in_summary,
    of_rule,
)
from tests.education.bodies import text
from tests.factories import published_drug, published_term, whole_article, whole_drug, whole_term
from tgsite.editorial.texts import sentences, words

pytestmark = pytest.mark.django_db

PLAIN = "The nurse will look at your arm. You can sit in a chair. Then you go home to rest. " * 8
HARD = (
    "Immunological considerations necessitate comprehensive multidisciplinary evaluation before "
    "administering individualized pharmacological interventions. "
) * 12
MIDDLING = (
    "Your doctor will tell you about the treatments and the reasons for each of them before you "
    "decide together. "
) * 8


def sentence(length: int) -> str:
    """A sentence of so many words."""
    return " ".join(["word"] * length) + "."


def html(*paragraphs: str) -> tuple[str, str]:
    """A text block."""
    return text("".join(f"<p>{one}</p>" for one in paragraphs))


CASES = {
    "grade-over-ten": Case(
        "F1", BLOCK, lambda: whole_article(html(HARD)), lambda: whole_article(html(MIDDLING))
    ),
    "grade-over-eight": Case(
        "F1", WARN, lambda: whole_article(html(MIDDLING)), lambda: whole_article(html(PLAIN))
    ),
    "hard-but-short": Case(
        "F1",
        BLOCK,
        lambda: whole_article(html(HARD)),
        lambda: whole_article(html(" ".join(HARD.split()[:90]))),
    ),
    "sentence-over-35": in_summary("F2", BLOCK, sentence(36), sentence(35)),
    "sentence-over-25": in_summary("F2", WARN, sentence(26), sentence(25)),
    "five-sentences": in_summary("F2", WARN, "A b. " * 5, "A b. " * 4),
    "paragraph-over-60": in_body(
        "F2", WARN, html(f"{sentence(20)} " * 3 + "One more."), html(f"{sentence(20)} " * 3)
    ),
    "long-in-the-mean": Case(
        "F2",
        WARN,
        lambda: whole_article(html(*[sentence(20)] * 12)),
        lambda: whole_article(html(*[sentence(15)] * 12)),
    ),
    "passive": Case(
        "F3",
        WARN,
        lambda: whole_article(html("You are monitored.", *["You rest."] * 9, "It is given.")),
        lambda: whole_article(html("You are monitored.", *["You rest."] * 10)),
    ),
    "hard-word-first": Case(
        "F4",
        WARN,
        lambda: whole_article(summary="An adjuvant treatment."),
        lambda: (
            published_term("adjuvant"),
            whole_article(summary="After surgery (adjuvant). Then adjuvant again."),
        )[1],
        "summary",
    ),
    "hard-word-without-a-term": Case(
        "F4",
        WARN,
        lambda: whole_article(summary="How well it works (efficacy)."),
        lambda: (
            published_term("efficacy"),
            whole_article(summary="How well it works (efficacy)."),
        )[1],
        "summary",
    ),
    "definition-of-26-words": in_field(
        "F4", BLOCK, whole_term, "definition", "word " * 26, "word " * 25
    ),
    "no-respelling": Case(
        "F5",
        BLOCK,
        lambda: whole_drug(pronunciation_generic=""),
        whole_drug,
        "pronunciation_generic",
        absent=True,
    ),
    "no-respelling-of-the-brand": Case(
        "F5",
        WARN,
        lambda: whole_drug(pronunciation_brand=""),
        whole_drug,
        "pronunciation_brand",
        absent=True,
    ),
    "victims": in_summary(
        "F6", WARN, "Many victims failed treatment.", "The treatment did not work for many people."
    ),
    "women-alone": in_summary(
        "F7",
        WARN,
        "One woman in 100 has it.",
        "The trial took women only. Women and men can have it.",
    ),
    "cheer": in_summary("F8", WARN, "Your journey is easy.", "Your treatment takes 3 weeks."),
    "exclamation-mark": in_summary("F8", WARN, "Call now!", "Call now."),
    "short-form": Case(
        "F9",
        WARN,
        lambda: (
            published_term("ADC", other_names="antibody-drug conjugate"),
            whole_article(summary="An ADC is given."),
        )[1],
        lambda: (
            published_term("ADC", other_names="antibody-drug conjugate"),
            whole_article(summary="An antibody-drug conjugate (ADC). An ADC is given by the FDA."),
        )[1],
    ),
}


@both_ways(CASES)
def test_rule_is_told_where_it_is_broken_and_nowhere_else(holds: Holds) -> None:
    """F1 to F9."""
    holds()


def test_refused_grade_shows_the_worst_sentences() -> None:
    """F1: the editor learns where to begin."""
    (problem,) = of_rule(whole_article(html(PLAIN, HARD)), "F1", BLOCK)[:1]
    assert "Immunological" in problem.message
    assert "nurse" not in problem.message


def test_names_of_medicines_do_not_make_a_text_hard() -> None:
    """F1, section 4: names are taken out before the grade is measured."""
    published_drug(brand_name="Extraordinarilumab", generic_name="incomprehensibilitinib-abcd")
    named = PLAIN.replace("The nurse", "Extraordinarilumab (incomprehensibilitinib-abcd)")
    assert of_rule(whole_article(html(named)), "F1") == []


PARTS = st.lists(st.text("abc ,;()'", min_size=1).filter(str.strip), min_size=1, max_size=6)


@given(PARTS)
def test_sentences_are_the_words_of_the_text_and_none_is_lost(parts: list[str]) -> None:
    """F2: whatever is written, counting by sentence counts every word once."""
    written = ". ".join(part.strip().capitalize() for part in parts) + "."
    found = sentences(written)
    assert [word for one in found for word in words(one)] == words(written)
    assert all(one.strip() == one and one for one in found)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("One. Two? Three!", 3),
        ("Dr. Smith asks e.g. about 2.5 mg.", 1),
        ("Take it at 8 a.m. every day.", 1),
        ("“Call us.” They said so.", 2),
        ("No full stop", 1),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_a_reader_counts(written: str, count: int) -> None:
    """F2."""
    assert len(sentences(written)) == count
