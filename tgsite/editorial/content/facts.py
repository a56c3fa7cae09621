"""What a file says of an entry beside its text: its review, its publications, its addresses.

Readers see these facts too, so an export carries them; an import believes them only on the
command line, and only for an entry that it adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.validators import slug_re
from django.db import models
from django.utils import timezone

from tgsite.editorial import safety
from tgsite.editorial.content.streams import BROKEN, has_broken_text
from tgsite.editorial.models import EditorialModel, Publication, PublishedSlug, SignOff
from tgsite.editorial.plain import clinical_digest

KEYS = ("live", "review", "published", "old_addresses", "log", "safety_notice", "schedule")
# Of a log: what became of a notice.
_NOTICES = (
    Publication.Kind.NOTICE,
    Publication.Kind.NOTICE_REVIEWED,
    Publication.Kind.NOTICE_ENDED,
)
_Faults = list[tuple[str, str]]


@dataclass(frozen=True)
class Review:
    """A signature: the reviewer's slug, its day, the next review, the digest of the signed text."""

    by: str
    on: date
    due: date
    digest: str


@dataclass(frozen=True)
class LogLine:
    """One change of the public page, as the list of updates shows it."""

    at: datetime
    kind: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """The facts of one entry; ``live`` is false of what readers may not see."""

    live: bool = True
    review: Review | None = None
    first: datetime | None = None
    last: datetime | None = None
    old_addresses: tuple[str, ...] = ()
    log: tuple[LogLine, ...] = ()
    # Column of the row -> value.
    safety_notice: dict[str, Any] = field(default_factory=dict)
    go_live_at: datetime | None = None
    expire_at: datetime | None = None


# --- To a file


def written(row: EditorialModel, text: EditorialModel, name_of: Callable[[Any], str]) -> Any:
    """The facts of ``row`` as its file says them; ``text`` is the text that is exported."""
    found: dict[str, Any] = {} if row.live else {"live": False}
    review = _review(row, text, name_of)
    if review:
        found["review"] = review
    published = {
        "first": _moment(row.first_published_at),
        "last": _moment(row.last_published_at),
    }
    if any(published.values()):
        found["published"] = {name: value for name, value in published.items() if value}
    planned = _schedule(row, text, review)
    if planned:
        found["schedule"] = planned
    addresses = PublishedSlug.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=row.pk
    )
    if row.live:
        addresses = addresses.exclude(slug=row.slug)
    found["old_addresses"] = sorted(addresses.values_list("slug", flat=True))
    found["log"] = [
        {"at": _moment(one.at), "kind": one.kind, "name": one.name}
        | ({"note": one.note} if one.note else {})
        for one in Publication.of(row).order_by("at", "pk")
    ]
    if row.safety_notice:
        notice = {
            "text": row.safety_notice,
            "source": row.safety_notice_source,
            "url": row.safety_notice_url,
            "since": _day(row.safety_notice_since),
            "until": _day(row.safety_notice_until),
        }
        found["safety_notice"] = {name: value for name, value in notice.items() if value}
    return {name: value for name, value in found.items() if value != []}


def _review(row: EditorialModel, text: EditorialModel, name_of: Callable[[Any], str]) -> Any:
    """The signature that the exported text carries."""
    if row.live:
        # The gate let the live text through under it, small corrections included.
        by, on, due = row.reviewed_by, row.reviewed_on, row.review_due
    else:
        last = SignOff.last_of(row)
        if last is None or last.digest != clinical_digest(text):
            return None
        by, on, due = last.reviewer, timezone.localdate(last.signed_at), last.due
    if by is None:
        return None
    return {
        "by": name_of(by),
        "on": _day(on),
        "due": _day(due),
        "digest": clinical_digest(text, name_of),
    }


def _schedule(row: EditorialModel, text: EditorialModel, review: Any) -> dict[str, str]:
    """When the live text leaves; when the approved one that is exported comes, and leaves."""
    go_live_at = None if row.live or not review else approved_for(row)
    expire_at = row.expire_at if row.live else go_live_at and text.expire_at
    moments = {"go_live_at": _moment(go_live_at), "expire_at": _moment(expire_at)}
    return {name: value for name, value in moments.items() if value}


def approved_for(row: EditorialModel) -> datetime | None:
    """The moment for which the newest text of ``row`` is approved."""
    revision = row.latest_revision
    return revision.approved_go_live_at if revision else None


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(timezone.get_fixed_timezone(0)).isoformat() if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


