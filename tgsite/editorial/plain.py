"""An entry as plain values: what files, digests, comparisons and checks are made from."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.functional import Promise
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from tgsite.editorial.fields import ChoiceSetField, KeyField, LinesField

_BOOKKEEPING = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin)
    for field in mixin._meta.local_fields
} | {"sort_order"}
# Everything else is clinical (design, section 7). The note on a change comes with the publication.
NOT_CLINICAL = frozenset({"slug", "search_aliases", "internal_notes", "change_note"})

# A linked entry -> how it is named.
NameOf = Callable[[Any], str]


def _slug(entry: Any) -> str:
    return str(entry.slug)


def content_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The fields that carry content: no ids, no bookkeeping, no link to a parent or an account."""
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        parental = getattr(field.remote_field, "parent_link", False) or (
            field.remote_field and type(field).__name__ == "ParentalKey"
        )
        account = field.related_model is get_user_model()
        kept = getattr(field, "serialize", True) and field.name not in _BOOKKEEPING
        if kept and not (field.primary_key or parental or account):
            yield field


def relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """The child relations: accessor name and the model of the rows."""
    for relation in get_all_child_relations(model):
        yield relation.get_accessor_name(), relation.related_model


def mapping(instance: models.Model, name_of: NameOf = _slug) -> dict[str, Any]:
    """The instance as a content file writes it: plain values, empty ones left out.

    ``name_of`` says how a linked entry is named: in a file by its slug.
    """
    found: dict[str, Any] = {}
    for field in content_fields(type(instance)):
        value = _plain(field, instance, name_of)
        if value != _empty(field):
            found[field.name] = value
    for name, _model in relations(type(instance)):
        rows = [mapping(row, name_of) for row in getattr(instance, name).all()]
        if rows:
            found[name] = rows
    return found


def by_id(entry: Any) -> str:
    """Names a linked entry within this database, so that a new slug of it is no change."""
    return str(entry.pk)


def digest(
    instance: models.Model, name_of: NameOf = by_id, without: Collection[str] = frozenset()
) -> str:
    """A fingerprint of the content, but for the fields ``without``: 64 hexadecimal digits."""
    values = mapping(instance, name_of)
    text = json.dumps(
        {name: value for name, value in values.items() if name not in without}, sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


def clinical_digest(entry: models.Model, name_of: NameOf = by_id) -> str:
    """A fingerprint of what a clinician signs: every field but those in ``NOT_CLINICAL``."""
    return digest(entry, name_of, NOT_CLINICAL)


def _empty(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, LinesField | ChoiceSetField | StreamField | models.ManyToManyField):
        return []
    default = None if isinstance(field, KeyField) else field.get_default()
    return default if default is not None else (None if field.null else "")


def _plain(field: models.Field[Any, Any], instance: models.Model, name_of: NameOf) -> Any:
    if isinstance(field, models.ManyToManyField):
        return sorted(name_of(other) for other in getattr(instance, field.name).all())
    value = getattr(instance, field.name)
    if isinstance(field, models.ForeignKey):
        return name_of(value) if value else None
    if isinstance(field, StreamField):
        return to_plain(field.stream_block, value, name_of)
    if isinstance(field, LinesField):
        return field.to_python(value).splitlines()
    if isinstance(field, ChoiceSetField):
        return list(field.to_python(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # Browsers send line ends of their own, which change nothing that anybody reads.
        return value.replace("\r\n", "\n")
    return str(value) if isinstance(value, uuid.UUID) else value


def to_plain(block: blocks.Block, value: Any, name_of: NameOf) -> Any:
    """The value of ``block`` as a content file writes it; empty parts of a mapping left out."""
    if isinstance(block, blocks.StreamBlock):
        return [{child.block_type: to_plain(child.block, child.value, name_of)} for child in value]
    if isinstance(block, blocks.StructBlock):
        parts = {
            name: to_plain(child, value.get(name), name_of)
            for name, child in block.child_blocks.items()
        }
        return {name: part for name, part in parts.items() if part not in ("", None, [])}
    if isinstance(block, blocks.ListBlock):
        return [to_plain(block.child_block, item, name_of) for item in value or ()]
    if isinstance(block, ChooserBlock):
        return name_of(value) if value else None
    if isinstance(block, TypedTableBlock):
        stored = block.get_prep_value(block.normalize(value))
        return {
            "caption": stored["caption"],
            "columns": [column["heading"] for column in stored["columns"]],
            "rows": [row["values"] for row in stored["rows"]],
        }
    plain = block.get_prep_value(block.normalize(value))
    # The default of a block may wait for a language.
    return str(plain) if isinstance(plain, Promise) else plain
