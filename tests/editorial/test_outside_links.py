"""Every address of another site is found, with the page and the place it stands at."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Drug, DrugSource, LabelSource, OtherMedicine, SupportProgram
from tests.factories import (
    SET_ID,
    DrugFactory,
    SideEffectFactory,
    indication,
    medicine_rule,
    publish,
    published_article,
    published_drug,
)
from tgsite.editorial.models import SiteSettings
from tgsite.editorial.outside_links import OutsideLink, is_outside, outside_links

pytestmark = pytest.mark.django_db


def found(page: str = "") -> dict[str, OutsideLink]:
    """Address -> link, of one page or of all."""
    return {one.address: one for one in outside_links() if page in (one.page, "")}


def test_a_medicine_gives_the_addresses_of_all_its_rows() -> None:
    published_drug(
        brand_name="Herceptin",
        sources=[
            DrugSource(
                kind="guideline",
                title="Review",
                publisher="NCI",
                url="https://cancer.example/a#top",
            )
        ],
        indications=[indication(source_url="https://fda.example/use")],
        support_programs=[
            SupportProgram(name="Help", sponsor="The maker", url="https://help.example/")
        ],
        label_sources=[LabelSource(set_id=SET_ID, what="Herceptin label", main=True)],
    )
    links = found("Herceptin")
    label = f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}"
    assert {address: (one.place, one.publisher) for address, one in links.items()} == {
        "https://cancer.example/a": ("Source: Review", "NCI"),
        "https://fda.example/use": (
            "Use: Metastatic HER2-positive breast cancer",
            "fda.example",
        ),
        "https://help.example/": ("Support program: Help", "help.example"),
        label: ("Official label: Herceptin label", "dailymed.nlm.nih.gov"),
    }
    assert all(one.live and one.model is Drug for one in links.values())


def test_a_rule_of_a_medicine_gives_its_address(drug: Drug) -> None:
    effect = SideEffectFactory(name="Rash")
    publish(effect, medicine_rules=[medicine_rule(drug, source_url="https://fda.example/rash")])
    assert found("Rash")["https://fda.example/rash"].live


def test_links_in_text_are_found_and_those_of_this_site_are_not() -> None:
    html = (
        '<p><a href="https://out.example/x">A</a> <a href="/drugs/">B</a>'
        '<a href="https://guide.example.org/drugs/">C</a><a href="mailto:a@example.org">D</a></p>'
    )
    published_article(("text", html), title="Read this")
    assert {(one.address, one.place) for one in found("Read this").values()} == {
        ("https://out.example/x", "Body, Text")
    }


def test_a_safety_notice_gives_its_address(drug: Drug) -> None:
    Drug.objects.filter(pk=drug.pk).update(
        safety_notice="Recalled.",
        safety_notice_source="FDA",
        safety_notice_url="https://fda.example/recall",
        safety_notice_since=timezone.localdate(),
    )
    assert "https://fda.example/recall" in found("Herceptin")


def test_texts_without_drafts_give_theirs() -> None:
    OtherMedicine.objects.create(
        slug="tamoxifen", generic_name="tamoxifen", read_more_url="https://read.example/t"
    )
    settings = SiteSettings.load()
    settings.places_to_ask = [("place", {"name": "Line", "url": "https://line.example/"})]
    settings.save()
    links = found()
    assert links["https://read.example/t"].page == "tamoxifen"
    assert links["https://line.example/"].place == "Where else to ask, Place to ask: Line"


def test_a_draft_gives_what_it_adds_and_the_live_page_what_it_keeps() -> None:
    drug = published_drug(
        brand_name="Herceptin",
        label_sources=[LabelSource(set_id=SET_ID, what="Label", main=True)],
        sources=[
            DrugSource(kind="guideline", title="Kept", url="https://kept.example/"),
            DrugSource(kind="guideline", title="Dropped", url="https://dropped.example/"),
        ],
    )
    draft: Any = drug.get_latest_revision_as_object()
    draft.sources = [
        draft.sources.all()[0],
        DrugSource(kind="guideline", title="Added", url="https://added.example/"),
    ]
    draft.save_revision()
    states = {(one.address, one.live) for one in outside_links() if "dailymed" not in one.address}
    assert states == {
        ("https://kept.example/", True),
        ("https://dropped.example/", True),
        ("https://added.example/", False),
    }


def test_an_entry_never_published_gives_its_draft() -> None:
    drug = DrugFactory(brand_name="Draftamab")
    drug.sources = [DrugSource(kind="guideline", title="New", url="https://new.example/")]
    drug.save_revision()
    assert not found("Draftamab")["https://new.example/"].live


def test_a_label_without_its_set_id_gives_none() -> None:
    drug = DrugFactory(brand_name="Draftamab")
    drug.label_sources = [LabelSource(what="Not known yet")]
    drug.save_revision(clean=False)
    assert found("Draftamab") == {}


@pytest.mark.parametrize(
    "address", ["https://[broken", "http:", "//other.example/", "javascript:1", "", "tel:911"]
)
def test_this_is_no_address_of_another_site(address: str) -> None:
    assert not is_outside(address)


def test_the_queries_do_not_grow_with_the_entries() -> None:
    def one_more() -> None:
        drug = published_drug()
        drug.summary = "Another sentence."
        drug.save_revision()
        published_article(("text", '<p><a href="https://out.example/">A</a></p>'))

    one_more()
    list(outside_links())
    with CaptureQueriesContext(connection) as few:
        list(outside_links())
    for _number in range(4):
        one_more()
    with CaptureQueriesContext(connection) as many:
        list(outside_links())
    assert len(many) == len(few)
