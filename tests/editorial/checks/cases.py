"""A rule with a text that breaks it and one that does not, and the questions that both answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tgsite.editorial.checks import Level, Problem, problems
from tgsite.editorial.models import EditorialModel

Make = Callable[..., EditorialModel]
BLOCK, FINAL, WARN = Level.BLOCK, Level.FINAL, Level.WARN


@dataclass(frozen=True)
class Case:
    """``breaks`` and ``keeps`` make an entry; ``place`` is the field that is named."""

    rule: str
    level: Level
    breaks: Callable[[], Any]
    keeps: Callable[[], Any]
    place: str | None = None
    absent: bool = False


def of_rule(entry: Any, rule: str, level: Level | None = None) -> list[Problem]:
    """The problems of ``rule``, of ``level`` alone if given."""
    return [
        one for one in problems(entry) if one.rule == rule and (level is None or one.level == level)
    ]


def assert_told(case: Case) -> None:
    """The broken text is told at its place and level, with words, a reason and a remedy."""
    found = of_rule(case.breaks(), case.rule, case.level)
    assert found, f"{case.rule} says nothing"
    (problem, *_more) = found
    assert problem.absent == case.absent
    assert problem.message
    assert problem.title
    assert problem.why
    assert problem.how
    if case.place is not None:
        assert case.place in [one.field or one.relation for one in found]


def assert_not_told(case: Case) -> None:
    """The text that keeps the rule is not told at this level."""
    assert of_rule(case.keeps(), case.rule, case.level) == []
