"""Who may sign a text, and who may not (A2)."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry, TaskState

from drugs.models import Drug
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import account, approved, author, client_of, reviewer, signed, submitted
from tests.editorial.reviewing import NEW_WORDS, decide, screen
from tests.editorial.states import public_state
from tgsite.editorial import review
from tgsite.editorial.models import Contributor, SignOff

pytestmark = pytest.mark.django_db


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
