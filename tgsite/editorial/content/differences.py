"""What changes in an entry, field by field: old and new, shortened to where they part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from tgsite.editorial.plain import relations

LONGEST = 90  # characters of a value that are shown
_BEFORE = 25  # characters before the place where two texts part


@dataclass(frozen=True)
class Difference:
    """One place of an entry (``indications 2, summary``) with its old and new value in words."""

    place: str
    old: str
    new: str


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """What differs between two mappings of an entry; rows are known by their key."""
    return list(_mappings(old, new, ""))


def parts(new: dict[str, Any], model: Any) -> list[Difference]:
    """What a new entry holds: a line for each field, of rows their number."""
    rows = {name for name, _model in relations(model)}
    return [
        Difference(name, "", _("%d rows") % len(value) if name in rows else _short(_words(value)))
        for name, value in new.items()
    ]


def _values(old: Any, new: Any, place: str) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mappings(old, new, f"{place}, ")
    elif isinstance(old, list | None) and isinstance(new, list | None) and (old or new):
        yield from _lists(old or [], new or [], place)
    else:
        before, after = _words(old), _words(new)
        # Where they part is what the reader looks for.
        start = max(_parting(before, after) - _BEFORE, 0)
        yield Difference(place, _short(before, start), _short(after, start))


def _mappings(old: dict[str, Any], new: dict[str, Any], place: str) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        yield from _values(old.get(name), new.get(name), f"{place}{name}")


def _lists(old: list[Any], new: list[Any], place: str) -> Iterator[Difference]:
    if all(isinstance(one, dict) and "key" in one for one in [*old, *new]):
        yield from _rows(old, new, place)
        return
    matcher = SequenceMatcher(None, [_words(one) for one in old], [_words(one) for one in new])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            before = old[a + offset] if a + offset < b else None
            after = new[c + offset] if c + offset < d else None
            yield from _values(before, after, f"{place} {(c if d > c else a) + offset + 1}")


def _rows(old: list[dict[str, Any]], new: list[dict[str, Any]], place: str) -> Iterator[Difference]:
    before = {row["key"]: row for row in old}
    after = {row["key"]: row for row in new}
    for number, row in enumerate(new, start=1):
        if row["key"] in before:
            yield from _mappings(before[row["key"]], row, f"{place} {number}, ")
        else:
            yield Difference(f"{place} {number}", "", _short(_words(row)))
    for number, row in enumerate(old, start=1):
        if row["key"] not in after:
            yield Difference(f"{place} {number}", _short(_words(row)), "")
    stay_before = [key for key in before if key in after]
    stay_after = [key for key in after if key in before]
    if stay_before != stay_after:
        order = ", ".join(str(stay_before.index(key) + 1) for key in stay_after)
        yield Difference(place, ", ".join(str(n + 1) for n in range(len(stay_before))), order)


def _parting(one: str, other: str) -> int:
    """Where two texts begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "key" in value:
        value = {name: part for name, part in value.items() if name != "key"}
    return json.dumps(value, ensure_ascii=False)


def _short(text: str, start: int = 0) -> str:
    cut = " ".join(text[start : start + LONGEST].split())
    return f"{'…' if start else ''}{cut}{'…' if len(text) > start + LONGEST else ''}"
