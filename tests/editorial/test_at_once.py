"""What two people, or two runs of cron, do at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from threading import Barrier, Thread
from typing import Any

from django.core import mail
from django.db import connection
from wagtail.models import ModelLogEntry

from drugs.models import DrugClass
from tests.editorial.people import approved, author, reviewer, submitted
from tests.factories import ContributorFactory, published_drug
from tgsite.editorial import mailing, review
from tgsite.editorial.models import ReminderSent, SignOff


def at_once(does: Callable[[Any], Any], people: Iterable[Any]) -> list[Any]:
    """What ``does`` returned or raised for each of ``people``, all begun together."""
    people = list(people)
    together = Barrier(len(people), timeout=10)
    results: list[Any] = []

    def one(person: Any) -> None:
        together.wait()
        try:
            results.append(does(person))
        except review.Decided as decided:
            results.append(decided)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_approvals_at_the_same_moment_one_stands(committed: None) -> None:
    """Stock logs two approvals (5 of 8 tries on SQLite, 8 of 8 on PostgreSQL)."""
    drug = published_drug()
    task_state = submitted(drug, author())
    people = [reviewer(f"r{number}") for number in range(4)]
    results = at_once(lambda user: approved(task_state, user), people)
    assert len([one for one in results if isinstance(one, SignOff)]) == 1
    assert len([one for one in results if isinstance(one, review.Decided)]) == 3
    assert SignOff.objects.count() == 1
    log = ModelLogEntry.objects.for_instance(drug)
    assert log.filter(action="wagtail.workflow.approve").count() == 1


def test_two_runs_at_the_same_moment_mail_once(committed: None) -> None:
    """Both have read what is due before either has mailed."""
    due = date(2030, 6, 30)
    entry = DrugClass.objects.create(
        slug="x",
        name="X",
        summary="X",
        how_it_works="X",
        live=True,
        reviewed_by=ContributorFactory(),
        reviewed_on=date(2030, 1, 1),
        review_due=due,
    )
    item = mailing.Item(entry, ReminderSent.Kind.REVIEW, "2030-06-30", "due")
    ann = author()
    counts = at_once(
        lambda _run: mailing.write_once(ann, [item], "What falls due", "reminder.txt"), range(2)
    )
    assert sorted(counts) == [0, 1]
    assert len(mail.outbox) == 1
    assert ReminderSent.objects.count() == 1
