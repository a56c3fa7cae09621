"""Answers the finder: which medicines for these answers, and what one other answer would leave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

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
    words = question.words.casefold().split()
    found = tuple(
        match
        for match in catalogue.matches(question.diagnosis)
        if _narrowed_in(match.medicine, words, question)
    )
    return _sorted(found, question.sort)


def count_with(catalogue: Catalogue, question: Question, **replaced: Any) -> int:
    """How many medicines would be left with one answer replaced: facets and relaxations alike."""
    return len(find(catalogue, replace(question, **replaced)))


def _narrowed_in(medicine: Medicine, words: list[str], question: Question) -> bool:
    return (
        all(word in medicine.searchable for word in words)
        and (
            not question.classes
            or any(known.slug in question.classes for known in medicine.classes)
        )
        and (not question.routes or not question.routes.isdisjoint(medicine.routes))
    )


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
