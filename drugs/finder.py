"""Answers the finder: which medicines for these answers, and what one other answer would leave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import ngettext

from drugs.catalogue import Catalogue, Medicine
from drugs.matching import Diagnosis, Match

Found = tuple[Match[Medicine], ...]


@dataclass(frozen=True)
class Question:
    """Everything the list can be asked. Of several classes or routes any one suffices."""

    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    words: str = ""
    classes: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    sort: str = ""

    @property
    def has_narrowing(self) -> bool:
        """Whether more than the diagnosis narrows the list."""
        return bool(self.words or self.classes or self.routes)


def find(catalogue: Catalogue, question: Question) -> Found:
    """The matches in the order asked for (design, section 5)."""
    kept = _narrowed(catalogue, question)
    found = tuple(
        match
        for match in catalogue.matches(question.diagnosis)
        if catalogue.masks.has(kept, match.medicine)
    )
    return _sorted(found, question.sort)


def mask(catalogue: Catalogue, question: Question) -> int:
    """The medicines that ``find`` lists, as a set of ``catalogue.masks``."""
    return catalogue.masks.fitting(question.diagnosis) & _narrowed(catalogue, question)


def count_with(catalogue: Catalogue, question: Question, **replaced: Any) -> int:
    """How many medicines would be left with one answer replaced: facets and relaxations alike."""
    return mask(catalogue, replace(question, **replaced)).bit_count()


def in_words(count: int) -> str:
    """A number of medicines as it is said."""
    return ngettext("%(n)d medicine", "%(n)d medicines", count) % {"n": count}


def _narrowed(catalogue: Catalogue, question: Question) -> int:
    """Those with every word, and with any of the classes and of the routes asked for."""
    masks = catalogue.masks
    kept = masks.holding(question.words)
    if question.classes:
        kept &= masks.in_any_class(question.classes)
    if question.routes:
        kept &= masks.given_by_any(question.routes)
    return kept


def _sorted(found: Found, order: str) -> Found:
    if order == "name":
        return tuple(sorted(found, key=lambda match: match.medicine.brand_name.casefold()))
    if order == "generic":
        return tuple(sorted(found, key=lambda match: match.medicine.generic_name.casefold()))
    if order == "newest":
        return tuple(sorted(found, key=_newest_approval, reverse=True))
    return found


def _newest_approval(match: Match[Medicine]) -> str:
    return max((use.approved_on for use in match.uses), default="")
