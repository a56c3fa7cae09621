"""A safety notice as readers meet it: first on its page, and wherever the entry is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.clock import go_to_day
from tests.editorial.small_guide import words
from tests.editorial.traces import LAST_DAY, WARNING, put_notice
from tests.factories import publish, published_article
from tests.remembering import forget
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.standing import SafetyNotice, Standing

pytestmark = pytest.mark.usefixtures("guide", "db")

ENTRIES: dict[str, tuple[type[EditorialModel], str]] = {
    "/drugs/alpha/": (Drug, "alpha"),
    "/classes/blue/": (DrugClass, "blue"),
    "/side-effects/rash/": (SideEffect, "rash"),
    "/learn/reading-a-report/": (Article, "reading-a-report"),
    "/glossary/protein/": (GlossaryTerm, "protein"),
}
# Where else an entry is shown: the address, and the part that belongs to it.
ALPHA, BLUE, RASH, REPORT, PROTEIN = ENTRIES
SHOWN: dict[str, tuple[str, str, str]] = {
    "list-of-medicines": (ALPHA, "/drugs/", "article[data-result=alpha]"),
    "answered-list": (ALPHA, "/drugs/?her2=positive", "article[data-result=alpha]"),
    "comparison": (ALPHA, "/drugs/compare/?drug=beta&drug=alpha", "#names td:nth-of-type(2)"),
    "search-by-name": (ALPHA, "/search/?q=alpha", "article[data-result=alpha]"),
    "search-by-class-name": (BLUE, "/search/?q=blue+medicines", "article[data-result=blue]"),
    "search-by-effect": (RASH, "/search/?q=rash", "article[data-result=rash]"),
    "search-of-article": (
        REPORT,
        "/search/?q=reading+a+report",
        "article[data-result=reading-a-report]",
    ),
    "search-of-term": (PROTEIN, "/search/?q=protein", "article[data-result=protein]"),
    "list-of-classes": (BLUE, "/classes/", "article[data-result=blue]"),
    "list-of-side-effects": (RASH, "/side-effects/", "article[data-result=rash]"),
    "list-of-articles": (REPORT, "/learn/", "article[data-result=reading-a-report]"),
    "glossary": (PROTEIN, "/glossary/", "article[data-result=protein]"),
    "card-of-a-related-article": (REPORT, ALPHA, "#read-on article"),
    "card-on-the-first-page": (REPORT, "/", "section[aria-labelledby=learn] article"),
}
# Where a line has room for a word beside the name.
MARKED: dict[str, tuple[str, str]] = {
    "medicines-of-a-side-effect": (RASH, "#medicines li"),
    "medicines-of-a-class": (BLUE, "#medicines li"),
    "related-medicines": (REPORT, "#read-on li"),
    "names-over-an-answered-list": ("/drugs/?her2=positive", ".in-short li"),
    "names-on-the-first-page": ("/", "section[aria-labelledby=medicines] li"),
    "class-card": ("/classes/", "article[data-result=blue] li"),
}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last day of the notices of this module."""
    go_to_day(monkeypatch, LAST_DAY)


def noticed(address: str, **changes: Any) -> None:
    """A notice on the entry that has its page at ``address``."""
    model, slug = ENTRIES[address]
    put_notice(model.objects.get(slug=slug), **changes)


def notices(soup: BeautifulSoup | Tag) -> list[Tag]:
    """Every whole notice of a page or a part of it."""
    return soup.select(".safety-notice")


# --- The rule

DAY = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("until", "is_shown"),
    [(None, True), (DAY + timedelta(1), True), (DAY, True), (DAY - timedelta(1), False)],
    ids=["confirmed", "before-its-last-day", "on-its-last-day", "after-it"],
)
def test_notice_is_shown_to_its_last_day_or_once_confirmed(
    until: date | None, is_shown: bool
) -> None:
    notice = SafetyNotice("text", "FDA", "", DAY, until)
    assert (Standing(notice=notice).active_notice(DAY) == notice) is is_shown
    entry = Drug(safety_notice="text", safety_notice_since=DAY, safety_notice_until=until)
    assert (entry.active_notice(DAY) is not None) is is_shown


def test_entry_without_a_notice_has_none() -> None:
    assert Drug().active_notice(DAY) is None


# --- On its own page


@pytest.mark.parametrize("address", ENTRIES)
def test_notice_comes_first_on_the_page_after_the_title(page: Page, address: str) -> None:
    model, slug = ENTRIES[address]
    if "key_points" in {field.name for field in model._meta.fields}:
        publish(model.objects.get(slug=slug), key_points="First point\nSecond point")
    noticed(address)
    soup = page(address)
    (notice,) = notices(soup)
    assert notice.find_previous("h1")
    before = notice.find_all_previous(["p", "ul", "section", "h2"])
    inside = [one for one in before if one.find_parent("main")]
    # What says that nobody reviewed the page stands over its title; an article's kind as well.
    assert all(one["class"][0] in ("notice", "kind") for one in inside), inside
    text = words(notice)
    assert text.startswith(f"Safety notice of 6 August 2026 {WARNING}")


