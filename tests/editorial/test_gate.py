"""`EditorialModel.publish` is the one gate: all of a publication or nothing of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Revision, Task, Workflow, WorkflowTask
from wagtail.signals import published

from drugs.models import Drug, DrugClass, DrugSource, LabelSource
from tests.editorial.people import author
from tests.editorial.states import public_state, row_state, visit
from tests.factories import (
    SET_ID,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    indication,
    publish,
    publish_revision,
    published_drug,
)
from tgsite.editorial.models import RESERVED_SLUGS, ContentVersion, PublishedSlug

pytestmark = pytest.mark.django_db


def two_main_labels() -> list[LabelSource]:
    """Two different official labels, both marked as the one to watch."""
    other = uuid.uuid4()
    return [LabelSource(set_id=one, what="Label", main=True) for one in (SET_ID, other)]


def same_key_twice() -> list[DrugSource]:
    """Two sources that carry one key."""
    key = uuid.uuid4()
    return [DrugSource(key=key, title=title, publisher="FDA") for title in ("One", "Two")]


def withdrawn(**values: Any) -> list[Any]:
    """A withdrawn use with ``values``."""
    return [indication(status="withdrawn", **values)]


# Each case: what is changed, and a word of the sentence that the editor reads.
REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "no-sources-A4": (lambda: {"sources": []}, "source"),
    "no-emergency-signs-B1": (lambda: {"call_911": ""}, "call_911"),
    "no-call-your-team-signs-B1": (lambda: {"call_team_now": " \n "}, "call_team_now"),
    "withdrawn-without-date-C8": (
        lambda: {"indications": withdrawn(withdrawn_reason="No benefit.")},
        "withdrawn_on",
    ),
    "withdrawn-without-reason-C8": (
        lambda: {"indications": withdrawn(withdrawn_on="2011-11-18")},
        "withdrawn_reason",
    ),
    "use-without-source-A4": (lambda: {"indications": [indication(source="")]}, "source"),
    "approval-without-date-C8": (
        lambda: {"indications": [indication(approved_on="")]},
        "approved_on",
    ),
    "current-use-with-withdrawal-date-C8": (
        lambda: {"indications": [indication(withdrawn_on="2011-11-18")]},
        "withdrawn_on",
    ),
    "use-without-setting-C1": (lambda: {"indications": [indication(setting=())]}, "setting"),
    "use-without-her2-C1": (lambda: {"indications": [indication(her2=())]}, "her2"),
    "unknown-status": (lambda: {"indications": [indication(status="rumoured")]}, "status"),
    "two-main-labels": (lambda: {"label_sources": two_main_labels()}, "main"),
    "no-main-label": (
        lambda: {"label_sources": [LabelSource(set_id=SET_ID, what="Label")]},
        "main",
    ),
    "reserved-slug": (lambda: {"slug": "compare"}, "kept for another address"),
    "missing-slug": (lambda: {"slug": None}, "slug"),
    "empty-slug": (lambda: {"slug": ""}, "slug"),
    "no-brand-name": (lambda: {"brand_name": ""}, "brand_name"),
    "inherited-and-tumor-genes": (
        lambda: {"indications": [indication(mutations=("BRCA1", "PIK3CA"))]},
        "not both",
    ),
    "long-summary-C1": (lambda: {"summary": "word " * 61}, "At most 60 words; these are 61."),
    "six-key-points-G1": (lambda: {"key_points": "\n".join("abcdef")}, "At most 5 key points"),
    "duplicate-row-keys": (lambda: {"sources": same_key_twice()}, "same key"),
}


@pytest.mark.parametrize(("changes", "word"), REFUSED.values(), ids=REFUSED)
def test_refused_publication_of_a_live_entry_changes_nothing(
    drug: Drug, changes: Callable[[], dict[str, Any]], word: str
) -> None:
    """A4, B1, C8: what blocks is refused in words; row, children and version stay."""
    before, version = public_state(drug), ContentVersion.current()
    addresses = list(PublishedSlug.objects.all())
    with pytest.raises(ValidationError) as refusal:
        publish(drug, **changes())
    assert word in " ".join(refusal.value.messages)
    assert public_state(drug) == before
    assert ContentVersion.current() == version
    assert list(PublishedSlug.objects.all()) == addresses


@pytest.mark.parametrize(("changes", "word"), REFUSED.values(), ids=REFUSED)
def test_refused_first_publication_leaves_a_draft(
    changes: Callable[[], dict[str, Any]], word: str
) -> None:
    """A4, B1, C8: an entry that was never live does not become it."""
    drug, version = DrugFactory(), ContentVersion.current()
    with pytest.raises(ValidationError):
        publish(drug, **changes())
    drug = Drug.objects.get(pk=drug.pk)
    assert not drug.live
    assert drug.live_revision_id is None
    assert ContentVersion.current() == version


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_every_reserved_word_is_refused_as_slug(slug: str) -> None:
    with pytest.raises(ValidationError, match="kept for another address"):
        publish(DrugFactory(), slug=slug)


def test_class_without_explanation_is_refused() -> None:
    """C2: a class page says what the medicines are and how they work."""
    with pytest.raises(ValidationError, match="how_it_works"):
        publish(DrugClassFactory(), how_it_works="")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"summary": "word " * 61}, "summary: At most 60 words"),
        ({"key_points": "word " * 91}, "key_points: At most 5 key points of 90 words"),
    ],
    ids=["summary-C1", "key-points-G1"],
)
def test_class_that_says_too_much_at_once_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        publish(DrugClassFactory(), **changes)


def test_refusal_names_every_reason_at_once(drug: Drug) -> None:
    with pytest.raises(ValidationError) as refusal:
        publish(drug, call_911="", sources=[], slug="compare")
    assert len(refusal.value.messages) >= 3


def test_medicine_that_looks_like_itself_is_refused(drug: Drug) -> None:
    """B5."""
    with pytest.raises(ValidationError, match="not_the_same_as"):
        publish(drug, not_the_same_as=[drug])


def test_slug_of_another_live_entry_is_refused(drug: Drug) -> None:
    with pytest.raises(ValidationError, match="slug"):
        published_drug(slug=drug.slug)


def test_slug_that_once_belonged_to_another_entry_is_refused(drug: Drug) -> None:
    publish(drug, slug="new-name")
    other, version = DrugFactory(), ContentVersion.current()
    with pytest.raises(ValidationError, match="belongs to another entry"):
        publish(other, slug="herceptin")
    assert not Drug.objects.get(pk=other.pk).live
    assert ContentVersion.current() == version
    assert visit(Drug, "herceptin") == (301, "/drugs/new-name/")


def test_old_slug_of_a_medicine_is_free_for_a_class(drug: Drug) -> None:
    publish(drug, slug="new-name")
    assert publish(DrugClassFactory(), slug="herceptin").live


# --- All or nothing


class Failure(Exception):
    """Something inside a publication went wrong."""


def fail(*_args: Any, **_kwargs: Any) -> None:
    """Fail in place of the real thing."""
    raise Failure


def failing_signal(_monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver of `published` that raises; taken away by the test's own clean-up."""
    published.connect(fail, dispatch_uid="test-failure")


