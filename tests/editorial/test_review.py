"""Clinical review through its screen: four eyes, the six ticks, and the holes of stock Wagtail."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState, Workflow, WorkflowContentType

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
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
from tests.editorial.states import public_state
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
)
from tgsite.editorial import review
from tgsite.editorial.dates import months_later
from tgsite.editorial.models import Contributor, EditorialModel, Publication, SignOff, Tick

pytestmark = pytest.mark.django_db

FACTORIES = [
    DrugFactory,
    DrugClassFactory,
    SideEffectFactory,
    ArticleFactory,
    GlossaryTermFactory,
]
NEW_WORDS = "A sentence that only a clinician may let through."


def screen(task_state: TaskState) -> str:
    """The address of the review screen."""
    return reverse("editorial_review", args=[task_state.pk])


def decide(client: Client, task_state: TaskState, decision: str, **data: object) -> str:
    """Press a button of the review screen with all ticks set; the text of the answer."""
    page = BeautifulSoup(client.get(screen(task_state)).content, "html.parser")
    reasons = {str(one["name"]): "Agreed." for one in page.select("input[name^=reason-]")}
    data = {"ticks": Tick.values, "comment": "", "decision": decision} | reasons | data
    return client.post(screen(task_state), data, follow=True).text


# --- The road


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


# --- Four eyes


def test_who_sent_it_cannot_sign(drug: Drug) -> None:
    both = account("bo", "author", "reviewer")
    task_state = submitted(drug, both, summary=NEW_WORDS)
    text = client_of(both).get(screen(task_state)).text
    assert "a colleague has to sign it" in text
    assert 'value="approve"' not in text


def test_who_edited_since_the_last_approval_cannot_sign(drug: Drug) -> None:
    """Also when someone else wrote after them and sent it."""
    both = account("bo", "author", "reviewer")
    submit(client_of(both), address_of(drug), summary="Words of Bo.")
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    with pytest.raises(PermissionDenied, match="edited this text"):
        approved(task_state, both)
    assert not SignOff.objects.exists()


def test_who_edited_before_the_last_approval_can_sign_the_next_change(drug: Drug) -> None:
    both = account("bo", "author", "reviewer")
    submit(client_of(both), address_of(drug), summary="Words of Bo.", change_note="Note.")
    entry = signed(drug, summary="Words of Bo and others.")
    task_state = submitted(entry, author(), summary=NEW_WORDS)
    assert review.reason_against(task_state, both) == ""


def test_autosaves_count_as_editing(drug: Drug) -> None:
    """A revision that a later autosave of a colleague took over still names its first writer."""
    both, ann = account("bo", "author", "reviewer"), author()
    client = client_of(both)
    data = form_data(client.get(address_of(drug)))
    data["summary"] = "Words of Bo."
    answer = client.post(address_of(drug), data, headers={"accept": "application/json"})
    assert answer.json()["success"]
    task_state = submitted(drug, ann, summary=NEW_WORDS)
    assert "edited this text" in review.reason_against(task_state, both)


def test_named_author_cannot_sign(drug: Drug) -> None:
    """A2: the reviewer is not the writer, whoever typed it."""
    rita = reviewer()
    task_state = submitted(drug, author(), authors=[rita.contributor])
    assert "named as an author" in review.reason_against(task_state, rita)


@pytest.mark.parametrize("role", ["author", "manager", "administrator"])
def test_forged_approval_is_refused_and_logged(
    drug: Drug, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    user = account(role, role)
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    before = public_state(drug)
    with caplog.at_level(logging.WARNING, "tgsite.editorial.review"):
        decide(client_of(user), task_state, "approve")
    assert public_state(drug) == before
    assert not SignOff.objects.exists()
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS
    entry = ModelLogEntry.objects.for_instance(drug).get(action="editorial.review-refused")
    assert entry.user == user
    assert "Refused a decision" in caplog.text


def test_reviewer_without_a_linked_person_cannot_sign(drug: Drug) -> None:
    """A2: the page names who signed, so a name and credentials have to be there."""
    rita = reviewer()
    Contributor.objects.update(credentials="")
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    rita.contributor.refresh_from_db()
    assert "link your account" in review.reason_against(task_state, rita)
    Contributor.objects.all().delete()
    assert "link your account" in client_of(rita).get(screen(task_state)).text


def test_deactivated_reviewer_cannot_sign(drug: Drug) -> None:
    rita = reviewer()
    rita.is_active = False
    with pytest.raises(PermissionDenied):
        approved(submitted(drug, author(), summary=NEW_WORDS), rita)


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


# --- The holes of the stock workflow (wagtail-notes, section 3)


def stock_address(entry: EditorialModel, task_state: TaskState, action: str) -> str:
    """Wagtail's own address for an action on a task."""
    return address_of(entry, "workflow_action", action, task_state.pk)


