"""Reminders by mail: reviews that fall due, and safety notices that end unconfirmed."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from tgsite.editorial import mailing, staff
from tgsite.editorial.dates import months_later
from tgsite.editorial.models import ReminderSent, SignOff, entry_models
from tgsite.editorial.permissions import MANAGER

logger = logging.getLogger(__name__)

# Days before a review is due on which the first reminder goes out (design, section 7).
DAYS_BEFORE = 30
# Days before the last day of an unconfirmed safety notice on which managing editors are told.
NOTICE_DAYS_BEFORE = 3


def step(review_due: date, today: date) -> date | None:
    """The last day up to ``today`` on which a reminder falls: 30 days before, on the day, monthly.

    A day on which nothing ran is so made up for by the next run, and several only once.
    """
    first = review_due - timedelta(days=DAYS_BEFORE)
    if today < review_due:
        return first if today >= first else None
    months = 0
    while months_later(review_due, months + 1) <= today:
        months += 1
    return months_later(review_due, months)


def send(today: date) -> tuple[int, int]:
    """Mail everybody what is due ``today`` and was not mailed yet: one mail a person.

    Returns how many mails went out and how many failed; those go out with the next run.
    """
    items: dict[Any, list[mailing.Item]] = defaultdict(list)
    managers = staff.holders(MANAGER)
    if not managers:
        logger.warning("No managing editor has an address: some reminders reach nobody")
    for owner, item in _reviews(today):
        for person in [owner] if staff.still_writes(owner) else managers:
            items[person].append(item)
    for item in _notices(today):
        for person in managers:
            items[person].append(item)
    sent = failed = 0
    for person in sorted(items, key=lambda person: person.pk):
        try:
            sent += bool(
                mailing.write_once(person, items[person], _("What falls due"), "reminder.txt")
            )
        except Exception:
            logger.exception("A reminder was not mailed; the next run tries again")
            failed += 1
    return sent, failed


def _reviews(today: date) -> Iterator[tuple[Any, mailing.Item]]:
    """Who sent the last approved text to review, and the item, for each entry that is due."""
    last_day = today + timedelta(days=DAYS_BEFORE)
    for model in entry_models():
        due = model.objects.live().filter(review_due__lte=last_day).order_by("review_due")
        entries = list(due.annotate(owner_id=SignOff.sender_of_last(model)))
        owners = get_user_model().objects.in_bulk({entry.owner_id for entry in entries} - {None})
        for entry in entries:
            day = step(entry.review_due, today)
            if day is not None:
                words = _("review due on %s") if today <= entry.review_due else _("due since %s")
                item = mailing.Item(
                    entry,
                    ReminderSent.Kind.REVIEW,
                    # With the due date: a month after the last one may be 30 days before the next.
                    f"{entry.review_due.isoformat()} {day.isoformat()}",
                    words % entry.review_due.isoformat(),
                )
                yield owners.get(entry.owner_id), item


def _notices(today: date) -> Iterator[mailing.Item]:
    for model in entry_models():
        ending = model.objects.live().filter(
            safety_notice_until__gte=today,
            safety_notice_until__lte=today + timedelta(days=NOTICE_DAYS_BEFORE),
        )
        for entry in ending.exclude(safety_notice="").order_by("safety_notice_until", "pk"):
            day = entry.safety_notice_until.isoformat()
            words = _("the safety notice is shown through %s and no clinician has confirmed it")
            yield mailing.Item(entry, ReminderSent.Kind.NOTICE, day, words % day, "safety")
