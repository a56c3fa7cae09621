"""The starter content in a test's database: loaded once a process, then copied."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

# All rows as text, once they were loaded.
_written_down: list[str] = []


def publish_starter_content() -> None:
    """The starter content, live, in a database that holds what the migrations wrote."""
    if _written_down:
        fill(_written_down[0])
    else:
        call_command("load_content", live_unreviewed=True, verbosity=0)
        _written_down.append(connection.creation.serialize_db_to_string())


def fill(rows: str) -> None:
    """Write rows that were written down as text."""
    connection.creation.deserialize_db_from_string(rows)
    # PostgreSQL counts ids apart from the rows: the next one would be one that is taken.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
