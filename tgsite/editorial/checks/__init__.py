"""The registry of content rules; apps add theirs in ``AppConfig.ready``.

A check is a function that takes an entry (with its children in memory) and yields problems. The
edit form shows them at their field or row; ``EditorialModel.publish`` refuses what blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations

Check = Callable[[Any], Iterable["Problem"]]
_registry: dict[type[models.Model], list[Check]] = {}


class Level(StrEnum):
    """What a problem does (content standard, section 1)."""

    FINAL = "final"  # refuses publication, nobody can pass it
    BLOCK = "block"  # refuses publication, unless the approver passes it with a written reason
    WARN = "warn"  # is shown to the writer and the approver


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an entry: in words for the editor, and where it stands.

    ``field`` names a field of the entry, or of ``row`` when a child row is meant; ``relation`` is
    the row's relation. ``rule`` is the rule's ID in the content standard, if it has one.
    """

    message: str
    field: str = ""
    relation: str = ""
    row: models.Model | None = None
    rule: str = ""
    level: Level = Level.FINAL

    @property
    def key(self) -> str:
        """Names it among the problems of one text, from one request to the next."""
        row = getattr(self.row, "key", "")
        return f"{self.rule}:{self.relation}:{row}:{self.field}:{self.message}"

    def sentence(self) -> str:
        """The message with the row or field named before it, for lists without a form."""
        if self.row is not None:
            kind = self.row._meta.verbose_name
            return f"{kind} “{self.row}”, {self.field or 'row'}: {self.message}"
        return f"{self.field}: {self.message}" if self.field else self.message


def register(model: type[models.Model], check: Check) -> None:
    """Run ``check`` on every entry of ``model`` before it is published."""
    checks = _registry.setdefault(model, [])
    if check not in checks:
        checks.append(check)


def problems(entry: models.Model) -> Iterator[Problem]:
    """What is wrong with ``entry``: its models' own rules first, then the registered checks."""
    yield from model_rules(entry)
    for model, checks in _registry.items():
        if isinstance(entry, model):
            for check in checks:
                yield from check(entry)


def blocking(entry: models.Model) -> list[Problem]:
    """The problems that refuse publication."""
    return list(problems(entry))


def refusing(entry: models.Model, *, starter: bool = False) -> list[Problem]:
    """What nobody can pass; of starter content all that is wrong, but for parts still missing."""
    return list(problems(entry))


def model_rules(entry: models.Model) -> Iterator[Problem]:
    """The fields', validators', ``clean`` and constraint rules of the entry and its child rows."""
    yield from _cleaned(entry, exclude=set())
    for relation in get_all_child_relations(entry):
        name = relation.get_accessor_name()
        for row in getattr(entry, name).all():
            for problem in _cleaned(row, exclude={relation.field.name, "sort_order"}):
                yield Problem(problem.message, problem.field, name, row)


def _cleaned(instance: models.Model, exclude: set[str]) -> Iterator[Problem]:
    try:
        instance.full_clean(exclude=exclude, validate_unique=not exclude)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            for message in messages:
                yield Problem(message, "" if field == "__all__" else field)
