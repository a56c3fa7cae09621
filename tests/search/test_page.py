"""The page of a search through its address: what a reader sees, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import DrugSideEffect, OtherMedicine, SideEffect
from tests.conftest import Counted, Page
from tests.editorial.small_guide import for_a_module, parsed, results, words
from tests.factories import (
    ContributorFactory,
    DrugClassFactory,
    SideEffectFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)
from tests.remembering import forget
from tgsite.editorial import pages_in_memory
from tgsite.search.models import SearchDocument

pytestmark = pytest.mark.usefixtures("guide", "db")


def make_guide() -> None:
    """Two medicines that look alike, one of former times, one of each other kind."""
    rash = publish(SideEffectFactory(slug="rash", name="Rash", search_aliases="itching"))
    publish(DrugClassFactory(slug="blue", name="Blue medicines", other_names="blues"))
    one = published_drug(
        slug="herceptin",
        brand_name="Herceptin",
        generic_name="trastuzumab",
        side_effects=[DrugSideEffect(effect="rash (eruption)", explained_by=rash)],
        key_points="Tell your team about hiccups.",
    )
    published_drug(
        slug="kadcyla",
        brand_name="Kadcyla",
        generic_name="ado-trastuzumab emtansine",
        also_known_as="T-DM1",
        not_the_same_as=[one],
    )
    published_term("biopsy", slug="biopsy", definition="Taking a small piece of tissue.")
    published_article(
        ("text", "<p>About a biopsy of the heart, and hiccups.</p>"),
        slug="reading",
        title="Reading a report",
    )
    OtherMedicine.objects.create(
        slug="tamoxifen",
        generic_name="tamoxifen",
        brand_names="Soltamox",
        kind="hormone therapy",
        read_more_url="https://www.cancer.gov/drugs",
    )


@pytest.fixture(scope="module")
def guide(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The guide above, made once for this module."""
    yield from for_a_module(django_db_blocker, make_guide)


def search(page: Page, query: str, **parameters: str) -> Any:
    """The page of a search."""
    return page(f"/search/?{urlencode({'q': query, **parameters})}")


# --- What is found, in which order


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("Herceptin", "herceptin"),
        ("trastuzumab", "herceptin"),
        ("herceptin trastuzumab", "herceptin"),
        ("ado-trastuzumab emtansine", "kadcyla"),
        ("ado trastuzumab", "kadcyla"),
        ("trastuzumab emtansine", "kadcyla"),
        ("tdm1", "kadcyla"),
        ("T DM1", "kadcyla"),
        ("rash", "rash"),
        ("itching", "rash"),
        ("blues", "blue"),
        ("biopsy", "biopsy"),
        ("biopsies", "biopsy"),
        ("reading a report", "reading"),
    ],
)
def test_page_of_a_name_comes_first(page: Page, query: str, slug: str) -> None:
    assert results(search(page, query))[0] == slug


def test_names_come_before_bodies(page: Page) -> None:
    published_article(
        ("text", "<p>Biopsy, biopsy and once more biopsy: all about a biopsy.</p>"),
        slug="repetitive",
        title="Something else",
    )
    found = results(search(page, "biopsy"))
    assert found[0] == "biopsy"
    assert set(found[1:]) == {"reading", "repetitive"}


def test_phrase_comes_before_the_words_apart(page: Page) -> None:
    published_article(
        ("text", "<p>Hiccups, and hiccups of the heart.</p>"), slug="apart", title="A first title"
    )
    assert results(search(page, "heart and hiccups")) == ["reading", "apart"]


def test_page_says_by_which_other_name_it_was_found(page: Page) -> None:
    assert "Found by its other name: T-DM1" in words(search(page, "tdm1").find(id="results"))


def test_words_of_a_text_are_marked_in_their_sentence(page: Page) -> None:
    soup = search(page, "hiccups")
    found = soup.select_one("[data-result=reading]")
    assert "About a biopsy of the heart, and <mark>hiccups</mark>." in str(found)
    assert [mark.get_text() for mark in found.select("mark")] == ["hiccups"]