# --- From a file


def read(values: dict[str, Any]) -> tuple[Facts, _Faults]:
    """The facts in an entry's mapping, and pairs of a field's place and words for what is wrong."""
    faults: _Faults = []
    reader = _Reader(faults)
    live = values.get("live", True)
    if not isinstance(live, bool):
        faults.append(("live", "write true or false"))
        live = False
    published = reader.parts(values, "published", {"first", "last"})
    planned = reader.parts(values, "schedule", {"go_live_at", "expire_at"})
    facts = Facts(
        live=live,
        review=reader.review(values),
        first=reader.moment(published, "published", "first"),
        last=reader.moment(published, "published", "last"),
        old_addresses=reader.addresses(values),
        log=reader.log(values),
        safety_notice=reader.notice(values),
        go_live_at=reader.moment(planned, "schedule", "go_live_at", planned=True),
        expire_at=reader.moment(planned, "schedule", "expire_at", planned=True),
    )
    if facts.go_live_at and (facts.live or not facts.review):
        faults.append(("schedule, go_live_at", "only a reviewed text that is not live has it"))
    if facts.go_live_at and facts.expire_at and facts.expire_at <= facts.go_live_at:
        faults.append(("schedule, expire_at", "this is before it goes live"))
    # Only a clinician takes the end away: the notice lost it at a confirmation.
    endless = facts.safety_notice and "until" not in values["safety_notice"]
    if endless and not (facts.review or _has_confirmed(facts.log)):
        faults.append(("safety_notice", "until is missing: no clinician confirmed this notice"))
    return facts, faults


def _has_confirmed(log: Iterable[LogLine]) -> bool:
    """Whether a clinician confirmed the last notice that the log tells of."""
    told = [line.kind for line in log if line.kind in _NOTICES]
    return told[-1:] == [Publication.Kind.NOTICE_REVIEWED]


def _wrong_end(since: date, until: date) -> str:
    last = since + timedelta(days=safety.NOTICE_DAYS)
    return "" if since <= until <= last else f"write a day from {since} to {last}"


