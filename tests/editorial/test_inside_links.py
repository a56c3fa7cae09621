"""Which links inside the site lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests.editorial.small_guide import for_a_module
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)
from tgsite.editorial.inside_links import addresses, is_dead

pytestmark = pytest.mark.usefixtures("entries", "db")


# --- Addresses


def test_addresses_are_those_of_every_link_in_order() -> None:
    html = '<p><a href="/a/">A</a><a>no</a> <b><a href="#b">B</a></b><link href="/no/"></p>'
    assert list(addresses(html)) == ["/a/", "#b"]


def test_addresses_are_read_as_browsers_read_them() -> None:
    assert list(addresses('<A HREF="/a/?b=1&amp;c=2">A</A>')) == ["/a/?b=1&c=2"]


def test_text_without_links_has_no_addresses() -> None:
    assert not list(addresses("href=/a/ <p>x</p>"))


# --- Live, draft, gone


def make_entries() -> None:
    """One live entry of each kind."""
    published_drug(slug="live")
    publish(DrugClassFactory(slug="live"))
    publish(SideEffectFactory(slug="live"))
    published_article(slug="live")
    published_article(slug="live-about", kind="about")
    published_term("word", slug="live")
    ContributorFactory(slug="live")


@pytest.fixture(scope="module")
def entries(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The entries, made once for this module."""
    yield from for_a_module(django_db_blocker, make_entries)


FOLDERS = ("/drugs/", "/classes/", "/side-effects/", "/learn/", "/glossary/", "/contributors/")


@pytest.mark.parametrize("folder", FOLDERS)
def test_link_to_an_entry_that_is_there_leads_on(folder: str) -> None:
    assert not is_dead(f"{folder}live/")


@pytest.mark.parametrize("folder", [*FOLDERS, "/about/"])
def test_link_to_an_entry_that_never_was_is_dead(folder: str) -> None:
    assert is_dead(f"{folder}no-such/")


@pytest.mark.parametrize("folder", FOLDERS[:5])
def test_link_to_a_draft_leads_on(folder: str) -> None:
    """Two entries that link to each other must be able to go live one by one."""
    for factory in (
        DrugFactory,
        DrugClassFactory,
        SideEffectFactory,
        ArticleFactory,
        GlossaryTermFactory,
    ):
        factory(slug="draft")
    assert not is_dead(f"{folder}draft/")


def test_old_address_of_a_renamed_entry_leads_on() -> None:
    publish(published_drug(slug="old"), slug="newer")
    assert not is_dead("/drugs/old/")
    assert not is_dead("/drugs/newer/")
    assert is_dead("/classes/old/")


def test_address_of_a_deleted_entry_is_dead() -> None:
    published_drug(slug="gone").delete()
    assert is_dead("/drugs/gone/")


def test_article_about_the_guide_is_found_in_both_folders() -> None:
    """The one address leads to the other."""
    assert not is_dead("/about/live-about/")
    assert not is_dead("/learn/live-about/")


# --- Forms of an address

LEADS_ON = {
    "home": "/",
    "list": "/drugs/",
    "list-with-answers": "/drugs/?her2=low#results",
    "page-about-the-guide": "/about/privacy/",
    "glossary": "/glossary/",
    "entry-with-a-place": "/drugs/live/#sources",
    "entry-with-a-query": "/drugs/live/?x=/drugs/none/",
    "entry-in-percent": "/drugs/%6Cive/",
    "entry-by-the-public-address": "https://guide.example.org/drugs/live/",
    "public-address-of-home": "https://guide.example.org/",
    "public-address-without-a-slash": "https://guide.example.org",
    "place-on-this-page": "#sources",
    "other-site": "https://other.example/drugs/none/",
    "site-that-begins-alike": "https://guide.example.org.other.example/drugs/none/",
    "mail": "mailto:a@b.example",
    "telephone": "tel:911",
    "nothing": "",
}


@pytest.mark.parametrize("address", LEADS_ON.values(), ids=LEADS_ON)
def test_address_leads_on(address: str) -> None:
    assert not is_dead(address)


DEAD = {
    "no-such-folder": "/no-such/",
    "no-such-page-about-the-guide": "/about/no-such/",
    "deeper": "/drugs/live/x/",
    "capitals": "/drugs/LIVE/",
    "capitals-in-percent": "/drugs/%4CIVE/",
    "nul": "/drugs/a%00b/",
    "broken-percent": "/drugs/%ff%fe/",
    "by-the-public-address": "https://guide.example.org/drugs/none/",
    "dots": "/drugs/../drugs/live/",
    "two-slashes": "/drugs//live/",
    "very-long": "/drugs/" + "x" * 5000 + "/",
    "home-with-more": "/index.html",
}


@pytest.mark.parametrize("address", DEAD.values(), ids=DEAD)
def test_address_is_dead(address: str) -> None:
    assert is_dead(address)


@pytest.mark.parametrize(
    "address", ["//[x", "https://guide.example.org//[x/", "/[x]/", "/%", "/?[", "http://[x", "\x00"]
)
def test_address_that_cannot_be_read_is_no_error(address: str) -> None:
    assert is_dead(address) in (True, False)


@given(st.text(alphabet="/[]:?#%.@\\a0\u00e9\x00 \t\n-", max_size=12))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_address_is_an_error(text: str) -> None:
    assert is_dead(f"/{text}") in (True, False)