def test_medicine_names_those_it_must_not_be_mistaken_for(page: Page) -> None:
    """B5: the full names, on the result as on the page."""
    found = words(search(page, "kadcyla").select_one("[data-result=kadcyla]"))
    assert "Not the same as: Herceptin (trastuzumab)" in found


def test_result_says_that_no_clinician_has_reviewed_it(page: Page) -> None:
    for found in search(page, "biopsy").select("[data-result]"):
        assert "Not yet reviewed by a clinician" in words(found)


def test_reviewed_page_that_is_overdue_says_so(page: Page) -> None:
    reviewer = ContributorFactory()
    dates = {"reviewed_on": "2024-01-02", "review_due": "2024-07-02"}
    SideEffect.objects.filter(slug="rash").update(reviewed_by=reviewer, **dates)
    SearchDocument.objects.filter(slug="rash").update(**dates)
    forget()
    found = words(search(page, "rash").select_one("[data-result=rash]"))
    assert "The review of this page is overdue" in found


def test_only_marked_articles_are_results(page: Page) -> None:
    soup = search(page, "herceptin vs kadcyla")
    assert results(soup) == ["herceptin", "kadcyla"]
    assert soup.select(".suggestion")
    assert not soup.select(".suggestion [data-result]")


# --- Spelling


def test_clear_misspelling_is_mended_and_can_be_undone(page: Page) -> None:
    soup = search(page, "herseptin")
    assert "Showing results for herceptin" in words(soup)
    assert results(soup)[0] == "herceptin"
    link = soup.find("a", string="Search instead for herseptin")
    exact = page(f"/search/{link['href']}")
    assert "Showing results for" not in words(exact)
    assert results(exact) == []


def test_doubtful_misspelling_is_asked_about_by_full_name(page: Page) -> None:
    published_drug(slug="kodcyla", brand_name="Kodcyla", generic_name="kodmab")
    soup = search(page, "kudcyla")
    asked = words(soup.select_one(".alternatives"))
    assert "Kadcyla (ado-trastuzumab emtansine)" in asked
    assert "Kodcyla (kodmab)" in asked
    assert "Not the same as: Herceptin (trastuzumab)" in asked
    assert results(soup) == []


def test_word_that_exists_is_never_mended(page: Page) -> None:
    published_term("hercepting", slug="hercepting")
    assert results(search(page, "hercepting")) == ["hercepting"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("tamoxifen", "tamoxifen (hormone therapy)"),
        ("soltamox", "Soltamox (tamoxifen; hormone therapy)"),
        ("tamoxifen side effects", "tamoxifen (hormone therapy)"),
    ],
)
def test_medicine_without_a_page_never_leads_to_one_of_ours(
    page: Page, query: str, name: str
) -> None:
    published_drug(
        slug="tamoxifan", brand_name="Tamoxifan", generic_name="x-mab", summary="With tamoxifen."
    )
    soup = search(page, query)
    assert f"We have no page on {name}" in words(soup)
    assert "tamoxifan" not in results(soup)
    assert soup.find("a", href="https://www.cancer.gov/drugs")


@pytest.mark.parametrize("address", ["/drugs/", "/learn/"])
def test_list_without_the_words_leads_to_the_search_that_mends_them(
    page: Page, address: str
) -> None:
    link = page(f"{address}?q=herseptin").find("a", href="/search/?q=herseptin")
    assert link.get_text() == "Search the whole guide for “herseptin”"


# --- Whatever is typed

