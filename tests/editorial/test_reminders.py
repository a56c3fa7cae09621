"""Reminders by mail: who gets them, when, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from drugs.models import DrugClass
from tests.editorial.people import (
    account,
    approved,
    author,
    manager,
    notice_mark,
    reviewer,
    submitted,
)
from tests.factories import DrugClassFactory, publish
from tgsite.editorial import mailing, reminders, safety
from tgsite.editorial.models import EditorialModel, ReminderSent

pytestmark = pytest.mark.django_db

DUE = date(2030, 6, 30)


def entry_of(owner: Any, due: date = DUE, **values: Any) -> EditorialModel:
    """A live entry whose last approved text came from ``owner``, with its next review ``due``."""
    entry = DrugClassFactory(**values)
    approved(submitted(entry, owner), reviewer())
    DrugClass.objects.filter(pk=entry.pk).update(review_due=due)
    mail.outbox.clear()
    return entry


def run(day: date) -> list[tuple[str, str]]:
    """Receiver and text of what the command mails on ``day``."""
    mail.outbox.clear()
    call_command("send_reminders", today=day, verbosity=0)
    return [(one.to[0], str(one.body)) for one in mail.outbox]


def receivers(day: date) -> list[str]:
    """The names of who is mailed on ``day``."""
    return sorted(to.removesuffix("@example.org") for to, _text in run(day))


# --- When

STEPS = {
    "31-days-before": (date(2030, 5, 30), None),
    "30-days-before": (date(2030, 5, 31), date(2030, 5, 31)),
    "the-day-before": (date(2030, 6, 29), date(2030, 5, 31)),
    "on-the-day": (DUE, DUE),
    "29-days-after": (date(2030, 7, 29), DUE),
    "a-month-after": (date(2030, 7, 30), date(2030, 7, 30)),
    "end-of-february": (date(2031, 2, 28), date(2031, 2, 28)),
    "a-year-after": (date(2031, 7, 1), date(2031, 6, 30)),
}


@pytest.mark.parametrize(("today", "day"), STEPS.values(), ids=STEPS)
def test_reminders_fall_30_days_before_on_the_day_and_monthly(
    today: date, day: date | None
) -> None:
    assert reminders.step(DUE, today) == day


def test_one_entry_is_reminded_of_at_each_step_and_never_twice() -> None:
    entry_of(author())
    mailed = []
    day = DUE - timedelta(days=40)
    while day < DUE + timedelta(days=70):
        mailed += [day] * len(run(day))
        day += timedelta(days=1)
    assert mailed == [
        date(2030, 5, 31),
        date(2030, 6, 30),
        date(2030, 7, 30),
        date(2030, 8, 30),
    ]


def test_missed_days_lose_no_reminder_and_make_no_two() -> None:
    entry_of(author())
    assert receivers(date(2030, 6, 3)) == ["ann"]
    assert receivers(date(2030, 9, 15)) == ["ann"]
    assert receivers(date(2030, 9, 16)) == []


def test_next_review_is_reminded_of_anew() -> None:
    entry_of(author())
    assert receivers(DUE) == ["ann"]
    # A step of the new date falls on a step of the old one.
    DrugClass.objects.update(review_due=DUE + timedelta(days=30))
    assert receivers(DUE) == ["ann"]


# --- Who


def test_owner_gets_one_mail_with_all_entries_and_their_screens() -> None:
    first, second = entry_of(author(), name="Kept & sound"), entry_of(author(), name="Second")
    entry_of(author("other"), name="Elsewhere")
    manager()
    mails = dict(run(DUE))
    assert sorted(mails) == ["ann@example.org", "other@example.org"]
    text = mails["ann@example.org"]
    assert "Kept & sound: review due on 2030-06-30" in text
    assert "Elsewhere" not in text
    for entry in (first, second):
        assert text.count(f"{mailing.admin_address(entry)}\n") == 1
    assert "https://guide.example.org/admin/" in text


LEAVING: dict[str, Callable[[Any], object]] = {
    "inactive": lambda user: type(user).objects.filter(pk=user.pk).update(is_active=False),
    "deleted": lambda user: user.delete(),
    "without-address": lambda user: type(user).objects.filter(pk=user.pk).update(email=""),
    "no-editor-any-more": lambda user: user.groups.set(
        Group.objects.filter(name="Clinical reviewer")
    ),
}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_managing_editors_are_reminded_when_the_owner_has_left(
    leave: Callable[[Any], object],
) -> None:
    for name in ("mona", "second"):
        manager(name)
    account("gone", "manager", is_active=False)
    entry_of(author())
    leave(author())
    assert receivers(DUE) == ["mona", "second"]


def test_managing_editors_take_over_from_an_owner_who_left_after_a_reminder() -> None:
    manager()
    entry_of(author())
    assert receivers(DUE) == ["ann"]
    author().delete()
    assert receivers(DUE) == ["mona"]
    assert receivers(DUE) == []


def test_last_submission_makes_the_owner() -> None:
    entry = entry_of(author())
    approved(submitted(entry, manager(), summary="By the manager."), reviewer())
    DrugClass.objects.update(review_due=DUE)
    assert receivers(DUE) == ["mona"]


def test_entries_never_reviewed_or_off_the_site_are_not_reminded_of() -> None:
    publish(DrugClassFactory())
    safety.take_off(entry_of(author()), manager(), "Wrong.")
    assert run(DUE) == []


# --- Notices


def noticed(days: int) -> EditorialModel:
    """An entry whose unconfirmed notice is shown for ``days`` more days after today."""
    entry = publish(DrugClassFactory(name="Noticed"))
    row = safety.put_notice(entry, manager(), "Stop.", "FDA")
    row.safety_notice_until = timezone.localdate() + timedelta(days=days)
    row.save(update_fields=["safety_notice_until"])
    return row


@pytest.mark.parametrize(("days", "told"), [(4, False), (3, True), (0, True), (-1, False)], ids=str)
def test_managing_editors_are_told_once_that_a_notice_ends(days: int, told: bool) -> None:
    noticed(days)
    mails = run(timezone.localdate())
    assert [to for to, _text in mails] == (["mona@example.org"] if told else [])
    assert all("Noticed" in text and "/safety/" in text for _to, text in mails)
    assert run(timezone.localdate()) == []


def test_confirmed_notice_ends_never() -> None:
    entry = noticed(3)
    safety.confirm_notice(entry, reviewer(), notice_mark(entry))
    assert run(timezone.localdate()) == []


# --- Failure, and twice at once


def test_mail_that_fails_is_sent_by_the_next_run(settings: Any) -> None:
    entry_of(author())
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with pytest.raises(CommandError, match="1 mails failed"):
        call_command("send_reminders", today=DUE)
    assert not ReminderSent.objects.exists()
    settings.EMAIL_BACKEND = backend
    assert receivers(DUE) == ["ann"]


def test_one_mail_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = author()
    entry_of(ann)
    entry_of(author("other"))
    real = mailing.write_to

    def fail_for_ann(people: Any, *args: Any) -> None:
        if ann in people:
            raise OSError
        real(people, *args)

    monkeypatch.setattr(mailing, "write_to", fail_for_ann)
    with pytest.raises(CommandError):
        call_command("send_reminders", today=DUE)
    assert [one.to for one in mail.outbox] == [["other@example.org"]]


def test_the_same_reminder_is_stored_once() -> None:
    """The database itself keeps the promise."""
    entry_of(author())
    run(DUE)
    sent = ReminderSent.objects.get()
    copy = ReminderSent(
        content_type=sent.content_type,
        object_id=sent.object_id,
        kind=sent.kind,
        about=sent.about,
        user=sent.user,
    )
    assert ReminderSent.objects.bulk_create([copy], ignore_conflicts=True)
    assert ReminderSent.objects.count() == 1
