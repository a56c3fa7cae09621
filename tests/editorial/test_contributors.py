"""The pages of people who write and review: who they are, and what is live of their work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drugs.models import Drug
from tests.conftest import ClientAs, Page
from tests.editorial.small_guide import parsed, words
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
    published_drug,
)
from tests.remembering import forget
from tgsite.editorial.models import Contributor, EditorialModel

pytestmark = pytest.mark.django_db

WANDA = "/contributors/wanda/"
# Kind -> how a draft of it is made, and the address that it gets.
KINDS: dict[str, tuple[Callable[..., Any], str]] = {
    "medicine": (DrugFactory, "/drugs/one/"),
    "class": (DrugClassFactory, "/classes/one/"),
    "side-effect": (SideEffectFactory, "/side-effects/one/"),
    "article": (ArticleFactory, "/learn/one/"),
    "term": (GlossaryTermFactory, "/glossary/one/"),
}


@pytest.fixture
def wanda() -> Contributor:
    """A person with everything filled in."""
    made: Contributor = ContributorFactory(
        slug="wanda",
        name="Wanda Writer",
        credentials="PharmD",
        role="Oncology pharmacist",
        biography="She trained in Ohio.\n\nShe works in a clinic.",
    )
    return made


def reviewed(entry: EditorialModel, person: Contributor) -> None:
    """Put a whole review by ``person`` on the row of ``entry``."""
    type(entry).objects.filter(pk=entry.pk).update(
        reviewed_by=person, reviewed_on=date(2026, 1, 2), review_due=date(2026, 7, 2)
    )


def listed(soup: BeautifulSoup, part: str) -> list[tuple[str, str]]:
    """Name and address of each entry under ``written`` or ``reviewed``, in order."""
    return [(words(link), str(link["href"])) for link in soup.select(f"#{part} li a[href]")]


def test_page_says_who_the_person_is(page: Page, wanda: Contributor) -> None:
    soup = page(WANDA)
    assert words(soup.h1) == "Wanda Writer, PharmD"
    main = words(soup.main)
    for text in ("Oncology pharmacist", "She trained in Ohio.", "She works in a clinic."):
        assert text in main


def test_page_of_a_person_without_more_than_a_name(page: Page) -> None:
    ContributorFactory(slug="bare", name="Bare Name", credentials="")
    soup = page("/contributors/bare/")
    assert words(soup.h1) == "Bare Name"
    assert not soup.select("#written, #reviewed")


@pytest.mark.parametrize(("make", "address"), KINDS.values(), ids=KINDS)
def test_page_lists_what_the_person_wrote_of_each_kind(
    page: Page, wanda: Contributor, make: Callable[..., Any], address: str
) -> None:
    entry = publish(make(slug="one"), authors=[wanda])
    name = getattr(entry, entry.name_field)
    soup = page(WANDA)
    assert listed(soup, "written") == [(name, address)]
    assert listed(soup, "reviewed") == []
    assert page(address).h1


@pytest.mark.parametrize(("make", "address"), KINDS.values(), ids=KINDS)
def test_page_lists_what_the_person_reviewed_of_each_kind(
    page: Page, wanda: Contributor, make: Callable[..., Any], address: str
) -> None:
    entry = publish(make(slug="one"))
    reviewed(entry, wanda)
    name = getattr(entry, entry.name_field)
    soup = page(WANDA)
    assert listed(soup, "reviewed") == [(name, address)]
    assert listed(soup, "written") == []


def test_article_about_the_guide_is_linked_under_about(page: Page, wanda: Contributor) -> None:
    publish(ArticleFactory(slug="our-rules"), authors=[wanda], kind="about")
    ((_name, address),) = listed(page(WANDA), "written")
    assert address == "/about/our-rules/"


def test_entries_of_all_kinds_stand_a_to_z(page: Page, wanda: Contributor) -> None:
    publish(DrugFactory(slug="z", brand_name="zeta"), authors=[wanda])
    publish(SideEffectFactory(slug="m", name="Mouth sores"), authors=[wanda])
    publish(DrugClassFactory(slug="b", name="blue medicines"), authors=[wanda])
    publish(DrugFactory(slug="a", brand_name="Alpha"), authors=[wanda])
    names = [name for name, _address in listed(page(WANDA), "written")]
    assert names == ["Alpha", "blue medicines", "Mouth sores", "zeta"]


def test_work_of_others_is_not_listed(page: Page, wanda: Contributor) -> None:
    other = ContributorFactory()
    entry = publish(DrugFactory(), authors=[other])
    reviewed(entry, other)
    soup = page(WANDA)
    assert listed(soup, "written") == listed(soup, "reviewed") == []


def test_what_two_people_wrote_is_listed_once(page: Page, wanda: Contributor) -> None:
    publish(DrugFactory(slug="alpha"), authors=[wanda, ContributorFactory()])
    assert len(listed(page(WANDA), "written")) == 1


@pytest.mark.parametrize("part", ["written", "reviewed"])
def test_only_what_is_live_is_listed(page: Page, wanda: Contributor, part: str) -> None:
    draft = DrugFactory(slug="draft", brand_name="Draftium", authors=[wanda])
    gone = publish(DrugFactory(slug="gone", brand_name="Gone"), authors=[wanda])
    live = publish(DrugFactory(slug="live", brand_name="Live"), authors=[wanda])
    for entry in (draft, gone, live):
        reviewed(entry, wanda)
    gone.unpublish()
    assert listed(page(WANDA), part) == [("Live", "/drugs/live/")]
    publish(Drug.objects.get(slug="draft"))
    assert ("Draftium", "/drugs/draft/") in listed(page(WANDA), part)


def test_author_named_in_a_draft_only_is_not_listed(page: Page, wanda: Contributor) -> None:
    drug = published_drug()
    drug.authors = [wanda]
    drug.save_revision()
    assert listed(page(WANDA), "written") == []


def test_unknown_person_is_not_found_and_the_page_has_a_way_on(client: Client) -> None:
    response = client.get("/contributors/nobody/")
    assert response.status_code == 404
    assert parsed(response).select("main a[href='/drugs/']")


@pytest.mark.parametrize(
    "address", ["/contributors/", "/contributors/a%00b/", "/contributors/x/y/"]
)
def test_strange_address_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_biography_is_shown_as_text(client: Client) -> None:
    ContributorFactory(slug="bold", name="<b>B</b>", biography="<script>alert(1)</script>")
    content = client.get("/contributors/bold/").content
    assert b"<script>alert" not in content
    assert b"<b>B" not in content


def test_page_takes_no_more_queries_for_more_work(client: Client, wanda: Contributor) -> None:
    def count() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(WANDA)
        return len(captured)

    entry = publish(DrugFactory(), authors=[wanda])
    reviewed(entry, wanda)
    few = count()
    for make, _address in KINDS.values():
        for _number in range(3):
            reviewed(publish(make(), authors=[wanda]), wanda)
    assert len(listed(parsed(client.get(WANDA)), "written")) == 16
    assert count() == few


# --- From and to the pages of entries


def test_reviewed_entry_names_the_person_and_the_person_the_entry(
    page: Page, wanda: Contributor
) -> None:
    """A2: whoever signed stands on the page."""
    entry = published_drug(slug="alpha", brand_name="Alpha")
    reviewed(entry, wanda)
    assert "Wanda Writer, PharmD" in words(page("/drugs/alpha/").find(id="about-this-page"))
    assert listed(page(WANDA), "reviewed") == [("Alpha", "/drugs/alpha/")]


def edit_address(person: Contributor) -> str:
    """The edit screen of a person."""
    return reverse("contributor:edit", args=[person.pk])


def test_changed_biography_is_seen_by_the_next_request(
    client_as: ClientAs, page: Page, wanda: Contributor
) -> None:
    """A person has no drafts: what a managing editor saves is what readers get."""
    assert "She trained in Ohio." in words(page(WANDA).main)
    response = save_in_the_admin(client_as("manager"), wanda, biography="She moved to Texas.")
    assert response.status_code == 200
    assert "She moved to Texas." in words(page(WANDA).main)


def test_changed_name_is_seen_on_the_pages_that_the_person_wrote(
    client_as: ClientAs, page: Page, wanda: Contributor
) -> None:
    publish(DrugFactory(slug="alpha"), authors=[wanda])
    assert "Wanda Writer" in words(page("/drugs/alpha/").find(id="about-this-page"))
    save_in_the_admin(client_as("manager"), wanda, name="Wanda Married")
    assert "Wanda Married" in words(page("/drugs/alpha/").find(id="about-this-page"))


def test_deleted_person_is_gone_at_the_next_request(
    client_as: ClientAs, client: Client, wanda: Contributor
) -> None:
    assert client.get(WANDA).status_code == 200
    client_as("manager").post(reverse("contributor:delete", args=[wanda.pk]))
    assert not Contributor.objects.filter(pk=wanda.pk).exists()
    assert client.get(WANDA).status_code == 404


def save_in_the_admin(client: Client, person: Contributor, **changes: str) -> Any:
    """Change fields of ``person`` on its edit screen, and save."""
    fields = ("name", "slug", "credentials", "role", "biography")
    data = {name: getattr(person, name) for name in fields} | changes
    return client.post(edit_address(person), data, follow=True)


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_do_not_change_people(client_as: ClientAs, wanda: Contributor, role: str) -> None:
    save_in_the_admin(client_as(role), wanda, name="Forged")
    assert Contributor.objects.get(pk=wanda.pk).name == "Wanda Writer"
