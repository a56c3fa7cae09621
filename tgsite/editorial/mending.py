"""After a publication: which other pages have to be read again, and when that is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from tgsite.editorial.dependents import Line, Told, dependent_pages, has_dependents
from tgsite.editorial.models.mending import PageToMend
from tgsite.editorial.models.review import Publication
from tgsite.editorial.texts import passages, sentences

# Type and id of a page.
Key = tuple[int, int]


@dataclass(frozen=True)
class Waiting(Told):
    """Why a page is to be mended, and which of its sentences."""

    because_of: str
    lines: tuple[Line, ...]


def follow(entry: Any, before: Revision | None) -> None:
    """Keep the list true after ``entry`` became live; ``before`` was live until then, if any.

    To be called in the transaction of the publication, after its record and before the content
    has a new version.
    """
    _leave_out_what_is_mended(entry)
    if has_dependents(type(entry)):
        before = before or _before_it_was_off(entry)
        if before is not None:
            _find_pages(entry, before)


def pages_to_mend() -> list[tuple[PageToMend, Any, Any]]:
    """Every row with its live page and what changed; a page off the site waits for its return."""
    rows = list(PageToMend.objects.prefetch_related("entry", "source"))
    return [(row, row.entry, row.source) for row in rows if row.entry and row.entry.live]


def waiting_in(page: Any, text: Any) -> list[Waiting]:
    """What is to be mended in ``text``, a draft of ``page``."""
    rows = PageToMend.of(page).prefetch_related("source")
    found = [Waiting(str(row.source), _still_in(text, lines_of(row))) for row in rows]
    return [one for one in found if one.lines]


def lines_of(row: PageToMend) -> tuple[Line, ...]:
    """Its sentences."""
    return tuple(Line(**line) for line in row.lines)


def nothing_to_change(row: PageToMend, user: Any) -> None:
    """Somebody read the page and found it right."""
    log(row.entry, "editorial.nothing-to-mend", user=user, data={"source": str(row.source)})
    row.delete()


def forget(entry: Any) -> None:
    """``entry`` is deleted: nothing of it, or because of it, is left to mend."""
    PageToMend.of(entry).delete()
    PageToMend.because_of(entry).delete()


def _before_it_was_off(entry: Any) -> Revision | None:
    """What readers had last of an entry that was off the site until now."""
    records = Publication.of(entry).exclude(revision=None).select_related("revision")
    earlier = records.exclude(revision=entry.live_revision_id).first()
    return earlier and earlier.revision


def _leave_out_what_is_mended(page: Any) -> None:
    """A sentence that no longer stands on the page is mended."""
    for row in PageToMend.of(page):
        _keep(row, _still_in(page, lines_of(row)))


def _still_in(text: Any, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    said = {
        (passage.head, sentence)
        for passage in passages(text)
        for sentence in sentences(passage.text)
    }
    return tuple(line for line in lines if line.key in said)


def _find_pages(entry: Any, before: Revision) -> None:
    """The pages that rest on what changed.

    A sentence that waits already is judged by the facts that it was last in accord with: if they
    are back, it waits no more.
    """
    after = entry.live_revision.as_object()
    changed = _pages(before, after)
    rows = list(PageToMend.because_of(entry).select_related("basis"))
    told = {basis: _pages(basis, after) for basis in {row.basis for row in rows} if basis}
    for row in rows:
        key = row.content_type_id, row.object_id
        waiting = {line.key: line for line in lines_of(row)}
        new = [line for line in changed.pop(key, ()) if line.key not in waiting]
        if row.basis:
            known = {line.key: line for line in told[row.basis].get(key, ())}
            waiting = {one: known[one] for one in waiting if one in known}
        _keep(row, [*waiting.values(), *new])
    PageToMend.objects.bulk_create(
        PageToMend(
            content_type_id=content_type_id,
            object_id=object_id,
            source_type=ContentType.objects.get_for_model(entry),
            source_id=entry.pk,
            basis=before,
            since=timezone.now(),
            lines=[asdict(line) for line in lines],
        )
        for (content_type_id, object_id), lines in changed.items()
    )


def _pages(basis: Revision, after: Any) -> dict[Key, tuple[Line, ...]]:
    return {
        (ContentType.objects.get_for_model(page.model).pk, page.pk): page.lines
        for page in dependent_pages(basis.as_object(), after)
    }


def _keep(row: PageToMend, lines: Iterable[Line]) -> None:
    row.lines = [asdict(line) for line in lines]
    if row.lines:
        row.save(update_fields=["lines"])
    else:
        row.delete()
