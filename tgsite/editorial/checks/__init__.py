"""The registry of content rules; apps add theirs in ``AppConfig.ready``.

A check is a function that takes an entry (with its children in memory) and yields problems. The
edit screen shows them beside the form; ``EditorialModel.publish`` refuses what is final.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations

from tgsite.editorial.checks.rules import RULES, WHOLE, Level, Rule
from tgsite.editorial.checks.run import one_run

__all__ = ["Check", "Level", "Problem", "blocking", "problems", "refusing", "register"]

Check = Callable[[Any], Iterable["Problem"]]
_registry: dict[type[models.Model], list[Check]] = {}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an entry: in words for the editor, and where it stands.

    ``field`` names a field of the entry, or of ``row`` when a child row is meant; ``relation`` is
    the row's relation. ``rule`` is the rule's ID in the content standard, if it has one; without
    one it is a rule of the model itself. ``level`` is the rule's own unless the standard gives a
    lower one for this case. ``absent``: nothing is there yet, so starter content may lack it.
    """

    message: str
    field: str = ""
    relation: str = ""
    row: models.Model | None = None
    rule: str = ""
    level: Level = None  # type: ignore[assignment]  # filled in below
    absent: bool = False

    def __post_init__(self) -> None:
        """Take the level of the rule where none was given."""
        if self.level is None:
            object.__setattr__(self, "level", self._rule.level)

    @property
    def _rule(self) -> Rule:
        return RULES.get(self.rule, WHOLE)

    @property
    def title(self) -> str:
        """The rule in a few words."""
        return str(self._rule.title)

    @property
    def why(self) -> str:
        """Why it matters, in one sentence."""
        return str(self._rule.why)

    @property
    def how(self) -> str:
        """How to mend it, in one sentence."""
        return str(self._rule.how)

    @property
    def key(self) -> str:
        """Names it among the problems of one text, from one request to the next."""
        return f"{self.rule}:{self.relation}:{self.row_key}:{self.field}:{self.message}"

    @property
    def row_key(self) -> str:
        """The lasting key of the row; empty for the entry's own fields."""
        return str(getattr(self.row, "key", ""))

    @property
    def place(self) -> str:
        """The row and the field in the words of the edit screen; empty for the whole entry."""
        parts = []
        if self.row is not None:
            parts.append(f"{self.row._meta.verbose_name} “{self.row}”")
        elif self.relation:
            parts.append(self.relation.replace("_", " "))
        if self.field:
            parts.append(self._field_label)
        return ", ".join(parts)

    @property
    def _field_label(self) -> str:
        try:
            known = self.row and self.row._meta.get_field(self.field)
        except LookupError:
            known = None
        return str(getattr(known, "verbose_name", self.field.replace("_", " ")))

    def sentence(self) -> str:
        """The message with the row or field named before it, for lists without a form."""
        if self.row is not None:
            kind = self.row._meta.verbose_name
            return f"{kind} “{self.row}”, {self.field or 'row'}: {self.message}"
        return f"{self.field}: {self.message}" if self.field else self.message


def register(model: type[models.Model], *checks: Check) -> None:
    """Run ``checks`` on every entry of ``model``."""
    known = _registry.setdefault(model, [])
    known.extend(check for check in checks if check not in known)


def problems(entry: models.Model) -> list[Problem]:
    """What is wrong with ``entry``: its models' own rules first, then the registered checks."""
    with one_run():
        found = list(model_rules(entry))
        for model, checks in _registry.items():
            if isinstance(entry, model):
                for check in checks:
                    found.extend(check(entry))
        return found


def blocking(entry: models.Model) -> list[Problem]:
    """What stands between the entry and its approval: some of it may be passed with a reason."""
    return [one for one in problems(entry) if one.level != Level.WARN]


def refusing(entry: models.Model, *, starter: bool = False) -> list[Problem]:
    """What nobody can pass; of starter content all that is wrong, but for parts still missing.

    Nobody reads starter content before it is public, so nobody can pass a problem of it.
    """
    return [
        one
        for one in problems(entry)
        if one.level == Level.FINAL or (starter and one.level == Level.BLOCK and not one.absent)
    ]


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
