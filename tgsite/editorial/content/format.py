"""From the mapping of a content file to a model instance, field by field; `plain.py` goes back."""

from __future__ import annotations

import json
import uuid
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from tgsite.editorial.content.streams import BROKEN, StreamReader, has_broken_text
from tgsite.editorial.fields import ChoiceSetField, KeyField, LinesField
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.plain import content_fields, relations

_KEYS = uuid.UUID("6f0c1d1e-65a4-4d0b-9f0b-0b6a8b9f7f6d")


def _has_broken_text(value: Any) -> bool:
    text = "".join(value) if isinstance(value, list) else value
    return isinstance(text, str) and has_broken_text(text)


class Builder:
    """Puts the values of one mapping into an instance and collects what does not fit.

    ``references`` finds an entry of a model by its slug, or ``None``. ``errors`` are pairs of a
    field's place (``indications 2 (…), partners``) and words.
    """

    def __init__(self, references: Any) -> None:
        self.references = references
        self.errors: list[tuple[str, str]] = []

    def fill(self, instance: models.Model, values: dict[str, Any], place: str = "") -> None:
        """Set every content field of ``instance``; a key that is left out gets its default."""
        model = type(instance)
        fields = {field.name: field for field in content_fields(model)}
        rows = dict(relations(model))
        for name in sorted(set(values) - set(fields) - set(rows)):
            self.errors.append((place + name, "there is no such field"))
        for name, field in fields.items():
            self._set(instance, field, values.get(name), place + name)
        for name, row_model in rows.items():
            self._rows(instance, name, row_model, values.get(name), place)

    def _set(
        self, instance: models.Model, field: models.Field[Any, Any], value: Any, place: str
    ) -> None:
        if isinstance(field, models.ManyToManyField | models.ForeignKey):
            self._refer(instance, field, value, place)
        elif value is None:
            if not isinstance(field, KeyField):
                setattr(instance, field.name, field.get_default())
        elif isinstance(field, StreamField):
            self._stream(instance, field, value, place)
        else:
            self._set_plain(instance, field, value, place)

    def _set_plain(
        self, instance: models.Model, field: models.Field[Any, Any], value: Any, place: str
    ) -> None:
        wanted = list if isinstance(field, LinesField | ChoiceSetField) else None
        if wanted and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            self.errors.append((place, "write a list of texts"))
        elif isinstance(field, models.BooleanField) and not isinstance(value, bool):
            self.errors.append((place, "write true or false"))
        elif (
            isinstance(field, models.CharField | models.TextField)
            and not wanted
            and not isinstance(value, str)
        ):
            self.errors.append((place, "write text, in quotes if it looks like a number or a date"))
        elif _has_broken_text(value):
            self.errors.append((place, BROKEN))
        else:
            try:
                setattr(instance, field.name, field.to_python(value))
            except ValidationError as error:
                self.errors.extend((place, message) for message in error.messages)
            except (TypeError, ValueError):
                self.errors.append((place, "this cannot be read"))

    def _stream(self, instance: models.Model, field: StreamField, value: Any, place: str) -> None:
        reader = StreamReader(self.references)
        stored = reader.stored(field.stream_block, value, place)
        setattr(instance, field.name, [] if reader.errors else stored)
        self.errors.extend(reader.errors)

    def _refer(
        self, instance: models.Model, field: models.Field[Any, Any], value: Any, place: str
    ) -> None:
        many = isinstance(field, ParentalManyToManyField)
        slugs = value if many else [value]
        if value is None:
            slugs = []
        if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
            self.errors.append((place, "name entries by their slugs"))
            return
        other_model: Any = field.related_model
        found = []
        for slug in slugs:
            other = self.references(other_model, slug)
            if other is None:
                kind = other_model._meta.verbose_name
                self.errors.append((place, f"there is no {kind} with the slug {slug}"))
            else:
                found.append(other)
        setattr(instance, field.name, found if many else next(iter(found), None))

    def _rows(
        self,
        instance: models.Model,
        name: str,
        model: type[models.Model],
        found: Any,
        place: str,
    ) -> None:
        if found is None:
            found = []
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self.errors.append((place + name, "write a list of rows"))
            return
        # A row keeps its database id as long as its key stays.
        known = {row.key: row.pk for row in getattr(instance, name).all()} if instance.pk else {}
        rows: list[Any] = []
        for number, values in enumerate(found, start=1):
            row = model(sort_order=number - 1)
            self.fill(row, values, f"{place}{name} {number}, ")
            if "key" not in values:
                row.key = self._key(instance, name, values, rows)  # type: ignore[attr-defined]
            row.pk = known.get(row.key)  # type: ignore[attr-defined]
            rows.append(row)
        setattr(instance, name, rows)

    @staticmethod
    def _key(
        instance: models.Model, name: str, values: dict[str, Any], before: list[Any]
    ) -> uuid.UUID:
        """A lasting key from the row's own text, for rows without one in the file."""
        text = json.dumps(values, sort_keys=True, default=str)
        slug = instance.slug if isinstance(instance, EditorialModel) else ""
        taken = {row.key for row in before}
        # Rows of the same text are told apart by their number.
        keys = (uuid.uuid5(_KEYS, f"{slug}/{name}/{text}/{number}") for number in count())
        return next(key for key in keys if key not in taken)
