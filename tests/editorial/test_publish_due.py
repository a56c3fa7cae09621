"""Scheduled publication and expiry: what the command and the calendar of the admin do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, Workflow

from drugs.models import DrugClass
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.clock import go_to
from tests.editorial.people import (
    account,
    approved,
    author,
    client_of,
    manager,
    reviewer,
    signed,
    submitted,
)
from tests.factories import DrugClassFactory, publish
from tgsite.editorial import safety, schedule
from tgsite.editorial.models import Publication, ReminderSent

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)
Later = Callable[[timedelta], None]


@pytest.fixture
def entry() -> DrugClass:
    """A live class."""
    return publish(DrugClassFactory(slug="anti-her2", name="Anti-HER2"))  # type: ignore[return-value]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let this much time pass, counted from the start of the test."""
    start = timezone.now()

    def pass_(time: timedelta) -> None:
        go_to(monkeypatch, start + time)

    return pass_


def soon() -> datetime:
    """A day from now."""
    return timezone.now() + TOMORROW


def run() -> str:
    """What the command says."""
    out = StringIO()
    call_command("publish_due", stdout=out, stderr=out)
    return out.getvalue()


def fresh(entry: Any) -> Any:
    """The row anew."""
    return type(entry).objects.get(pk=entry.pk)


# --- One entry


def test_approved_text_goes_live_when_the_command_ran_after_its_time(
    entry: DrugClass, later: Later
) -> None:
    task_state = submitted(entry, author(), summary="Tomorrow's.", go_live_at=soon())
    signature = approved(task_state, reviewer())
    assert run() == ""
    row = fresh(entry)
    assert (row.summary, row.reviewed_on) == (entry.summary, None)
    assert Publication.of(entry).count() == 1
    later(TOMORROW + timedelta(minutes=1))
    assert fresh(entry).summary == entry.summary
    assert "published: Anti-HER2" in run()
    row = fresh(entry)
    assert row.summary == "Tomorrow's."
    assert row.reviewed_by == reviewer().contributor
    assert row.reviewed_on == timezone.localdate(signature.signed_at)
    assert row.review_due == signature.due
    assert Publication.of(entry).first().kind == "reviewed"
    assert run() == ""
    assert Publication.of(entry).count() == 2


def test_first_version_brought_back_for_a_later_day_leaves_the_page_on_the_site(
    entry: DrugClass,
) -> None:
    """The first version was made when nothing was live: Wagtail would believe it."""
    publish(entry, summary="The second.")
    first = entry.revisions.order_by("pk")[0]
    assert first.content["live_revision"] is None
    text = first.as_object()
    text.summary, text.go_live_at = "The first, again.", soon()
    text.save_revision(user=author(), clean=False)
    state = Workflow.objects.get().start(fresh(entry), author())
    approved(state.current_task_state, reviewer())
    row = fresh(entry)
    assert (row.live, row.summary) == (True, "The second.")
    assert row.scheduled_revision is not None


def test_first_publication_can_be_scheduled(later: Later) -> None:
    draft = DrugClassFactory()
    signed(draft, go_live_at=soon())
    assert not fresh(draft).live
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert fresh(draft).live


def test_scheduled_entry_is_locked_for_everybody_until_its_day(
    entry: DrugClass, later: Later
) -> None:
    signed(entry, summary="Tomorrow's.", go_live_at=soon())
    for user in (author(), manager(), account("root", "administrator")):
        assert fresh(entry).get_lock().for_user(user)
        client = client_of(user)
        revisions = Revision.objects.count()
        data = form_data(client.get(address_of(entry))) | {"summary": "Typed in spite of it."}
        client.post(address_of(entry), data)
        assert Revision.objects.count() == revisions
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert fresh(entry).get_lock() is None


@pytest.mark.parametrize(
    ("role", "may"), [("author", False), ("reviewer", False), ("manager", True)]
)
def test_only_a_managing_editor_cancels_the_schedule(
    entry: DrugClass, client_as: ClientAs, later: Later, role: str, may: bool
) -> None:
    signed(entry, summary="Tomorrow's.", go_live_at=soon())
    revision = fresh(entry).scheduled_revision
    client_as(role).post(address_of(entry, "revisions_unschedule", revision.pk))
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert (fresh(entry).summary == entry.summary) == may


def test_approved_text_can_be_given_another_day_without_a_new_review(
    entry: DrugClass, later: Later
) -> None:
    signed(entry, summary="Tomorrow's.", go_live_at=soon())
    fresh(entry).revisions.update(approved_go_live_at=None)
    text = fresh(entry).get_latest_revision_as_object()
    text.go_live_at = soon() + TOMORROW
    text.save_revision(user=manager()).publish(user=manager())
    later(TOMORROW + timedelta(minutes=1))
    assert run() == ""
    later(2 * TOMORROW + timedelta(minutes=1))
    run()
    assert fresh(entry).summary == "Tomorrow's."
    # What a clinician approved is no small correction, whatever revision it is in.
    assert Publication.of(entry).first().kind == "reviewed"


