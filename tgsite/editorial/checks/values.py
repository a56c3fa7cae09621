"""What a field may hold, whatever it was typed, pasted or saved by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.fields import ChoiceSetField
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.plain import content_fields, relations

# Only a whole element or comment: labels print "<1" and "ER <10%".
MARKUP = re.compile(r"</?[a-z][a-z0-9:-]*(\s[^<>]*)?/?>|<!--|<!\[", re.IGNORECASE)


def has_no_markup(entry: EditorialModel) -> Iterator[Problem]:
    """No plain text holds HTML: it would stand before readers as it is."""
    yield from _problems(entry, _markup)


def choices_are_known(entry: EditorialModel) -> Iterator[Problem]:
    """No old draft brings a choice back that this version of the program does not have."""
    yield from _problems(entry, _unknown_choice)


def _problems(
    entry: EditorialModel, fault: Callable[[models.Field[Any, Any], Any], str]
) -> Iterator[Problem]:
    """What ``fault`` says of each value of the entry and of its rows, where it says anything."""
    rows = [("", entry)] + [
        (relation, row)
        for relation, _model in relations(type(entry))
        for row in getattr(entry, relation).all()
    ]
    for relation, row in rows:
        for field in content_fields(type(row)):
            if message := fault(field, getattr(row, field.attname, None)):
                yield Problem(message, field.name, relation, row if relation else None)


def _markup(field: models.Field[Any, Any], value: Any) -> str:
    is_text = isinstance(field, models.CharField | models.TextField) and isinstance(value, str)
    found = MARKUP.search(value) if is_text else None
    if found is None:
        return ""
    return _("Write plain words: readers would see “%(markup)s” as it stands here.") % {
        "markup": found.group()[:40]
    }


def _unknown_choice(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(field, ChoiceSetField):
        unknown = set(field.to_python(value)) - {code for code, _label in field.codes}
    elif field.choices and value:
        unknown = {value} - {code for code, _label in field.flatchoices}
    else:
        return ""
    if not unknown:
        return ""
    return _("“%(choice)s” is not a choice any more: choose again.") % {
        "choice": ", ".join(sorted(map(str, unknown)))
    }
