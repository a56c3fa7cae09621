"""C: the treatment, fairly told, as far as it holds for every kind of entry."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.lengths import SUMMARY_WORDS, words_at_most
from tgsite.editorial.checks.words import Hit, sentence_around, warnings
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.texts import Passage

FEWEST_QUESTIONS = 5
_NEGATED = re.compile(r"\b(?:no|not|never|cannot|nor|neither|without|n't)\W+(?:\w+\W+){0,3}$", re.I)


def says_at_once(entry: Any, how: str) -> Iterator[Problem]:
    """C1: the summary says at once what the page is for, in 60 words at most."""
    if not entry.summary.strip():
        yield Problem(how, "summary", rule="C1")
    yield from words_at_most(entry, "summary", SUMMARY_WORDS, "C1")


def no_overclaim(entry: EditorialModel) -> Iterator[Problem]:
    """C2: no promise; a question or a sentence that denies it makes none."""
    yield from warnings(entry, WordRule.List.OVERCLAIM, "C2", unless=_claims_nothing)


def _claims_nothing(passage: Passage, hit: Hit) -> bool:
    around = sentence_around(passage.text, hit.start, hit.end)
    return around.endswith("?") or bool(_NEGATED.search(passage.text[: hit.start]))


# Words of a sentence on having no treatment, or on stopping it.
_NONE = re.compile(
    r"\b(?:no (?:other |further |more |active )?(?:cancer )?(?:treatment|therapy|medicine)"
    r"|without (?:any |this |the |cancer |more )*(?:treatment|therapy|medicine|it)\b"
    r"|not (?:to )?(?:hav|tak|treat|start)\w*|having none|stop(?:ping|s)?|declin\w+"
    r"|comfort|palliative|supportive care|watch(?:ing)? and wait\w*)\b",
    re.IGNORECASE,
)


def names_other_choices(entry: Any) -> Iterator[Problem]:
    """C5: another treatment is named, and what no treatment or stopping would mean."""
    lines = entry.other_choices.splitlines()
    if not lines:
        message = _("Name other treatments, and what having none would mean.")
        yield Problem(message, "other_choices", rule="C5", absent=True)
        return
    if not any(_NONE.search(line) for line in lines):
        message = _("Say also what no treatment, or stopping it, would mean.")
        yield Problem(message, "other_choices", rule="C5")
    if all(_NONE.search(line) for line in lines):
        yield Problem(_("Name at least one other treatment."), "other_choices", rule="C5")


def asks_questions(entry: Any) -> Iterator[Problem]:
    """C7: at least five questions to ask, each one a question."""
    asked = entry.questions.splitlines()
    if len(asked) < FEWEST_QUESTIONS:
        message = _("Write at least %(fewest)d questions; there are %(count)d.")
        values = {"fewest": FEWEST_QUESTIONS, "count": len(asked)}
        yield Problem(message % values, "questions", rule="C7", absent=True)
    yield from _without_mark(asked)


def _without_mark(asked: Iterable[str]) -> Iterator[Problem]:
    for question in asked:
        if not question.endswith("?"):
            message = _("A question ends with a question mark: %(text)s")
            yield Problem(message % {"text": question}, "questions", rule="C7")


CHECKS = (no_overclaim,)
