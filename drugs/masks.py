"""Sets of medicines as the bits of whole numbers, so that a list is counted without being made.

Bit 0 stands for the first medicine A to Z. Sets meet by ``&``, join by ``|`` and are counted by
``int.bit_count``: all the counts of a page take less than a millisecond, however many medicines
there are. What belongs to a set is decided by `drugs.matching` and by the records alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, reduce
from itertools import zip_longest
from operator import and_, or_
from typing import Generic, Protocol, TypeVar

from drugs.matching import Diagnosis, HasUses, Use, satisfies

REMEMBERED_WORDS = 64


class HasSlug(Protocol):
    """What is asked of a class."""

    @property
    def slug(self) -> str:
        """Its code in the address."""


class Listed(HasUses, Protocol):
    """What is asked of a medicine; it must be hashable by what it is, not by what it holds."""

    @property
    def searchable(self) -> str:
        """Every name, folded."""

    @property
    def classes(self) -> Sequence[HasSlug]:
        """Its classes."""

    @property
    def routes(self) -> Sequence[str]:
        """Codes of the ways it is given."""


M = TypeVar("M", bound=Listed)


class Masks(Generic[M]):
    """The sets of one catalogue. ``medicines`` are those of the catalogue, in its order."""

    def __init__(self, medicines: Sequence[M]) -> None:
        self._medicines = medicines
        self._bits = {medicine: 1 << place for place, medicine in enumerate(medicines)}
        self.everything = (1 << len(medicines)) - 1
        self._classes = self._by_code(lambda one: [known.slug for known in one.classes])
        self._routes = self._by_code(lambda one: one.routes)
        # Layer n holds the n-th current use of each medicine. Answers meet within a layer, hence
        # in one single use, and never across two uses of a medicine.
        current = [[use for use in one.uses if use.is_current] for one in medicines]
        self._layers: list[tuple[Use | None, ...]] = list(zip_longest(*current))
        # The closed lists of answers bound the first memory.
        self._allowing = lru_cache(maxsize=None)(self._allowing_in_each_layer)
        self.holding = lru_cache(maxsize=REMEMBERED_WORDS)(self._holding)

    def fitting(self, diagnosis: Diagnosis) -> int:
        """Those with one single use that satisfies every stated answer; all if none is stated."""
        if not diagnosis.is_stated:
            return self.everything
        allowed = zip(*map(self._allowing, diagnosis.parts), strict=True)
        return reduce(or_, (reduce(and_, layer) for layer in allowed), 0)

    def in_any_class(self, slugs: Iterable[str]) -> int:
        """Those in one of these classes at least."""
        return reduce(or_, (self._classes.get(slug, 0) for slug in slugs), 0)

    def given_by_any(self, routes: Iterable[str]) -> int:
        """Those given in one of these ways at least."""
        return reduce(or_, (self._routes.get(route, 0) for route in routes), 0)

    def has(self, mask: int, medicine: M) -> bool:
        """Whether a medicine of the catalogue belongs to the set."""
        return bool(mask & self._bits[medicine])

    def members(self, mask: int) -> tuple[M, ...]:
        """The medicines of the set, A to Z."""
        return tuple(medicine for medicine in self._medicines if self.has(mask, medicine))

    def _holding(self, words: str) -> int:
        """Those whose names hold each of the words, in any order; all if there is none."""
        wanted = words.casefold().split()
        return self._where(lambda one: all(word in one.searchable for word in wanted))

    def _where(self, is_member: Callable[[M], bool]) -> int:
        return sum(bit for medicine, bit in self._bits.items() if is_member(medicine))

    def _by_code(self, codes_of: Callable[[M], Iterable[str]]) -> dict[str, int]:
        masks: dict[str, int] = defaultdict(int)
        for medicine, bit in self._bits.items():
            for code in codes_of(medicine):
                masks[code] |= bit
        return dict(masks)

    def _allowing_in_each_layer(self, answer: Diagnosis) -> tuple[int, ...]:
        """One set a layer: the medicines whose use there satisfies a part of a diagnosis."""
        bits = tuple(self._bits.values())
        return tuple(
            sum(
                bit
                for use, bit in zip(layer, bits, strict=True)
                if use is not None and satisfies(use, answer)
            )
            for layer in self._layers
        )
