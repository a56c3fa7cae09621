"""What changed for readers, page by page, from the log of publications.

An update names its page as it was called on that day. Its link, and how far the page is to be
trusted, are those of today; a page that is no longer on the site has neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tgsite.editorial.listed import Listed, listed
from tgsite.editorial.models import Publication
from tgsite.editorial.standing import Standing
from tgsite.head import Crumb

NOTICE_KINDS = (Publication.Kind.NOTICE, Publication.Kind.NOTICE_REVIEWED)


# How many changes of pages that have left the site are passed over for the newest ones.
MOST_LEFT_OUT = 20


@dataclass(frozen=True)
class Update:
    """One change of one page. ``kind`` is a code of ``Publication.Kind``."""

    pk: int
    at: datetime
    kind: str
    name: str
    note: str
    entry: Listed | None

    @property
    def day(self) -> date:
        """Its day in the site's time zone."""
        return timezone.localdate(self.at)

    @property
    def kind_label(self) -> str:
        """Why the page changed, in words."""
        return str(Publication.Kind(self.kind).label)

    @property
    def is_about_a_notice(self) -> bool:
        """Whether a safety notice was put on the page or confirmed."""
        return self.kind in NOTICE_KINDS

    @property
    def is_starter(self) -> bool:
        """Whether starter content was published, which no clinician has read."""
        return self.kind == Publication.Kind.STARTER

    @property
    def url(self) -> str:
        """The page, if it is on the site today; else empty text."""
        return self.entry.url if self.entry else ""

    @property
    def standing(self) -> Standing | None:
        """How far the page is to be trusted today; nothing where it is off the site."""
        return self.entry.standing if self.entry else None

    @property
    def is_unreviewed(self) -> bool:
        """Whether the page is on the site today and no clinician ever signed it."""
        return self.standing is not None and self.standing.reviewed_on is None


@dataclass(frozen=True)
class Month:
    """The changes of one month, newest first.

    A line holds one update, or all starter content that was published on one day.
    """

    month: str
    lines: list[tuple[Update, ...]]


_COLUMNS = (
    "pk",
    "at",
    "kind",
    "name",
    "note",
    "content_type__app_label",
    "content_type__model",
    "object_id",
)


def updates(log: QuerySet[Publication]) -> list[Update]:
    """The changes in ``log``, in its order: one query."""
    return [
        Update(pk, at, kind, name, note, listed(f"{app}.{model}", entry))
        for pk, at, kind, name, note, app, model, entry in log.values_list(*_COLUMNS)
    ]


def months_with_changes() -> list[datetime]:
    """The first moment of each month in which anything changed, newest first."""
    return list(Publication.objects.datetimes("at", "month", order="DESC"))


def changes_of(months: Sequence[datetime]) -> list[Month]:
    """What changed in neighbouring ``months`` of ``months_with_changes``: one query at most."""
    if not months:
        return []
    log = Publication.objects.filter(at__gte=months[-1], at__lt=_next_month(months[0]))
    return [
        Month(month, _lines(found))
        for month, found in groupby(updates(log), key=lambda one: one.day.isoformat()[:7])
    ]


def _next_month(first: datetime) -> datetime:
    year, month = first.year + first.month // 12, first.month % 12 + 1
    return first.replace(year=year, month=month)


def _lines(found: Iterable[Update]) -> list[tuple[Update, ...]]:
    """Each update alone; all starter content of one day together, so that it drowns nothing."""
    lines: dict[object, list[Update]] = {}
    for update in found:
        lines.setdefault(update.day if update.is_starter else update.pk, []).append(update)
    return [tuple(line) for line in lines.values()]


def newest(number: int) -> list[Update]:
    """The last changes of pages that are on the site, newest first: one query.

    Fewer where nearly all of the last changes are of pages that have left.
    """
    log = Publication.objects.exclude(kind=Publication.Kind.OFF)[: number + MOST_LEFT_OUT]
    return [update for update in updates(log) if update.entry][:number]


def updates_page() -> Crumb:
    """The list of changes."""
    return Crumb(_("What changed"), reverse("updates"))


def updates_feed() -> Crumb:
    """The feed of changes of every page."""
    return Crumb(_("Targeted Therapy Guide: what changed"), reverse("updates_feed"))