STRANGE = {
    "empty": "",
    "blank": "   ",
    "one letter": "h",
    "quote": '"',
    "operators": '" OR NEAR( * ^ - + : AND NOT',
    "column filter": "title_stems:rash OR {body_stems}",
    "stars": "*** ***",
    "brackets": "((((",
    "sql": "'; DROP TABLE search_searchdocument; --",
    "percent": "%s %(a)s %",
    "tsquery": "rash & ! | <-> :*",
    "control": "rash\x00\x01\x1b[31m biopsy",
    "right to left": "\u202ebiopsy \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
    "emoji": "🎗️💊",
    "long word": "a" * 5000,
    "long question": "rash biopsy " * 420,
    "many words": " ".join(f"word{number}" for number in range(900)),
    "markup": "<script>alert(1)</script>",
    "surrogates": "\ud83d",
    "combining": "a" + "\u0301" * 300,
    "little words": "what is the",
    "punctuation": "?!.,;:",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_question_gets_a_helpful_page(client: Client, text: str) -> None:
    typed = quote(text.encode("utf-8", "surrogatepass"))
    for address in (f"/search/?q={typed}", f"/search/?q={typed}&exact=1"):
        response = client.get(address)
        assert response.status_code == 200
        soup = parsed(response)
        assert soup.find("input", attrs={"name": "q"})
        assert results(soup) or soup.select(".hint a[href]")
        assert "<script>alert" not in response.content.decode()
    assert client.get(f"/search/suggest/?q={typed}").status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=120))
def test_any_text_gets_a_page(text: str) -> None:
    typed = quote(text.encode("utf-8", "surrogatepass"))
    for address in ("/search/", "/search/suggest/"):
        assert Client().get(f"{address}?q={typed}").status_code == 200


def test_long_question_says_that_it_was_cut(page: Page) -> None:
    assert "Only the first words of your question were read" in words(search(page, "rash " * 60))


@pytest.mark.parametrize(
    "address", ["/search/", "/search/?q=", "/search/?exact=1", "/search/?query=rash"]
)
def test_without_a_question_there_is_a_box_and_a_way_on(page: Page, address: str) -> None:
    soup = page(address)
    assert results(soup) == []
    assert soup.select(".hint a[href='/drugs/']")


def test_typed_text_stays_in_the_box_and_out_of_the_title(page: Page) -> None:
    soup = search(page, 'my "rash"')
    assert soup.find("input", attrs={"name": "q"})["value"] == 'my "rash"'
    assert "rash" not in soup.title.get_text()


@pytest.mark.parametrize("address", ["/search/?q=rash", "/search/suggest/?q=rash"])
def test_what_was_searched_is_kept_nowhere(client: Client, address: str) -> None:
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", ["/search/?q=rash", "/learn/?q=rash", "/drugs/?q=rash"])
def test_page_of_typed_words_is_not_kept_in_memory(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert not [key for key in pages_in_memory.pages._pages if "rash" in key[1]]


def test_pages_of_a_search_are_not_for_search_engines(client: Client, page: Page) -> None:
    assert search(page, "rash").find("meta", attrs={"name": "robots", "content": "noindex"})
    assert "Disallow: /search/" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/search/?q=rash", "/search/suggest/?q=rash"])
def test_search_only_reads(client: Client, method: str, address: str) -> None:
    assert getattr(client, method)(address).status_code == 405


# --- Cost

MOST_QUERIES = 8


@pytest.mark.parametrize("query", ["rash", "herseptin", "herceptin vs kadcyla", "her2 low", "zz"])
def test_page_costs_a_fixed_number_of_queries(client: Client, query: str) -> None:
    """However many medicines there are, and with nothing in memory."""

    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/search/?{urlencode({'q': query})}").status_code == 200
        return len(queries)

    before = cost()
    published_drug(slug="alpha", brand_name="Alpha", authors=[ContributorFactory()])
    publish(DrugClassFactory(slug="another"))
    add_more()
    assert cost() == before <= MOST_QUERIES


def add_more() -> None:
    """More of everything that can be found."""
    for number in range(5):
        published_drug(slug=f"more-{number}", brand_name=f"More {number}")
        published_term(f"rashlike{number}", slug=f"rashlike-{number}")


def test_suggestions_cost_one_query_once_in_memory(
    client: Client, django_assert_num_queries: Counted
) -> None:
    client.get("/search/suggest/?q=her")
    with django_assert_num_queries(1):
        client.get("/search/suggest/?q=herc")
