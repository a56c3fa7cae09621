"""The database's full-text index: SQLite's FTS5, or PostgreSQL's, behind one function.

Both get stems that `tgsite.search.words` made, as plain words: neither stems or drops any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

# How much a word counts in title, names and body.
SQLITE_WEIGHTS = "10.0, 5.0, 1.0"
LONG_ENOUGH = 3
POSTGRES_WEIGHTS = "'{0.1, 0.1, 0.5, 1.0}'"


@dataclass(frozen=True)
class Hit:
    """A row that has some of the words: its id, whether all of them, and side by side."""

    pk: int
    has_all: bool
    has_phrase: bool
    body: str
    body_stems: str


def find(stems: Sequence[str], phrase: Sequence[str], kinds: Iterable[str], most: int) -> list[Hit]:
    """Rows of ``kinds`` with any of ``stems``: whole phrase first, then all words, then by rank."""
    kinds = list(kinds)
    if not stems or not phrase or not kinds:
        return []
    each = list(dict.fromkeys(stems))
    # Two letters alone are in too many names: they count beside longer words only.
    long = [stem for stem in each if len(stem) >= LONG_ENOUGH]
    sql, parameters = _question(each, list(phrase), long or each, kinds)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*parameters, *kinds, most])
        return [Hit(pk, bool(all_), bool(phrase), *texts) for pk, all_, phrase, *texts in cursor]


def having_all(stems: Iterable[str], kind: str) -> list[int]:
    """The ids of the entries of ``kind`` that have all of ``stems``."""
    each = list(dict.fromkeys(stems))
    if not each:
        return []
    is_postgres = connection.vendor == "postgresql"
    asked = _join(each, " & ") if is_postgres else _join(each, " AND ", '"')
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES_ALL if is_postgres else _SQLITE_ALL, [asked, kind])
        return [entry_id for (entry_id,) in cursor]


def _question(
    each: list[str], phrase: list[str], some: list[str], kinds: list[str]
) -> tuple[str, list[Any]]:
    places = ", ".join(["%s"] * len(kinds))
    if connection.vendor == "postgresql":
        return _POSTGRES % {"kinds": places}, [
            _join(each, " & "),
            _join(phrase, " <-> "),
            _join(some, " | "),
        ]
    return _SQLITE % {"kinds": places}, [
        _join(each, " AND ", '"'),
        f'"{" ".join(phrase)}"',
        _join(some, " OR ", '"'),
    ]


def _join(stems: list[str], operator: str, quote: str = "'") -> str:
    """Stems hold letters and digits only, so nothing in them can be an operator."""
    return operator.join(f"{quote}{stem}{quote}" for stem in stems)


_SQLITE = f"""
SELECT document.id,
    document.id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %%s) AS has_all,
    document.id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %%s) AS phrase,
    document.body, document.body_stems
FROM search_fulltext JOIN search_searchdocument AS document ON document.id = search_fulltext.rowid
WHERE search_fulltext MATCH %%s AND document.kind IN (%(kinds)s)
ORDER BY phrase DESC, has_all DESC, bm25(search_fulltext, {SQLITE_WEIGHTS}), document.id
"""  # noqa: S608 - constants only

_POSTGRES = f"""
SELECT document.id,
    document.full_text @@ every_word AS has_all,
    document.full_text @@ side_by_side AS phrase,
    document.body, document.body_stems
FROM search_searchdocument AS document,
    to_tsquery('simple', %%s) AS every_word,
    to_tsquery('simple', %%s) AS side_by_side,
    to_tsquery('simple', %%s) AS any_word
WHERE document.full_text @@ any_word AND document.kind IN (%(kinds)s)
ORDER BY phrase DESC, has_all DESC,
    ts_rank({POSTGRES_WEIGHTS}, document.full_text, any_word, 1) DESC, document.id
"""  # noqa: S608 - constants only


_SQLITE_ALL = """
SELECT entry_id FROM search_searchdocument
WHERE id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s) AND kind = %s
"""
_POSTGRES_ALL = """
SELECT entry_id FROM search_searchdocument
WHERE full_text @@ to_tsquery('simple', %s) AND kind = %s
"""


def install(schema_editor: Any) -> None:
    """Make the index; it follows every later change of the table."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def mend() -> None:
    """Make the index anew from the table, should a damaged file have parted them."""
    for statement in _MEND[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def uninstall(schema_editor: Any) -> None:
    """Take the index away."""
    for statement in _UNINSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


_COLUMNS = ("title_stems", "names_stems", "body_stems")
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _COLUMNS) for row in ("old", "new"))
_INTO = f"INSERT INTO search_fulltext(search_fulltext, rowid, {', '.join(_COLUMNS)})"
_ADD = f"INSERT INTO search_fulltext(rowid, {', '.join(_COLUMNS)}) VALUES (new.id, {_NEW});"  # noqa: S608 - constants only
_DROP = f"{_INTO} VALUES ('delete', old.id, {_OLD});"
# Rows that are there already; a row that the index does not know could not be taken out of it.
_MEND = {
    "sqlite": ("INSERT INTO search_fulltext(search_fulltext) VALUES ('rebuild')",),
    "postgresql": (),
}
_INSTALL = {
    "sqlite": (
        # The words stand in the table only; the index refers to its rows.
        f"CREATE VIRTUAL TABLE search_fulltext USING fts5({', '.join(_COLUMNS)}, "
        "content='search_searchdocument', content_rowid='id', tokenize='unicode61')",
        "CREATE TRIGGER search_fulltext_added AFTER INSERT ON search_searchdocument "
        f"BEGIN {_ADD} END",
        "CREATE TRIGGER search_fulltext_deleted AFTER DELETE ON search_searchdocument "
        f"BEGIN {_DROP} END",
        "CREATE TRIGGER search_fulltext_changed AFTER UPDATE ON search_searchdocument "
        f"BEGIN {_DROP} {_ADD} END",
        *_MEND["sqlite"],
    ),
    "postgresql": (
        "ALTER TABLE search_searchdocument ADD COLUMN full_text tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title_stems), 'A') || "
        # A word of its own parts the columns: no phrase begins in one and ends in the next.
        "setweight(to_tsvector('simple', 'xx ' || names_stems), 'B') || "
        "setweight(to_tsvector('simple', 'xx ' || body_stems), 'D')) STORED",
        "CREATE INDEX search_fulltext ON search_searchdocument USING gin (full_text)",
    ),
}
_UNINSTALL = {
    "sqlite": (
        "DROP TRIGGER search_fulltext_added",
        "DROP TRIGGER search_fulltext_deleted",
        "DROP TRIGGER search_fulltext_changed",
        "DROP TABLE search_fulltext",
    ),
    "postgresql": ("ALTER TABLE search_searchdocument DROP COLUMN full_text",),
}
