"""What each page says of itself: title, description, address, structured data, search engines."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings as site
from django.test import Client

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.small_guide import parsed, words
from tests.factories import ContributorFactory, publish
from tgsite.editorial.models import Contributor, EditorialModel
from tgsite.views import ABOUT_PAGES

pytestmark = pytest.mark.usefixtures("guide", "db")

SITE = "https://guide.example.org"
ALPHA = "/drugs/alpha/"
# One entry of each kind: its page and its row.
ENTRIES: dict[str, tuple[type[EditorialModel], str]] = {
    ALPHA: (Drug, "alpha"),
    "/classes/blue/": (DrugClass, "blue"),
    "/side-effects/rash/": (SideEffect, "rash"),
    "/learn/reading-a-report/": (Article, "reading-a-report"),
    "/glossary/protein/": (GlossaryTerm, "protein"),
}
LISTS = (
    "/",
    "/drugs/",
    "/drugs/compare/",
    "/classes/",
    "/side-effects/",
    "/learn/",
    "/glossary/",
    "/updates/",
    "/about/",
    *(f"/about/{slug}/" for slug in ABOUT_PAGES),
)
PAGES = (*LISTS, *ENTRIES, "/contributors/wanda/")


def meta(soup: BeautifulSoup, name: str) -> str:
    """What stands in the one ``meta`` of this name or property; empty text if there is none."""
    found = soup.select(f'meta[name="{name}"], meta[property="{name}"]')
    assert len(found) <= 1, name
    return str(found[0]["content"]) if found else ""


def canonical(soup: BeautifulSoup) -> str:
    """The one address under which the page is to be known."""
    (link,) = soup.select("link[rel=canonical]")
    return str(link["href"])


def graph(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """The nodes of the page's one block of structured data."""
    (block,) = soup.select('script[type="application/ld+json"]')
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def node(soup: BeautifulSoup, kind: str) -> dict[str, Any]:
    """The one node of this type."""
    (found,) = [one for one in graph(soup) if kind in (one["@type"], *one["@type"])]
    return found


def review(address: str, **person: str) -> Contributor:
    """Put a whole review on the entry at ``address``; the reviewer."""
    model, slug = ENTRIES[address]
    reviewer: Contributor = ContributorFactory(
        **({"slug": "rita", "name": "Rita Reviewer", "role": "Oncologist"} | person)
    )
    model.objects.filter(slug=slug).update(
        reviewed_by=reviewer, reviewed_on=date(2024, 8, 6), review_due=date(2999, 2, 6)
    )
    return reviewer


# --- Every page


@pytest.mark.parametrize("address", PAGES)
def test_page_names_its_one_public_address(page: Page, address: str) -> None:
    soup = page(address)
    assert canonical(soup) == meta(soup, "og:url") == f"{SITE}{address}"
    assert graph(soup)[0]["url"] == f"{SITE}{address}"


@pytest.mark.parametrize("address", PAGES)
def test_page_has_a_title_and_a_description_for_whoever_shares_it(page: Page, address: str) -> None:
    soup = page(address)
    title, description = meta(soup, "og:title"), meta(soup, "og:description")
    assert title
    assert description
    assert words(soup.title) == f"{title} - Targeted Therapy Guide"
    assert meta(soup, "description") == description
    assert meta(soup, "og:site_name") == "Targeted Therapy Guide"
    first = graph(soup)[0]
    assert (first["name"], first["description"]) == (title, description)


@pytest.mark.parametrize("address", PAGES)
def test_page_is_an_article_where_it_is_an_entry(page: Page, address: str) -> None:
    expected = "article" if address in ENTRIES else "website"
    assert meta(page(address), "og:type") == expected


@pytest.mark.parametrize("name", ["og:title", "og:description"])
def test_no_two_fixed_pages_say_the_same_of_themselves(page: Page, name: str) -> None:
    values = [meta(page(address), name) for address in LISTS]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("address", PAGES)
def test_addresses_are_those_of_the_public_site_whatever_the_host(
    client: Client, address: str, host: str
) -> None:
    assert site.SITE_URL == SITE
    soup = parsed(client.get(address, headers={"host": host}))
    assert canonical(soup) == f"{SITE}{address}"
    assert host not in json.dumps(graph(soup))
    assert host not in meta(soup, "og:url")


