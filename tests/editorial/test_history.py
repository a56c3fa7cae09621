"""The history of an entry, as editors and reviewers read it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import ModelLogEntry, Revision

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of, form_data
from tests.editorial.people import (
    approved,
    author,
    client_of,
    manager,
    notice_mark,
    reviewer,
    signed,
    submitted,
)
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
    published_drug,
)
from tests.starter import publish_starter_content
from tgsite.editorial import review, safety
from tgsite.editorial.models import EditorialModel


def milestones(client: Client, entry: EditorialModel, **query: Any) -> list[str]:
    """What the history says happened, newest first."""
    response = client.get(address_of(entry, "history"), query)
    assert response.status_code == 200
    document = BeautifulSoup(response.content, "html.parser")
    return [tag.get_text() for tag in document.select(".milestone strong")]


def links(client: Client, entry: EditorialModel) -> dict[str, str]:
    """Label -> address of every link of the history, of the newest milestone that has it."""
    document = BeautifulSoup(client.get(address_of(entry, "history")).content, "html.parser")
    found = reversed(document.select(".milestone__links a"))
    return {tag.get_text(): str(tag["href"]) for tag in found}


def autosave(client: Client, entry: EditorialModel, data: dict[str, Any], **changes: Any) -> Any:
    """One autosave of the edit screen that ``data`` was read from; what the server answered."""
    headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
    response = client.post(address_of(entry), data | changes, headers=headers)
    answer = response.json()
    assert answer["success"], answer
    # The browser puts what it is answered into its form.
    data |= {"overwrite_revision_id": answer["revision_id"]}
    data |= {"loaded_revision_id": answer["revision_id"]}
    data |= {"loaded_revision_created_at": answer["revision_created_at"]}
    return answer


def test_autosaves_of_one_draft_are_one_line(client_as: ClientAs, drug: Drug) -> None:
    """Wagtail's own history has a line for each."""
    client = client_as("author")
    data = form_data(client.get(address_of(drug)))
    for words in ("One", "One two", "One two three"):
        autosave(client, drug, data, summary=words)
    assert ModelLogEntry.objects.filter(action="wagtail.edit", user__isnull=False).count() == 3
    assert milestones(client, drug).count("Edited") == 1


def test_the_saves_of_two_people_are_two_lines(drug: Drug) -> None:
    ann, bob = author(), author("bob")
    for person in (ann, bob):
        entry = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
        entry.save_revision(user=person, log_action="wagtail.edit")
    assert milestones(client_of(ann), drug).count("Edited") == 2


def test_a_milestone_between_two_saves_keeps_both(drug: Drug) -> None:
    ann = author()
    entry = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    draft = entry.save_revision(user=ann, log_action="wagtail.edit")
    for action in ("wagtail.lock", "wagtail.edit", "wagtail.edit"):
        ModelLogEntry.objects.log_action(
            drug, action, user=ann, revision=draft, content_changed=action == "wagtail.edit"
        )
    assert milestones(client_of(ann), drug)[:3] == ["Edited", "Locked", "Edited"]


def test_a_review_is_told_in_names(drug: Drug) -> None:
    ann, rita = author(), reviewer()
    task = submitted(drug, ann, summary="A first try.")
    review.send_back(task.pk, rita, "Name the trial, please.")
    entry: Any = Drug.objects.get(pk=drug.pk)
    entry.current_workflow_state.resume(user=ann)
    approved(Drug.objects.get(pk=drug.pk).current_workflow_task_state, rita)
    client = client_of(ann)
    told = milestones(client, drug)
    assert told[:2] == ["Published after clinical review", "Approved by Rita Person, MD"] or told[
        :2
    ] == ["Approved by Rita Person, MD", "Published after clinical review"]
    assert "Sent back by the reviewer" in told
    assert {"Sent to clinical review", "Sent to clinical review again"} <= set(told)
    assert "Name the trial, please." in client.get(address_of(drug, "history")).text
    assert "Live version" in client.get(address_of(drug, "history")).text


