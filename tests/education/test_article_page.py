"""An article's own page."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings as site
from django.db import IntegrityError, transaction
from django.test import Client

from education.choices import EvidenceLevel, Kind
from education.models import Article, ArticleSource
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.education.bodies import heading, study, text
from tests.education.library import links, robots
from tests.factories import ContributorFactory, publish, published_article

pytestmark = pytest.mark.usefixtures("library", "db")


def test_parts_of_an_article_stand_in_order(reading: BeautifulSoup) -> None:
    """C1, G1: the answer first, then the text, then what to do, then where it comes from."""
    main = words(reading.main)
    parts = [
        "Explained Reading a report",
        "A report names scores.",
        "Key points Stain scores first Ask for a copy",
        "and what helps",
        "What you can do Ask for the report. Bring it along.",
        "What is not known yet Whether it helps",
        "Read on",
        "Sources Guideline",
        "About this page Not yet reviewed by a clinician",
    ]
    places = [main.rindex(part) for part in parts]
    assert places == sorted(places)


def test_article_has_one_heading_of_the_first_rank_and_no_rank_left_out(
    reading: BeautifulSoup,
) -> None:
    assert len(reading.find_all("main")) == len(reading.find_all("h1")) == 1
    main = reading.main
    assert main is not None
    ranks = [int(one.name[1]) for one in main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert ranks[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))


def test_article_never_reviewed_says_so_first(reading: BeautifulSoup) -> None:
    """A2, A7."""
    main = words(reading.main)
    assert main.index("Not yet reviewed by a clinician") < main.index("A report names scores.")
    assert "noindex" in robots(reading)


def test_steps_and_key_points_are_lists(reading: BeautifulSoup) -> None:
    assert [words(one) for one in reading.select("#what-you-can-do ol li")] == [
        "Ask for the report.",
        "Bring it along.",
    ]
    assert [words(one) for one in reading.select(".key-points li")] == [
        "Stain scores first",
        "Ask for a copy",
    ]


def test_every_address_in_the_contents_is_a_place_of_the_page(reading: BeautifulSoup) -> None:
    found = links(reading, "nav.contents a")
    assert {"#section-what-is-a-cell", "#what-you-can-do", "#not-known", "#sources"} <= set(found)
    assert not [one for one in found if reading.find(id=one.removeprefix("#")) is None]


def test_short_article_has_no_contents(page: Page) -> None:
    published_article(heading("One"), text(), heading("Two"), slug="short")
    assert not page("/learn/short/").select("nav.contents")


def test_parts_without_content_are_left_out(page: Page) -> None:
    soup = page("/learn/ask/")
    assert not soup.select("#what-you-can-do, #not-known, .key-points")


def test_article_leads_to_live_entries_only(reading: BeautifulSoup) -> None:
    found = links(reading, "#read-on a")
    assert found == ["/learn/coping/", "/drugs/alpha/", "/classes/blue/", "/learn/", "/drugs/"]


@pytest.mark.parametrize(
    ("address", "leads_on"),
    [
        ("/drugs/alpha/", True),
        ("/drugs/alpha/#uses", True),
        ("/about/privacy/", True),
        ("/about/our-team/", True),
        ("/glossary/", True),
        ("https://other.example/drugs/none/", True),
        ("/learn/off/", False),
        ("/drugs/draftium/", False),
        ("/about/off/", False),
        ("/about/no-such/", False),
        ("/no-such/", False),
        (f"{site.SITE_URL}/drugs/alpha/", True),
        (f"{site.SITE_URL}/learn/off/", False),
    ],
)
def test_link_in_the_text_stays_only_while_it_leads_to_a_live_page(
    page: Page, address: str, leads_on: bool
) -> None:
    """An entry that is taken off leaves its name in the text, and no link to nothing."""
    article = published_article(text("<p>Something.</p>"), slug="leading")
    body = [{"type": "text", "value": f'<p>See <a href="{address}">this page</a>.</p>'}]
    revision = article.latest_revision
    revision.content["body"] = json.dumps(body)
    revision.save()
    soup = page("/learn/leading/")
    assert "See this page" in words(soup.main)
    assert (address in links(soup, ".prose a")) is leads_on


def test_article_without_related_entries_is_no_dead_end(page: Page) -> None:
    assert {"/learn/", "/drugs/"} <= set(links(page("/learn/ask/"), "#read-on a"))


def test_source_stands_on_the_page(page: Page) -> None:
    """A4."""
    source = ArticleSource(
        title="Handbook", publisher="NCI", url="https://nci.example/x", kind="guideline"
    )
    publish(Article.objects.get(slug="ask"), sources=[source], title="Ask")
    part = page("/learn/ask/").find(id="sources")
    assert isinstance(part, Tag)
    assert links(part, 'a[rel="external"]') == ["https://nci.example/x"]
    assert "Handbook" in words(part)


@pytest.mark.parametrize("address", ["/learn/reading/", "/learn/", "/learn/coping/"])
def test_what_editors_keep_to_themselves_is_never_shown(client: Client, address: str) -> None:
    source = client.get(address).text
    assert "Only for editors" not in source
    assert "fatigue" not in source


@pytest.mark.parametrize(
    "field", ["title", "summary", "key_points", "what_you_can_do", "not_known"]
)
def test_text_of_an_editor_is_shown_as_text(client: Client, unchecked: None, field: str) -> None:
    mark = "<script>alert(1)</script>"
    publish(Article.objects.get(slug="coping"), **{field: mark})
    for address in ("/learn/coping/", "/learn/", "/learn/reading/"):
        assert mark not in client.get(address).text


def test_author_of_an_article_is_named_and_leads_to_it(page: Page) -> None:
    person = ContributorFactory(slug="wanda", name="Wanda Writer")
    publish(Article.objects.get(slug="ask"), authors=[person], title="Ask")
    assert "Wanda Writer" in words(page("/learn/ask/").find(id="about-this-page"))
    assert "/learn/ask/" in links(page("/contributors/wanda/"))


# --- Research news


def news(**changes: Any) -> Article:
    """Live research news with every field, and ``changes``."""
    fields: dict[str, Any] = {
        "kind": Kind.RESEARCH_NEWS,
        "evidence_level": EvidenceLevel.COMPARED,
        "reported_on": "2026-05-15",
        "unchanged": "Your treatment stays as it is.",
        "not_known": "Whether people live longer.",
    }
    return published_article(
        heading("One"), study(), heading("Two"), heading("Three"), **(fields | changes)
    )


def test_news_says_first_how_sure_it_is_and_what_stays(page: Page) -> None:
    """D2, D3: before what was found, and first among the parts of the page."""
    soup = page(news().get_absolute_url())
    shown = words(soup.main)
    assert "In people: a trial that compared two treatments" in shown
    assert "15 May 2026" in shown
    assert shown.index("Your treatment stays") < shown.index("STUDY-1")
    links = [str(one["href"]) for one in soup.select("nav.contents a")]
    assert links[0] == "#unchanged"
    assert soup.select_one("#unchanged")


@pytest.mark.parametrize("field", ["evidence_level", "unchanged"])
def test_database_holds_no_live_news_that_hides_how_sure_it_is(field: str) -> None:
    """D2, D3."""
    entry = news()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=entry.pk).update(**{field: ""})


def test_database_knows_the_kinds_of_study() -> None:
    entry = published_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=entry.pk).update(evidence_level="surely")
