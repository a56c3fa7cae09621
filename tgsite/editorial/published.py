"""An entry with all its rows as they were published, for a fixed number of queries.

The live revision holds the whole published text in one row. Reading it costs one query; reading
the child tables would cost one a table. A page names people and other entries from memory: links
to entries carry their ids alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

from tgsite.editorial.models import Contributor, EditorialModel
from tgsite.editorial.site import people

Entry = TypeVar("Entry", bound=EditorialModel)
# Where a many-to-many stood: the instance, the field's name, the model it leads to, the ids.
Link = tuple[models.Model, str, type[models.Model], list[int]]


def as_published(entry: Entry) -> Entry:
    """A copy of the live ``entry`` with its rows and links in memory, for showing only.

    ``entry`` comes with ``live_revision`` selected. An entry without a live revision (made by
    other means than publication) is returned as it is.
    """
    if entry.live_revision is None:
        return entry
    content = entry.live_revision.content
    ids = _take_links(type(entry), content)
    copy = type(entry).from_serializable_data(content, check_fks=False)
    for field in entry._meta.concrete_fields:
        # The row is the record of what is live and reviewed; the revision holds the text.
        if field.name in entry.PUBLICATION_FIELDS:
            setattr(copy, field.attname, getattr(entry, field.attname))
            if field.is_relation and field.is_cached(entry):
                # The reviewer came with the row: asking again would cost a query.
                setattr(copy, field.name, getattr(entry, field.name))
    links = list(_links(copy, ids))
    related = _related(links)
    for instance, name, model, pks in links:
        setattr(instance, name, [related[model][pk] for pk in pks if pk in related[model]])
    return copy


def _take_links(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """Take the ids of many-to-many fields out of ``content``: the library asks for each alone."""
    taken: dict[str, Any] = {
        field.name: content.pop(field.name, []) for field in get_all_child_m2m_relations(model)
    }
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        taken[name] = [_take_links(relation.related_model, row) for row in content.get(name, [])]
    return taken


def _links(instance: models.Model, ids: dict[str, Any]) -> Iterator[Link]:
    for field in get_all_child_m2m_relations(type(instance)):
        yield instance, field.name, field.related_model, ids[field.name]
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        rows = getattr(instance, name).get_object_list()
        for row, row_ids in zip(rows, ids[name], strict=True):
            yield from _links(row, row_ids)


def _related(links: list[Link]) -> dict[type[models.Model], Mapping[int, models.Model]]:
    """Model -> id -> instance: no query for people, nor for entries, of which the id suffices."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for _instance, _name, model, pks in links:
        wanted[model].update(pks)
    return {model: _instances(model, ids) for model, ids in wanted.items()}


def _instances(model: type[models.Model], ids: set[int]) -> Mapping[int, models.Model]:
    if issubclass(model, EditorialModel):
        # A plain instance: rows are sorted by its columns, which must ask nothing.
        return {pk: model(pk=pk) for pk in ids}
    if model is Contributor:
        return people()
    return {row.pk: row for row in model._default_manager.filter(pk__in=ids)} if ids else {}
