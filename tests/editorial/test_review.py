"""A text on its way through clinical review: sent, read, signed, sent back or withdrawn."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, TaskState, WorkflowContentType

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.admin_form import address_of, submit
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
from tests.editorial.reviewing import NEW_WORDS, decide, screen
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
)
from tgsite.editorial import review
from tgsite.editorial.models import Contributor, EditorialModel, Publication, SignOff, Tick
from tgsite.editorial.safety import take_off

pytestmark = pytest.mark.django_db

FACTORIES = [
    DrugFactory,
    DrugClassFactory,
    SideEffectFactory,
    ArticleFactory,
    GlossaryTermFactory,
]


@pytest.mark.parametrize("model", [Drug, DrugClass, SideEffect, Article, GlossaryTerm])
def test_every_kind_of_entry_goes_through_clinical_review(model: type[EditorialModel]) -> None:
    content_type = ContentType.objects.get_for_model(model)
    assert WorkflowContentType.objects.get(content_type=content_type).workflow.name == (
        "Clinical review"
    )


@pytest.mark.parametrize("factory", FACTORIES)
def test_approval_publishes_the_text_and_stamps_reviewer_and_dates(
    factory: type, page: Page
) -> None:
    """A2, A3: reviewer, date and next due date stand on the row, the log and the page."""
    entry = factory()
    rita = reviewer()
    task_state = submitted(entry, author())
    decide(client_of(rita), task_state, "approve")
    entry = type(entry).objects.get(pk=entry.pk)
    today = timezone.localdate()
    assert entry.live
    assert entry.live_revision_id == task_state.revision_id
    assert entry.reviewed_by == rita.contributor
    assert entry.reviewed_on == today
    months = (entry.review_due.year - today.year) * 12 + entry.review_due.month - today.month
    assert months == (12 if factory in (ArticleFactory, GlossaryTermFactory) else 6)
    publication = Publication.of(entry).get()
    assert (publication.kind, publication.revision_id) == ("reviewed", task_state.revision_id)
    actions = ModelLogEntry.objects.for_instance(entry).values_list("action", flat=True)
    assert {"wagtail.workflow.approve", "wagtail.publish"} <= set(actions)
    assert "Rita Person, MD" in page(entry.get_absolute_url()).get_text()


def test_sign_off_keeps_who_signed_what_and_how(drug: Drug) -> None:
    rita, ann = reviewer(), author()
    task_state = submitted(drug, ann, summary=NEW_WORDS)
    decide(client_of(rita), task_state, "approve", comment="Well written.")
    sign_off = SignOff.last_of(drug)
    assert sign_off is not None
    assert sign_off.revision_id == task_state.revision_id
    assert (sign_off.signed_as, sign_off.signed_by) == ("Rita Person, MD", rita)
    assert sign_off.submitted_by == ann
    assert sign_off.ticks == Tick.values
    task_state.refresh_from_db()
    assert task_state.comment == "Well written."


def test_signature_keeps_its_name_when_the_person_is_renamed(drug: Drug) -> None:
    entry = signed(drug, summary=NEW_WORDS)
    Contributor.objects.update(name="Another Name")
    assert SignOff.last_of(entry).signed_as == "Rita Person, MD"


# --- What is asked before a signature


@pytest.mark.parametrize("missing", Tick.values)
def test_all_six_ticks_are_needed_and_what_was_typed_stays(drug: Drug, missing: str) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    ticks = [tick for tick in Tick.values if tick != missing]
    text = decide(client_of(reviewer()), task_state, "approve", ticks=ticks, comment="Typed.")
    assert "Tick all six" in text
    assert "Typed." in text
    assert text.count("checked") == 5
    assert not SignOff.objects.exists()


def test_forged_seventh_tick_is_refused(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    decide(client_of(reviewer()), task_state, "approve", ticks=[*Tick.values, "all"])
    assert not SignOff.objects.exists()


def test_nothing_passes_a_final_check(drug: Drug) -> None:
    """C8: not even a reason."""
    use = drug.indications.get()
    use.approved_on = ""
    task_state = submitted(drug, author(), indications=[use])
    with pytest.raises(ValidationError, match="date of the approval"):
        approved(task_state, reviewer())
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("comment", ["", "   \n "])
def test_sending_back_needs_words(drug: Drug, comment: str) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    text = decide(client_of(reviewer()), task_state, "send-back", comment=comment)
    assert "Say what has to change" in text
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS


def test_author_learns_by_mail_and_on_the_edit_screen_why_it_came_back(
    drug: Drug, django_capture_on_commit_callbacks: Any
) -> None:
    ann = author()
    task_state = submitted(drug, ann, summary=NEW_WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        decide(client_of(reviewer()), task_state, "send-back", comment="Please name the trial.")
    (message,) = mail.outbox
    assert message.to == ["ann@example.org"]
    assert "Please name the trial." in message.body
    assert address_of(drug) in message.body
    assert "Please name the trial." in client_of(ann).get(address_of(drug)).text


def test_reviewers_get_a_mail_that_leads_to_the_review(
    drug: Drug, django_capture_on_commit_callbacks: Any
) -> None:
    rita, ann = reviewer(), author()
    with django_capture_on_commit_callbacks(execute=True):
        submit(
            client_of(ann), address_of(drug), "action-submit", summary="New.", change_note="Why."
        )
    (message,) = mail.outbox
    task_state = TaskState.objects.get()
    assert message.to == [rita.email]
    assert screen(task_state) in message.body


def test_text_that_was_sent_back_can_be_mended_and_sent_again(drug: Drug, page: Page) -> None:
    ann, rita = author(), reviewer()
    first = submitted(drug, ann, summary=NEW_WORDS, change_note="Why.")
    decide(client_of(rita), first, "send-back", comment="Shorter, please.")
    submit(client_of(ann), address_of(drug), "action-submit", summary="Short and signed.")
    second = review.waiting().get()
    assert second.pk != first.pk
    decide(client_of(rita), second, "approve")
    assert "Short and signed." in page(drug.get_absolute_url()).get_text()


# --- Withdrawing


def test_author_withdraws_and_the_draft_stays(drug: Drug) -> None:
    ann = author()
    task_state = submitted(drug, ann, summary=NEW_WORDS)
    decide(client_of(ann), task_state, "withdraw")
    assert not review.waiting().exists()
    drug = Drug.objects.get(pk=drug.pk)
    assert drug.get_latest_revision_as_object().summary == NEW_WORDS
    assert drug.get_lock() is None


def test_manager_withdraws_what_an_absent_author_sent(drug: Drug) -> None:
    ann = author()
    task_state = submitted(drug, ann, summary=NEW_WORDS)
    ann.delete()
    decide(client_of(manager()), task_state, "withdraw")
    assert not review.waiting().exists()


def test_another_author_cannot_withdraw(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    decide(client_of(author("other")), task_state, "withdraw")
    assert review.waiting().exists()


# --- The screen


def test_screen_shows_changes_checks_and_sources(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    text = client_of(reviewer()).get(screen(task_state)).text
    assert "no clinician has reviewed" in text
    assert "Prescribing information" in text


def test_screen_compares_with_the_last_approved_text(drug: Drug) -> None:
    entry = signed(drug, summary="Signed words.")
    task_state = submitted(entry, author(), summary=NEW_WORDS)
    assert "the text that Rita Person, MD approved" in (
        client_of(reviewer()).get(screen(task_state)).text
    )


def test_preview_of_the_screen_shows_the_submitted_text(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    address = reverse("editorial_review_preview", args=[task_state.pk])
    assert NEW_WORDS in client_of(reviewer()).get(address).text


def test_screen_says_that_the_page_was_taken_off_meanwhile(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    rita = client_of(reviewer())
    assert "taken off the site" not in rita.get(screen(task_state)).text
    take_off(drug, manager(), "The maker withdrew it.")
    text = rita.get(screen(task_state)).text
    assert "This page was taken off the site" in text
    assert "The maker withdrew it." in text


@pytest.mark.parametrize("name", ["editorial_review", "editorial_review_preview"])
def test_unknown_review_is_not_found(name: str) -> None:
    assert client_of(reviewer()).get(reverse(name, args=[987654])).status_code == 404


def test_account_without_a_role_sees_no_review(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    nobody = account("nobody")
    response = client_of(nobody).get(screen(task_state))
    assert response.status_code in (302, 403)


def test_decided_review_says_how_it_ended(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    rita = reviewer()
    approved(task_state, rita)
    text = client_of(rita).get(screen(task_state)).text
    assert "Approved by Rita Person, MD" in text
    assert 'name="decision"' not in text


@pytest.mark.parametrize("data", [{}, {"decision": "publish"}, {"decision": ["a", "b"]}])
def test_nonsense_decides_nothing(drug: Drug, data: dict[str, object]) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    response = client_of(reviewer()).post(screen(task_state), data)
    assert response.status_code == 200
    assert review.waiting().exists()
