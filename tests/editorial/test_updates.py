"""`/updates/`: what changed, page by page, for readers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug
from education.models import Article
from tests.conftest import Counted, Page
from tests.editorial.small_guide import words
from tests.editorial.traces import WARNING, put_notice, put_review
from tests.factories import (
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
    published_article,
    published_drug,
)
from tests.remembering import forget
from tgsite.editorial.models import ContentVersion, EditorialModel, Publication

pytestmark = pytest.mark.django_db

Kind = Publication.Kind


def told(entry: EditorialModel, kind: str, on: str, note: str = "") -> Publication:
    """A publication of ``entry`` at noon of a day, written down as the gate does."""
    found = entry.record(kind, note)
    Publication.objects.filter(pk=found.pk).update(
        at=datetime.fromisoformat(f"{on}T12:00:00").replace(tzinfo=UTC)
    )
    ContentVersion.advance()
    return found


@pytest.fixture
def alpha(db: None) -> Drug:
    """A live medicine without any line in the log."""
    drug = published_drug(slug="alpha", brand_name="Alpha", generic_name="alphamab")
    Publication.objects.all().delete()
    return drug


def lines(soup: BeautifulSoup) -> list[str]:
    """The words of each line of the list, in order."""
    return [words(one) for one in soup.select("#results li.update")]


def line(soup: BeautifulSoup) -> Tag:
    """The only line of the list."""
    (found,) = soup.select("#results li.update")
    return found


# --- What a line says


def test_line_has_the_full_name_the_day_why_and_the_note(page: Page, alpha: Drug) -> None:
    put_review(alpha)
    told(alpha, Kind.REVIEWED, "2026-08-06", "The dose in liver disease is new.")
    found = line(page("/updates/"))
    assert words(found) == (
        "Alpha (alphamab) 6 August 2026 Published after clinical review "
        "The dose in liver disease is new."
    )
    (link,) = found.select("a")
    assert link["href"] == "/drugs/alpha/"


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: str(kind.value))
def test_every_kind_of_change_is_said_in_words(page: Page, alpha: Drug, kind: Kind) -> None:
    told(alpha, kind, "2026-08-06")
    assert str(kind.label) in words(line(page("/updates/")))


@pytest.mark.parametrize(
    "factory",
    [DrugFactory, DrugClassFactory, SideEffectFactory, GlossaryTermFactory],
    ids=lambda factory: str(factory._meta.model.__name__),
)
def test_each_kind_of_entry_is_named_with_its_link(page: Page, factory: Any) -> None:
    entry = publish(factory())
    (link,) = line(page("/updates/")).select("a")
    assert link["href"] == entry.get_absolute_url()
    assert words(link) == str(entry)


def test_article_about_the_guide_is_linked_under_about(page: Page) -> None:
    published_article(kind="about", slug="thanks", title="Thanks")
    (link,) = line(page("/updates/")).select("a")
    assert (link["href"], words(link)) == ("/about/thanks/", "Thanks")


@pytest.mark.parametrize("leave", ["unpublish", "delete"])
def test_entry_that_left_the_site_is_named_without_a_link(
    page: Page, alpha: Drug, leave: str
) -> None:
    told(alpha, Kind.REVIEWED, "2026-08-06")
    getattr(alpha, leave)()
    soup = page("/updates/")
    assert any(text.startswith("Alpha (alphamab) 6 August 2026") for text in lines(soup))
    assert not soup.select("#results a")


def test_taking_off_is_a_change_of_its_own(page: Page, alpha: Drug) -> None:
    alpha.unpublish()
    assert "Taken off this site" in words(line(page("/updates/")))


def test_name_is_that_of_the_day_and_leads_to_the_page_of_today(page: Page, alpha: Drug) -> None:
    told(alpha, Kind.REVIEWED, "2026-08-06")
    publish(alpha, brand_name="Newname", slug="newname")
    soup = page("/updates/?page=1")
    (link,) = [one for one in soup.select("#results a") if "Alpha" in words(one)]
    assert link["href"] == "/drugs/newname/"


@pytest.mark.parametrize(
    ("kind", "is_marked"),
    [(Kind.MINOR, True), (Kind.NOTICE, True), (Kind.STARTER, False)],
    ids=["minor", "notice", "starter-says-so-itself"],
)
def test_page_never_reviewed_is_marked(page: Page, alpha: Drug, kind: str, is_marked: bool) -> None:
    """A2: a small correction does not look like a review."""
    told(alpha, kind, "2026-08-06")
    text = words(line(page("/updates/")))
    assert ("Page not yet reviewed by a clinician" in text) is is_marked
    assert "not yet reviewed by a clinician" in text


def test_reviewed_page_is_not_marked(page: Page, alpha: Drug) -> None:
    put_review(alpha)
    told(alpha, Kind.MINOR, "2026-08-06")
    assert "not yet reviewed" not in words(line(page("/updates/")))


def test_change_by_a_notice_shows_the_notice(page: Page, alpha: Drug) -> None:
    told(alpha, Kind.NOTICE, "2026-08-06")
    put_notice(alpha, safety_notice_until=None)
    assert WARNING in words(line(page("/updates/")))


def test_notice_that_is_the_note_is_not_said_twice(page: Page, alpha: Drug) -> None:
    told(alpha, Kind.NOTICE, "2026-08-06", WARNING)
    assert words(line(page("/updates/"))).count(WARNING) == 1
    put_notice(alpha, safety_notice_until=None)
    assert words(line(page("/updates/"))).count(WARNING) == 1


def test_names_and_notes_are_no_markup(client: Client, alpha: Drug) -> None:
    told(alpha, Kind.MINOR, "2026-08-06", "<script>alert(1)</script>")
    Publication.objects.update(name="<b>Alpha")
    content = client.get("/updates/").content.decode()
    assert "<script>alert" not in content
    assert "&lt;b&gt;Alpha" in content


# --- Order, months, loads of starter content


def test_changes_stand_under_their_months_newest_first(page: Page, alpha: Drug) -> None:
    for on in ("2026-08-06", "2026-07-31", "2026-08-01"):
        told(alpha, Kind.MINOR, on, on)
    sections = page("/updates/").select("#results section")
    assert [words(one.h2) for one in sections] == ["August 2026", "July 2026"]
    august = words(sections[0])
    assert august.index("2026-08-06") < august.index("2026-08-01")
    assert "2026-07-31" in words(sections[1])


@pytest.mark.parametrize(
    ("zone", "month"), [("America/New_York", "July 2026"), ("Europe/Berlin", "August 2026")]
)
def test_month_is_that_of_the_site_s_own_clock(
    page: Page, alpha: Drug, settings: Any, zone: str, month: str
) -> None:
    settings.TIME_ZONE = zone
    told(alpha, Kind.MINOR, "2026-07-31")
    Publication.objects.update(at=datetime(2026, 8, 1, 1, tzinfo=UTC))
    (section,) = page("/updates/").select("#results section")
    assert words(section.h2) == month
    assert len(section.select("li.update")) == 1


def test_starter_content_of_one_day_is_one_line_that_opens(page: Page, alpha: Drug) -> None:
    beta = published_drug(brand_name="Beta")
    Publication.objects.all().delete()
    told(alpha, Kind.STARTER, "2026-08-05")
    told(alpha, Kind.STARTER, "2026-08-06")
    told(alpha, Kind.MINOR, "2026-08-06", "Between.")
    told(beta, Kind.STARTER, "2026-08-06")
    soup = page("/updates/")
    first, second, third = soup.select("#results li.update")
    summary = first.select_one("details > summary")
    assert "2 pages published, not yet reviewed by a clinician" in words(summary)
    assert {words(one).split()[0] for one in first.select("a")} == {"Alpha", "Beta"}
    assert "Between." in words(second)
    assert not third.select("details")
    assert "5 August 2026" in words(third)


# --- Pages


@pytest.fixture
def five_months(alpha: Drug) -> Drug:
    """A change in each of five months, with a gap between."""
    for month in ("2025-11", "2026-01", "2026-02", "2026-03", "2026-12"):
        told(alpha, Kind.MINOR, f"{month}-10", month)
    return alpha


def test_page_has_three_months_and_the_way_to_the_others(page: Page, five_months: Drug) -> None:
    first, second = page("/updates/"), page("/updates/?page=2")
    assert [text[-7:] for text in lines(first)] == ["2026-12", "2026-03", "2026-02"]
    assert [text[-7:] for text in lines(second)] == ["2026-01", "2025-11"]
    assert first.select_one("a[rel=next]")["href"] == "?page=2"  # type: ignore[index]
    assert second.select_one("a[rel=prev]")["href"] == "?page=1"  # type: ignore[index]
    assert not first.select("a[rel=prev]")
    assert not second.select("a[rel=next]")


@pytest.mark.parametrize("asked", ["3", "0", "-1", "x", "1e9", "9" * 40, "1&page=2", "%00"])
def test_page_that_is_not_there_is_a_message(page: Page, five_months: Drug, asked: str) -> None:
    soup = page(f"/updates/?page={asked}")
    assert "There is no such page of results. The last page is 2." in words(soup.main)
    assert not lines(soup)


@pytest.mark.parametrize("address", ["/updates/?page=", "/updates/?utm_source=x", "/updates/?q=x"])
def test_empty_page_and_unknown_parameters_are_ignored(
    page: Page, five_months: Drug, address: str
) -> None:
    assert lines(page(address)) == lines(page("/updates/"))


def test_list_of_a_new_site_says_that_there_is_nothing(page: Page) -> None:
    assert "Nothing has been published yet." in words(page("/updates/").main)


def test_page_says_why_there_is_no_mailing_list_and_offers_the_feed(page: Page) -> None:
    """J1."""
    soup = page("/updates/")
    assert "we would have to keep your address together with what you read" in words(soup.main)
    assert soup.select("main a[href='/updates/feed/']")
    assert not soup.select("main form, main input")


# --- Where it is linked


@pytest.mark.parametrize("address", ["/", "/drugs/alpha/", "/no-such/"])
def test_every_page_leads_to_the_changes(client: Client, alpha: Drug, address: str) -> None:
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert soup.select("footer a[href='/updates/']")


def test_new_change_is_on_the_first_page_at_the_next_request(page: Page, alpha: Drug) -> None:
    assert "Fresh." not in words(page("/").main)
    told(alpha, Kind.MINOR, "2026-08-06", "Fresh.")
    assert "Fresh." in words(page("/").main)


def test_first_page_shows_changes_of_pages_on_the_site_only(page: Page, alpha: Drug) -> None:
    beta = published_drug(brand_name="Beta")
    told(alpha, Kind.MINOR, "2026-08-06", "Of Alpha.")
    told(beta, Kind.MINOR, "2026-08-07", "Of Beta.")
    beta.unpublish()
    (section,) = page("/").select("section[aria-labelledby=updates]")
    text = words(section)
    assert "Of Alpha." in text
    assert "Beta" not in text


# --- What it costs

ADDRESSES = ("/updates/", "/updates/?page=2", "/updates/?page=99", "/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_takes_at_most_eight_queries_with_nothing_in_memory(
    client: Client, five_months: Drug, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


def cost(client: Client) -> list[int]:
    """Queries of each address with nothing in memory."""
    found = []
    for address in ADDRESSES:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found.append(len(captured))
    return found


def test_queries_do_not_grow_with_the_number_of_changes(client: Client, five_months: Drug) -> None:
    few = cost(client)
    article: Article = published_article()
    for number in range(40):
        told(article if number % 2 else five_months, Kind.MINOR, "2026-12-01")
        told(five_months, Kind.STARTER, "2026-12-01")
    assert cost(client) == few
