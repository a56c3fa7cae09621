"""The reading grade of an entry, measured as section 4 of the content standard says.

Prose only, names taken out, Flesch-Kincaid as the grade and SMOG beside it; syllables from the
dictionary of textstat 0.7.8, which asks no network.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import textstat
from django.db import models
from django.utils.translation import gettext as _

from tgsite.editorial.naming import Name, pattern
from tgsite.editorial.texts import Form, Passage, paragraphs, words

# Below this a text has no grade.
FEWEST_WORDS = 100
# A list item with fewer words is no sentence.
ITEM_WORDS = 8
BODY_GRADE, URGENT_GRADE = 8.0, 6.0
WORST = 3

_OUT_OF_THE_WAY = (Name.MEDICINE, Name.CLASS, Name.TRIAL, Name.GENE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d[\d.,/]*")
_MANY = 3


@dataclass(frozen=True)
class Sentence:
    """A sentence with its own grade, and where it stands."""

    text: str
    grade: float
    passage: Passage


@dataclass(frozen=True)
class Section:
    """A part of a page. ``grade`` and ``smog`` are US school grades; none under 100 words."""

    name: str
    limit: float
    words: int
    sentences: int
    grade: float | None
    smog: float | None


@dataclass(frozen=True)
class Readability:
    """The page as a whole, its sections in their order, its worst sentences first to last."""

    page: Section
    sections: tuple[Section, ...]
    worst: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Counted:
    """The numbers of one sentence, names taken out."""

    words: int
    syllables: int
    long_words: int


def measure(entry: models.Model) -> Readability:
    """The reading grade of ``entry``: of the page, of each section, and its worst sentences."""
    counted: dict[tuple[str, float], list[_Counted]] = defaultdict(list)
    found: list[Sentence] = []
    for passage, sentences in paragraphs(entry):
        if passage.form is Form.ITEM and len(words(passage.text)) < ITEM_WORDS:
            continue
        section = _section(passage)
        for text in sentences:
            numbers = _count(_without_names(text))
            if numbers.words:
                counted[section].append(numbers)
                found.append(Sentence(text, _grade([numbers]), passage))
    every = [one for part in counted.values() for one in part]
    return Readability(
        page=_measured(_("The page"), BODY_GRADE, every),
        sections=tuple(_measured(*section, numbers) for section, numbers in counted.items()),
        worst=tuple(sorted(found, key=lambda one: -one.grade)[:WORST]),
    )


def _section(passage: Passage) -> tuple[str, float]:
    if passage.urgent:
        return _("When to get help"), URGENT_GRADE
    return passage.section, BODY_GRADE


def _without_names(text: str) -> str:
    for kind in _OUT_OF_THE_WAY:
        names = pattern(kind)
        if names is not None:
            text = names.sub(kind.value, text)
    return text


def _count(text: str) -> _Counted:
    syllables = [_syllables(word.lower()) for word in _WORD.findall(text)]
    return _Counted(len(syllables), sum(syllables), sum(one >= _MANY for one in syllables))


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return 1 if word[0].isdigit() else max(1, textstat.syllable_count(word))


def _measured(name: str, limit: float, numbers: list[_Counted]) -> Section:
    total = sum(one.words for one in numbers)
    enough = total >= FEWEST_WORDS
    return Section(
        name=name,
        limit=limit,
        words=total,
        sentences=len(numbers),
        grade=_grade(numbers) if enough else None,
        smog=_smog(numbers) if enough else None,
    )


def _grade(numbers: list[_Counted]) -> float:
    """Flesch-Kincaid, to one decimal."""
    total = sum(one.words for one in numbers)
    syllables = sum(one.syllables for one in numbers)
    return round(0.39 * total / len(numbers) + 11.8 * syllables / total - 15.59, 1)


def _smog(numbers: list[_Counted]) -> float:
    """SMOG, to one decimal."""
    long_words = sum(one.long_words for one in numbers)
    return round(1.043 * sqrt(long_words * 30 / len(numbers)) + 3.1291, 1)
