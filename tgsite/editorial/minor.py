"""Decides by machine whether a change is so small that no clinician need read it.

Design, section 7: prose only, at most 20 changed words, and no digit, medicine name, negation or
link among them. The rule errs towards review: words of number, time, amount and order count as
digits do, since "3 weeks" and "3 months" differ in a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from tgsite.editorial.fields import ChoiceSetField, KeyField, LinesField, PartialDateField
from tgsite.editorial.plain import NOT_CLINICAL, by_id, content_fields, mapping, relations

MOST_CHANGED_WORDS = 20

# fmt: off
NEGATIONS = frozenset({
    "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
    "except", "unless", "avoid", "stop", "only", "hardly", "instead", "against",
})
AMOUNTS = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "half", "third", "quarter", "once", "twice", "double", "dozen", "hundred",
    "thousand", "first", "second", "last", "every", "each", "all", "some", "any", "many", "most",
    "few", "fewer", "more", "less", "least", "often", "always", "sometimes", "rarely", "rare",
    "common", "likely", "unlikely", "hour", "hours", "day", "days", "daily", "week", "weeks",
    "weekly", "month", "months", "monthly", "year", "years", "minute", "minutes", "mg", "ml",
    "dose", "doses", "tablet", "tablets", "pill", "pills", "capsule", "capsules", "percent",
    "before", "after", "during", "until", "while", "with", "above", "below", "over", "under",
    "up", "down", "early", "late", "later", "now", "same", "next",
    "high", "higher", "low", "lower", "increase", "increases", "decrease", "decreases", "raise",
    "reduce", "start", "skip", "take", "must", "should", "may", "can", "might", "will",
    "positive", "negative", "ultralow", "adjuvant", "neoadjuvant", "metastatic", "advanced",
    "approved", "withdrawn", "women", "men", "children", "pregnant", "pregnancy",
})
# fmt: on

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,/-][^\W_]+)*|[<>=%+±≤≥]")
_SHAPE = re.compile(r"<[^>]*>|\n|[.!?](?=\s|<|$)")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|gov|net|edu)\b")
_name_words: list[Callable[[], frozenset[str]]] = []

PROSE = (models.CharField, models.TextField)
PROSE_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
NOT_PROSE = (models.URLField, models.SlugField, models.EmailField, ChoiceSetField)


def register_names(words: Callable[[], frozenset[str]]) -> None:
    """Words of medicines' names, in lower case, which no minor edit may touch."""
    if words not in _name_words:
        _name_words.append(words)


def reasons_against(before: models.Model, after: models.Model) -> list[str]:
    """Why the change from ``before`` to ``after`` is not minor: the places; empty when it is."""
    counted = 0
    found: list[str] = []
    old, new = mapping(before, by_id), mapping(after, by_id)
    for place, one, other, prose in _differences(type(after), old, new):
        changed, count = _changed_words(one, other)
        counted += count
        if not prose or any(map(is_protected, changed)) or _shape(one) != _shape(other):
            found.append(place)
    if counted > MOST_CHANGED_WORDS:
        found.append(f"{counted} words")
    return found


def is_protected(word: str) -> bool:
    """Whether ``word`` may carry a fact: a number, a negation, a medicine's name, an address."""
    low = word.lower().replace("\u2019", "'")
    parts = {low, *re.split(r"['/.,-]", low)}
    return bool(
        any(character.isdigit() for character in low)
        or low in "<>=%+±≤≥"
        or low.endswith("n't")
        or _ADDRESS.search(low)
        or parts & NEGATIONS
        or parts & AMOUNTS
        or any(parts & words() for words in _name_words)
    )


def _changed_words(before: str, after: str) -> tuple[list[str], int]:
    """The words taken out and put in, and how many: of a replacement the longer side counts."""
    old, new = _WORD.findall(_TAG.sub(" ", before)), _WORD.findall(_TAG.sub(" ", after))
    changed: list[str] = []
    count = 0
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            changed += old[i:j] + new[k:m]
            count += max(j - i, m - k)
    return changed, count


def _shape(text: str) -> list[str]:
    """Markup with its addresses, lines and ends of sentences: no sentence comes or goes."""
    return _SHAPE.findall(text)


Difference = tuple[str, str, str, bool]


def _differences(
    model: type[models.Model], old: dict[str, Any], new: dict[str, Any], place: str = ""
) -> Iterator[Difference]:
    """Place, text before, text after, and whether it is prose on both sides."""
    for field in content_fields(model):
        if field.name in NOT_CLINICAL and not place:
            continue
        one, other = old.get(field.name), new.get(field.name)
        if one == other:
            continue
        where = f"{place}{field.verbose_name}"
        if isinstance(field, StreamField):
            yield from _in_block(field.stream_block, one or [], other or [], where)
        elif isinstance(field, LinesField):
            yield where, "\n".join(one or ()), "\n".join(other or ()), True
        else:
            prose = (
                isinstance(field, PROSE)
                and not isinstance(field, (*NOT_PROSE, KeyField, PartialDateField))
                and not field.choices
            )
            yield where, str(one or ""), str(other or ""), prose and bool(one) == bool(other)
    for name, row_model in relations(model):
        rows, new_rows = old.get(name, []), new.get(name, [])
        if [row.get("key") for row in rows] != [row.get("key") for row in new_rows]:
            yield f"{place}{name}", "", "", False
            continue
        for number, (row, new_row) in enumerate(zip(rows, new_rows, strict=True), start=1):
            yield from _differences(row_model, row, new_row, f"{place}{name} {number}, ")


def _in_block(block: blocks.Block, one: Any, other: Any, place: str) -> Iterator[Difference]:
    """The differences inside a block's plain value, as far as both sides are of one shape."""
    if one == other:
        return
    if isinstance(block, blocks.StreamBlock):
        # Each block is a mapping of one key, its type.
        pairs = [(list(item), list(new)) for item, new in zip(one, other, strict=False)]
        same = len(one) == len(other) and all(kind == new_kind for kind, new_kind in pairs)
        parts = [
            (block.child_blocks[kind], item[kind], new[kind])
            for item, new in zip(one, other, strict=False)
            for kind in item
            if same
        ]
    elif isinstance(block, blocks.StructBlock):
        same = set(one or {}) == set(other or {})
        parts = [
            (child, one[name], other[name])
            for name, child in block.child_blocks.items()
            if same and name in one
        ]
    elif isinstance(block, blocks.ListBlock):
        same = len(one or ()) == len(other or ())
        parts = [(block.child_block, *pair) for pair in zip(one or (), other or (), strict=False)]
    else:
        prose = isinstance(block, PROSE_BLOCKS) and bool(one) == bool(other)
        yield place, str(one or ""), str(other or ""), prose
        return
    if not same:
        yield place, "", "", False
        return
    for child, item, new in parts:
        yield from _in_block(child, item, new, place)