def test_task_state_of_another_entry_in_the_address_approves_nothing(drug: Drug) -> None:
    """Stock checks the entry of the address and acts on the task state of the address."""
    both = account("bo", "author", "reviewer")
    own = submitted(publish(DrugFactory()), both, summary=NEW_WORDS)
    submitted(drug, author(), summary="Another text.")
    client_of(both).post(stock_address(drug, own, "approve"), {"comment": ""})
    own.refresh_from_db()
    assert own.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_stock_addresses_decide_nothing_for_anybody(drug: Drug, action: str) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    for user in (reviewer(), manager()):
        client_of(user).post(stock_address(drug, task_state, action), {"comment": "x"})
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("extra", ["{}", '{"update": false}', '{"x": 1}', "not json"])
def test_approval_in_the_edit_form_edits_and_approves_nothing(drug: Drug, extra: str) -> None:
    """Stock saves the form as a new revision first, and publishes that."""
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    both = account("bo", "author", "reviewer", "manager")
    client = client_of(both)
    data = form_data(client.get(address_of(drug)))
    data |= {
        "summary": "Never read by anybody.",
        "change_note": "Why.",
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": extra,
    }
    before = Revision.objects.count()
    response = client.post(address_of(drug), data)
    assert response.status_code == 200
    assert Revision.objects.count() == before
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS


def test_stale_tab_never_writes_over_the_approved_revision(drug: Drug) -> None:
    """Stock lets an autosave from before the submission overwrite what was signed."""
    ann = author()
    client = client_of(ann)
    data = form_data(client.get(address_of(drug))) | {"summary": NEW_WORDS}
    saved = client.post(address_of(drug), data, headers={"accept": "application/json"}).json()[
        "revision_id"
    ]
    state = Workflow.objects.get().start(Drug.objects.get(pk=drug.pk), ann)
    approved(state.current_task_state, reviewer())
    content = Revision.objects.get(pk=saved).content
    data |= {"overwrite_revision_id": saved, "summary": "From the stale tab."}
    client.post(address_of(drug), data, headers={"accept": "application/json"})
    assert Revision.objects.get(pk=saved).content == content
    assert Drug.objects.get(pk=drug.pk).live_revision_id == saved


def test_what_is_published_is_the_revision_that_was_submitted(drug: Drug) -> None:
    """Stock publishes the latest one, whoever wrote it since."""
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    late = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    late.summary = "Slipped in afterwards."
    late.save_revision(clean=False)
    approved(task_state, reviewer())
    assert Drug.objects.get(pk=drug.pk).summary == NEW_WORDS


def test_text_under_review_cannot_be_saved_by_anybody(drug: Drug) -> None:
    submitted(drug, author(), summary=NEW_WORDS)
    people = (account("bo", "author", "reviewer", "manager"), account("root", "administrator"))
    for user in people:
        response = submit(client_of(user), address_of(drug), summary="Changed meanwhile.")
        assert "could not be saved as it is locked" in response.text
    assert Drug.objects.get(pk=drug.pk).get_latest_revision_as_object().summary == NEW_WORDS


def test_second_approval_of_the_same_text_gets_a_message(drug: Drug) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    decide(client_of(reviewer()), task_state, "approve")
    text = decide(client_of(reviewer("rolf")), task_state, "approve")
    assert "not waiting for a review any more" in text
    assert SignOff.objects.count() == 1


# --- What a signature is worth


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


# --- Who may do what


def test_page_of_roles_says_who_signs() -> None:
    page = BeautifulSoup(client_of(author()).get(reverse("editorial_roles")).content, "html.parser")
    rows = {
        row.th.get_text(): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in page.select("table.roles tbody tr")
    }
    assert rows["Sign a text or send it back; never one they wrote or sent"] == [
        "No",
        "Yes",
        "No",
        "No",
    ]
    assert rows["Publish a medical change without a clinician"] == ["No"] * 4
    assert rows["Write and edit drafts"] == ["Yes", "No", "Yes", "Yes"]