def test_text_that_nobody_approved_cannot_be_scheduled(entry: DrugClass) -> None:
    for summary in ("A claim that nobody read: 90 of 100.", entry.summary):
        draft = fresh(entry)
        draft.summary, draft.go_live_at = summary, soon()
        with pytest.raises(ValidationError):
            draft.save_revision(user=manager()).publish(user=manager())
    assert fresh(entry).scheduled_revision is None


def test_forged_schedule_in_a_revision_is_refused_on_its_day(
    entry: DrugClass, later: Later
) -> None:
    """The gate is asked again when the day comes."""
    entry.summary = "A claim that nobody read."
    revision = entry.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=soon())
    later(TOMORROW + timedelta(minutes=1))
    with pytest.raises(CommandError):
        run()
    assert fresh(entry).summary != "A claim that nobody read."


# --- Expiry


def test_expired_entry_leaves_the_site_and_the_public_log_says_so(
    entry: DrugClass, later: Later, client: Any
) -> None:
    signed(entry, expire_at=soon())
    assert fresh(entry).expire_at is not None
    assert run() == ""
    later(TOMORROW + timedelta(minutes=1))
    assert "taken off the site: Anti-HER2" in run()
    row = fresh(entry)
    assert (row.live, row.expired) == (False, True)
    last = Publication.of(entry).first()
    assert (last.kind, last.by) == ("off", None)
    assert "planned" in last.note
    assert client.get("/classes/anti-her2/").status_code == 404
    assert ModelLogEntry.objects.for_instance(entry).filter(action="wagtail.unpublish.scheduled")


def test_end_survives_until_the_scheduled_text_is_live_and_after(
    entry: DrugClass, later: Later
) -> None:
    end = (timezone.now() + 3 * TOMORROW).replace(microsecond=0)
    signed(entry, go_live_at=soon(), expire_at=end)
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert (fresh(entry).live, fresh(entry).expire_at) == (True, end)
    later(3 * TOMORROW + timedelta(minutes=1))
    run()
    assert not fresh(entry).live


def test_expiry_leaves_the_schedule_of_the_next_text(entry: DrugClass, later: Later) -> None:
    """Fails on the stock action, which cancels every schedule of what it takes off."""
    DrugClass.objects.update(expire_at=soon())
    signed(entry, summary="New.", go_live_at=soon() + TOMORROW, expire_at=None)
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert not fresh(entry).live
    later(2 * TOMORROW + timedelta(minutes=1))
    run()
    assert (fresh(entry).live, fresh(entry).summary) == (True, "New.")


def test_end_of_one_text_and_start_of_the_next_at_once_leave_the_next(
    entry: DrugClass, later: Later
) -> None:
    """Fails on the stock command, which takes off first and so cancels the publication."""
    moment = soon()
    DrugClass.objects.update(expire_at=moment)
    signed(entry, summary="New.", go_live_at=moment, expire_at=None)
    later(TOMORROW + timedelta(minutes=1))
    run()
    assert (fresh(entry).live, fresh(entry).summary) == (True, "New.")


def test_text_whose_whole_time_passed_unseen_is_off_after_one_run(
    entry: DrugClass, later: Later
) -> None:
    signed(entry, go_live_at=soon(), expire_at=soon() + TOMORROW)
    later(5 * TOMORROW)
    run()
    assert not fresh(entry).live


# --- One fails


@pytest.fixture
def one_of_two_fails(later: Later) -> tuple[DrugClass, DrugClass]:
    """Two drafts scheduled for tomorrow; the first one's slug was taken by another entry since."""
    first = DrugClassFactory(slug="taken", name="First")
    second = DrugClassFactory(slug="free", name="Second")
    signed(first, go_live_at=soon())
    signed(second, go_live_at=soon() + timedelta(seconds=1))
    DrugClass.objects.filter(pk=first.pk).update(slug="old-draft")
    publish(DrugClassFactory(slug="taken", name="Third"))
    later(TOMORROW + timedelta(minutes=1))
    return first, second


def test_one_that_fails_does_not_stop_the_others(
    one_of_two_fails: tuple[DrugClass, DrugClass],
) -> None:
    """Fails on the stock command, which ends at the first error."""
    first, second = one_of_two_fails
    with pytest.raises(CommandError, match="1 scheduled changes failed") as failure:
        run()
    assert failure.value.returncode == 1
    assert not fresh(first).live
    assert fresh(second).live


def test_revision_without_its_entry_does_not_stop_the_others(
    one_of_two_fails: tuple[DrugClass, DrugClass],
) -> None:
    first, second = one_of_two_fails
    fresh(first).revisions.update(object_id="0")
    assert "published: Second" in run()
    assert fresh(second).live


