"""Finds the words of the lists that editors keep: whole words, in any case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.run import once
from tgsite.editorial.models.words import WordRule
from tgsite.editorial.texts import Passage, passages

# Phrase, reason, better wording.
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Hit:
    """A phrase of a list as it stands in a text, from character to character."""

    written: str
    start: int
    end: int
    phrase: str
    reason: str
    better: str


class WordList:
    """One list, compiled once for its content."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = {phrase: (phrase, reason, better) for phrase, reason, better in rows}
        longest_first = sorted(self.rows, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = (
            re.compile("|".join(f"({_expression(one)})" for one in longest_first), re.IGNORECASE)
            if longest_first
            else None
        )
        self._phrases = longest_first

    def find(self, text: str) -> Iterator[Hit]:
        """Every use of a phrase in ``text``, in its order, none inside another."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            phrase, reason, better = self.rows[self._phrases[(match.lastindex or 1) - 1]]
            yield Hit(match.group(), match.start(), match.end(), phrase, reason, better)


def _expression(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.removesuffix("*").split())
    ending = r"\w*" if phrase.endswith("*") else ""
    return rf"(?<![\w-]){words}{ending}(?!\w)(?!-\w)"


@lru_cache(maxsize=64)
def compiled(rows: tuple[Row, ...]) -> WordList:
    """The list of these rows; compiled anew only when an editor changed one."""
    return WordList(rows)


def word_list(name: str) -> WordList:
    """The list as it is now; all lists are one query of a run."""
    return compiled(tuple(once("word lists", _all).get(name, ())))


def _all() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    rows = WordRule.objects.order_by("word_list", "phrase")
    for name, *row in rows.values_list("word_list", "phrase", "reason", "better"):
        found.setdefault(name, []).append((row[0], row[1], row[2]))
    return found


def warnings(
    entry: models.Model,
    name: str,
    rule: str,
    unless: Callable[[Passage, Hit], bool] = lambda _passage, _hit: False,
) -> Iterator[Problem]:
    """One warning a passage and phrase of the list ``name`` that readers read in ``entry``."""
    listed = word_list(name)
    for passage in passages(entry):
        told = set()
        for hit in listed.find(passage.text):
            if hit.phrase not in told and not unless(passage, hit):
                told.add(hit.phrase)
                yield Problem(message_on(hit), **passage.place, rule=rule, level=Level.WARN)


def message_on(hit: Hit) -> str:
    """The hit in words: what is written, why not, what instead."""
    message = _("“%(written)s”: %(reason)s Better: %(better)s")
    return message % {"written": hit.written, "reason": hit.reason, "better": hit.better}


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of ``text`` that the characters from ``start`` to ``end`` stand in."""
    before = max(text.rfind(mark, 0, start) for mark in (". ", "? ", "! ", "; "))
    ends = [place for mark in (". ", "? ", "! ", "; ") if (place := text.find(mark, end)) >= 0]
    return text[before + 1 : min(ends, default=len(text)) + 1].strip()