def test_a_minor_edit_and_an_unpublication_are_told(drug: Drug) -> None:
    signed(drug, summary="Read by a clinician.", how_it_works="It works wel.")
    entry: Any = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    entry.how_it_works = "It works well."
    entry.change_note = "A spelling mistake."
    mona = manager()
    revision = entry.save_revision(user=mona, log_action="wagtail.edit")
    revision.publish(user=mona)
    client = client_of(mona)
    safety.take_off(drug, mona, "A dose was wrong.")
    told = milestones(client, drug)
    assert "Took it off the site: A dose was wrong." in told[:2]
    assert "Small correction, nothing medical" in told
    assert "A spelling mistake." in client.get(address_of(drug, "history")).text


def test_what_was_loaded_from_a_file_says_so(db: None) -> None:
    publish_starter_content()
    entry = Drug.objects.get(slug="herceptin")
    told = milestones(client_of(author()), entry)
    assert "Taken from a file" in told
    assert "Published, not yet reviewed by a clinician" in told


def test_a_safety_notice_is_a_milestone(drug: Drug) -> None:
    mona, text = manager(), "Liver failure was reported."
    safety.put_notice(drug, mona, text, "FDA safety communication", "")
    safety.confirm_notice(drug, reviewer(), notice_mark(drug))
    safety.end_notice(drug, mona, notice_mark(drug))
    told = milestones(client_of(author()), drug)
    assert told[:3] == [
        f"Removed the safety notice: {text}",
        "Confirmed the safety notice: Rita Person, MD",
        f"Put a safety notice on the page: {text}",
    ]


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
@pytest.mark.parametrize("name", ["history", "history_results"])
def test_every_role_reads_the_history(
    client_as: ClientAs, drug: Drug, role: str, name: str
) -> None:
    """Wagtail's own refuses a reviewer, who may only see."""
    response = client_as(role).get(address_of(drug, name))
    assert response.status_code == 200
    assert "Published, not yet reviewed" in response.text


def test_strangers_do_not_read_it(client: Client, drug: Drug) -> None:
    for page in ("history", "revisions_compare", "revisions_view"):
        numbers = {"history": [], "revisions_compare": ["live", "latest"], "revisions_view": [1]}
        response = client.get(address_of(drug, page, *numbers[page]))
        assert response.status_code == 302 and "/login/" in response["Location"]


def test_a_reviewer_compares_and_previews_but_is_offered_no_change(drug: Drug) -> None:
    entry = signed(drug, summary="The first text.")
    submitted(entry, author(), summary="The second text.")
    client = client_of(reviewer())
    found = links(client, entry)
    assert not {"Edit", "Bring this version back"} & set(found)
    assert address_of(entry) not in client.get(address_of(entry, "history")).text
    for label in ("Compare with the version before", "Compare with the last approved"):
        assert client.get(found[label]).status_code == 200
    preview = client.get(found["Preview of this version"])
    assert preview.status_code == 200
    assert "<ins>second</ins>" in client.get(found["Compare with what is live"]).text


def test_a_comparison_offers_the_last_approved_and_the_live_text(drug: Drug) -> None:
    entry = signed(drug, summary="Approved words.")
    submitted(entry, author(), summary="Other words.")
    client = client_of(author("other"))
    entry = Drug.objects.get(pk=entry.pk)
    page = client.get(address_of(entry, "revisions_compare", "earliest", entry.latest_revision_id))
    document = BeautifulSoup(page.content, "html.parser")
    others = {tag.get_text(): str(tag["href"]) for tag in document.select(".milestone__links a")}
    assert any(label.startswith("With the last approved (Rita") for label in others)
    for target in others.values():
        assert "<del>Approved</del>" in client.get(target).text


def test_a_draft_that_was_never_public_has_no_comparison_with_what_is_live(db: None) -> None:
    entry = DrugClassFactory()
    entry.save_revision()
    client = client_of(author())
    assert "Compare with what is live" not in links(client, entry)
    page = client.get(address_of(entry, "revisions_compare", "earliest", "latest"))
    assert "There are no differences" in page.text


