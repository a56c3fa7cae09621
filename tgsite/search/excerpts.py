"""The passage of a text that has the words, and the words marked in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tgsite.search.words import folded, stems

LONGEST_PASSAGE = 240
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# A word as a page writes it: with its hyphens, and the plus sign of a result.
_PIECE = re.compile("[^\\W_]+(?:[-/+'\u2019][^\\W_]+)*\\+?")


def excerpt(body: str, wanted: Sequence[str]) -> str:
    """The sentence of ``body`` with most of the ``wanted`` stems; the first of equals."""
    best, most = "", 0
    for line in body.splitlines():
        if not _can_have(line, wanted):
            continue
        for sentence in _SENTENCE.split(line):
            count = len(set(wanted).intersection(stems(sentence)))
            if count > most:
                best, most = sentence, count
    return _cut(best, wanted)


def _can_have(line: str, wanted: Sequence[str]) -> bool:
    """A quick look before the slow one: a stem begins like its words."""
    plain = folded(line)
    return any(stem[:3] in plain for stem in wanted)


def _cut(sentence: str, wanted: Sequence[str]) -> str:
    """A long sentence around its first word that is wanted, at whole words."""
    if len(sentence) <= LONGEST_PASSAGE:
        return sentence
    first = next(
        (match.start() for match in _PIECE.finditer(sentence) if _is(match.group(), wanted)), 0
    )
    start = max(0, first - LONGEST_PASSAGE // 3)
    piece = sentence[start : start + LONGEST_PASSAGE]
    if start:
        piece = "… " + piece.split(" ", 1)[-1]
    if start + LONGEST_PASSAGE < len(sentence):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return piece


def _is(piece: str, wanted: Collection[str]) -> bool:
    return not set(stems(piece)).isdisjoint(wanted)


def marked(text: str, wanted: Collection[str]) -> SafeString:
    """``text`` with each word whose stem is ``wanted`` in a ``mark``."""
    parts, at = [], 0
    for match in _PIECE.finditer(text):
        if _is(match.group(), wanted):
            parts.append(escape(text[at : match.start()]))
            parts.append(format_html("<mark>{}</mark>", match.group()))
            at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - each part is escaped