def test_managing_editors_are_mailed_once_about_a_failure(
    one_of_two_fails: tuple[DrugClass, DrugClass], later: Later
) -> None:
    manager()
    mail.outbox.clear()
    for minutes in (1, 2, 3):
        later(TOMORROW + timedelta(minutes=minutes))
        with pytest.raises(CommandError):
            run()
    assert [one.to for one in mail.outbox] == [["mona@example.org"]]
    assert "First" in mail.outbox[0].body
    assert "Second" not in mail.outbox[0].body
    assert address_of(one_of_two_fails[0]) in mail.outbox[0].body


def test_mail_about_a_failure_is_tried_again(
    one_of_two_fails: tuple[DrugClass, DrugClass], settings: Any
) -> None:
    manager()
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with pytest.raises(CommandError):
        run()
    assert not ReminderSent.objects.exists()
    settings.EMAIL_BACKEND = backend
    mail.outbox.clear()
    with pytest.raises(CommandError):
        run()
    assert len(mail.outbox) == 1


def test_what_another_run_did_a_moment_ago_is_not_done_again(
    entry: DrugClass, later: Later
) -> None:
    signed(entry, summary="Tomorrow's.", go_live_at=soon())
    later(TOMORROW + timedelta(minutes=1))
    found = schedule.due()
    run()
    assert [schedule.carry_out(due.entry) for due in found] == [[]]


# --- In the admin


def test_days_are_set_on_the_edit_screen(entry: DrugClass) -> None:
    submit(
        client_of(author()),
        address_of(entry),
        go_live_at="2032-05-01 09:00",
        expire_at="2032-06-01 09:00",
    )
    draft = fresh(entry).get_latest_revision_as_object()
    assert timezone.localtime(draft.go_live_at).isoformat()[:16] == "2032-05-01T09:00"
    assert timezone.localtime(draft.expire_at).isoformat()[:16] == "2032-06-01T09:00"
    assert fresh(entry).expire_at is None


COMING_UP = "/admin/coming-up/"


def events_in(text: str) -> list[list[str]]:
    """What and name of each line of the calendar."""
    lines = BeautifulSoup(text, "html.parser").select("#listing-results tbody tr")
    return [[cell.get_text(strip=True) for cell in line.select("td")[2:4]] for line in lines]


@pytest.fixture
def calendar(entry: DrugClass) -> DrugClass:
    """One entry of each: to go live, to leave, with a notice, with a review due."""
    signed(entry, summary="Next.", go_live_at=soon() + 20 * TOMORROW)
    leaving = publish(DrugClassFactory(name="Leaving"))
    DrugClass.objects.filter(pk=leaving.pk).update(expire_at=soon() + 10 * TOMORROW)
    safety.put_notice(publish(DrugClassFactory(name="Noticed")), manager(), "Stop.", "FDA")
    signed(DrugClassFactory(name="Reviewed"))
    return entry


def test_calendar_lists_by_date_what_comes_up(calendar: DrugClass) -> None:
    response = client_of(manager()).get(COMING_UP)
    assert events_in(response.text) == [
        ["Leaves the site", "Leaving"],
        ["Safety notice ends, not confirmed", "Noticed"],
        ["Goes live", "Anti-HER2"],
        ["Review due", "Reviewed"],
    ]
    assert address_of(calendar) in response.text


def test_calendar_leads_reviewers_only_where_they_may_go(calendar: DrugClass) -> None:
    noticed = DrugClass.objects.get(name="Noticed")
    text = client_of(reviewer()).get(COMING_UP).text
    assert address_of(noticed, "safety") in text
    assert address_of(calendar) not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"what": "notice"}, ["Noticed"]),
        ({"kind": "drugs.drugclass", "what": "live"}, ["Anti-HER2"]),
        ({"kind": "drugs.drug"}, []),
        ({"until": "2000-01-01"}, []),
        ({"what": ""}, ["Leaving", "Noticed", "Anti-HER2", "Reviewed"]),
        ({"what": "nonsense"}, []),
    ],
    ids=["what", "two-at-once", "no-match", "until", "empty", "wrong-value"],
)
def test_calendar_is_filtered(calendar: DrugClass, query: dict[str, str], names: list[str]) -> None:
    response = client_of(manager()).get(COMING_UP, query)
    assert [name for _what, name in events_in(response.text)] == names


def test_calendar_is_exported_as_filtered(calendar: DrugClass) -> None:
    client = client_of(manager())
    response = client.get(COMING_UP, {"export": "csv", "what": "notice"})
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "Day,Time,What,Name,Kind"
    assert len(lines) == 2
    assert lines[1].endswith(",Noticed,Class")
    sheet = client.get(COMING_UP, {"export": "xlsx"})
    assert b"".join(sheet.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["author", "reviewer", "manager"])
def test_calendar_stands_in_the_reports_menu_of_every_role(client_as: ClientAs, role: str) -> None:
    client = client_as(role)
    assert client.get(COMING_UP).status_code == 200
    assert COMING_UP in client.get("/admin/").text


def test_calendar_is_not_for_who_has_no_role(entry: DrugClass, client: Any) -> None:
    assert client.get(COMING_UP).status_code == 302
    assert client_of(account("nobody")).get(COMING_UP).status_code == 302
