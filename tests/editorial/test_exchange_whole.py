"""The whole starter content goes out and in again: the same files, the same public pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Revision

from drugs.models import Drug, SideEffect
from education.models import Article, GlossaryTerm
from tests.editorial.exchange import (
    export_to,
    import_from,
    pages,
    public_addresses,
    wipe,
)
from tests.editorial.people import signed as sign
from tests.editorial.small_guide import for_a_module
from tests.factories import ContributorFactory, DrugFactory, publish
from tests.starter import publish_starter_content
from tgsite.editorial.models import ContentVersion, Contributor, PublishedSlug, SignOff


@dataclass
class Trip:
    """What was there before the site was emptied, and after the import."""

    files: dict[str, bytes]
    pages: dict[str, Any]
    printed: str
    folder: Path


def liven_up() -> None:
    """What the starter content lacks: signatures, people, old addresses, drafts, notices, plans."""
    wanda = ContributorFactory(slug="wanda", name="Wanda", user=None)
    sign(Drug.objects.get(slug="kisqali"), change_note="New warning.", authors=[wanda])
    publish(Drug.objects.get(slug="verzenio"), slug="verzenio-new", change_note="A new name.")
    Article.objects.get(slug="stages-and-settings").unpublish()
    DrugFactory(slug="unfinished", brand_name="Unfinished", sources=[])
    soon = timezone.now() + timedelta(days=2)
    sign(DrugFactory(slug="coming", brand_name="Coming", sources=[]), go_live_at=soon)
    publish(Drug.objects.get(slug="ibrance"), expire_at=soon)
    halfway = Drug(brand_name="Halfway", live=False)
    halfway.save()
    halfway.save_revision(clean=False)
    pending = GlossaryTerm.objects.live().order_by("slug")[0]
    pending.definition = "A draft beside the live text."
    pending.save_revision()
    SideEffect.objects.filter(slug="diarrhea").update(
        safety_notice="Call your team at once.",
        safety_notice_source="FDA",
        safety_notice_since=timezone.localdate() - timedelta(days=5),
        safety_notice_until=timezone.localdate() + timedelta(days=9),
        first_published_at=timezone.now() - timedelta(days=400),
        last_published_at=timezone.now() - timedelta(days=300),
    )


@pytest.fixture(scope="module")
def trip(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Trip]:
    """The starter content and more, exported; the site emptied, and the export imported."""

    def make() -> Trip:
        publish_starter_content()
        liven_up()
        folder = tmp_path_factory.mktemp("exchange") / "guide"
        addresses = public_addresses()
        files, before = export_to(folder), pages(addresses)
        wipe()
        return Trip(files, before, import_from(folder, "--live-unreviewed"), folder)

    yield from for_a_module(django_db_blocker, make)


def test_the_export_after_the_import_is_the_same_byte_for_byte(
    trip: Trip, db: None, tmp_path: Path
) -> None:
    again = export_to(tmp_path / "again")
    differing = [
        name for name in trip.files.keys() | again.keys() if trip.files.get(name) != again.get(name)
    ]
    assert not differing
    assert len(trip.files) > 30


def test_every_public_page_is_the_same_after_the_import(trip: Trip, db: None) -> None:
    again = pages(list(trip.pages))
    differing = [address for address in trip.pages if trip.pages[address] != again[address]]
    assert not differing
    assert len(again) > 200


def test_importing_the_same_export_again_changes_nothing(trip: Trip, db: None) -> None:
    version, revisions = ContentVersion.current(), Revision.objects.count()
    said = import_from(trip.folder, "--live-unreviewed")
    assert " 0 added, 0 changed," in f" {said}"
    assert "0 kept" in said
    assert (ContentVersion.current(), Revision.objects.count()) == (version, revisions)


def test_a_signature_comes_back_with_its_person(trip: Trip, db: None) -> None:
    entry = Drug.objects.get(slug="kisqali")
    assert entry.reviewed_by == Contributor.objects.get(slug="rita")
    assert entry.reviewed_on == timezone.localdate()
    assert SignOff.of(entry).get().revision == entry.live_revision
    assert trip.pages["/drugs/kisqali/"][0] == 200


def test_an_old_address_still_leads_to_its_entry(trip: Trip, db: None) -> None:
    assert PublishedSlug.objects.filter(slug="verzenio").exists()
    found = pages(["/drugs/verzenio/"])["/drugs/verzenio/"]
    assert found[:2] == (301, "/drugs/verzenio-new/")


def test_what_was_no_page_is_none_after_the_import(trip: Trip, db: None) -> None:
    """Drafts, what was taken off the site, and a draft without an address."""
    hidden = ["/drugs/unfinished/", "/learn/stages-and-settings/"]
    assert {one[0] for one in pages(hidden).values()} == {404}
    assert Drug.objects.filter(slug__startswith="draft-", brand_name="Halfway").exists()


def test_the_sitemap_lists_the_same_pages(trip: Trip, db: None, settings: Any) -> None:
    """Outside development it has only what a clinician reviewed."""
    assert b"/drugs/kisqali/" in trip.pages["/sitemap.xml"][2]
    assert b"/drugs/verzenio" not in trip.pages["/sitemap.xml"][2]
