"""Decides by machine whether a change is so small that no clinician need read it.

Design, section 7: prose only, at most 20 changed words, and no digit, medicine name, negation or
link among them. The rule errs towards review: words of number, time, amount, order and place in the
body count as digits do, since "3 weeks" and "3 months" differ in a word, and so does every name and
term that the guide knows; what rests on the label or is read in an emergency is never minor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from tgsite.editorial import naming, texts
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
    "girls", "boys", "adults", "older", "younger", "premenopausal", "postmenopausal",
    "safe", "unsafe", "harmless", "harmful", "dangerous", "serious", "severe", "mild", "moderate",
    "cure", "cures", "cured", "heal", "heals", "prevent", "prevents", "allow", "allowed", "need",
    "needed", "full", "empty", "hungry", "oral", "mouth", "vein", "skin", "needle", "water",
    "food", "meal", "meals", "open", "close", "closed", "warm", "cold", "hot", "cool", "left",
    "right", "inherited", "tumor", "tumors", "cancerous", "benign", "malignant", "better", "worse",
    "faster", "slower", "longer", "shorter", "stronger", "weaker", "alone", "together", "both",
    "either", "or", "if", "when",
})
ORGANS = frozenset({
    "liver", "heart", "lung", "lungs", "kidney", "kidneys", "brain", "bone", "bones", "breast",
    "breasts", "blood", "stomach", "bowel", "gut", "eye", "eyes", "ear", "ears", "nerve", "nerves",
    "muscle", "muscles", "joint", "joints", "nail", "nails", "hair", "hand", "hands", "foot",
    "feet", "leg", "legs", "arm", "arms", "chest", "throat", "tongue", "gum", "gums", "thyroid",
    "ovary", "ovaries", "womb", "uterus", "prostate", "spine", "head", "neck", "belly",
    "armpit", "node", "nodes", "gland", "glands", "marrow", "vessel", "vessels", "artery",
})
# Words of names and terms that say nothing by themselves.
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "s", "the", "to",
                    "your"})
# "safe" and "unsafe" differ in what a word begins with.
_TURNING = ("un", "in", "im", "ir", "non", "dis", "anti", "hyper", "hypo", "over", "under")
# fmt: on

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,/-][^\W_]+)*|[<>=%+±≤≥]")
_SHAPE = re.compile(r"<[^>]*>|\n|[.!?](?=\s|<|$)")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|gov|net|edu)\b")
_ROMAN = re.compile(r"[IVX]+[A-D]?$")

PROSE = (models.CharField, models.TextField)
PROSE_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
NOT_PROSE = (models.URLField, models.SlugField, models.EmailField, ChoiceSetField)


def reasons_against(before: models.Model, after: models.Model) -> list[str]:
    """Why the change from ``before`` to ``after`` is not minor: the places; empty when it is."""
    counted = 0
    found: list[str] = []
    names = _words_of_names()
    old, new = mapping(before, by_id), mapping(after, by_id)
    for place, one, other, prose in _differences(type(after), old, new):
        changed, count = _changed_words(one, other)
        counted += count
        if not prose or _protected(changed, names) or _shape(one) != _shape(other):
            found.append(place)
    if counted > MOST_CHANGED_WORDS:
        found.append(f"{counted} words")
    return found


def facts_in(text: str) -> list[str]:
    """The words of ``text`` that may carry a fact; what is too long is one as a whole."""
    words = _WORD.findall(text)
    return [text] if len(words) > MOST_CHANGED_WORDS else _protected(words, _words_of_names())


def _words_of_names() -> frozenset[str]:
    """Every word of a medicine, class, gene, trial or term that the guide knows."""
    names = (name for kind in naming.Name for name in naming.known(kind))
    words = {word for name in names for word in re.findall(r"[^\W_]+", name.lower())}
    return frozenset(words - _SMALL)


def _protected(words: Iterable[str], names: frozenset[str]) -> list[str]:
    """Those of ``words`` that may carry a fact, or turn another of them into its opposite."""
    words = list(words)
    low = {word.lower() for word in words}
    return [word for word in words if _is_protected(word, names) or _turns(word.lower(), low)]


def _is_protected(word: str, names: frozenset[str]) -> bool:
    """Whether it is a number, a negation, an amount, a name, a term, a short form, an address."""
    low = word.lower().replace("\u2019", "'")
    parts = {low, *re.split(r"['/.,-]", low)}
    return bool(
        any(character.isnumeric() for character in low)
        or any(character.isupper() for character in word[1:])
        or _ROMAN.match(word)
        or low in "<>=%+±≤≥"
        or low.endswith("n't")
        or _ADDRESS.search(low)
        or parts & (NEGATIONS | AMOUNTS | ORGANS | names)
    )


def _turns(word: str, others: set[str]) -> bool:
    return any(word.startswith(one) and word.removeprefix(one) in others for one in _TURNING)


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
        else:
            free = bool(one) == bool(other) and not texts.is_from_the_label(model, field.name)
            if isinstance(field, LinesField):
                yield where, "\n".join(one or ()), "\n".join(other or ()), free
            else:
                yield where, str(one or ""), str(other or ""), free and _is_prose(field)
    for name, row_model in relations(model):
        rows, new_rows = old.get(name, []), new.get(name, [])
        if [row.get("key") for row in rows] != [row.get("key") for row in new_rows]:
            yield f"{place}{name}", "", "", False
            continue
        for number, (row, new_row) in enumerate(zip(rows, new_rows, strict=True), start=1):
            yield from _differences(row_model, row, new_row, f"{place}{name} {number}, ")


def _is_prose(field: models.Field[Any, Any]) -> bool:
    return (
        isinstance(field, PROSE)
        and not isinstance(field, (*NOT_PROSE, KeyField, PartialDateField))
        and not field.choices
    )


def _in_block(block: blocks.Block, one: Any, other: Any, place: str) -> Iterator[Difference]:
    """The differences inside a block's plain value, as far as both sides are of one shape."""
    if one == other:
        return
    if getattr(block.meta, "never_minor", False):
        yield place, "", "", False
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
