"""How far an entry is to be trusted today: its clinical review, and a safety notice put on it.

What is kept in memory holds dates and not answers: a notice runs out, and a review falls due, on
a day on which nobody publishes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tgsite.editorial.gathering import Gathered, part

REVIEW_COLUMNS = ("reviewed_on", "review_due")
NOTICE_COLUMNS = (
    "safety_notice",
    "safety_notice_source",
    "safety_notice_url",
    "safety_notice_since",
    "safety_notice_until",
)


@dataclass(frozen=True)
class SafetyNotice:
    """A dated warning that stands beside an entry's text. ``url`` of its source may be empty.

    ``until`` is the last day on which it is shown; there is none once a clinician confirmed it.
    """

    text: str
    source: str
    url: str
    since: date | None
    until: date | None

    @property
    def is_confirmed(self) -> bool:
        """Whether a clinician confirmed it."""
        return self.until is None

    def is_shown_on(self, day: date) -> bool:
        """Whether readers see it on ``day``."""
        return self.until is None or day <= self.until


@dataclass(frozen=True)
class Standing:
    """The review of a live entry, if there ever was one, and its safety notice, if it has one."""

    reviewed_on: date | None = None
    review_due: date | None = None
    notice: SafetyNotice | None = None

    def active_notice(self, today: date) -> SafetyNotice | None:
        """The safety notice that readers see today."""
        return self.notice if self.notice and self.notice.is_shown_on(today) else None


UNKNOWN = Standing()


def standing_parts(rows: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    """The shares of one kind of entry, ``rows``, in what is gathered; read by ``standings``."""
    kind = rows.model._meta.label
    yield part(f"review {kind}", rows.filter(reviewed_on__isnull=False), "id", *REVIEW_COLUMNS)
    yield part(f"notice {kind}", rows.exclude(safety_notice=""), "id", *NOTICE_COLUMNS)


def standings(gathered: Gathered, kind: str) -> dict[int, Standing]:
    """Id -> standing, of those entries of ``kind`` (a model's label) that have any to tell."""
    reviews = {
        pk: (_day(reviewed), _day(due))
        for pk, reviewed, due, *_none in gathered.part(f"review {kind}")
    }
    notices = {
        pk: SafetyNotice(text, source, url, _day(since), _day(until))
        for pk, text, source, url, since, until in gathered.part(f"notice {kind}")
    }
    return {
        pk: Standing(*reviews.get(pk, (None, None)), notices.get(pk))
        for pk in reviews.keys() | notices.keys()
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
