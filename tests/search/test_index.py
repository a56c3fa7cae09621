"""The table of search follows publication, on every database, in the same transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Revision

from drugs.models import Biosimilar, Drug, DrugSideEffect, OtherMedicine
from education.models import Article
from tests.conftest import Page
from tests.editorial.small_guide import results, words
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    indication,
    publish,
    publish_revision,
    published_article,
    published_drug,
)
from tgsite.search import full_text
from tgsite.search.models import SearchDocument
from tgsite.search.words import stems

pytestmark = pytest.mark.django_db

FACTORIES = {
    "medicine": (DrugFactory, {"brand_name": "Findable"}),
    "class": (DrugClassFactory, {"name": "Findable"}),
    "side-effect": (SideEffectFactory, {"name": "Findable"}),
    "article": (ArticleFactory, {"title": "Findable"}),
    "term": (GlossaryTermFactory, {"term": "findable"}),
}


def found(page: Page, query: str) -> list[str]:
    """The slugs of the results of a search."""
    return results(page(f"/search/?q={query}"))


@pytest.mark.parametrize("kind", FACTORIES)
def test_entry_is_found_from_its_publication_to_its_end(page: Page, kind: str) -> None:
    factory, fields = FACTORIES[kind]
    entry = factory(slug="it", **fields)
    assert found(page, "findable") == []
    entry = publish(entry)
    assert found(page, "findable") == ["it"]
    entry.unpublish()
    assert found(page, "findable") == []
    publish(entry)
    assert found(page, "findable") == ["it"]
    entry.delete()
    assert found(page, "findable") == []


def test_draft_of_a_live_entry_is_not_found(page: Page) -> None:
    drug = published_drug(slug="it", brand_name="Findable")
    drug.brand_name = "Secretly"
    drug.summary = "Hiddenword in a draft."
    drug.save_revision()
    assert found(page, "secretly") == []
    assert found(page, "hiddenword") == []


def test_publication_that_is_refused_leaves_the_table_as_it_was(page: Page) -> None:
    drug = published_drug(slug="it", brand_name="Findable")
    drug.brand_name = "Newname"
    drug.summary = ""
    with pytest.raises(ValidationError):
        publish_revision(drug.save_revision(clean=False))
    assert found(page, "findable") == ["it"]
    assert found(page, "newname") == []


def test_row_is_undone_with_its_transaction(page: Page) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        published_drug(slug="it", brand_name="Findable")
        raise RuntimeError
    assert found(page, "findable") == []


def test_text_of_rows_is_that_of_this_publication(page: Page) -> None:
    drug = published_drug(
        slug="it",
        side_effects=[DrugSideEffect(effect="hiccups (singultus)")],
        biosimilars=[Biosimilar(brand_name="Copycat", generic_name="genericumab-abcd")],
    )
    assert found(page, "singultus") == ["it"]
    assert found(page, "copycat") == ["it"]
    publish(drug, side_effects=[DrugSideEffect(effect="sneezing")], biosimilars=[])
    assert found(page, "singultus") == []
    assert found(page, "copycat") == []
    assert found(page, "sneezing") == ["it"]


def test_part_that_waits_for_a_check_is_not_shown_by_search(page: Page) -> None:
    """The page says "ask your team" instead of it, so no excerpt may show it."""
    published_drug(slug="it", storage="Keep in the icebox.", unconfirmed=("storage",))
    assert found(page, "icebox") == []


def test_withdrawn_use_is_not_what_a_medicine_is_found_by(page: Page) -> None:
    """C8."""
    old = indication(
        summary="For oldcancer",
        status="withdrawn",
        withdrawn_on="2011",
        withdrawn_reason="It did not help.",
    )
    published_drug(slug="it", indications=[indication(), old])
    assert found(page, "oldcancer") == []


def test_notes_for_editors_and_aliases_are_never_shown(page: Page) -> None:
    published_drug(slug="it", internal_notes="Privatenote", search_aliases="Nickname")
    assert found(page, "privatenote") == []
    soup = page("/search/?q=nickname")
    assert results(soup) == ["it"]
    assert "Nickname" not in words(soup.find(id="results"))


def test_medicine_without_a_page_is_known_at_once(page: Page) -> None:
    other = OtherMedicine.objects.create(
        slug="elsewhere", generic_name="elsewherin", kind="hormone therapy"
    )
    assert "We have no page on elsewherin" in words(page("/search/?q=elsewherin"))
    other.delete()
    assert "We have no page on" not in words(page("/search/?q=elsewherin"))


def test_rebuilding_makes_the_same_table() -> None:
    published_drug(slug="one")
    published_article(slug="two")
    columns = [field.name for field in SearchDocument._meta.fields if field.name != "id"]
    before = list(SearchDocument.objects.order_by("kind").values(*columns))
    Drug.objects.filter(slug="one").update(live=False)
    Article.objects.filter(slug="two").update(live=True)
    call_command("rebuild_search", verbosity=0)
    assert [row.slug for row in SearchDocument.objects.all()] == ["two"]
    Drug.objects.filter(slug="one").update(live=True)
    call_command("rebuild_search", verbosity=0)
    assert list(SearchDocument.objects.order_by("kind").values(*columns)) == before


def test_draft_saved_from_an_old_copy_leaves_a_live_entry_found(page: Page) -> None:
    """As by an autosave that began before the publication."""
    old = DrugFactory(slug="it", brand_name="Findable")
    publish(Drug.objects.get(slug="it"))
    old.save_revision(clean=False)
    assert found(page, "findable") == ["it"]


def test_deleting_many_at_once_takes_each_out(page: Page) -> None:
    published_drug(slug="it", brand_name="Findable")
    Drug.objects.filter(slug="it").delete()
    assert found(page, "findable") == []


def test_renamed_entry_is_found_under_its_new_name(page: Page) -> None:
    drug = published_drug(slug="it", brand_name="Findable")
    publish(drug, brand_name="Otherwise", slug="other")
    assert found(page, "findable") == []
    assert found(page, "otherwise") == ["other"]


def test_scheduled_entry_is_found_from_its_day_on(page: Page) -> None:
    drug = DrugFactory(slug="it", brand_name="Findable")
    drug.go_live_at = timezone.now() + timedelta(days=1)
    revision = drug.save_revision(clean=False)
    publish_revision(revision)
    assert found(page, "findable") == []
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    drug.refresh_from_db()
    drug.go_live_at = timezone.now() - timedelta(minutes=1)
    publish_revision(drug.save_revision(clean=False))
    assert found(page, "findable") == ["it"]


def test_use_that_nobody_confirmed_is_not_what_a_medicine_is_found_by(page: Page) -> None:
    rumor = indication(summary="For rumoredcancer", confirmed=False)
    published_drug(slug="it", indications=[indication(), rumor])
    assert found(page, "rumoredcancer") == []


def test_passage_without_words_does_no_harm(page: Page) -> None:
    published_article(("text", "<p>About hiccups.</p>"), slug="it", title="Marks", not_known="...")
    assert found(page, "hiccups") == ["it"]


def test_site_with_content_and_an_empty_table_is_found_after_migrating(page: Page) -> None:
    published_drug(slug="it", brand_name="Findable")
    SearchDocument.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert found(page, "findable") == ["it"]


def test_phrase_never_begins_in_the_title_and_ends_in_the_names() -> None:
    SearchDocument.objects.create(
        kind="term",
        entry_id=1,
        slug="a",
        url="/",
        title="zebra alpha",
        title_stems="zebra alpha",
        names_stems="beta",
    )
    (hit,) = full_text.find(["alpha", "beta"], ["alpha", "beta"], ["term"], 9)
    assert (hit.has_all, hit.has_phrase) == (True, False)


def test_full_text_index_follows_the_table() -> None:
    row = SearchDocument(kind="term", entry_id=1, slug="a", url="/", title="A")
    row.body = row.body_stems = "zebra crossing"
    row.save()
    assert [hit.pk for hit in full_text.find(["zebra"], ["zebra"], ["term"], 9)] == [row.pk]
    row.body_stems = "giraff"
    row.save()
    assert full_text.find(["zebra"], ["zebra"], ["term"], 9) == []
    assert [hit.pk for hit in full_text.find(["giraff"], ["giraff"], ["term"], 9)] == [row.pk]
    row.delete()
    assert full_text.find(["giraff"], ["giraff"], ["term"], 9) == []


def test_rows_with_the_phrase_come_before_those_with_the_words_apart() -> None:
    for number, body in enumerate(("heart rate and failure", "heart failure", "failure")):
        SearchDocument.objects.create(
            kind="term",
            entry_id=number,
            slug=str(number),
            url="/",
            title=str(number),
            body=body,
            body_stems=" ".join(stems(body)),
        )
    hits = full_text.find(stems("heart failure"), stems("heart failure"), ["term"], 9)
    bodies = [(hit.body, hit.has_phrase, hit.has_all) for hit in hits]
    assert bodies == [
        ("heart failure", True, True),
        ("heart rate and failure", False, True),
        ("failure", False, False),
    ]


def test_index_can_be_taken_away_and_made_anew() -> None:
    """What the migration does, both ways."""
    published_drug(slug="it", brand_name="Findable")

    class Editor:
        """Runs statements inside the test's transaction, where SQLite's own editor may not."""

        connection = connection

        def execute(self, statement: str) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

    full_text.uninstall(Editor())
    full_text.install(Editor())
    assert full_text.find(["findabl"], ["findabl"], ["medicine"], 9)
