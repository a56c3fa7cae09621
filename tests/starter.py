"""The starter content in a test's database: loaded once, then copied."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tgsite.editorial.content import Outcome, kinds, load

# Every model -> its rows as they stand in the table of that model.
Rows = dict[type[models.Model], list[models.Model]]
# What the loading said, and what the database held after it; nothing before the first one.
_loaded: list[tuple[Outcome, Rows]] = []
# Where one process leaves it for the others of the same run; nowhere without others.
shared: list[Path] = []


def publish_starter_content() -> Outcome:
    """The starter content, live, in a database that holds what the migrations wrote."""
    if not _loaded and shared and shared[0].exists():
        outcome, rows = pickle.loads(shared[0].read_bytes())  # noqa: S301
        _loaded.append((outcome, {apps.get_model(name): found for name, found in rows.items()}))
    if _loaded:
        fill(_loaded[0][1])
        # Another process may have numbered them in another order.
        ContentType.objects.clear_cache()
    else:
        _loaded.append((load(kinds(), live=True), all_rows()))
        _leave_for_others()
    return _loaded[0][0]


def _leave_for_others() -> None:
    outcome, rows = _loaded[0]
    # Models that Django makes by itself can only be named.
    named = {model._meta.label: found for model, found in rows.items()}
    for path in shared:
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps((outcome, named)))
        # In one step, so that nobody reads half of it.
        part.replace(path)


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