BREAK: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "content-version": lambda patch: patch.setattr(ContentVersion, "advance", fail),
    "old-address": lambda patch: patch.setattr(Drug, "_keep_address", fail),
    "child-row": lambda patch: patch.setattr(DrugSource, "save", fail),
    "published-signal": failing_signal,
}


@pytest.mark.parametrize("break_it", BREAK.values(), ids=BREAK)
def test_publication_that_fails_half_way_changes_nothing(
    drug: Drug,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    break_it: Callable[[pytest.MonkeyPatch], None],
) -> None:
    request.addfinalizer(lambda: published.disconnect(dispatch_uid="test-failure"))
    before, version = public_state(drug), ContentVersion.current()
    drug.slug, drug.brand_name = "new-name", "Changed"
    drug.indications = [indication(summary="Changed")]
    drug.sources = [DrugSource(title="Changed", publisher="FDA", kind="regulator")]
    revision = drug.save_revision()
    break_it(monkeypatch)
    with pytest.raises(Failure):
        publish_revision(revision)
    assert public_state(drug) == before
    assert ContentVersion.current() == version
    assert not PublishedSlug.objects.filter(slug="new-name").exists()


def test_unpublication_that_fails_half_way_leaves_the_entry_live(
    drug: Drug, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContentVersion, "advance", fail)
    with pytest.raises(Failure):
        drug.unpublish()
    assert Drug.objects.get(pk=drug.pk).live


# --- The number of the public content


def test_publication_raises_the_content_version_by_one() -> None:
    drug, version = DrugFactory(), ContentVersion.current()
    publish(drug)
    assert ContentVersion.current() == version + 1


def test_republication_raises_the_content_version_by_one(drug: Drug) -> None:
    version = ContentVersion.current()
    publish(drug, summary="Changed.")
    assert ContentVersion.current() == version + 1


def test_unpublication_raises_the_content_version_by_one(drug: Drug) -> None:
    version = ContentVersion.current()
    drug.unpublish()
    assert ContentVersion.current() == version + 1


@pytest.mark.parametrize("make", [published_drug, lambda: publish(DrugClassFactory())])
def test_deletion_of_a_live_entry_raises_the_content_version(make: Callable[[], Any]) -> None:
    entry = make()
    version = ContentVersion.current()
    entry.delete()
    assert ContentVersion.current() == version + 1


