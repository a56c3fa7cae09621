"""What a field may hold, whatever it was typed, pasted or saved by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.plain import content_fields, relations

# Only a whole element or comment: labels print "<1" and "ER <10%".
MARKUP = re.compile(r"</?[a-z][a-z0-9:-]*(\s[^<>]*)?/?>|<!--|<!\[", re.IGNORECASE)


def has_no_markup(entry: EditorialModel) -> Iterator[Problem]:
    """No plain text holds HTML: it would stand before readers as it is."""
    rows = [("", entry)] + [
        (relation, row)
        for relation, _model in relations(type(entry))
        for row in getattr(entry, relation).all()
    ]
    for relation, row in rows:
        for field in content_fields(type(row)):
            value = getattr(row, field.attname, None)
            is_text = isinstance(field, models.CharField | models.TextField)
            found = MARKUP.search(value) if is_text and isinstance(value, str) else None
            if found is not None:
                message = _("Write plain words: readers would see “%(markup)s” as it stands here.")
                words = message % {"markup": found.group()[:40]}
                yield Problem(words, field.name, relation, row if relation else None)
