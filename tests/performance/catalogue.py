"""Makes a catalogue of any size out of the starter medicines, in seconds.

The copies are written in bulk, without the gate that publication goes through, so this is for a
throw-away database only. Each has its own rows and its own live revision, as a published one has,
and is found by search.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import cycle, islice
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Revision

from drugs.models import Drug
from tgsite.search.index import rebuild

BATCH = 500


@transaction.atomic
def grow(total: int) -> None:
    """Add numbered copies of the live medicines, each as often as the others, up to ``total``."""
    originals = list(Drug.objects.live().order_by("pk"))
    copies_of: dict[int, list[Drug]] = {source.pk: [] for source in originals}
    for source in islice(cycle(originals), max(total - len(originals), 0)):
        made = copies_of[source.pk]
        made.append(_renumbered(source, len(made) + 1))
    Drug.objects.bulk_create(
        [copy for copies in copies_of.values() for copy in copies], batch_size=BATCH
    )
    _copy_rows(Drug, {pk: [copy.pk for copy in copies] for pk, copies in copies_of.items()})
    for source in originals:
        _publish(copies_of[source.pk], source.live_revision)
    rebuild()


def _renumbered(source: Drug, number: int) -> Drug:
    """An unsaved copy with a slug and names of its own: enhertu-7, Enhertu 7."""
    copy = _unsaved(source)
    copy.live_revision = copy.latest_revision = None
    copy.slug = f"{source.slug}-{number}"
    copy.brand_name = f"{source.brand_name} {number}"
    copy.generic_name = f"{source.generic_name} {number}"
    return copy


def _copy_rows(model: type[models.Model], copies_of: dict[int, list[int]]) -> None:
    """Copy the child rows and links of each instance of ``model``; ids of source -> copies."""
    for field in get_all_child_m2m_relations(model):
        through = field.remote_field.through
        _bulk_copy(through._default_manager, field.m2m_column_name(), copies_of)
    for relation in get_all_child_relations(model):
        rows = _bulk_copy(
            relation.related_model._default_manager, relation.field.attname, copies_of
        )
        _copy_rows(relation.related_model, rows)


def _bulk_copy(
    manager: models.Manager[Any], parent: str, copies_of: dict[int, list[int]]
) -> dict[int, list[int]]:
    """Copy the rows of each parent for its copies; ids of row -> copies of it."""
    made: dict[int, list[Any]] = {}
    for row in manager.filter(**{f"{parent}__in": list(copies_of)}):
        made[row.pk] = []
        for pk in copies_of[getattr(row, parent)]:
            copy = _unsaved(row)
            setattr(copy, parent, pk)
            made[row.pk].append(copy)
    manager.bulk_create([copy for copies in made.values() for copy in copies], batch_size=BATCH)
    return {pk: [copy.pk for copy in copies] for pk, copies in made.items()}


def _unsaved(row: Any) -> Any:
    copy = deepcopy(row)
    copy.pk, copy._state.adding = None, True
    return copy


def _publish(copies: list[Drug], source: Revision) -> None:
    """Give each copy a live revision with the text of its source's and its own names."""
    revisions = Revision.objects.bulk_create([_revision(source, copy) for copy in copies])
    for copy, revision in zip(copies, revisions, strict=True):
        copy.live_revision = copy.latest_revision = revision
    Drug.objects.bulk_update(copies, ["live_revision", "latest_revision"])


def _revision(source: Revision, copy: Drug) -> Revision:
    content = dict(source.content)
    content.update(
        pk=copy.pk, slug=copy.slug, brand_name=copy.brand_name, generic_name=copy.generic_name
    )
    return Revision(
        content_type_id=source.content_type_id,
        base_content_type_id=source.base_content_type_id,
        object_id=str(copy.pk),
        object_str=str(copy),
        created_at=source.created_at,
        content=content,
    )
