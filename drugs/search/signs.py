"""The signs of `signs.yaml`, found in what a person typed: groups of words that stand near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from tgsite.search.english import english
from tgsite.search.spelling import Speller
from tgsite.search.words import Phrases, stem, words

# How many words the groups of a sign may span, and how far off a word tells what is meant.
SPAN = 8
NEAR = 5
# From this length on, the beginning of a word stands for it while a person types: behind other
# words, and alone ("bre" is mostly the beginning of "breast").
SHORTEST_BEGUN, SHORTEST_BEGUN_ALONE = 3, 4
# Words between others that tell nothing of a sign.
_JOINING = frozenset(("a", "an", "and", "the", "el", "la", "los", "las", "un", "una", "y"))


@dataclass(frozen=True)
class Typed:
    """Words as typed, one of several ways to read them.

    ``medicines`` is how many are named; ``is_begun``: the last word may not be typed to its end.
    """

    words: tuple[str, ...]
    medicines: int = 0
    is_begun: bool = False

    @cached_property
    def begun(self) -> str:
        """The last word, if it is only begun and long enough to tell something."""
        last = self.words[-1] if self.is_begun and self.words else ""
        shortest = SHORTEST_BEGUN if len(self.words) > 1 else SHORTEST_BEGUN_ALONE
        return last if len(last) >= shortest else ""


@dataclass(frozen=True)
class WordGroup:
    """Words of which one must be there; ``beginnings`` are beginnings of words."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def read(cls, text: str, lists: Mapping[str, str]) -> WordGroup:
        """From the table's ``cough* throw FACE``."""
        each = " ".join(lists.get(word, word) for word in text.split()).split()
        whole = [folded for word in each if not word.endswith("*") for folded in words(word)]
        return cls(frozenset(whole), tuple(word[:-1] for word in each if word.endswith("*")))

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the words share with their forms."""
        return frozenset(map(stem, self.words))

    def places(self, typed: Typed) -> list[int]:
        """Where a word of the group stands."""
        last = len(typed.words) - 1
        return [
            at
            for at, word in enumerate(typed.words)
            if stem(word) in self.stems
            or word.startswith(self.beginnings)
            or (at == last and typed.begun and self._has_beginning(typed.begun))
        ]

    def _has_beginning(self, begun: str) -> bool:
        return any(word.startswith(begun) for word in (*self.words, *self.beginnings))


@dataclass(frozen=True)
class Sign:
    """One way to say a sign: groups that must stand near, words that must not."""

    groups: tuple[WordGroup, ...]
    without: WordGroup

    @classmethod
    def read(cls, text: str, lists: Mapping[str, str]) -> Sign:
        """From a line of the table."""
        wanted, _without, unwanted = text.partition(" without ")
        groups = tuple(WordGroup.read(group, lists) for group in wanted.split("+"))
        return cls(groups, WordGroup.read(unwanted, lists))

    def is_in(self, typed: Typed) -> bool:
        """Whether it is said somewhere."""
        places = []
        for group in self.groups:
            places.append(group.places(typed))
            if not places[-1]:
                return False
        unwanted = self.without.places(typed)
        return any(
            not any(start - NEAR < at < start + SPAN for at in unwanted)
            for start in sorted({at for each in places for at in each})
            if _one_each([at for at in each if start <= at < start + SPAN] for each in places)
        )


def _one_each(places: Iterable[list[int]]) -> bool:
    """Whether each group has a word of its own."""
    return any(len(set(chosen)) == len(chosen) for chosen in product(*places))


class Signs:
    """A table of signs: each with the ways to say it."""

    def __init__(self, table: Mapping[str, Sequence[str]], lists: Mapping[str, str]) -> None:
        self.names = frozenset(table)
        self._signs = [Sign.read(line, lists) for lines in table.values() for line in lines]
        groups = [group for sign in self._signs for group in sign.groups]
        self.words = frozenset(word for group in groups for word in group.words)

    def are_in(self, typed: Typed) -> bool:
        """Whether any of them is said."""
        return any(sign.is_in(typed) for sign in self._signs)


class UnclearWords:
    """Words that are a sign only beside some words, and not beside others."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._unclear, self._now, self._calm, self._sudden = (
            Phrases({name: table[name]}) for name in ("words", "now", "calm", "sudden")
        )
        self.words = self._unclear.words

    def are_in(self, typed: Typed) -> bool:
        """Whether one is said and means the sign."""
        return any(self._is_meant(start, typed) for start, _end, _ in self._found(typed))

    def _found(self, typed: Typed) -> list[tuple[int, int, str]]:
        if typed.begun and len(typed.words) == 1:
            whole = [word for word in sorted(self.words) if word.startswith(typed.begun)]
            return self._unclear.found(whole[:1])
        return self._unclear.found(typed.words)

    def _is_meant(self, at: int, typed: Typed) -> bool:
        if len(typed.words) == 1:
            return True
        near = typed.words[max(0, at - NEAR) : at + NEAR + 1]
        if self._sudden.found(near):
            return True
        is_asked = typed.medicines == 1 or bool(self._now.found(typed.words))
        return is_asked and not self._calm.found(near)


def readings(*several: Sequence[str], medicines: int = 0, is_begun: bool = False) -> list[Typed]:
    """Each list of words as it is and with misspelt words of signs mended."""
    both = [tuple(_without_joining(each)) for each in several]
    both += [tuple(map(_mended, each)) for each in both]
    return [Typed(each, medicines, is_begun) for each in dict.fromkeys(both)]


def _without_joining(each: Iterable[str]) -> Iterable[str]:
    return (word for word in each if word not in _JOINING)


def is_emergency(read: Iterable[Typed]) -> bool:
    """Whether one of the readings names a sign for which to call 911."""
    return any(EMERGENCY.are_in(typed) or UNCLEAR.are_in(typed) for typed in read)


def is_for_the_team(read: Iterable[Typed]) -> bool:
    """Whether one of the readings names a sign for which to call the care team at once."""
    return any(TEAM.are_in(typed) for typed in read)


_table: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
EMERGENCY = Signs(_table["emergency"], _table["lists"])
TEAM = Signs(_table["team"], _table["lists"])
UNCLEAR = UnclearWords(_table["unclear"])
WORDS = EMERGENCY.words | TEAM.words | UNCLEAR.words

_speller = Speller((), WORDS)


@lru_cache(maxsize=10_000)
def _mended(word: str) -> str:
    """The word of a sign that a word which is none in English is near."""
    correction = None if word in WORDS or word in english() else _speller.correct(word)
    return correction.word if correction and correction.word else word
