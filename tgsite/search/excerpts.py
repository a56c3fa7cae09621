"""The passage of a text that has the words, and the words marked in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tgsite.search.words import stems

LONGEST_PASSAGE = 240
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# A word as a page writes it: with its hyphens, and the plus sign of a result.
_PIECE = re.compile("[^\\W_]+(?:[-/+'\u2019][^\\W_]+)*\\+?")


def excerpt(body: str, body_stems: str, wanted: Collection[str]) -> str:
    """The sentence with most of the ``wanted`` stems, in the passage with most of them.

    ``body_stems`` has the stems of each line of ``body`` in a line. Of equals the first is taken.
    """
    passage = _fullest(zip(body.split("\n"), body_stems.split("\n"), strict=True), wanted)
    sentences = ((part, " ".join(stems(part))) for part in _SENTENCE.split(passage))
    return _cut(_fullest(sentences, wanted), wanted)


def _fullest(parts: Iterable[tuple[str, str]], wanted: Collection[str]) -> str:
    """Of pairs of a text and its stems, the text with most of the ``wanted`` ones, if any has."""
    best, most = "", 0
    for text, text_stems in parts:
        count = len(set(wanted).intersection(text_stems.split()))
        if count > most:
            best, most = text, count
    return best


def _cut(sentence: str, wanted: Collection[str]) -> str:
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
    return not _stems_of(piece).isdisjoint(wanted)


@lru_cache(maxsize=20_000)
def _stems_of(piece: str) -> frozenset[str]:
    return frozenset(stems(piece))


def marked(text: str, wanted: Collection[str]) -> SafeString:
    """``text`` with each word whose stem is ``wanted`` in a ``mark``."""
    parts, at = [], 0
    for match in _PIECE.finditer(text):
        if _is(match.group(), wanted):
            parts.append(escape(text[at : match.start()]))
            parts.append(format_html("<mark>{}</mark>", match.group()))
            at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - each part is escaped
