"""The holes of the stock workflow (wagtail-notes, section 3): only the review screen decides."""

import pytest
from wagtail.models import Revision, TaskState, Workflow

from drugs.models import Drug
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import (
    account,
    approved,
    author,
    client_of,
    manager,
    reviewer,
    submitted,
)
from tests.editorial.reviewing import NEW_WORDS, decide
from tests.factories import DrugFactory, publish
from tgsite.editorial.models import EditorialModel, SignOff

pytestmark = pytest.mark.django_db


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
