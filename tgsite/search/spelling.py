"""Misspelt words brought back to the site's own words; never one that exists as it was typed.

A word that this site does not know and English does is left alone as well, so that no ordinary
word is taken for a misspelt medicine. Only two words that together sound just like a name, such as
"kiss kali", are taken for it although each is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tgsite.search.english import english
from tgsite.search.words import LITTLE

# Shorter words have too many neighbors.
SHORTEST = 4
# From this likeness on a word is taken for another unasked, if no other is nearly as near.
SURE, CLEARLY = 0.74, 0.06
# The same for a word that stands alone, or has the least length, so that a letter is a quarter.
SURER = 0.8
# The same for a word that is in no name.
SURE_OF_OTHERS = 0.8
# From this likeness on the reader is asked.
LIKELY = 0.66
# What sounds alike is a little less alike than what is spelt alike.
BY_SOUND = 0.98
MOST_ASKED = 4
# From this length and likeness on, two words that are no English are one name.
LONG, NEARLY = 8, 0.8

# How misspelt names sound: brand names are heard before they are read.
_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ph", "f"),
        (r"ck|qu|q", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"z", "s"),
        (r"th", "t"),
        (r"(?<!^)h", ""),
        (r"ee|ea|ie|ei|ey|y", "i"),
        (r"oo|ou|ue", "u"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)e$", ""),
    )
)

# Ends that nonproprietary names of one kind share (World Health Organization's stems), and those
# of medical words: two are alike only if what stands before the shared end is.
_SHARED_ENDS = re.compile(
    r"(?:ciclib|tinib|parib|lisib|sertib|rafenib|degib|limus|zumab|ximab|tuzumab|mab|tecan|tansine"
    r"|vedotin|platin|taxel|rubicin|trozole|oxifen|estrant|citabine|plase|dronate|ib"
    r"|emia|osis|itis|penia|pathy|algia|ectomy|oma)$"
)
# A word with one of these before it says the contrary, or another thing.
_TURNS = ("un", "non", "in", "im", "ir", "dis", "hypo", "hyper", "pre", "post", "anti", "de", "re")
_VOWELS = re.compile(r"[aeiouy]+")
SHORTEST_FRONT = 2
FRONTS_ALIKE = 0.7


@dataclass(frozen=True)
class Correction:
    """What an unknown word can be: one word when it is clear, else those to ask about."""

    typed: str
    word: str = ""
    asked: tuple[str, ...] = ()


class Speller:
    """Finds near words among those of the site's names first, then among all its words."""

    def __init__(self, name_words: Iterable[str], other_words: Iterable[str]) -> None:
        self._names = _spellable(name_words)
        self._others = _spellable(other_words)

    @cached_property
    def _name_sounds(self) -> list[str]:
        return [sound(word) for word in self._names]

    def correct(self, typed: str, *, alone: bool = False) -> Correction | None:
        """What ``typed``, which the site does not know, can be; ``None`` if nothing near.

        ``alone``: no word beside it tells what it may be, so that it takes more to be sure.
        """
        if len(typed) < SHORTEST or typed.isdigit() or typed in english():
            return None
        near = self._near(typed, self._names, self._name_sounds)
        if near and near[0][1] >= SURE:
            return _decide(typed, near, alone=alone)
        # Other words are only ever a matter of letters, and never asked about.
        others = _by_letter(typed, self._others, SURE_OF_OTHERS)
        return Correction(typed, others[0][0]) if others else _decide(typed, near, alone=alone)

    def heard(self, typed: str, *, nearly: bool) -> str:
        """The word of a name that sounds just like ``typed`` and begins with its letter, if any.

        ``nearly``: a long one may sound a little different.
        """
        if len(typed) <= SHORTEST:
            return ""
        word = self._by_sound.get(sound(typed), "")
        if not word and nearly and len(typed) >= LONG:
            near = self._near(typed, self._names, self._name_sounds)
            word = near[0][0] if near and near[0][1] >= NEARLY else ""
        return word if word[:1] == typed[:1] else ""

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        return dict(zip(self._name_sounds, self._names, strict=True))

    def _near(self, typed: str, known: list[str], sounds: list[str]) -> list[tuple[str, float]]:
        """Words and their likeness to ``typed``, from 0 to 1, the nearest first."""
        likeness = dict(_by_letter(typed, known, LIKELY))
        by_sound = process.extract(
            sound(typed), sounds, scorer=OSA.normalized_similarity, score_cutoff=LIKELY, limit=20
        )
        for _sounding, score, place in by_sound:
            word = known[place]
            likeness[word] = max(likeness.get(word, 0), score * BY_SOUND)
        near = [(word, score) for word, score in likeness.items() if _can_be(typed, word)]
        return sorted(near, key=lambda one: (-one[1], one[0]))


def _by_letter(typed: str, known: list[str], at_least: float) -> list[tuple[str, float]]:
    """Words and their likeness by letters, the nearest first."""
    found = process.extract(
        typed, known, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=20
    )
    near = [(word, score) for word, score, _at in found if _can_be(typed, word)]
    return sorted(near, key=lambda one: (-one[1], one[0]))


def _decide(typed: str, near: list[tuple[str, float]], *, alone: bool) -> Correction | None:
    if not near:
        return None
    best, likeness = near[0]
    sure = SURER if alone or len(typed) == SHORTEST else SURE
    rivals = [word for word, score in near[1:] if score > likeness - CLEARLY]
    if likeness >= sure and not _other_than(best, rivals):
        return Correction(typed, best)
    asked = [word for word, score in near if score > likeness - 2 * CLEARLY]
    return Correction(typed, asked=tuple(asked[:MOST_ASKED]))


def _other_than(best: str, rivals: Iterable[str]) -> list[str]:
    """Rivals that are not a form of the same word: ``tablet`` is none of ``tablets``."""
    return [word for word in rivals if not (word.startswith(best) or best.startswith(word))]


def _can_be(typed: str, word: str) -> bool:
    """Whether one can be a misspelling of the other at all, however alike they are."""
    longer, shorter = sorted((typed, word), key=len, reverse=True)
    turned = longer.endswith(shorter) and longer.removesuffix(shorter) in _TURNS
    return not turned and _fronts_are_alike(typed, word)


def _fronts_are_alike(typed: str, word: str) -> bool:
    """Names with the same end are told apart by what stands before it."""
    end = _SHARED_ENDS.search(word)
    if end is None or not typed.endswith(end.group()):
        return True
    front, typed_front = word[: end.start()], typed[: len(typed) - len(end.group())]
    if min(len(front), len(typed_front)) < SHORTEST_FRONT:
        return False
    likeness = max(
        OSA.normalized_similarity(front, typed_front),
        OSA.normalized_similarity(sound(front), sound(typed_front)),
    )
    return likeness >= FRONTS_ALIKE or _skeleton(front) == _skeleton(typed_front)


def _skeleton(front: str) -> str:
    """What is heard with every vowel alike: people mistake vowels first."""
    return _VOWELS.sub("a", sound(front))


def sound(word: str) -> str:
    """The word as it is heard, roughly: ``nerlinks`` for ``Nerlynx``."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def _spellable(found: Iterable[str]) -> list[str]:
    return sorted(
        {word for word in found if len(word) >= SHORTEST and word.isalpha() and word not in LITTLE}
    )