@pytest.mark.parametrize("address", ENTRIES)
def test_page_without_a_notice_has_none(page: Page, address: str) -> None:
    assert not notices(page(address))
    noticed(address, safety_notice_until=LAST_DAY - timedelta(days=1))
    assert not notices(page(address))


def test_notice_names_and_links_its_source(page: Page) -> None:
    noticed(ALPHA)
    (link,) = notices(page(ALPHA))[0].select("a")
    assert (words(link), link["href"]) == (
        "FDA Drug Safety Communication",
        "https://www.fda.gov/notice",
    )


def test_source_without_an_address_is_named(page: Page) -> None:
    noticed(ALPHA, safety_notice_url="")
    (notice,) = notices(page(ALPHA))
    assert "Source: FDA Drug Safety Communication." in words(notice)
    assert not notice.select("a")


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (LAST_DAY, "No clinician has confirmed this notice yet. It stands here until 20 August"),
        (None, "A clinician has confirmed this notice."),
    ],
    ids=["waiting", "confirmed"],
)
def test_notice_says_whether_a_clinician_confirmed_it(
    page: Page, until: date | None, said: str
) -> None:
    noticed(ALPHA, safety_notice_until=until)
    assert said in words(notices(page(ALPHA))[0])


def test_notice_has_a_sign_and_a_heading_beside_its_colour(page: Page) -> None:
    """I3: never colour alone."""
    noticed(ALPHA)
    (notice,) = notices(page(ALPHA))
    assert notice.select("h2 svg use[href='#icon-alert']")
    assert notice["aria-labelledby"] == notice.h2["id"]  # type: ignore[index]


def test_notice_is_no_markup(client: Client) -> None:
    noticed(ALPHA, safety_notice="<script>alert(1)</script> & more", safety_notice_source="<b>F")
    content = client.get(ALPHA).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in content
    assert "<b>F" not in content


# --- Wherever the entry is shown


@pytest.mark.parametrize(("own", "address", "part"), SHOWN.values(), ids=SHOWN)
def test_notice_stands_with_the_entry_until_its_last_day(
    page: Page, own: str, address: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noticed(own)
    (shown,) = [one for one in page(address).select(part) if notices(one)]
    text = words(shown)
    assert f"Safety notice of 6 August 2026: {WARNING}" in text
    assert "Source: FDA Drug Safety Communication" in text
    # Nobody publishes at midnight: what is in memory must let it go by itself.
    go_to_day(monkeypatch, LAST_DAY + timedelta(days=1))
    assert WARNING not in words(page(address).main)


@pytest.mark.parametrize(("own", "address", "part"), SHOWN.values(), ids=SHOWN)
def test_no_other_entry_gets_the_notice(page: Page, own: str, address: str, part: str) -> None:
    noticed(own)
    assert len(notices(page(address))) == 1


@pytest.mark.parametrize(("address", "part"), MARKED.values(), ids=MARKED)
def test_name_of_a_medicine_with_a_notice_is_marked(
    page: Page, address: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noticed(ALPHA)
    marked = [words(one) for one in page(address).select(part) if "Safety notice" in words(one)]
    assert [text.split()[0] for text in marked] == ["Alpha"]
    go_to_day(monkeypatch, LAST_DAY + timedelta(days=1))
    assert not [one for one in page(address).select(part) if "Safety notice" in words(one)]


def test_card_in_an_article_shows_the_notice(page: Page) -> None:
    alpha = Drug.objects.get(slug="alpha")
    published_article(("drug_card", alpha.pk), slug="with-card")
    noticed(ALPHA)
    (notice,) = notices(page("/learn/with-card/"))
    assert notice.find_parent("article", class_="card--medicine")


def test_card_of_a_class_shows_its_notice() -> None:
    """Made from the row in the list of classes, from memory in an article."""
    noticed(BLUE)
    blue = DrugClass.objects.get(slug="blue")
    html = render_to_string("components/class_card.html", {"drug_class": blue})
    assert WARNING in html


# --- Apart from the text


def test_publication_leaves_the_notice_alone(page: Page) -> None:
    """It belongs to the row: no revision brings an old one back, or takes a new one away."""
    noticed(ALPHA)
    publish(Drug.objects.get(slug="alpha"), summary="Changed text.")
    main = words(page(ALPHA).main)
    assert "Changed text." in main
    assert WARNING in main


def test_preview_of_a_draft_shows_the_notice(page: Page) -> None:
    noticed(ALPHA)
    drug = Drug.objects.get(slug="alpha")
    drug.summary = "Only a draft."
    draft = drug.save_revision().as_object()
    assert draft.active_notice(LAST_DAY).text == WARNING


def test_entry_off_the_site_shows_no_notice_anywhere(client: Client) -> None:
    noticed(ALPHA)
    Drug.objects.get(slug="alpha").unpublish()
    for _own, address, _part in SHOWN.values():
        assert WARNING not in client.get(address).content.decode(), address


# --- What it costs


def test_notices_cost_no_query(client: Client) -> None:
    """Budget: design, section 10."""

    def cost(address: str) -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    addresses = [*ENTRIES, *(address for _own, address, _part in SHOWN.values())]
    before = {address: cost(address) for address in addresses}
    for own in ENTRIES:
        noticed(own)
    assert {address: cost(address) for address in addresses} == before
    assert max(before.values()) <= 8
