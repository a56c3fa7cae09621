"""Writes the table that search reads: one row for each live entry, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import models, transaction

from tgsite.editorial.models import ContentVersion, EditorialModel
from tgsite.search import full_text
from tgsite.search.models import SearchDocument
from tgsite.search.registry import Findable, Kind, kind_of, kinds
from tgsite.search.words import stem, words


def write(entry: models.Model) -> None:
    """Make ``entry`` found as its row and its children in the database are now."""
    kind = kind_of(type(entry))
    if kind is not None:
        entry_id = entry.pk
        SearchDocument.objects.update_or_create(
            kind=kind.code, entry_id=entry_id, defaults=_columns(entry, kind)
        )


def remove(entry: models.Model) -> None:
    """Make ``entry`` found no more."""
    kind = kind_of(type(entry))
    if kind is not None:
        SearchDocument.objects.filter(kind=kind.code, entry_id=entry.pk).delete()


def rebuild() -> int:
    """Write the whole table anew, in one transaction; returns the number of rows."""
    with transaction.atomic():
        full_text.mend()
        SearchDocument.objects.all().delete()
        made = SearchDocument.objects.bulk_create(
            SearchDocument(kind=kind.code, entry_id=entry.pk, **_columns(entry, kind))
            for kind in kinds()
            for entry in _live(kind.model)
        )
        ContentVersion.advance()
    return len(made)


def _live(model: type[models.Model]) -> Iterable[Any]:
    rows = model._default_manager.order_by("pk")
    return rows.filter(live=True) if issubclass(model, EditorialModel) else rows


def _columns(entry: Any, kind: Kind) -> dict[str, Any]:
    found = kind.findable(entry)
    title = words(f"{found.title} {found.subtitle}")
    names = words("\n".join((*found.names, *found.aliases)))
    passages = _passages(found)
    body = [words(passage) for passage in passages]
    return {
        "slug": entry.slug,
        "url": found.url,
        "title": found.title,
        "subtitle": found.subtitle,
        "summary": found.summary,
        "names": "\n".join(found.names),
        "aliases": "\n".join(found.aliases),
        "body": "\n".join(passages),
        "extra": found.extra,
        "words": " ".join(sorted({*title, *names, *chain.from_iterable(body)})),
        "title_stems": _stems(title),
        "names_stems": _stems(names),
        "body_stems": "\n".join(map(_stems, body)),
        "reviewed_on": getattr(entry, "reviewed_on", None),
        "review_due": getattr(entry, "review_due", None),
    }


def _passages(found: Findable) -> list[str]:
    """The text of the page, the summary first, each passage once."""
    lines = chain.from_iterable(part.splitlines() for part in (found.summary, *found.body))
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _stems(found: Iterable[str]) -> str:
    return " ".join(stem(word) for word in found)
