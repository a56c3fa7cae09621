"""The desk on the admin's home: each section for whom it concerns, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from drugs.models import DrugClass
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.people import (
    account,
    author,
    client_of,
    manager,
    notice_mark,
    reviewer,
    signed,
    submitted,
)
from tests.factories import ContributorFactory, DrugClassFactory, publish
from tgsite.editorial import review, safety
from tgsite.editorial.dashboard import SECTIONS, Desk

pytestmark = pytest.mark.django_db

HOME = "/admin/"


def desk(user: Any, address: str = HOME) -> BeautifulSoup:
    """The desk as ``user`` sees it."""
    response = client_of(user).get(address)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select_one(".desk")
    assert found is not None
    return found


def titles(user: Any) -> list[str]:
    """The titles of the sections, with their counts."""
    return [" ".join(title.get_text().split()) for title in desk(user).select("h2")]


def lines(user: Any, key: str) -> list[str]:
    """The rows of the section ``key`` on the home."""
    section = desk(user).select_one(f'[aria-labelledby="desk-{key}"]')
    return (
        [" ".join(line.get_text(" ").split()) for line in section.select("li")] if section else []
    )


def live(**columns: Any) -> DrugClass:
    """A live class, its row with ``columns`` besides; reviewed unless they say otherwise."""
    today = timezone.localdate()
    name = columns.pop("name", "Anti-HER2")
    entry = publish(DrugClassFactory(name=name))
    values = {
        "reviewed_by": ContributorFactory(),
        "reviewed_on": today - timedelta(days=400),
        "review_due": today + timedelta(days=100),
    }
    DrugClass.objects.filter(pk=entry.pk).update(**(values | columns))
    return DrugClass.objects.get(pk=entry.pk)


def days(count: int) -> dict[str, Any]:
    """A review that is due in so many days."""
    return {"review_due": timezone.localdate() + timedelta(days=count)}


@pytest.mark.parametrize("role", ["author", "reviewer", "manager"])
def test_nothing_to_do_is_said_in_one_line(role: str) -> None:
    live()
    found = desk(account("somebody", role))
    assert found.get_text().strip() == "Nothing waits for you."


def test_reviewer_sees_what_to_sign_and_what_not_with_the_reason() -> None:
    rita, ann = reviewer(), author()
    bo = account("bo", "author", "reviewer")
    theirs = submitted(DrugClassFactory(name="Theirs"), ann)
    submitted(DrugClassFactory(name="My own"), bo)
    assert titles(bo) == ["Waiting for your signature 1", "In review, not yours to sign 1"]
    [line] = lines(bo, "waiting")
    assert line.startswith("Theirs sent by ann on")
    link = desk(bo).select_one('[aria-labelledby="desk-waiting"] a')
    assert link and link["href"] == reverse("editorial_review", args=[theirs.pk])
    assert "a colleague has to sign" in lines(bo, "not-mine")[0]
    assert titles(rita) == ["Waiting for your signature 2"]


def test_managing_editor_sees_what_waits_for_a_reviewer_and_authors_do_not() -> None:
    submitted(DrugClassFactory(name="Theirs"), author())
    assert titles(manager()) == ["Waiting for a reviewer 1"]
    assert titles(author("another")) == []


def test_author_sees_what_was_sent_back_with_the_comment_until_it_is_sent_again() -> None:
    ann = author()
    task = submitted(live(), ann, summary="Newer.")
    review.send_back(task.pk, reviewer(), "Name <the> source.")
    [line] = lines(ann, "sent-back")
    assert line.startswith("Anti-HER2 sent back by rita on")
    assert line.endswith("Name <the> source.")
    assert lines(author("another"), "sent-back") == []
    task.workflow_state.refresh_from_db()
    task.workflow_state.resume(ann)
    assert lines(ann, "sent-back") == []


def test_overdue_and_due_reviews_stand_apart_in_order() -> None:
    for name, count in (("D", 31), ("C", 30), ("B", 0), ("A", -1), ("Z", -9)):
        live(name=name, **days(count))
    ann = author()
    assert [line[0] for line in lines(ann, "overdue")] == ["Z", "A"]
    assert [line[0] for line in lines(ann, "due")] == ["B", "C"]
    assert titles(reviewer()) == []


def test_live_entries_that_nobody_reviewed_are_listed_for_every_role() -> None:
    publish(DrugClassFactory(name="Never"))
    DrugClassFactory(name="Only a draft")
    for role in ("author", "reviewer", "manager"):
        [line] = lines(account(role, role), "never-reviewed")
        assert line.startswith("Never ")


def test_reviewers_are_led_to_the_page_and_authors_to_the_edit_screen() -> None:
    entry = publish(DrugClassFactory(name="Never"))
    edit = address_of(entry)
    for role, url in (("author", edit), ("reviewer", entry.get_absolute_url())):
        link = desk(account(role, role)).select_one("li a")
        assert link and link["href"] == url


def test_notices_shown_now_stand_unconfirmed_first() -> None:
    mona, rita = manager(), reviewer()
    for name in ("Confirmed", "Open", "Ended"):
        safety.put_notice(live(name=name), mona, f"Stop {name}.", "FDA")
    confirmed = DrugClass.objects.get(name="Confirmed")
    safety.confirm_notice(confirmed, rita, notice_mark(confirmed))
    past = timezone.localdate() - timedelta(days=1)
    DrugClass.objects.filter(name="Ended").update(safety_notice_until=past)
    for user in (mona, rita):
        found = lines(user, "notices")
        assert [line.split()[0] for line in found] == ["Open", "Confirmed"]
        assert found[0].endswith("Stop Open.")
    assert lines(author(), "notices") == []


def test_managing_editor_sees_what_is_scheduled_next() -> None:
    moment = timezone.now() + timedelta(days=3)
    signed(live(name="Next"), summary="New.", go_live_at=moment)
    live(name="Leaving", expire_at=moment - timedelta(days=1))
    found = lines(manager(), "scheduled")
    assert [line.split(":")[0] for line in found] == ["Leaving Leaves the site", "Next Goes live"]
    assert lines(author(), "scheduled") == []


def test_managing_editor_sees_who_holds_a_lock_and_since_when() -> None:
    holder = manager("holder")
    live(name="Held", locked=True, locked_by=holder, locked_at=timezone.now())
    [line] = lines(manager(), "locked")
    assert line.startswith("Held locked by holder since")
    assert lines(author(), "locked") == []


def test_ten_rows_and_a_link_to_all_of_them() -> None:
    for number in range(12):
        live(name=f"Entry {number:02}", **days(number))
    ann = author()
    assert len(lines(ann, "due")) == 10
    link = desk(ann).select_one('[aria-labelledby="desk-due"] > p a')
    assert link and link.get_text().startswith("All 12")
    assert len(desk(ann, str(link["href"])).select("li")) == 12


def test_ten_texts_in_review_and_a_link_to_all_of_them() -> None:
    ann, rita = author(), reviewer()
    for number in range(11):
        submitted(DrugClassFactory(name=f"Text {number:02}"), ann)
    assert titles(rita) == ["Waiting for your signature 11"]
    assert len(lines(rita, "waiting")) == 10
    assert len(desk(rita, reverse("editorial_desk", args=["waiting"])).select("li")) == 11


@pytest.mark.parametrize("role", ["author", "reviewer", "manager"])
@pytest.mark.parametrize("key", SECTIONS)
def test_section_of_others_is_refused_and_an_empty_one_says_so(
    client_as: ClientAs, role: str, key: str
) -> None:
    names = {"author": "Author", "reviewer": "Clinical reviewer", "manager": "Managing editor"}
    response = client_as(role).get(reverse("editorial_desk", args=[key]))
    if names[role] in SECTIONS[key].roles:
        assert "Nothing waits for you here." in response.text
    else:
        assert response.status_code == 302


def test_section_that_there_is_not_is_not_found(client_as: ClientAs) -> None:
    client = client_as("manager")
    assert client.get("/admin/desk/nonsense/").status_code == 404


def test_account_without_a_role_has_an_empty_desk(client: Any) -> None:
    publish(DrugClassFactory(name="Never"))
    assert Desk(account("nobody")).sections() == []
    assert client.get("/admin/desk/due/").status_code == 302


def queries(user: Any) -> int:
    """How many queries the desk of ``user`` takes."""
    user = type(user).objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as found:
        Desk(user).sections()
    return len(found)


@pytest.mark.parametrize("role", ["author", "manager"])
def test_number_of_queries_does_not_grow_with_the_entries(role: str) -> None:
    ann, rita = author(), reviewer()
    user = account("somebody", role)
    moment = timezone.now() + timedelta(days=3)

    def fill(number: int) -> None:
        live(name=f"Due {number}", **days(-number))
        live(name=f"Held {number}", locked=True, locked_by=ann, locked_at=timezone.now())
        task = submitted(live(name=f"Back {number}"), user, summary="Newer.")
        review.send_back(task.pk, rita, "Mend it.")
        submitted(live(name=f"Waits {number}"), ann, summary="Newer.")
        signed(live(name=f"Next {number}"), summary="N.", go_live_at=moment)
        publish(DrugClassFactory(name=f"Never {number}"))

    fill(1)
    few = queries(user)
    for number in range(2, 5):
        fill(number)
    assert queries(user) == few <= 20


def test_queries_of_a_reviewer_are_bounded_by_the_ten_texts_shown() -> None:
    ann, rita = author(), reviewer()
    for number in range(10):
        submitted(DrugClassFactory(name=f"Text {number}"), ann)
    ten = queries(rita)
    for number in range(10, 14):
        submitted(DrugClassFactory(name=f"Text {number}"), ann)
    # The one more counts them all.
    assert queries(rita) <= ten + 1
    assert ten <= 100