def test_revisions_that_are_not_kept_any_more_break_nothing(drug: Drug) -> None:
    """`manage.py purge_revisions` deletes the texts, not the log."""
    ann = author()
    for words in ("One.", "Two."):
        entry: Any = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
        entry.summary = words
        entry.save_revision(user=ann, log_action="wagtail.edit")
    drug.refresh_from_db()
    gone = Revision.objects.filter(object_id=str(drug.pk)).exclude(pk=drug.latest_revision_id)
    numbers = list(gone.exclude(pk=drug.live_revision_id).values_list("pk", flat=True))
    gone.filter(pk__in=numbers).delete()
    client = client_of(ann)
    assert milestones(client, drug).count("Edited") == 2
    for number in numbers:
        assert (
            client.get(address_of(drug, "revisions_compare", number, "latest")).status_code == 404
        )
        assert client.get(address_of(drug, "revisions_view", number)).status_code == 404


HUGE = "9" * 30


@pytest.mark.parametrize("numbers", [(HUGE, "latest"), ("live", HUGE)], ids=["first", "second"])
def test_a_number_that_no_text_can_have_is_not_found(drug: Drug, numbers: tuple[str, str]) -> None:
    client = client_of(author())
    assert client.get(address_of(drug, "revisions_compare", *numbers)).status_code == 404


def test_the_texts_of_another_entry_cannot_be_reached(drug: Drug) -> None:
    other = published_drug(summary="Of another medicine.")
    client = client_of(author())
    number = other.latest_revision_id
    assert client.get(address_of(drug, "revisions_compare", number, "latest")).status_code == 404
    assert client.get(address_of(drug, "revisions_view", number)).status_code == 404


def test_a_person_whose_account_is_gone_breaks_nothing(drug: Drug) -> None:
    ann = author()
    entry = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    entry.save_revision(user=ann, log_action="wagtail.edit")
    ann.delete()
    client = client_of(author("other"))
    assert "Edited" in milestones(client, drug)
    assert client.get(address_of(drug, "revisions_compare", "live", "latest")).status_code == 200


def test_the_filters_keep_working(drug: Drug) -> None:
    ann, bob = author(), author("bob")
    for person in (ann, bob):
        entry = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
        entry.save_revision(user=person, log_action="wagtail.edit")
    client = client_of(ann)
    assert milestones(client, drug, action="wagtail.edit", user=ann.pk) == ["Edited"]
    assert milestones(client, drug, action="wagtail.publish") == [
        "Published, not yet reviewed by a clinician"
    ]
    assert milestones(client, drug, timestamp_to="2001-01-01") == []


def test_a_long_history_costs_no_more_queries(
    drug: Drug, django_assert_max_num_queries: Any
) -> None:
    people = [author(f"author{number}") for number in range(8)]
    for person in people:
        entry = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
        entry.save_revision(user=person, log_action="wagtail.edit")
    client = client_of(people[0])
    client.get(address_of(drug, "history"))
    with django_assert_max_num_queries(22):
        assert len(milestones(client, drug)) >= 9


@pytest.mark.parametrize(
    "factory",
    [ArticleFactory, DrugClassFactory, GlossaryTermFactory, SideEffectFactory],
    ids=lambda factory: factory._meta.model.__name__,
)
def test_every_kind_of_entry_has_it(db: None, factory: Any) -> None:
    entry = publish(factory())
    client = client_of(reviewer())
    assert milestones(client, entry) == ["Published, not yet reviewed by a clinician"]
    page = client.get(address_of(entry, "revisions_compare", "live", "latest"))
    assert "There are no differences" in page.text


def test_the_list_leads_a_reviewer_to_the_history(client_as: ClientAs, drug: Drug) -> None:
    page = client_as("reviewer").get(address_of(Drug, "list"))
    assert address_of(drug, "history") in page.text


def test_an_earlier_version_is_brought_back_by_who_may_write(drug: Drug) -> None:
    ann = author()
    entry: Any = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    entry.summary = "Newer."
    entry.save_revision(user=ann, log_action="wagtail.edit")
    found = links(client_of(ann), drug)["Bring this version back"]
    assert client_of(ann).get(found).status_code == 200
    assert client_of(reviewer()).get(found).status_code == 302