@pytest.mark.parametrize(
    "address",
    [
        "/drugs/?her2=positive&page=1",
        "/drugs/compare/?drug=alpha",
        "/learn/?q=report",
        "/glossary/?x=1",
    ],
)
def test_address_leaves_out_what_was_asked(page: Page, address: str) -> None:
    """J2: what a reader looks for is in no address that is passed on."""
    soup = page(address)
    assert canonical(soup) == meta(soup, "og:url") == f"{SITE}{address.split('?')[0]}"


@pytest.mark.parametrize("address", ["/no-such/", "/drugs/no-such/"])
def test_error_page_names_no_address(client: Client, address: str) -> None:
    soup = parsed(client.get(address))
    assert not soup.select("link[rel=canonical], script[type='application/ld+json']")


# --- The way to a page

WAYS = {
    "/drugs/": ["Home", "Medicines"],
    "/drugs/compare/": ["Home", "Medicines", "Side by side"],
    ALPHA: ["Home", "Medicines", "Alpha (alphamab)"],
    "/classes/blue/": ["Home", "Classes", "Blue medicines"],
    "/side-effects/rash/": ["Home", "Side effects", "Rash"],
    "/learn/reading-a-report/": ["Home", "Learn", "Reading a report"],
    "/glossary/protein/": ["Home", "Glossary", "protein"],
    "/about/privacy/": ["Home", "About", "Your privacy"],
    "/contributors/wanda/": ["Home", "Wanda Writer, MD"],
}


