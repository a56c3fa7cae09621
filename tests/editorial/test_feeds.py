"""The Atom feeds of what changed: of the whole guide, and of one medicine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug
from tests.conftest import Counted, Page
from tests.editorial.clock import go_to_day
from tests.editorial.traces import LAST_DAY, WARNING, put_notice, put_review
from tests.factories import ArticleFactory, publish, published_article, published_drug
from tests.remembering import forget
from tgsite.editorial.feeds import LENGTH
from tgsite.editorial.models import ContentVersion, Publication

pytestmark = pytest.mark.django_db

Kind = Publication.Kind
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://guide.example.org"
WHOLE, OF_ALPHA = "/updates/feed/", "/drugs/alpha/feed/"
BOTH = pytest.mark.parametrize("address", [WHOLE, OF_ALPHA])


@pytest.fixture
def alpha(db: None) -> Drug:
    """A live medicine that no clinician has reviewed."""
    return published_drug(slug="alpha", brand_name="Alpha", generic_name="alphamab")


def read(client: Client, address: str) -> ElementTree.Element:
    """The feed, parsed as strictly as any reader does."""
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def texts(node: ElementTree.Element, path: str) -> list[str]:
    """The text of every element at ``path``."""
    return [one.text or "" for one in node.findall("/".join(f"{ATOM}{p}" for p in path.split("/")))]


def summary(client: Client, address: str = WHOLE) -> str:
    """What the newest entry tells, in words."""
    html = texts(read(client, address), "entry/summary")[0]
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


# --- What makes it a feed


@BOTH
def test_feed_is_atom_and_says_who_it_is(client: Client, alpha: Drug, address: str) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    assert feed.tag == f"{ATOM}feed"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{SITE}{address}"
    shows = "/updates/" if address == WHOLE else "/drugs/alpha/"
    assert links["alternate"] == f"{SITE}{shows}"
    assert texts(feed, "author/name") == ["Targeted Therapy Guide"]
    for needed in ("id", "title", "updated"):
        assert all(texts(feed, needed)), needed
        assert all(texts(feed, f"entry/{needed}")), needed


def test_titles_of_the_feeds_tell_them_apart(client: Client, alpha: Drug) -> None:
    assert texts(read(client, WHOLE), "title") == ["Targeted Therapy Guide: what changed"]
    (title,) = texts(read(client, OF_ALPHA), "title")
    assert title == "Targeted Therapy Guide: Alpha (alphamab)"


def test_addresses_are_the_public_ones_whatever_the_host(client: Client, alpha: Drug) -> None:
    content = client.get(WHOLE, headers={"host": "localhost"}).content.decode()
    assert "localhost" not in content
    assert f'href="{SITE}/drugs/alpha/"' in content


def test_names_of_entries_are_unique_and_stay(client: Client, alpha: Drug) -> None:
    publish(alpha, change_note="Again.")
    before = texts(read(client, WHOLE), "entry/id")
    publish(Drug.objects.get(pk=alpha.pk), slug="renamed", brand_name="Renamed")
    after = texts(read(client, WHOLE), "entry/id")
    assert len(set(after)) == len(after) == 3
    assert after[1:] == before
    assert all(one.startswith("tag:guide.example.org,20") for one in after)
    assert set(texts(read(client, "/drugs/renamed/feed/"), "entry/id")) == set(after)


def test_newest_change_comes_first_and_dates_the_feed(client: Client, alpha: Drug) -> None:
    published_article(title="Later article")
    feed = read(client, WHOLE)
    assert [title.split(":")[0] for title in texts(feed, "entry/title")] == [
        "Later article",
        "Alpha (alphamab)",
    ]
    dates = [datetime.fromisoformat(one) for one in texts(feed, "entry/updated")]
    assert dates == sorted(dates, reverse=True)
    assert datetime.fromisoformat(texts(feed, "updated")[0]) == dates[0]
    assert texts(feed, "entry/published") == texts(feed, "entry/updated")


def test_feed_of_a_medicine_has_its_own_changes_only(client: Client, alpha: Drug) -> None:
    # Of another kind, with the same id.
    publish(ArticleFactory(pk=alpha.pk, title="Other article"))
    published_drug(brand_name="Beta")
    assert [one.split(":")[0] for one in texts(read(client, OF_ALPHA), "entry/title")] == [
        "Alpha (alphamab)"
    ]


def test_feed_has_the_last_changes_only(client: Client, alpha: Drug) -> None:
    for number in range(LENGTH + 5):
        alpha.record(Kind.MINOR, f"Number {number}.")
    entries = texts(read(client, WHOLE), "entry/summary")
    assert len(entries) == LENGTH
    assert f"Number {LENGTH + 4}." in entries[0]


def test_feed_of_a_new_site_has_no_entries(client: Client) -> None:
    assert texts(read(client, WHOLE), "entry/title") == []


# --- What an entry tells


def test_entry_tells_the_note_and_why(client: Client, alpha: Drug) -> None:
    alpha.record(Kind.MINOR, "A spelling mistake.")
    assert "Small correction, nothing medical. A spelling mistake." in summary(client)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: str(kind.value))
def test_no_entry_of_a_page_never_reviewed_looks_reviewed(
    client: Client, alpha: Drug, kind: Kind
) -> None:
    """A2, also where a reader shows titles only."""
    Publication.objects.all().delete()
    alpha.record(kind)
    ContentVersion.advance()
    (title,) = texts(read(client, WHOLE), "entry/title")
    assert "not yet reviewed by a clinician" in title
    assert "Not yet reviewed by a clinician." in summary(client)


def test_reviewed_page_says_when_and_no_more_that_it_is_not(client: Client, alpha: Drug) -> None:
    """A3."""
    put_review(alpha)
    alpha.record(Kind.REVIEWED)
    (title, _older) = texts(read(client, WHOLE), "entry/title")
    assert title == "Alpha (alphamab): Published after clinical review"
    assert "Last reviewed by a clinician on 6 August 2024." in summary(client)
    assert "overdue" not in summary(client)


def test_page_past_its_date_says_so(client: Client, alpha: Drug) -> None:
    """A8."""
    put_review(alpha, due=date(2025, 2, 6))
    assert "The review is overdue: it was due on 6 February 2025." in summary(client)


def test_entry_of_a_page_that_left_leads_to_the_list(client: Client, alpha: Drug) -> None:
    alpha.unpublish()
    feed = read(client, WHOLE)
    links = {one.get("href") for one in feed.findall(f"{ATOM}entry/{ATOM}link")}
    assert links == {f"{SITE}/updates/"}
    assert "no longer in the guide" in summary(client)


@BOTH
def test_safety_notice_of_today_comes_first(
    client: Client, alpha: Drug, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_notice(alpha)
    go_to_day(monkeypatch, LAST_DAY)
    text = summary(client, address)
    assert text.startswith(f"Safety notice of 6 August 2026: {WARNING}")
    assert "No clinician has confirmed this notice yet." in text
    go_to_day(monkeypatch, LAST_DAY + timedelta(days=1))
    assert WARNING not in summary(client, address)


@pytest.mark.parametrize("text", ["a < b & c > d", "a 'b' <5 & >3", "\"'", "ü✓"])
def test_any_text_comes_through_as_it_is(client: Client, alpha: Drug, text: str) -> None:
    publish(alpha, change_note=text, brand_name=text)
    feed = read(client, OF_ALPHA)
    assert text in texts(feed, "title")[0]
    assert texts(feed, "entry/title")[0].startswith(text)
    assert text in BeautifulSoup(texts(feed, "entry/summary")[0], "html.parser").get_text()


@BOTH
def test_character_that_xml_cannot_hold_is_left_out(
    client: Client, alpha: Drug, address: str
) -> None:
    publish(alpha, change_note="One\x0btwo\x1f.", brand_name="Al\x0cpha")
    assert "Onetwo." in summary(client, address)


# --- Asking again


@BOTH
def test_known_feed_is_not_sent_again(client: Client, alpha: Drug, address: str) -> None:
    first = client.get(address)
    known = {"if-none-match": first["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert len(captured) == 1
    publish(alpha)
    fresh = client.get(address, headers=known)
    assert fresh.status_code == 200
    assert fresh["ETag"] != first["ETag"]


@BOTH
def test_feed_is_another_one_on_another_day(
    client: Client, alpha: Drug, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notice runs out, a review falls due: nobody publishes at midnight."""
    known = {"if-none-match": client.get(address)["ETag"]}
    go_to_day(monkeypatch, date(2999, 1, 1))
    assert client.get(address, headers=known).status_code == 200


