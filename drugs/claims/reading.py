"""Reads sentences: of which medicine they say what, and in which mood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from drugs.claims import words
from drugs.claims.records import Group, Names, Subject
from tgsite.editorial.texts import sentences

# How many words may stand between "only" and what it narrows.
BEFORE, AFTER = 7, 3


# Who is spoken of -> what is said.
_Sets = defaultdict[tuple[Subject, ...], set[words.Value]]


class Mood(Enum):
    """How a sentence says it."""

    NOW = "now"
    PAST = "past"
    REPORTED = "reported"
    """What others say, or what was tried."""


@dataclass(frozen=True)
class Statement:
    """What a sentence says, or denies, of a medicine. ``only``: those that it says are all."""

    subject: Subject
    values: frozenset[words.Value]
    denied: bool
    only: frozenset[words.Value]
    mood: Mood
    sentence: str


@dataclass
class Reader:
    """Reads one text after the other; a pronoun means whom the text before named last."""

    names: Names
    _last: tuple[Subject, ...] = field(default=(), init=False)

    def about(self, text: str, own: tuple[Subject, ...] = ()) -> Iterator[tuple[str, list[Group]]]:
        """Each sentence that speaks of a medicine; ``own``: whom one means that names nobody."""
        for sentence in sentences(text):
            groups = self.names.groups(sentence)
            if groups:
                self._last = groups[-1][2]
            elif self._last and words.PRONOUN.match(sentence):
                groups = [(0, 0, self._last)]
            elif own and not words.OTHERS.search(sentence):
                groups = [(0, 0, own)]
            if groups:
                yield sentence, groups

    def forget(self) -> None:
        """Another part begins: its pronouns mean nobody of the last one."""
        self._last = ()

    def statements(self, sentence: str, groups: list[Group]) -> Iterator[Statement]:
        """What one sentence says of those in ``groups``; a question says nothing."""
        said, denied, only = _Sets(set), _Sets(set), _Sets(set)
        for start, end, value in self._values(sentence):
            subjects = _nearest(groups, start, sentence)[2]
            if _is_denied(sentence, start, groups):
                denied[subjects].add(value)
            elif not _stands_under(words.UNSURE, sentence, start):
                said[subjects].add(value)
                if _is_only(sentence, start, end, groups):
                    only[subjects].add(value)
        mood = _mood(sentence)
        for subjects, values in said.items():
            those = frozenset(only.get(subjects, ()))
            for subject in subjects:
                yield Statement(subject, frozenset(values), False, those, mood, sentence)
        for subjects, values in denied.items():
            # "After surgery, X is not used for Y" denies both at once.
            axes = {axis for axis, _code in values}
            both = values | {one for one in said.get(subjects, ()) if one[0] not in axes}
            for subject in subjects:
                yield Statement(subject, frozenset(both), True, frozenset(), mood, sentence)

    def _values(self, sentence: str) -> list[tuple[int, int, words.Value]]:
        """Everything that is said, with its place, in the order of the sentence."""
        if sentence.endswith("?"):
            return []
        not_said = self._not_said(sentence)
        found = sorted(
            (match.start(), match.end(), value)
            for value, pattern in words.VALUES.items()
            if not_said.isdisjoint({value, value[0]})
            for match in pattern.finditer(sentence)
            if not _is_left_open(sentence, match.start())
        )
        # What is low or ultralow is HER2-negative in some reports.
        if any(value in words.LOW for _start, _end, value in found):
            found = [one for one in found if one[2] != (words.HER2, "negative")]
        return found

    def _not_said(self, sentence: str) -> set[words.Value | str]:
        """Values, and questions, whose words mean something else in this sentence."""
        found: set[words.Value | str] = set()
        if words.ANOTHER_WAY.search(sentence) or self.names.has_another(sentence):
            found.add(words.ROUTE)
        if words.ONE_USE.search(sentence):
            found.add(words.STATUS)
        if words.OF_ANOTHER_TIME.search(sentence):
            found |= words.AROUND_SURGERY
        return found


def _nearest(groups: list[Group], place: int, sentence: str) -> Group:
    """Whom a value is said of: the last named before it, or who follows when values come first."""
    value_first = any(
        pattern.search(sentence, 0, groups[0][0]) for pattern in words.VALUES.values()
    )
    before = [group for group in groups if group[0] <= place][::-1]
    after = [group for group in groups if group[0] > place]
    return (after + before if value_first else before + after)[0]


def _mood(sentence: str) -> Mood:
    if words.REPORTED.search(sentence):
        return Mood.REPORTED
    return Mood.PAST if words.PAST.search(sentence) else Mood.NOW


def _is_denied(sentence: str, place: int, groups: list[Group]) -> bool:
    start, end, _subjects = groups[0]
    if words.NEITHER.match(sentence):
        return not words.LACKING.search(sentence, groups[-1][1], place)
    if _stands_under(words.DENIED, sentence, place):
        return True
    return place < end and bool(
        words.DENIED_BEHIND.search(sentence, end) or words.DENIED_BETWEEN.search(sentence[:start])
    )


def _is_left_open(sentence: str, place: int) -> bool:
    """Whether a denial is of those who lack it, of "only" or of one stage: the rest is open."""
    denials = [match.end() for match in words.DENIED.finditer(sentence, 0, place)]
    return bool(denials) and bool(
        words.NOT_ONLY.search(sentence)
        or words.LACKING.search(sentence, denials[-1], place)
        or words.ONE_STAGE.match(sentence, place)
    )


def _stands_under(pattern: re.Pattern[str], sentence: str, place: int) -> bool:
    """Whether ``pattern`` stands before ``place`` in the same part of the sentence."""
    ends = [match.end() for match in pattern.finditer(sentence) if match.start() < place]
    return bool(ends) and not words.TURN.search(sentence, ends[-1], place)


def _is_only(sentence: str, start: int, end: int, groups: Iterable[Group]) -> bool:
    """Whether "only" narrows the value between ``start`` and ``end``, and not a name."""
    if words.NOT_ONLY.search(sentence):
        return False
    for match in words.ONLY.finditer(sentence):
        between = sentence[end : match.start()] if match.start() >= end else ""
        if between == "-":
            return True
        if match.start() >= end:
            closes = not sentence[match.end() :].strip(" .)")
            if closes and len(between.split()) <= AFTER:
                return True
        elif match.end() <= start:
            near = len(sentence[match.end() : start].split()) <= BEFORE
            if near and not any(match.end() <= group[0] < start for group in groups):
                return True
    return False
