"""What a signature is worth: which text it lets through, for how long, and which it does not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from drugs.models import Drug
from tests.editorial.admin_form import address_of, form_data, submit
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
from tests.editorial.reviewing import NEW_WORDS
from tests.editorial.states import public_state
from tests.factories import DrugFactory
from tgsite.editorial import review
from tgsite.editorial.dates import months_later
from tgsite.editorial.models import Publication

pytestmark = pytest.mark.django_db


def test_clinical_change_after_the_approval_needs_a_new_one(drug: Drug) -> None:
    entry = signed(drug, summary=NEW_WORDS)
    entry.summary = "Three pills a day instead of one."
    with pytest.raises(ValidationError, match="clinician has to review"):
        entry.save_revision().publish(user=manager())
    assert Drug.objects.get(pk=drug.pk).summary == NEW_WORDS


def test_administrator_cannot_publish_a_clinical_change_either(drug: Drug) -> None:
    response = submit(
        client_of(account("root", "administrator")),
        address_of(drug),
        "action-publish",
        summary=NEW_WORDS,
        change_note="Why.",
    )
    assert "clinician has to review" in response.text
    assert Drug.objects.get(pk=drug.pk).summary != NEW_WORDS


def test_older_signed_text_does_not_come_back_without_review(drug: Drug) -> None:
    """Only the last signature counts: what it replaced may have been wrong."""
    entry = signed(drug, summary="The first signed text.")
    first = entry.live_revision
    task_state = submitted(entry, author(), summary="The second signed text.")
    approved(task_state, reviewer())
    with pytest.raises(ValidationError, match="clinician has to review"):
        Revision.objects.get(pk=first.pk).publish(user=manager())
    assert Drug.objects.get(pk=drug.pk).summary == "The second signed text."


def test_signed_text_that_was_taken_off_can_come_back(drug: Drug) -> None:
    entry = signed(drug, summary=NEW_WORDS)
    entry.unpublish()
    entry = Drug.objects.get(pk=drug.pk)
    response = client_of(manager("mia")).get(address_of(entry))
    assert "Publish the reviewed text" in response.text
    submit(client_of(manager()), address_of(entry), "action-publish", change_note="Back again.")
    entry = Drug.objects.get(pk=drug.pk)
    assert entry.live and entry.is_reviewed
    assert Publication.of(entry).first().kind == "again"


def test_unreviewed_text_that_was_taken_off_does_not_come_back_without_review(drug: Drug) -> None:
    drug.unpublish()
    entry = Drug.objects.get(pk=drug.pk)
    submit(client_of(manager()), address_of(entry), "action-publish", change_note="Back.")
    assert not Drug.objects.get(pk=drug.pk).live


def test_approval_for_a_later_day_changes_nothing_before_it(drug: Drug) -> None:
    before = public_state(drug)
    task_state = submitted(
        drug, author(), summary=NEW_WORDS, go_live_at=timezone.now() + timedelta(days=2)
    )
    approved(task_state, reviewer())
    after = public_state(drug)
    assert after["page"] == before["page"]
    entry = Drug.objects.get(pk=drug.pk)
    assert (entry.reviewed_by, entry.reviewed_on) == (None, None)
    assert entry.scheduled_revision == task_state.revision


def test_change_of_a_live_entry_is_not_sent_without_a_note_for_readers(drug: Drug) -> None:
    client = client_of(author())
    response = submit(client, address_of(drug), "action-submit", summary=NEW_WORDS)
    assert "Tell readers in one sentence what changed." in response.text
    assert not review.waiting().exists()


def test_note_of_the_last_publication_is_not_offered_again(drug: Drug) -> None:
    entry = signed(drug, summary=NEW_WORDS, change_note="The last note.")
    response = client_of(author()).get(address_of(entry))
    assert form_data(response)["change_note"] == [""]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_due_dates_fall_on_days_that_exist(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_draft_that_was_signed_for_a_later_day_is_not_deleted(db: None) -> None:
    """Its signature holds the text: without a word the database would refuse."""
    draft = DrugFactory()
    signed(draft, go_live_at=timezone.now() + timedelta(days=30))
    root = client_of(account("root", "administrator"))
    response = root.post(address_of(draft, "delete"), follow=True)
    assert "the signature belongs to its text" in response.text
    assert Drug.objects.filter(pk=draft.pk, live=False).exists()