@BOTH
def test_unknown_parameters_are_ignored(client: Client, alpha: Drug, address: str) -> None:
    assert client.get(f"{address}?page=x&utm_source=y").content == client.get(address).content


# --- Addresses


def test_old_slug_leads_to_the_feed_under_the_new_one(client: Client, alpha: Drug) -> None:
    publish(alpha, slug="newname")
    for old in ("/drugs/alpha/", OF_ALPHA):
        response = client.get(old)
        assert response.status_code == 301
        assert response["Location"] == old.replace("alpha", "newname")
    assert client.get("/drugs/newname/feed/").status_code == 200


def test_feed_of_a_page_off_the_site_is_not_there_by_any_of_its_addresses(
    client: Client, alpha: Drug
) -> None:
    known = {"if-none-match": client.get(OF_ALPHA)["ETag"]}
    publish(alpha, slug="newname")
    Drug.objects.get(pk=alpha.pk).unpublish()
    for address in (OF_ALPHA, "/drugs/newname/feed/"):
        assert client.get(address).status_code == 404
        assert client.get(address, headers=known).status_code == 404


@pytest.mark.parametrize("slug", ["no-such", "feed", "compare"])
def test_feed_of_no_medicine_is_not_there(client: Client, alpha: Drug, slug: str) -> None:
    assert client.get(f"/drugs/{slug}/feed/").status_code == 404


def test_draft_has_no_feed(client: Client, alpha: Drug) -> None:
    alpha.slug = "drafted"
    alpha.save_revision()
    assert client.get("/drugs/drafted/feed/").status_code == 404


@pytest.mark.parametrize(
    ("address", "feeds"),
    [("/", [WHOLE]), ("/updates/", [WHOLE]), ("/drugs/alpha/", [OF_ALPHA, WHOLE])],
)
def test_page_tells_feed_readers_where_its_feed_is(
    page: Page, client: Client, alpha: Drug, address: str, feeds: list[str]
) -> None:
    found = page(address).select("head link[rel=alternate][type='application/atom+xml']")
    assert [one["href"] for one in found] == feeds
    assert [one["title"] for one in found] == [
        texts(read(client, one), "title")[0] for one in feeds
    ]


def test_page_of_a_medicine_links_its_feed(page: Page, alpha: Drug) -> None:
    assert page("/drugs/alpha/").select("#about-this-page a[href='/drugs/alpha/feed/']")


# --- What it costs


@BOTH
def test_feed_takes_few_queries_whatever_the_number_of_changes(
    client: Client, alpha: Drug, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    for _number in range(30):
        published_article()
        alpha.record(Kind.MINOR)
    forget()
    with django_assert_max_num_queries(6):
        client.get(address)
    with django_assert_max_num_queries(2):
        client.get(address)
