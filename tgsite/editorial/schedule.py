"""What changes by the calendar: texts that go live, entries that leave, notices, reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from tgsite.editorial import safety
from tgsite.editorial.models import EditorialModel, entry_models
from tgsite.editorial.plain import content_fields

Kinds = Iterable[type[EditorialModel]]


@dataclass(frozen=True)
class Due:
    """An entry whose moment has come: ``at``, the earliest of its moments."""

    entry: EditorialModel
    at: datetime


def due() -> list[Due]:
    """The entries that have something to go live or to leave by now, the earliest first."""
    now = timezone.now()
    found: dict[tuple[type[EditorialModel], int], Due] = {}
    scheduled = [
        (revision.content_object, revision.approved_go_live_at)
        for revision in scheduled_revisions(entry_models()).filter(approved_go_live_at__lte=now)
    ]
    expired = [
        (entry, entry.expire_at)
        for model in entry_models()
        for entry in model.objects.live().filter(expire_at__lte=now)
    ]
    for entry, at in sorted([*scheduled, *expired], key=lambda pair: pair[1]):
        # A revision may outlive an entry that was deleted past Django.
        if entry is not None:
            found.setdefault((type(entry), entry.pk), Due(entry, at))
    return list(found.values())


def carry_out(entry: EditorialModel) -> list[str]:
    """Publish and take off what is due of ``entry``, or nothing of it; returns what was done.

    A text whose own end has come as well is never seen. Raises what the gate raises.
    """
    done = []
    with transaction.atomic():
        # Locked and asked again: another run may have done it a moment ago.
        row = type(entry).objects.select_for_update().get(pk=entry.pk)
        now = timezone.now()
        revision = row.revisions.filter(approved_go_live_at__lte=now).last()
        if revision is not None:
            revision.publish(log_action="wagtail.publish.scheduled")
            row = type(entry).objects.get(pk=entry.pk)
            done.append(_("published: %s") % row)
        if row.live and row.expire_at and row.expire_at <= now:
            _expire(row)
            done.append(_("taken off the site: %s") % row)
    return done


def _expire(row: EditorialModel) -> None:
    later = row.revisions.filter(approved_go_live_at__isnull=False).first()
    safety.TakeOff(
        row,
        _("It was planned to be here until this day."),
        set_expired=True,
        log_action="wagtail.unpublish.scheduled",
    ).execute()
    # Wagtail cancels every schedule with it. What was approved for a later day still comes.
    if later is not None:
        row.revisions.filter(pk=later.pk).update(approved_go_live_at=later.approved_go_live_at)


def scheduled_revisions(kinds: Kinds) -> models.QuerySet[Revision]:
    """The approved texts that wait for their day, the earliest first."""
    types = ContentType.objects.get_for_models(*kinds).values()
    found: models.QuerySet[Revision] = (
        Revision.objects.filter(approved_go_live_at__isnull=False, content_type__in=types)
        .select_related("content_type")
        .order_by("approved_go_live_at", "pk")
    )
    return found


class What(models.TextChoices):
    """What comes up on a day."""

    GOES_LIVE = "live", gettext_lazy("Goes live")
    LEAVES = "off", gettext_lazy("Leaves the site")
    NOTICE_ENDS = "notice", gettext_lazy("Safety notice ends, not confirmed")
    REVIEW_DUE = "review", gettext_lazy("Review due")


@dataclass(frozen=True)
class Event:
    """One thing that comes up: the day, the time of day if it has one, and of which entry."""

    day: date
    time: str
    what: What
    name: str
    model: type[EditorialModel]
    pk: int

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(self.what.label)

    @property
    def kind(self) -> str:
        """The kind of the entry, as filters name it."""
        return self.model._meta.label_lower

    @property
    def kind_name(self) -> str:
        """In words."""
        return capfirst(str(self.model._meta.verbose_name))


def rows_of(kinds: Kinds) -> list[Any]:
    """Every live or locked entry with the columns that a desk needs: one query a kind."""
    return [
        row
        for model in kinds
        for row in model.objects.filter(models.Q(live=True) | models.Q(locked=True))
        .select_related("locked_by")
        .defer(*_text_columns(model))
        .order_by("pk")
    ]


def _text_columns(model: type[EditorialModel]) -> list[str]:
    """The columns of the text itself, which no list shows."""
    shown = {model.name_field, *model.address_fields}
    return [
        field.name
        for field in content_fields(model)
        if not field.many_to_many and field.name not in shown
    ]


def events(rows: Iterable[Any], revisions: Iterable[Revision]) -> list[Event]:
    """What comes up of ``rows`` (from ``rows_of``) and ``revisions``, sorted by day and time."""
    found = [_at(row.expire_at, What.LEAVES, row) for row in rows if row.live and row.expire_at]
    for row in rows:
        if row.live and row.safety_notice_until and safety.is_shown(row):
            found.append(_on(row.safety_notice_until, What.NOTICE_ENDS, row))
        if row.live and row.review_due:
            found.append(_on(row.review_due, What.REVIEW_DUE, row))
    for revision in revisions:
        model = revision.content_type.model_class()
        day, time = _local(revision.approved_go_live_at)
        found.append(
            Event(day, time, What.GOES_LIVE, revision.object_str, model, int(revision.object_id))
        )
    return sorted(found, key=lambda event: (event.day, event.time, event.name))


def _on(day: date, what: What, row: Any) -> Event:
    return Event(day, "", what, str(getattr(row, row.name_field)), type(row), row.pk)


def _at(moment: datetime, what: What, row: Any) -> Event:
    day, time = _local(moment)
    return Event(day, time, what, str(getattr(row, row.name_field)), type(row), row.pk)


def _local(moment: datetime) -> tuple[date, str]:
    local = timezone.localtime(moment)
    return local.date(), f"{local:%H:%M}"
