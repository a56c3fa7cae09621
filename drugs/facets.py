"""How many medicines each answer of the list's form would leave, all other answers kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from drugs.catalogue import Catalogue
from drugs.finder import Question, count_with, in_words
from drugs.matching import Diagnosis, groups_of


@dataclass(frozen=True)
class Facets:
    """The counts beside the answers to one question (design, section 5)."""

    catalogue: Catalogue
    question: Question

    def count(self, name: str, code: str, group: Collection[str] = ()) -> int:
        """How many medicines the answer ``code`` to the question ``name`` would leave.

        ``group`` are the codes that stand under one heading with it: an empty code takes them
        back. ``KeyError`` for a code that is not in the lists.
        """
        return count_with(self.catalogue, self.question, **self._replaced(name, code, group))

    def in_words(self, count: int) -> str:
        """The number with what it counts."""
        return in_words(count)

    def _replaced(self, name: str, code: str, group: Collection[str]) -> dict[str, Any]:
        """What of the question changes: of several classes or routes any one suffices, so each
        is counted alone."""
        if name == "class":
            return {"classes": frozenset({code})}
        if name == "route":
            return {"routes": frozenset({code})}
        return {"diagnosis": self._diagnosis(name, code, group)}

    def _diagnosis(self, name: str, code: str, group: Collection[str]) -> Diagnosis:
        stated = self.question.diagnosis
        if name != "mutation":
            answer: dict[str, Any] = {name: code or None}
            return replace(stated, **answer)
        if code:
            return stated.with_mutation(code)
        return stated.without_tests(test for one in group if one for test in groups_of(one))
