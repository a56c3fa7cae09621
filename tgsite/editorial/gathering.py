"""The rows of several small tables by one query, for what is kept in memory.

A page may cost eight queries at most, also the first one after a publication, when everything in
memory is read anew; so lists of names and links from many tables are read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Orderable

TEXTS = 5


def part(name: str, rows: QuerySet[Any], owner: str, *columns: str) -> QuerySet[Any]:
    """One table's share: its name, the id that each row belongs to, up to five columns as text."""
    texts: dict[str, Any] = {
        f"text_{number}": Cast(F(column), TextField()) for number, column in enumerate(columns)
    }
    for number in range(len(columns), TEXTS):
        texts[f"text_{number}"] = Value("", TextField())
    chosen = F("sort_order") if issubclass(rows.model, Orderable) else Value(0)
    place = Coalesce(chosen, 0, output_field=IntegerField())
    return (
        rows.order_by()
        .annotate(part=Value(name, CharField()), owner=F(owner), **texts, place=place, row=F("pk"))
        .values_list("part", "owner", *sorted(texts), "place", "row")
    )


class Gathered:
    """The rows of each part, in the editor's order: the owner's id, then five texts."""

    def __init__(self, parts: Iterable[QuerySet[Any]]) -> None:
        first, *others = parts
        self._parts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._of: dict[tuple[str, int], list[tuple[Any, ...]]] = defaultdict(list)
        # A union promises no order of its own: PostgreSQL gives another one from day to day.
        rows = first.union(*others, all=True).order_by("place", "row")
        for name, owner, *texts, _place, _row in rows:
            self._parts[name].append((owner, *texts))
            self._of[name, owner].append(tuple(texts))

    def part(self, name: str) -> list[tuple[Any, ...]]:
        """Every row of one part: id, then texts."""
        return self._parts.get(name, [])

    def of(self, name: str, owner: int) -> list[tuple[Any, ...]]:
        """The texts of the rows of one part that belong to ``owner``."""
        return self._of.get((name, owner), [])
