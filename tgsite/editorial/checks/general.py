"""Checks that hold for every kind of entry."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from tgsite.editorial.checks import Problem
from tgsite.editorial.models import EditorialModel, PublishedSlug
from tgsite.editorial.plain import mapping


def has_slug_of_its_own(entry: EditorialModel) -> Iterator[Problem]:
    """A published entry has a slug, and no other entry ever had that address."""
    if not entry.slug:
        yield Problem(_("Give the entry a slug before it is published."), "slug")
        return
    taken = PublishedSlug.objects.filter(
        content_type=ContentType.objects.get_for_model(entry), slug=entry.slug
    ).exclude(object_id=entry.pk)
    if taken.exists():
        yield Problem(
            _("This address belongs to another entry for ever: links lead there."), "slug"
        )


def has_sources(entry: EditorialModel) -> Iterator[Problem]:
    """A4: an entry names at least one source."""
    if not list(entry.sources.all()):
        yield Problem(_("Add at least one source."), rule="A4")


def keys_are_unique(entry: EditorialModel) -> Iterator[Problem]:
    """Two rows of one entry never share a key."""
    for relation in get_all_child_relations(entry):
        name = relation.get_accessor_name()
        seen = set()
        for row in getattr(entry, name).all():
            if row.key in seen:
                message = _("Two rows carry the same key: delete one and add it again.")
                yield Problem(message, relation=name, row=row)
            seen.add(row.key)


# Not shown to readers, or about something else than a fever.
_NO_FEVER_THERE = {"internal_notes", "note", "storage", "sources", "trial_results"}
_TEMPERATURE = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*(?:\N{DEGREE SIGN}|degrees?)?\s*([FC])\b")
# Unit -> the temperatures that a text on fever may speak of, and the one that the site prints.
_FEVERS = {"F": (99.0, 107.0, 100.4), "C": (37.0, 42.0, 38.0)}


def one_fever_rule(entry: EditorialModel) -> Iterator[Problem]:
    """B2a: no page names another limit for fever than 100.4 F (38 C)."""
    fields = {field.name for field in entry._meta.get_fields()}
    for name, value in mapping(entry, lambda other: str(other.pk)).items():
        if name in _NO_FEVER_THERE:
            continue
        for text in _texts(value):
            for found, unit in _TEMPERATURE.findall(text):
                lowest, highest, limit = _FEVERS[unit]
                if lowest <= float(found) <= highest and float(found) != limit:
                    message = _(
                        "The one fever limit of this site is 100.4 F (38 C), not %(found)s."
                    )
                    field = name if name in fields and not isinstance(value, list) else ""
                    yield Problem(message % {"found": f"{found} {unit}"}, field, rule="B2a")


def _texts(value: Any) -> Iterator[str]:
    """Every text in the plain form of a field: a list's, a row's, a block's."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_FEVER_THERE:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
