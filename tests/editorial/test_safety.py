"""The safety lane: notices and the way off the site, by each role, through the admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from drugs.models import DrugClass
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.clock import go_to
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
from tests.editorial.states import everything, row_state
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
)
from tgsite.editorial import safety
from tgsite.editorial.models import ContentVersion, EditorialModel, Publication
from tgsite.editorial.publication import entry_published

pytestmark = pytest.mark.django_db

NOTICE = {"text": "Stop and call your team.", "source": "FDA, May 3, 2026", "url": ""}
Capture = Callable[..., Any]


@pytest.fixture
def entry() -> DrugClass:
    """A live class."""
    return publish(DrugClassFactory(slug="anti-her2", name="Anti-HER2"))  # type: ignore[return-value]


def screen(entry: EditorialModel) -> str:
    """The address of the safety screen."""
    return address_of(entry, "safety")


def fresh(entry: Any) -> Any:
    """The row anew."""
    return type(entry).objects.get(pk=entry.pk)


def kinds(entry: EditorialModel) -> list[str]:
    """The public log, newest first, without the first publication."""
    return list(Publication.of(entry).values_list("kind", flat=True))[:-1]


# --- Putting a notice


def test_managing_editor_puts_a_notice_that_is_dated_and_ends_after_14_days(
    entry: DrugClass,
) -> None:
    version = ContentVersion.current()
    response = client_of(manager()).post(screen(entry), {"do": "notice", **NOTICE}, follow=True)
    row, today = fresh(entry), timezone.localdate()
    assert "Stop and call your team." in response.text
    assert (row.safety_notice, row.safety_notice_source) == (NOTICE["text"], NOTICE["source"])
    assert row.safety_notice_since == today
    assert row.safety_notice_until == today + timedelta(days=14)
    assert row.safety_notice_by == manager()
    assert ContentVersion.current() == version + 1
    assert kinds(entry) == ["notice"]
    assert Publication.of(entry).first().note == NOTICE["text"]


@pytest.mark.parametrize(
    "factory",
    [DrugFactory, DrugClassFactory, SideEffectFactory, ArticleFactory, GlossaryTermFactory],
    ids=lambda factory: factory._meta.model.__name__,
)
def test_every_kind_of_entry_has_the_lane(factory: Any) -> None:
    entry = publish(factory())
    client = client_of(manager())
    assert client.get(screen(entry)).status_code == 200
    client.post(screen(entry), {"do": "notice", **NOTICE})
    assert fresh(entry).safety_notice == NOTICE["text"]
    client.post(screen(entry), {"do": "off", "reason": "Withdrawn."})
    assert not fresh(entry).live


def test_a_notice_replaces_an_earlier_confirmed_one(entry: DrugClass) -> None:
    safety.put_notice(entry, manager(), **NOTICE)
    safety.confirm_notice(entry, reviewer(), notice_mark(entry))
    row = safety.put_notice(entry, manager(), "Another.", "EMA")
    assert (row.safety_notice, row.safety_notice_source) == ("Another.", "EMA")
    assert row.safety_notice_until is not None


def test_followers_of_publications_hear_of_a_notice_and_of_its_end(entry: DrugClass) -> None:
    heard: list[str] = []

    def follow(entry: Any, **_kwargs: Any) -> None:
        heard.append(entry.safety_notice)

    entry_published.connect(follow)
    safety.put_notice(entry, manager(), **NOTICE)
    safety.end_notice(entry, manager(), notice_mark(entry))
    entry_published.disconnect(follow)
    assert heard == [NOTICE["text"], ""]


def test_notice_stands_beside_a_pending_draft_and_outlives_the_next_publication(
    entry: DrugClass,
) -> None:
    entry.summary = "A draft."
    entry.save_revision()
    revisions = list(Revision.objects.order_by("pk").values())
    safety.put_notice(entry, manager(), **NOTICE)
    assert list(Revision.objects.order_by("pk").values()) == revisions
    row = fresh(entry)
    assert row.has_unpublished_changes and row.summary != "A draft."
    published = publish(row.get_latest_revision_as_object())
    assert (published.summary, published.safety_notice) == ("A draft.", NOTICE["text"])


REFUSED = {
    "empty": ({"text": " \n"}, "Write what readers"),
    "61-words": ({"text": "word " * 61}, "these are 61"),
    "markup": ({"text": "Stop <b>now</b>."}, "Plain text only"),
    "script": ({"text": "<script>x"}, "Plain text only"),
    "no-source": ({"source": ""}, "Name the source"),
    "markup-in-source": ({"source": "<a href=x>FDA</a>"}, "Plain text only"),
    "long-source": ({"source": "x" * 301}, "At most 300"),
    "javascript": ({"url": "javascript:alert(1)"}, "whole web address"),
    "no-address": ({"url": "fda"}, "whole web address"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_wrong_notice_is_refused_in_words_and_nothing_changes(
    entry: DrugClass, changes: dict[str, str], words: str
) -> None:
    before = everything(DrugClass, Publication)
    with pytest.raises(ValidationError, match=words):
        safety.put_notice(entry, manager(), **(NOTICE | changes))
    assert everything(DrugClass, Publication) == before


def test_wrong_notice_comes_back_with_what_was_typed(entry: DrugClass) -> None:
    data = {"do": "notice", **NOTICE, "text": "word " * 61}
    response = client_of(manager()).post(screen(entry), data)
    assert "these are 61" in response.text
    assert "word word" in response.text
    assert not fresh(entry).safety_notice


def test_sixty_words_with_less_than_signs_and_odd_spaces_are_taken(entry: DrugClass) -> None:
    row = safety.put_notice(entry, manager(), "If < 40\x00 %,\n\tstop." + " word" * 55, "FDA")
    assert row.safety_notice.startswith("If < 40 %, stop. word")


@pytest.mark.parametrize("text", ["ER <a limit", "< b>"])
def test_signs_that_an_entry_may_print_are_taken_in_a_notice_too(
    entry: DrugClass, text: str
) -> None:
    publish(entry, summary=text)
    client_of(manager()).post(screen(entry), {"do": "notice", **NOTICE, "text": text})
    assert fresh(entry).safety_notice == text


def test_public_log_holds_what_fits_of_a_notice_of_long_words(entry: DrugClass) -> None:
    row = safety.put_notice(entry, manager(), "pneumonitis " * 60, "FDA")
    assert len(row.safety_notice) == 719
    assert len(Publication.of(entry).first().note) == 400


def test_draft_that_was_never_live_takes_no_notice() -> None:
    draft = DrugClassFactory()
    with pytest.raises(ValidationError, match="not on the site"):
        safety.put_notice(draft, manager(), **NOTICE)


# --- Confirming and ending


def test_reviewer_confirms_and_the_notice_stays(entry: DrugClass) -> None:
    safety.put_notice(entry, manager(), **NOTICE)
    client = client_of(reviewer())
    assert "Confirm the notice" in client.get(screen(entry)).text
    client.post(screen(entry), {"do": "confirm", "seen": notice_mark(entry)})
    row = fresh(entry)
    assert row.safety_notice_until is None
    assert safety.is_shown(row)
    assert kinds(entry) == ["notice-ok", "notice"]
    assert Publication.of(entry).first().note == "Rita Person, MD"


def test_who_put_the_notice_does_not_confirm_it(entry: DrugClass) -> None:
    both = account("bo", "manager", "reviewer")
    safety.put_notice(entry, both, **NOTICE)
    client = client_of(both)
    page = client.get(screen(entry)).text
    assert "Confirm the notice" not in page
    assert "a colleague has to confirm" in page
    client.post(screen(entry), {"do": "confirm", "seen": notice_mark(entry)})
    assert fresh(entry).safety_notice_until is not None


def test_reviewer_without_credentials_does_not_confirm(entry: DrugClass) -> None:
    rita = reviewer()
    rita.contributor.credentials = ""
    rita.contributor.save()
    safety.put_notice(entry, manager(), **NOTICE)
    with pytest.raises(PermissionDenied):
        safety.confirm_notice(entry, reviewer(), notice_mark(entry))


def test_notice_that_ran_out_is_not_shown_and_not_confirmed(
    entry: DrugClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety.put_notice(entry, manager(), **NOTICE)
    now = timezone.now()
    go_to(monkeypatch, now + timedelta(days=14))
    assert safety.is_shown(fresh(entry))
    go_to(monkeypatch, now + timedelta(days=15))
    assert not safety.is_shown(fresh(entry))
    with pytest.raises(ValidationError, match="No safety notice"):
        safety.confirm_notice(entry, reviewer(), notice_mark(entry))


@pytest.mark.parametrize("do", ["confirm", "end"])
def test_notice_that_was_replaced_meanwhile_is_neither_confirmed_nor_removed(
    entry: DrugClass, do: str
) -> None:
    """What a clinician signs is what stood on their screen."""
    safety.put_notice(entry, manager(), **NOTICE)
    both = client_of(account("bo", "manager", "reviewer"))
    page = BeautifulSoup(both.get(screen(entry)).content, "html.parser")
    seen = str(page.select_one("[name=seen]")["value"])
    safety.put_notice(entry, manager(), "Another.", "EMA")
    response = both.post(screen(entry), {"do": do, "seen": seen}, follow=True)
    assert "A colleague has changed the notice" in response.text
    assert fresh(entry).safety_notice == "Another."
    assert fresh(entry).safety_notice_until is not None


def test_a_notice_is_confirmed_once(entry: DrugClass) -> None:
    safety.put_notice(entry, manager(), **NOTICE)
    safety.confirm_notice(entry, reviewer(), notice_mark(entry))
    with pytest.raises(ValidationError, match="already"):
        safety.confirm_notice(entry, reviewer(), notice_mark(entry))


def test_managing_editor_ends_a_notice(entry: DrugClass) -> None:
    before = row_state(entry)
    safety.put_notice(entry, manager(), **NOTICE)
    client_of(manager()).post(screen(entry), {"do": "end", "seen": notice_mark(entry)})
    assert row_state(entry) == before
    assert kinds(entry) == ["notice-off", "notice"]


# --- Taking off


def test_managing_editor_takes_an_entry_off_with_a_reason_for_readers(
    entry: DrugClass, client: Any
) -> None:
    version = ContentVersion.current()
    client_of(manager()).post(screen(entry), {"do": "off", "reason": "A dose was wrong."})
    assert not fresh(entry).live
    last = Publication.of(entry).first()
    assert (last.kind, last.note, last.by) == ("off", "A dose was wrong.", manager())
    assert kinds(entry) == ["off"]
    assert ContentVersion.current() == version + 1
    assert client.get("/classes/anti-her2/").status_code == 404


def test_locked_reviewed_and_scheduled_entries_are_taken_off_as_well(entry: DrugClass) -> None:
    later = timezone.now() + timedelta(days=3)
    signed(entry, summary="Tomorrow's text.", go_live_at=later)
    DrugClass.objects.update(locked=True, locked_by=author())
    assert fresh(entry).scheduled_revision
    safety.take_off(entry, manager(), "Wrong.")
    row = fresh(entry)
    assert not row.live
    assert row.scheduled_revision is None


def test_entry_in_review_is_taken_off_and_stays_in_review(entry: DrugClass) -> None:
    submitted(entry, author(), summary="Newer.")
    client = client_of(manager())
    assert "it stays there" in client.get(screen(entry)).text
    client.post(screen(entry), {"do": "off", "reason": "Wrong."})
    assert not fresh(entry).live
    assert fresh(entry).workflow_in_progress


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (" ", "Say why"),
        ("x" * 201, "At most 200 characters; these are 201"),
        ("<b>x</b>", "Plain text"),
    ],
    ids=["empty", "long", "markup"],
)
def test_an_entry_leaves_only_with_a_public_reason(
    entry: DrugClass, reason: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        safety.take_off(entry, manager(), reason)
    assert fresh(entry).live


def test_stock_address_takes_nothing_off_and_leads_to_the_screen(entry: DrugClass) -> None:
    """Fails on the stock view, which asks for no reason."""
    address = address_of(entry, "unpublish")
    client = client_of(manager())
    assert client.get(address)["Location"] == screen(entry)
    assert client.post(address)["Location"] == screen(entry)
    assert fresh(entry).live


# --- Who may

FORGED: dict[str, dict[str, str]] = {
    "notice": {"do": "notice", **NOTICE},
    "end": {"do": "end"},
    "off": {"do": "off", "reason": "Because."},
    "confirm": {"do": "confirm"},
    "unknown": {"do": "everything"},
}
MAY = {
    "author": set[str](),
    "reviewer": {"confirm"},
    "manager": {"notice", "end", "off"},
    "administrator": {"notice", "end", "off"},
}


@pytest.mark.parametrize("do", FORGED)
@pytest.mark.parametrize("role", MAY)
def test_each_role_does_what_it_may_and_a_forged_request_changes_nothing(
    entry: DrugClass, client_as: ClientAs, role: str, do: str
) -> None:
    safety.put_notice(entry, manager(), "Before.", "FDA")
    client = client_as(role)
    before = everything(DrugClass, Publication)
    response = client.post(screen(entry), FORGED[do] | {"seen": notice_mark(entry)})
    assert response.status_code == 302
    assert (everything(DrugClass, Publication) != before) == (do in MAY[role])


@pytest.mark.parametrize(
    ("role", "sees"),
    [("author", False), ("reviewer", True), ("manager", True)],
)
def test_the_way_to_the_screen_is_shown_for_whom_it_is(
    entry: DrugClass, client_as: ClientAs, role: str, sees: bool
) -> None:
    client = client_as(role)
    listed = client.get(address_of(DrugClass, "list")).text
    assert (screen(entry) in listed) == sees
    assert (client.get(screen(entry)).status_code == 200) == sees


def test_edit_screen_leads_to_safety_also_while_a_review_locks_it(entry: DrugClass) -> None:
    submitted(entry, author(), summary="Newer.")
    address = address_of(entry)
    assert screen(entry) in client_of(manager()).get(address).text


# --- Who is told


def test_all_managing_editors_reviewers_and_the_last_owner_are_mailed_once(
    entry: DrugClass,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    author("another")
    account("without-address", "manager", email="")
    account("gone", "manager", is_active=False)
    signed(entry)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        safety.put_notice(entry, manager(), "Don't stop & call.", "FDA & EMA", "https://fda.gov/x")
    assert sorted(one.to for one in mail.outbox) == [
        ["ann@example.org"],
        ["mona@example.org"],
        ["rita@example.org"],
    ]
    text = mail.outbox[0].body
    assert "Don't stop & call." in text
    assert "Source: FDA & EMA" in text
    assert "https://guide.example.org" + screen(entry) in text
    assert "Anti-HER2: Safety notice added" in mail.outbox[0].subject


def test_nobody_is_mailed_when_the_lane_fails(
    entry: DrugClass,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(ContentVersion, "advance", fail)
    with pytest.raises(RuntimeError), django_capture_on_commit_callbacks(execute=True):
        safety.put_notice(entry, manager(), **NOTICE)
    assert not mail.outbox
    assert not fresh(entry).safety_notice


def test_mail_that_fails_leaves_the_notice_on_the_page(
    entry: DrugClass, settings: Any, django_capture_on_commit_callbacks: Capture
) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        safety.put_notice(entry, manager(), **NOTICE)
    assert fresh(entry).safety_notice


def test_history_says_who_did_what_in_words(entry: DrugClass) -> None:
    safety.put_notice(entry, manager(), **NOTICE)
    safety.confirm_notice(entry, reviewer(), notice_mark(entry))
    safety.take_off(entry, manager(), "A dose was wrong.")
    said = [
        (log.user, log.message) for log in ModelLogEntry.objects.for_instance(entry) if log.user
    ]
    assert sorted(said, key=str) == sorted(
        [
            (manager(), "Put a safety notice on the page: Stop and call your team."),
            (reviewer(), "Confirmed the safety notice: Rita Person, MD"),
            (manager(), "Took it off the site: A dose was wrong."),
        ],
        key=str,
    )