@pytest.mark.parametrize(("address", "labels"), WAYS.items(), ids=list(WAYS))
def test_way_to_a_page_is_the_same_for_readers_and_search_engines(
    page: Page, address: str, labels: list[str]
) -> None:
    soup = page(address)
    steps = node(soup, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == labels
    assert [step["position"] for step in steps] == list(range(1, len(labels) + 1))
    assert {step["@type"] for step in steps} == {"ListItem"}
    shown = soup.select("nav[aria-label=Breadcrumb] li")
    assert [words(item) for item in shown] == labels
    links = [str(link["href"]) for link in soup.select("nav[aria-label=Breadcrumb] a")]
    assert [f"{SITE}{link}" for link in links] == [step["item"] for step in steps[:-1]]
    assert steps[-1]["item"] == f"{SITE}{address}"


def test_last_step_is_marked_as_this_page(page: Page) -> None:
    (here,) = page(ALPHA).select("nav[aria-label=Breadcrumb] [aria-current=page]")
    assert words(here) == "Alpha (alphamab)"


def test_first_page_has_no_way_to_itself(page: Page) -> None:
    soup = page("/")
    assert not soup.select("nav[aria-label=Breadcrumb]")
    assert [one["@type"] for one in graph(soup)] == ["WebPage"]


def test_way_to_an_article_about_the_guide_leads_through_about(page: Page) -> None:
    publish(Article.objects.get(slug="reading-a-report"), kind="about")
    steps = node(page("/about/reading-a-report/"), "BreadcrumbList")["itemListElement"]
    assert [step["item"] for step in steps[1:]] == [
        f"{SITE}/about/",
        f"{SITE}/about/reading-a-report/",
    ]


# --- What a page is about

TYPES = {
    **{address: ["WebPage", "BreadcrumbList"] for address in LISTS[1:]},
    "/glossary/": ["WebPage", "DefinedTermSet", "BreadcrumbList"],
    ALPHA: ["MedicalWebPage", "Drug", "BreadcrumbList"],
    "/classes/blue/": ["MedicalWebPage", "DrugClass", "BreadcrumbList"],
    "/side-effects/rash/": ["MedicalWebPage", "MedicalSignOrSymptom", "BreadcrumbList"],
    "/learn/reading-a-report/": ["MedicalWebPage", "BreadcrumbList"],
    "/glossary/protein/": ["MedicalWebPage", "DefinedTerm", "BreadcrumbList"],
    "/contributors/wanda/": ["WebPage", "Person", "BreadcrumbList"],
}


@pytest.mark.parametrize(("address", "types"), TYPES.items(), ids=list(TYPES))
def test_types_fit_the_page(page: Page, address: str, types: list[str]) -> None:
    assert [one["@type"] for one in graph(page(address))] == types


@pytest.mark.parametrize("address", [address for address in TYPES if len(TYPES[address]) == 3])
def test_page_points_to_what_it_is_about(page: Page, address: str) -> None:
    first, second, _way = graph(page(address))
    assert first["about"] == {"@id": second["@id"]}
    assert str(second["@id"]).startswith(f"{SITE}{address}#")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_empty_is_claimed(page: Page, address: str) -> None:
    def empty(value: Any) -> bool:
        if isinstance(value, dict):
            return not value or any(map(empty, value.values()))
        if isinstance(value, list):
            return not value or any(map(empty, value))
        return value in (None, "")

    assert not empty(graph(page(address)))


def test_medicine_names_its_generic_name_class_route_and_label(page: Page) -> None:
    publish(Drug.objects.get(slug="alpha"), also_known_as="Alfa\nAlpher", manufacturer="Maker")
    drug = node(page(ALPHA), "Drug")
    assert drug["name"] == "Alpha"
    assert drug["nonProprietaryName"] == "alphamab"
    assert drug["alternateName"] == ["Alfa", "Alpher"]
    assert drug["manufacturer"]["name"] == "Maker"
    assert [one["url"] for one in drug["drugClass"]] == [f"{SITE}/classes/blue/"]
    assert len(drug["administrationRoute"]) == 1
    assert drug["labelDetails"].startswith("https://dailymed.nlm.nih.gov/")


def test_class_names_its_live_medicines_only(page: Page) -> None:
    found = node(page("/classes/blue/"), "DrugClass")["drug"]
    assert [one["url"] for one in found] == [f"{SITE}/drugs/alpha/", f"{SITE}/drugs/gamma/"]


def test_side_effect_has_its_names_and_description(page: Page) -> None:
    publish(SideEffect.objects.get(slug="rash"), other_names="exanthema", description="Red skin.")
    effect = node(page("/side-effects/rash/"), "MedicalSignOrSymptom")
    assert (effect["name"], effect["alternateName"]) == ("Rash", ["exanthema"])
    assert effect["description"] == "Red skin."


def test_term_belongs_to_the_glossary_that_holds_it(page: Page) -> None:
    term = node(page("/glossary/protein/"), "DefinedTerm")
    whole = node(page("/glossary/"), "DefinedTermSet")
    assert term["description"] == "A building block of cells."
    assert term["inDefinedTermSet"] == {"@id": whole["@id"]}
    assert [one["url"] for one in whole["hasDefinedTerm"]] == [f"{SITE}/glossary/protein/"]


def test_article_lists_its_questions_with_answers_as_plain_words(page: Page) -> None:
    answers = {
        "Does it hurt?": "<p>No.</p><p>It is <b>quick</b> &amp; safe.</p>",
        "How long?": '<p>See <a href="/glossary/">the glossary</a>.</p>',
    }
    items = [{"question": asked, "answer": answer} for asked, answer in answers.items()]
    article = Article.objects.get(slug="reading-a-report")
    publish(article, body=[{"type": "faq", "value": items}])
    found = node(page("/learn/reading-a-report/"), "FAQPage")["mainEntity"]
    assert [one["name"] for one in found] == list(answers)
    assert {one["@type"] for one in found} == {"Question"}
    assert {one["acceptedAnswer"]["@type"] for one in found} == {"Answer"}
    texts = [one["acceptedAnswer"]["text"] for one in found]
    assert texts == ["No. It is quick & safe.", "See the glossary."]


def test_person_is_named_with_what_is_known(page: Page) -> None:
    ContributorFactory(slug="bare", name="Bare Name", credentials="")
    person = node(page("/contributors/bare/"), "Person")
    assert person["name"] == "Bare Name"
    assert "honorificSuffix" not in person
    assert "jobTitle" not in person


# --- Nothing breaks out

EVIL = {
    "end-of-script": "</script><script>alert(1)</script>",
    "comment": "<!--<script>",
    "ampersand": "A & B &amp; C",
    "quotes": "\"quoted\" and 'single'",
    "backslash": "a\\u003Cb\\",
    "line-separator": "one\u2028two",
}
NAMED: dict[str, str] = {
    ALPHA: "brand_name",
    "/classes/blue/": "name",
    "/side-effects/rash/": "name",
    "/learn/reading-a-report/": "title",
    "/glossary/protein/": "term",
}


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("address", NAMED)
def test_no_name_breaks_out_of_the_structured_data(
    client: Client, unchecked: None, address: str, name: str
) -> None:
    model, slug = ENTRIES[address]
    publish(model.objects.get(slug=slug), **{NAMED[address]: name})
    response = client.get(address)
    soup = parsed(response)
    inside = json.dumps(graph(soup)[0]["name"], ensure_ascii=False)
    assert json.dumps(name, ensure_ascii=False)[1:-1] in inside
    assert len(soup.select("script:not([src])")) == 1
    assert b"<script>alert" not in response.content
    (block,) = soup.select('script[type="application/ld+json"]')
    assert not set("<>&") & set(block.text)
    assert name in meta(soup, "og:title")


# --- Reviews


@pytest.mark.parametrize("address", ENTRIES)
def test_entry_never_reviewed_claims_no_review(page: Page, address: str) -> None:
    """A2."""
    claimed = node(page(address), "MedicalWebPage")
    assert not {"reviewedBy", "lastReviewed"} & set(claimed)


@pytest.mark.parametrize("address", ENTRIES)
def test_reviewed_entry_names_who_and_when(page: Page, address: str) -> None:
    """A2, A3."""
    review(address)
    claimed = node(page(address), "MedicalWebPage")
    assert claimed["lastReviewed"] == "2024-08-06"
    assert claimed["reviewedBy"] == {
        "@type": "Person",
        "name": "Rita Reviewer",
        "honorificSuffix": "MD",
        "jobTitle": "Oncologist",
        "url": f"{SITE}/contributors/rita/",
    }
    assert page("/contributors/rita/")


@pytest.mark.parametrize("address", LISTS)
def test_list_claims_no_review(page: Page, address: str) -> None:
    review(ALPHA)
    assert not {"reviewedBy", "lastReviewed"} & set(graph(page(address))[0])


@pytest.mark.parametrize("address", ENTRIES)
def test_entry_names_its_sources_dates_and_for_whom_it_is(page: Page, address: str) -> None:
    model, slug = ENTRIES[address]
    entry = model.objects.get(slug=slug)
    claimed = node(page(address), "MedicalWebPage")
    assert claimed["dateModified"] == entry.last_published_at.isoformat()
    assert claimed["datePublished"] == entry.first_published_at.isoformat()
    titles = [row.title for row in entry.sources.all()]
    assert [one["name"] for one in claimed["citation"]] == titles
    assert claimed["audience"]["audienceType"] == "Patient"


def test_entry_names_its_authors_only_where_there_are_any(page: Page) -> None:
    (author,) = node(page(ALPHA), "MedicalWebPage")["author"]
    assert author["url"] == f"{SITE}/contributors/wanda/"
    assert "author" not in node(page("/drugs/gamma/"), "MedicalWebPage")


# --- What search engines may list


def robots(soup: BeautifulSoup) -> str:
    """What the page asks of search engines."""
    return meta(soup, "robots")


@pytest.mark.parametrize("address", ENTRIES)
def test_unreviewed_entry_asks_not_to_be_listed_outside_development(
    page: Page, settings: Any, address: str
) -> None:
    assert "noindex" in robots(page(address))
    settings.DEBUG = True
    assert robots(page(address)) == ""


@pytest.mark.parametrize("address", ENTRIES)
def test_reviewed_entry_may_be_listed(page: Page, address: str) -> None:
    review(address)
    assert robots(page(address)) == ""


@pytest.mark.parametrize("address", [*LISTS, "/contributors/wanda/"])
def test_page_that_is_no_entry_may_be_listed(page: Page, address: str) -> None:
    assert robots(page(address)) == ""


@pytest.mark.parametrize(
    "address",
    ["/drugs/?her2=positive", "/drugs/?q=x", "/drugs/?page=2", "/learn/?topic=tests", "/learn/?q="],
)
def test_narrowed_list_asks_not_to_be_listed(page: Page, settings: Any, address: str) -> None:
    """J2: answers about a person's disease stand in no search engine."""
    assert "noindex" in robots(page(address))
    settings.DEBUG = True
    assert "noindex" in robots(page(address))


def test_nothing_of_the_head_stands_in_the_body(page: Page) -> None:
    soup = page(ALPHA)
    assert isinstance(soup.body, Tag)
    assert not soup.body.select("meta, link, title, script[type='application/ld+json']")
