"""What is wrong with an instance that was filled from a file, by the rules of the admin."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from tgsite.editorial import checks
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.plain import content_fields, relations


def faults_of(instance: models.Model, *, draft: bool, signed: bool) -> list[tuple[str, str]]:
    """Pairs of a field's place and words: the models' own rules and the content checks.

    A ``draft`` may be unfinished, as an editor's draft may. What a clinician ``signed`` may hold
    what an approver passed with a reason.
    """
    if not isinstance(instance, EditorialModel):
        return list(_broken_rules(instance, exclude=set()))
    if draft:
        return list(_faults_of_draft(instance))
    refusing = checks.refusing(instance, starter=not signed)
    return [(_place(problem), problem.message) for problem in refusing]


def _broken_rules(
    instance: models.Model, exclude: set[str], *, unique: bool = True
) -> Iterator[tuple[str, str]]:
    try:
        instance.full_clean(exclude=exclude, validate_unique=unique)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield "" if name == NON_FIELD_ERRORS else name, message


def _faults_of_draft(entry: EditorialModel) -> Iterator[tuple[str, str]]:
    """What no draft may hold: a part that is there and cannot be right."""
    yield from _broken_rules(entry, _unfilled(entry))
    for relation, model in relations(type(entry)):
        parent = {one.name for one in model._meta.fields if type(one).__name__ == "ParentalKey"}
        for number, row in enumerate(getattr(entry, relation).all(), start=1):
            unfilled = _unfilled(row) | parent | {"sort_order"}
            for name, message in _broken_rules(row, unfilled, unique=False):
                yield f"{relation} {number}, {name or 'row'}", message


def _unfilled(instance: models.Model) -> set[str]:
    return {
        one.name
        for one in content_fields(type(instance))
        if not isinstance(one, models.ManyToManyField)
        and getattr(instance, one.attname) in ("", None, ())
    }


def _place(problem: checks.Problem) -> str:
    if problem.row is None:
        return problem.field or problem.relation
    number = getattr(problem.row, "sort_order", 0) + 1
    return ", ".join(part for part in (f"{problem.relation} {number}", problem.field) if part)
