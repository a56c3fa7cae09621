"""After a publication: which other pages have to be read again, and when that is done."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from tgsite.editorial.dependents import DependentPage, dependent_pages, has_dependents
from tgsite.editorial.models.mending import PageToMend
from tgsite.editorial.texts import passages, sentences

# Type and id of a page.
Key = tuple[int, int]


def follow(entry: Any, before: Revision | None) -> None:
    """Keep the list true after ``entry`` became live; ``before`` was live until then, if any.

    To be called in the transaction of the publication, before the content has a new version.
    """
    _leave_out_what_is_mended(entry)
    if before is not None and has_dependents(type(entry)):
        _find_pages(entry, before)


def pages_to_mend() -> list[tuple[PageToMend, Any, Any]]:
    """Every row with its live page and what changed; a page off the site waits for its return."""
    rows = list(PageToMend.objects.prefetch_related("entry", "source"))
    return [(row, row.entry, row.source) for row in rows if row.entry and row.entry.live]


def nothing_to_change(row: PageToMend, user: Any) -> None:
    """Somebody read the page and found it right."""
    log(row.entry, "editorial.nothing-to-mend", user=user, data={"source": str(row.source)})
    row.delete()


def _leave_out_what_is_mended(page: Any) -> None:
    """A sentence that no longer stands on the page is mended."""
    rows = list(PageToMend.of(page))
    if not rows:
        return
    said = {sentence for passage in passages(page) for sentence in sentences(passage.text)}
    for row in rows:
        row.lines = [line for line in row.lines if line["sentence"] in said]
        if row.lines:
            row.save(update_fields=["lines"])
        else:
            row.delete()


def _find_pages(entry: Any, before: Revision) -> None:
    """The pages that rest on what changed; each is compared with the facts it last agreed with."""
    waiting = {
        (row.content_type_id, row.object_id): row
        for row in PageToMend.because_of(entry).select_related("basis")
    }
    after = entry.live_revision.as_object()
    found: dict[Key, PageToMend] = {}
    for basis in {row.basis for row in waiting.values()} | {before}:
        for page in dependent_pages(basis.as_object(), after):
            key = (ContentType.objects.get_for_model(page.model).pk, page.pk)
            row = waiting.get(key)
            if basis == (row.basis if row else before):
                found[key] = row or _row(entry, key, basis)
                found[key].lines = _lines(page)
    for key in waiting.keys() - found.keys():
        waiting[key].delete()
    for row in found.values():
        row.save()


def _row(entry: Any, key: Key, basis: Revision) -> PageToMend:
    source_type = ContentType.objects.get_for_model(entry)
    return PageToMend(
        content_type_id=key[0],
        object_id=key[1],
        source_type=source_type,
        source_id=entry.pk,
        basis=basis,
        since=timezone.now(),
    )


def _lines(page: DependentPage) -> list[dict[str, str]]:
    return [asdict(line) for line in page.lines]