def test_deletion_of_many_raises_the_content_version(drug: Drug) -> None:
    version = ContentVersion.current()
    Drug.objects.all().delete()
    assert ContentVersion.current() > version


def test_draft_of_a_live_entry_leaves_the_content_version(drug: Drug) -> None:
    version = ContentVersion.current()
    drug.summary = "Changed."
    drug.save_revision()
    assert ContentVersion.current() == version


# --- Drafts beside the live text


def test_draft_of_a_live_entry_never_changes_what_readers_see(drug: Drug) -> None:
    before = public_state(drug)
    draft = Drug.objects.get(pk=drug.pk)
    draft.slug, draft.brand_name, draft.summary = "new-name", "Changed", "Changed."
    draft.indications = [indication(summary="Changed", her2=("negative",))]
    draft.forms = []
    draft.sources = []
    draft.save_revision(clean=False)
    assert public_state(drug) == before
    assert visit(Drug, "new-name") == (404, "")


def test_draft_of_a_live_entry_is_marked_for_editors(drug: Drug) -> None:
    drug.summary = "Changed."
    drug.save_revision()
    assert Drug.objects.get(pk=drug.pk).has_unpublished_changes


def test_unpublished_entry_is_gone_for_readers_and_kept_for_editors(drug: Drug) -> None:
    drug.unpublish()
    assert visit(Drug, "herceptin") == (404, "")
    assert Drug.objects.get(pk=drug.pk).brand_name == "Herceptin"


def test_scheduled_publication_leaves_the_live_text(drug: Drug) -> None:
    before = public_state(drug)
    drug = Drug.objects.get(pk=drug.pk)
    drug.summary, drug.go_live_at = "Changed.", timezone.now() + timedelta(days=1)
    publish_revision(drug.save_revision())
    after = public_state(drug)
    assert (after["page"], after["list"]) == (before["page"], before["list"])


# --- Whose review it is


def reviewed(drug: Drug) -> Drug:
    """The entry with a review on its row."""
    reviewer = ContributorFactory()
    Drug.objects.filter(pk=drug.pk).update(
        reviewed_by=reviewer, reviewed_on=date(2026, 5, 1), review_due=date(2026, 11, 1)
    )
    return Drug.objects.get(pk=drug.pk)


def test_review_of_the_row_outlives_an_older_revision(drug: Drug) -> None:
    """A2, A3: no text written before the review takes it away."""
    old = drug.save_revision()
    reviewed(drug)
    publish_revision(Revision.objects.get(pk=old.pk))
    drug = Drug.objects.get(pk=drug.pk)
    assert (drug.reviewed_on, drug.review_due) == (date(2026, 5, 1), date(2026, 11, 1))
    assert drug.reviewed_by is not None


def test_review_of_the_row_outlives_a_revision_read_before_the_review(drug: Drug) -> None:
    """A2, A3: nor does a publication that began before the review and ends after it."""
    old = drug.save_revision()
    reviewed(drug)
    publish_revision(old)
    drug = Drug.objects.get(pk=drug.pk)
    assert drug.reviewed_on == date(2026, 5, 1)


def test_review_fields_never_come_back_from_the_json_of_a_revision(drug: Drug) -> None:
    """A2, A3: neither into a draft, nor onto the page, nor by publication."""
    forged = {
        "reviewed_by": ContributorFactory().pk,
        "reviewed_on": "2020-01-01",
        "review_due": "2030-01-01",
    }
    revision = drug.save_revision()
    revision.content = revision.content | forged
    revision.save()
    assert revision.as_object().reviewed_on is None
    publish_revision(revision)
    drug = Drug.objects.get(pk=drug.pk)
    assert (drug.reviewed_by, drug.reviewed_on, drug.review_due) == (None, None, None)
    assert not public_state(drug)["row"]["row"]["reviewed_on"]


def test_revision_holds_no_review_fields(drug: Drug) -> None:
    content = reviewed(drug).save_revision().content
    assert not set(Drug.REVIEW_FIELDS) & set(content)


# --- Autosave


def test_autosave_overwrites_a_plain_draft(drug: Drug) -> None:
    draft = drug.save_revision()
    drug.summary = "Typed on."
    assert drug.save_revision(overwrite_revision=draft).pk == draft.pk


def test_autosave_never_overwrites_the_live_revision(drug: Drug) -> None:
    before, live = public_state(drug), drug.live_revision
    drug.summary = "Typed on."
    draft = drug.save_revision(overwrite_revision=live)
    assert draft.pk != live.pk
    assert public_state(drug) == before


