"""The starter content in a test's database: loaded once a process, then copied."""

from __future__ import annotations

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tgsite.editorial.content import Outcome, kinds, load

# Every model -> its rows as they stand in the table of that model.
Rows = dict[type[models.Model], list[models.Model]]
_guide: Rows = {}
_outcome: list[Outcome] = []


def publish_starter_content() -> Outcome:
    """The starter content, live, in a database that holds what the migrations wrote."""
    if _guide:
        fill(_guide)
    else:
        _outcome.append(load(kinds(), live=True))
        _guide.update(all_rows())
    return _outcome[0]


def all_rows() -> Rows:
    """What the database holds."""
    return {
        model: list(model._base_manager.all())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def fill(rows: Rows) -> None:
    """Make ``rows`` all that the database holds, without signals: they were followed before."""
    with transaction.atomic():
        for model in rows:
            model._base_manager.all()._raw_delete(connection.alias)
        for model, found in rows.items():
            fields = [one for one in model._meta.local_concrete_fields if not one.generated]
            size = connection.ops.bulk_batch_size(fields, found) or 1
            for start in range(0, len(found), size):
                batch = found[start : start + size]
                model._base_manager._insert(batch, fields, raw=True, using=connection.alias)
        # PostgreSQL counts ids apart from the rows: the next one would be one that is taken.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
