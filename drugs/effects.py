"""Side effects of several medicines, set beside each other: which rows speak of the same one.

Pure rules on plain values. A list is what the record of a medicine says, not all that can happen,
so "not listed" never means "does not happen"; and where no page ties the words of two labels
together, the same thing can stand in both under different words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from drugs.catalogue import EffectName

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True)
class LabelEffect:
    """One row of one medicine's record, in the words of its label. ``owner`` is the medicine's id.

    ``page`` explains it to readers; ``None`` where no live page does.
    """

    owner: int
    words: str
    is_serious: bool = False
    page: EffectName | None = None

    @cached_property
    def everyday(self) -> str:
        """Its words without the medical terms, which editors put in brackets."""
        return " ".join(_IN_BRACKETS.sub("", self.words).split()) or self.words

    def is_same(self, other: LabelEffect) -> bool:
        """Whether both rows are explained by the same page, or have equal everyday words."""
        explained_alike = self.page is not None and self.page == other.page
        return explained_alike or self.everyday.casefold() == other.everyday.casefold()


@dataclass(frozen=True)
class ComparedEffect:
    """One side effect, and for each medicine shown the rows that list it: one cell a medicine.

    A cell without rows: the medicine's record does not list it.
    """

    cells: tuple[tuple[LabelEffect, ...], ...]

    @property
    def rows(self) -> list[LabelEffect]:
        """Every row, in the order of the medicines."""
        return [row for cell in self.cells for row in cell]

    @property
    def page(self) -> EffectName | None:
        """The page that explains it."""
        return next((row.page for row in self.rows if row.page), None)

    @property
    def name(self) -> str:
        """The name of its page, else the words on which the labels agree."""
        if self.page:
            return self.page.name
        first, *others = self.rows
        agreed = all(row.words.casefold() == first.words.casefold() for row in others)
        return str(capfirst(first.words if agreed else first.everyday))

    @property
    def is_shared(self) -> bool:
        """Whether every medicine shown lists it."""
        return all(self.cells)

    @property
    def is_in_same_words(self) -> bool:
        """Whether the labels agree on its everyday words, not only on the kind of thing."""
        return len({row.everyday.casefold() for row in self.rows}) == 1

    @property
    def is_own(self) -> bool:
        """Whether nothing ties it to another medicine shown: one lists it, no page explains it."""
        return self.page is None and sum(map(bool, self.cells)) == 1

    @property
    def is_serious(self) -> bool:
        """Whether any of the labels sorts it with the serious ones."""
        return any(row.is_serious for row in self.rows)


def side_by_side(rows: Iterable[LabelEffect], owners: Sequence[int]) -> list[ComparedEffect]:
    """Each side effect with one cell for each of ``owners``; serious ones first, then A to Z."""
    effects = [
        ComparedEffect(tuple(tuple(row for row in group if row.owner == pk) for pk in owners))
        for group in _groups(rows)
    ]
    return sorted(effects, key=lambda effect: (not effect.is_serious, effect.name.casefold()))


def _groups(rows: Iterable[LabelEffect]) -> list[list[LabelEffect]]:
    """Rows of the same side effect together; a row can tie two groups into one."""
    groups: list[list[LabelEffect]] = []
    for row in rows:
        apart: list[list[LabelEffect]] = []
        together: list[LabelEffect] = []
        for group in groups:
            if any(row.is_same(other) for other in group):
                together += group
            else:
                apart.append(group)
        groups = [*apart, [*together, row]]
    return groups