class _Reader:
    """Reads parts of an entry's mapping and notes what cannot be read."""

    def __init__(self, faults: _Faults) -> None:
        self.faults = faults

    def parts(self, values: dict[str, Any], name: str, known: set[str]) -> dict[str, str]:
        """The mapping of texts ``name``; empty when it is left out or wrong."""
        found = values.get(name)
        return {} if found is None else self._texts(found, name, known)

    def _texts(self, found: Any, place: str, known: set[str]) -> dict[str, str]:
        if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
            self.faults.append((place, "write a mapping of texts"))
            return {}
        for name in sorted(set(found) - known):
            self.faults.append((f"{place}, {name}", "there is no such part"))
        for name, text in found.items():
            if has_broken_text(text):
                self.faults.append((f"{place}, {name}", BROKEN))
        return found

    def review(self, values: dict[str, Any]) -> Review | None:
        """The signature, if it is whole."""
        names = {"by", "on", "due", "digest"}
        found = self.parts(values, "review", names)
        if not found:
            if isinstance(values.get("review"), dict):
                self.faults.append(("review", "write by, on, due and digest"))
            return None
        missing = sorted(names - set(found))
        if missing:
            self.faults.append(("review", f"{', '.join(missing)} missing"))
            return None
        on, due = self.day(found, "review", "on"), self.day(found, "review", "due")
        if on is None or due is None:
            return None
        return Review(found["by"], on, due, found["digest"])

    def day(self, found: dict[str, str], place: str, name: str) -> date | None:
        """A day of the calendar."""
        if name not in found:
            return None
        try:
            return date.fromisoformat(found[name])
        except ValueError:
            self.faults.append((f"{place}, {name}", "write a day as 2026-05-15"))
            return None

    def moment(
        self, found: dict[str, str], place: str, name: str, *, planned: bool = False
    ) -> datetime | None:
        """A day and time with its zone; not in the future, unless it is ``planned``."""
        if name not in found:
            return None
        try:
            moment = datetime.fromisoformat(found[name])
        except ValueError:
            moment = datetime.max
        if timezone.is_naive(moment) or moment.year < 1900:
            self.faults.append((f"{place}, {name}", "write a moment: 2026-05-15T12:00:00+00:00"))
            return None
        if not planned and moment > timezone.now():
            self.faults.append((f"{place}, {name}", "this is in the future"))
        return moment

    def addresses(self, values: dict[str, Any]) -> tuple[str, ...]:
        """The slugs under which it was ever published, but for today's."""
        found = values.get("old_addresses") or []
        if not isinstance(found, list) or not all(
            isinstance(one, str) and slug_re.match(one) and len(one) <= 80 for one in found
        ):
            self.faults.append(("old_addresses", "write a list of slugs"))
            return ()
        return tuple(found)

    def log(self, values: dict[str, Any]) -> tuple[LogLine, ...]:
        """The publications, oldest first."""
        found = values.get("log") or []
        if not isinstance(found, list):
            self.faults.append(("log", "write a list"))
            return ()
        lines = [self._line(one, f"log {number}") for number, one in enumerate(found, start=1)]
        return tuple(line for line in lines if line)

    def _line(self, found: Any, place: str) -> LogLine | None:
        line = self._texts(found, place, {"at", "kind", "name", "note"})
        at = self.moment(line, place, "at")
        name, note, kind = line.get("name", ""), line.get("note", ""), line.get("kind", "")
        if kind not in Publication.Kind.values or len(name) > 250 or len(note) > 400:
            self.faults.append((place, "write at, kind, name and note as an export has them"))
            return None
        if at is None:
            self.faults.append((f"{place}, at", "write when it was"))
            return None
        return LogLine(at, kind, name, note)

    def notice(self, values: dict[str, Any]) -> dict[str, Any]:
        """The columns of a safety notice."""
        place = "safety_notice"
        found = self.parts(values, place, {"text", "source", "url", "since", "until"})
        if not found:
            return {}
        since, until = self.day(found, place, "since"), self.day(found, place, "until")
        if not found.get("text") or not found.get("source") or since is None:
            self.faults.append((place, "a notice has text, source and since"))
            return {}
        text, source = safety.plain(found["text"]), safety.plain(found["source"])
        url = found.get("url", "").strip()
        wrong = {
            "text": safety.wrong_text(text),
            "source": safety.wrong_source(source),
            "url": safety.wrong_url(url),
            "since": "this is in the future" if since > timezone.localdate() else "",
            "until": _wrong_end(since, until) if until else "",
        }
        self.faults.extend((f"{place}, {name}", words) for name, words in wrong.items() if words)
        return {
            "safety_notice": text,
            "safety_notice_source": source,
            "safety_notice_url": url,
            "safety_notice_since": since,
            "safety_notice_until": until,
        }


# --- To the database


def shown(facts: Facts) -> dict[str, str]:
    """What will happen by the calendar, for whoever decides on an import: place -> moment."""
    planned = {"go_live_at": facts.go_live_at, "expire_at": facts.expire_at}
    return {f"schedule, {name}": str(_moment(at)) for name, at in planned.items() if at}


def plan(entry: EditorialModel, facts: Facts) -> None:
    """Put the days to come on an entry that is added, before its text is saved."""
    entry.go_live_at, entry.expire_at = facts.go_live_at, facts.expire_at


def keep_addresses(entry: models.Model, facts: Facts) -> None:
    """Lead the old addresses to an entry that is being added; one that is taken stays as it is."""
    for slug in facts.old_addresses:
        PublishedSlug.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(entry),
            slug=slug,
            defaults={"object_id": entry.pk},
        )


def restore(entry: EditorialModel, facts: Facts) -> None:
    """Put the facts on an entry that was just added, in the caller's transaction."""
    columns: dict[str, Any] = dict(facts.safety_notice)
    if facts.first:
        columns["first_published_at"] = facts.first
    if facts.last:
        columns["last_published_at"] = facts.last
    if columns:
        type(entry).objects.filter(pk=entry.pk).update(**columns)
    if facts.go_live_at:
        # The gate decides on its day, as for every text that waits.
        waiting = entry.revisions.filter(pk=entry.latest_revision_id)
        waiting.update(approved_go_live_at=facts.go_live_at)
    if facts.log:
        # What the log says stands in the place of this import's own publication.
        Publication.of(entry).delete()
        for line in facts.log:
            Publication.objects.create(
                entry=entry, at=line.at, kind=line.kind, name=line.name, note=line.note
            )
