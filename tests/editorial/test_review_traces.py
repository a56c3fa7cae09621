"""Who reviewed a page, when, until when it is good: on the page, in lists, on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.clock import go_to_day
from tests.editorial.small_guide import words
from tests.editorial.traces import put_review
from tests.factories import ContributorFactory, publish, published_term
from tests.remembering import forget
from tgsite.editorial.models import EditorialModel
from tgsite.search import index

pytestmark = pytest.mark.usefixtures("guide", "db")

ENTRIES: dict[str, tuple[type[EditorialModel], str]] = {
    "/drugs/alpha/": (Drug, "alpha"),
    "/classes/blue/": (DrugClass, "blue"),
    "/side-effects/rash/": (SideEffect, "rash"),
    "/learn/reading-a-report/": (Article, "reading-a-report"),
    "/glossary/protein/": (GlossaryTerm, "protein"),
}
# Each entry's page, a list with it, and a search that finds it.
LISTED = {
    "/drugs/alpha/": ("/drugs/", "/search/?q=alpha"),
    "/classes/blue/": ("/classes/", "/search/?q=blue+medicines"),
    "/side-effects/rash/": ("/side-effects/", "/search/?q=rash"),
    "/learn/reading-a-report/": ("/learn/", "/search/?q=reading+a+report"),
    "/glossary/protein/": ("/glossary/", "/search/?q=protein"),
}
DUE = date(2026, 8, 6)


@pytest.fixture(params=ENTRIES)
def address(request: pytest.FixtureRequest) -> str:
    """The page of one entry of each kind."""
    return str(request.param)


def entry_at(address: str) -> Any:
    """The entry that has its page at ``address``."""
    model, slug = ENTRIES[address]
    return model.objects.get(slug=slug)


def about(soup: BeautifulSoup) -> BeautifulSoup:
    """What the page says of itself."""
    (found,) = soup.select("#about-this-page")
    return found  # type: ignore[return-value]


def paper(soup: BeautifulSoup) -> str:
    """The line that is printed only."""
    (found,) = [one for one in map(words, soup.select("p.print-only")) if "Text of" in one]
    return found


# --- Reviewed


def test_page_names_the_reviewer_with_credentials_and_links_the_biography(
    page: Page, address: str
) -> None:
    """A2, A3."""
    put_review(entry_at(address))
    part = about(page(address))
    (link,) = part.select("a[href='/contributors/rita/']")
    assert words(link) == "Rita Reviewer, MD"
    text = words(part)
    assert "Reviewed on 6 August 2024 by Rita Reviewer, MD (Oncologist)" in text
    assert "Last reviewed 6 August 2024" in text
    assert "Next review due 6 February 2999" in text
    assert "overdue" not in text
    person = page("/contributors/rita/")
    assert person.select(f"main a[href='{address}']")


def test_page_tells_when_and_why_it_changed_last(page: Page, address: str) -> None:
    entry = publish(entry_at(address), change_note="The label is new.")
    main = words(page(address).main)
    assert "The label is new." in main
    day = timezone.localtime(entry.last_published_at).day
    assert f"Last changed {day} " in main


def test_page_names_its_authors_with_role_and_biography(page: Page, address: str) -> None:
    """A1."""
    writer = ContributorFactory(slug="wim", name="Wim Writer", role="Medical writer")
    publish(entry_at(address), authors=[writer])
    part = about(page(address))
    assert part.select("a[href='/contributors/wim/']")
    assert "Wim Writer, MD (Medical writer)" in words(part)


def test_name_of_the_reviewer_is_that_on_the_row(page: Page, address: str) -> None:
    """No revision brings an old signature back."""
    entry = entry_at(address)
    put_review(entry, slug="old", name="Olga Old")
    publish(type(entry).objects.get(pk=entry.pk))
    put_review(entry, slug="new", name="Nina New")
    text = words(about(page(address)))
    assert "Nina New" in text
    assert "Olga Old" not in text


def test_paper_names_the_reviewer_and_how_long_it_is_good(page: Page, address: str) -> None:
    put_review(entry_at(address))
    text = paper(page(address))
    assert "good until 6 February 2999" in text
    assert f"guide.example.org{address}" in text
    assert "Reviewed by Rita Reviewer, MD" in text
    assert "Past its date" not in text


def test_reviewed_page_stays_within_eight_queries(client: Client, address: str) -> None:
    """Budget: design, section 10; the reviewer comes with the row."""
    entry = publish(entry_at(address), authors=[ContributorFactory()])

    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    before = cost()
    put_review(entry)
    assert cost() == before <= 8


def test_comparison_of_reviewed_medicines_costs_no_query_more(client: Client) -> None:
    beside = "/drugs/compare/?drug=alpha&drug=beta"

    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(beside).status_code == 200
        return len(captured)

    before = cost()
    for slug in ("alpha", "beta"):
        put_review(Drug.objects.get(slug=slug), slug=f"reviewer-of-{slug}")
    assert cost() == before <= 8


# --- Past its date (A8)


def test_page_past_its_date_says_so_at_the_top_at_its_end_and_on_paper(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A8, with the clock moved: good on the day it is due, past it on the next."""
    put_review(entry_at(address), due=DUE)
    go_to_day(monkeypatch, DUE)
    assert "overdue" not in words(page(address).main)
    assert "good until 6 August 2026" in paper(page(address))
    go_to_day(monkeypatch, DUE + timedelta(days=1))
    soup = page(address)
    (banner,) = soup.select("main .notice")
    assert "The review of this page is overdue. It was due on 6 August 2026." in words(banner)
    assert banner.find_next("h1")
    assert "Next review due 6 August 2026: overdue" in words(about(soup))
    assert "Past its date: it was good until 6 August 2026." in paper(soup)


@pytest.mark.parametrize("where", [0, 1], ids=["list", "search"])
def test_lists_and_search_say_that_a_page_is_past_its_date(
    page: Page, address: str, where: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A8."""
    entry = entry_at(address)
    put_review(entry, due=DUE)
    # The gate does it in the transaction of the signature.
    index.write(type(entry).objects.get(pk=entry.pk))
    listed = LISTED[address][where]
    result = f"article[data-result={entry.slug}]"
    go_to_day(monkeypatch, DUE)
    (found,) = page(listed).select(result)
    assert "overdue" not in words(found)
    assert "Not yet reviewed" not in words(found)
    go_to_day(monkeypatch, DUE + timedelta(days=1))
    (found,) = page(listed).select(result)
    assert "The review of this page is overdue" in words(found)


def test_glossary_says_how_many_words_were_never_reviewed(page: Page) -> None:
    published_term("biopsy")
    put_review(published_term("receptor"))
    assert "Not yet reviewed by a clinician: 2 of these words." in words(page("/glossary/").main)
    for term in GlossaryTerm.objects.live().filter(reviewed_on=None):
        put_review(term, slug=f"reviewer-of-{term.slug}")
    assert "Not yet reviewed" not in words(page("/glossary/").main)


@pytest.mark.parametrize("address", [one for one in ENTRIES if one != "/glossary/protein/"])
def test_list_says_which_entry_was_never_reviewed(page: Page, address: str) -> None:
    entry = entry_at(address)
    (found,) = page(LISTED[address][0]).select(f"article[data-result={entry.slug}]")
    assert "Not yet reviewed by a clinician" in words(found)
