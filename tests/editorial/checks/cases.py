"""A rule with a text that breaks it and one that does not, and the questions that both answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.factories import whole_article
from tgsite.editorial.checks import Level, Problem, problems
from tgsite.editorial.models import EditorialModel

Holds = Callable[[], None]
Block = tuple[str, Any]
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


def in_field(
    rule: str,
    level: Level,
    make: Callable[..., EditorialModel],
    field: str,
    breaks: object,
    keeps: object,
) -> Case:
    """Two values of one field of what ``make`` makes."""
    return Case(rule, level, lambda: make(**{field: breaks}), lambda: make(**{field: keeps}), field)


def in_summary(rule: str, level: Level, breaks: str, keeps: str) -> Case:
    """Two texts, each as the summary of an article."""
    return in_field(rule, level, whole_article, "summary", breaks, keeps)


def in_body(rule: str, level: Level, breaks: Block, *keeps: Block) -> Case:
    """The one block of an article's body that breaks the rule, and the blocks that keep it."""
    return Case(rule, level, lambda: whole_article(breaks), lambda: whole_article(*keeps), "body")


def both_ways(cases: dict[str, Case]) -> pytest.MarkDecorator:
    """Parametrize ``holds``: each broken text is told, and each that keeps the rule is not."""
    told = {f"{name}-told": partial(assert_told, case) for name, case in cases.items()}
    kept = {f"{name}-not-told": partial(assert_not_told, case) for name, case in cases.items()}
    return pytest.mark.parametrize("holds", (told | kept).values(), ids=told | kept)


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