def test_autosave_of_a_copy_read_before_publication_leaves_the_live_revision(drug: Drug) -> None:
    draft = drug.save_revision()
    stale = Drug.objects.get(pk=drug.pk)
    publish_revision(draft)
    before = public_state(drug)
    stale.summary = "Typed on."
    with suppress(PermissionDenied):
        stale.save_revision(overwrite_revision=draft)
    assert public_state(drug) == before


def test_autosave_never_overwrites_a_submitted_revision(drug: Drug) -> None:
    ann = author()
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(
        workflow=workflow, task=Task.objects.create(name="Read"), sort_order=1
    )
    submitted = drug.save_revision(user=ann)
    workflow.start(drug, ann)
    submitted.refresh_from_db()
    content = submitted.content
    drug.summary = "Typed on."
    draft = drug.save_revision(user=ann, overwrite_revision=submitted)
    submitted.refresh_from_db()
    assert draft.pk != submitted.pk
    assert submitted.content == content


def test_autosave_never_overwrites_a_scheduled_revision(drug: Drug) -> None:
    drug.go_live_at = timezone.now() + timedelta(days=1)
    scheduled = drug.save_revision()
    publish_revision(scheduled)
    scheduled.refresh_from_db()
    drug = Drug.objects.get(pk=drug.pk)
    assert drug.save_revision(overwrite_revision=scheduled).pk != scheduled.pk


# --- Rows keep their identity


def keys(drug: Drug) -> dict[str, list[Any]]:
    """The keys of every row in the tables."""
    return {
        name: [row["key"] for row in rows]
        for name, rows in row_state(drug).items()
        if isinstance(rows, list) and rows and isinstance(rows[0], dict)
    }


def test_keys_of_rows_survive_republication_of_the_same_revision(drug: Drug) -> None:
    drug.sources = [DrugSource(title="New", publisher="FDA", kind="regulator")]
    revision = drug.save_revision()
    publish_revision(revision)
    first, rows = keys(drug), row_state(drug)["sources"]
    publish_revision(Revision.objects.get(pk=revision.pk))
    assert keys(drug) == first
    assert len(row_state(drug)["sources"]) == len(rows) == 1


def test_keys_of_rows_survive_a_changed_text(drug: Drug) -> None:
    before = keys(drug)
    drug = Drug.objects.get(pk=drug.pk)
    row = drug.indications.first()
    row.summary = "Other words"
    publish(drug, indications=[row])
    assert keys(drug)["indications"] == before["indications"]


# --- Addresses


def test_renamed_live_slug_leads_to_the_new_one_for_ever(drug: Drug) -> None:
    publish(drug, slug="new-name")
    assert visit(Drug, "herceptin") == (301, "/drugs/new-name/")
    assert visit(Drug, "new-name") == (200, "")


def test_chain_of_two_renames_leads_straight_to_the_last(drug: Drug) -> None:
    publish(publish(drug, slug="second"), slug="third")
    assert visit(Drug, "herceptin") == visit(Drug, "second") == (301, "/drugs/third/")


def test_renaming_back_takes_the_redirect_away(drug: Drug) -> None:
    publish(publish(drug, slug="new-name"), slug="herceptin")
    assert visit(Drug, "herceptin") == (200, "")
    assert visit(Drug, "new-name") == (301, "/drugs/herceptin/")


def test_renamed_class_keeps_its_old_address() -> None:
    publish(publish(DrugClassFactory(slug="old")), slug="better")
    assert visit(DrugClass, "old") == (301, "/classes/better/")


def test_old_address_of_an_unpublished_entry_is_not_found(drug: Drug) -> None:
    publish(drug, slug="new-name").unpublish()
    assert visit(Drug, "herceptin") == (404, "")


def test_slug_of_a_draft_that_was_never_live_leaves_no_redirect() -> None:
    drug = DrugFactory(slug="first-idea")
    publish(drug, slug="better-idea")
    assert [kept.slug for kept in PublishedSlug.objects.all()] == ["better-idea"]


def test_renaming_while_unpublished_keeps_the_old_address(drug: Drug) -> None:
    """A slug, once published, is kept for ever (design, section 6)."""
    drug.unpublish()
    publish(Drug.objects.get(pk=drug.pk), slug="new-name")
    assert visit(Drug, "herceptin") == (301, "/drugs/new-name/")


def test_scheduled_rename_changes_no_address_before_its_day(drug: Drug) -> None:
    drug = publish(drug, slug="second")
    drug.slug, drug.go_live_at = "herceptin", timezone.now() + timedelta(days=1)
    publish_revision(drug.save_revision())
    assert visit(Drug, "second") == (200, "")
    assert visit(Drug, "herceptin") == (301, "/drugs/second/")
