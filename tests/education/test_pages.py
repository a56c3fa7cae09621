"""Articles and the glossary through their addresses: lists, pages, links between them, cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import Biosimilar, Drug, DrugClass, OtherMedicine
from education.models import Article, ArticleSource, GlossaryTerm
from tests.conftest import Page, forget
from tests.editorial.small_guide import chosen, field_words, for_a_module, parsed, results, words
from tests.education.bodies import every_block, heading, shown, text
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)

pytestmark = pytest.mark.usefixtures("library", "db")

LISTED = ("ask", "coping", "reading")
HIDDEN_WORDS = ("Drafted article", "Taken off", "Drafted word", "Dropped word", "Draft title")


def make_library() -> None:
    """Three articles, one about the guide, two terms; and what readers must never see."""
    alpha = published_drug(slug="alpha", brand_name="Alpha", generic_name="alphamab")
    blue = publish(DrugClassFactory(slug="blue", name="Blue medicines"))
    draftium = DrugFactory(slug="draftium", brand_name="Draftium")
    secret = DrugClassFactory(slug="secret", name="Secret class")
    drafted = ArticleFactory(slug="drafted", title="Drafted article", topics=("tests",))
    off = published_article(slug="off", title="Taken off", topics=("tests",))
    coping = published_article(
        text("<p>Being tired is common.</p>"),
        slug="coping",
        title="Living with tiredness",
        kind="living-with",
        topics=("side-effects", "daily-life"),
        search_aliases="fatigue",
    )
    published_article(
        heading("What is a cell?"),
        text('<p>A cell, and <a href="/learn/coping/">what helps</a>. A cell of 100%.</p>'),
        heading("What is HER2?"),
        heading("What comes next?"),
        slug="reading",
        title="Reading a report",
        topics=("tests",),
        summary="A report names scores.",
        key_points="Stain scores first\nAsk for a copy",
        what_you_can_do="Ask for the report.\nBring it along.",
        not_known="Whether it helps",
        related_drugs=[alpha, draftium],
        related_classes=[blue, secret],
        related_articles=[coping, drafted, off],
        internal_notes="Only for editors",
    )
    published_article(
        slug="ask", title="Questions for a visit", kind="questions", topics=("visits", "tests")
    )
    published_article(slug="our-team", title="Who writes this", kind="about", topics=("visits",))
    off.unpublish()
    published_term("cell", slug="cell", other_names="body cell", definition="The smallest part.")
    published_term("HER2", slug="her2", definition="A protein.", pronunciation="her-TOO")
    GlossaryTermFactory(slug="drafted", term="Drafted word")
    published_term("Dropped word", slug="dropped").unpublish()
    draft = Article.objects.get(slug="ask")
    draft.title = "Draft title"
    draft.save_revision()


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small library, made once for this module."""
    yield from for_a_module(django_db_blocker, make_library)


def links(soup: BeautifulSoup | Tag, selector: str = "main a[href]") -> list[str]:
    """Where the links lead."""
    return [str(link["href"]) for link in soup.select(selector)]


def listed(page: Page, query: str) -> set[str]:
    """The slugs that the list shows for ``query``."""
    return set(results(page(f"/learn/?{query}")))


# --- The list and its filters

# query -> an article that it lists, and one that it does not
FILTERS = {
    "kind=explainer": ("reading", "coping"),
    "kind=living-with": ("coping", "reading"),
    "kind=questions": ("ask", "reading"),
    "topic=tests": ("ask", "coping"),
    "topic=side-effects": ("coping", "ask"),
    "topic=daily-life": ("coping", "reading"),
    "q=report": ("reading", "ask"),
    "q=TIREDNESS": ("coping", "reading"),
    "q=stain": ("reading", "coping"),
    "q=names+scores": ("reading", "coping"),
    "q=fatigue": ("coping", "ask"),
    "q=visit+questions": ("ask", "reading"),
}


@pytest.mark.parametrize(("query", "there", "gone"), [(q, *two) for q, two in FILTERS.items()])
def test_filter_keeps_a_match_and_drops_a_non_match(
    page: Page, query: str, there: str, gone: str
) -> None:
    found = listed(page, query)
    assert there in found
    assert gone not in found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=questions&topic=tests", {"ask"}),
        ("kind=living-with&topic=tests", set()),
        ("topic=tests&q=report", {"reading"}),
        ("kind=explainer&topic=tests&q=scores+copy", {"reading"}),
        ("kind=explainer&topic=tests&q=fatigue", set()),
        ("q=report+tiredness", set()),
    ],
)
def test_two_filters_at_once(page: Page, query: str, found: set[str]) -> None:
    assert listed(page, query) == found


@pytest.mark.parametrize("name", ["q", "kind", "topic", "page"])
def test_empty_value_leaves_nothing_out(page: Page, name: str) -> None:
    assert listed(page, f"{name}=") == set(LISTED)


def test_list_holds_every_live_article_a_to_z(page: Page) -> None:
    assert results(page("/learn/")) == ["coping", "ask", "reading"]


def test_topic_whose_name_is_part_of_another_is_not_mixed_up(page: Page) -> None:
    """``tests`` is no part of a topic, and no topic is found by a part of its code."""
    assert listed(page, "topic=research") == set()
    assert listed(page, "q=test") == set()


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=%25%25_", "q=%5C", "q='", 'q="'])
def test_signs_that_databases_know_are_only_signs(page: Page, query: str) -> None:
    assert listed(page, query) == set()


def test_article_of_the_list_shows_title_kind_and_answer(page: Page) -> None:
    article = page("/learn/").find("article", attrs={"data-result": "reading"})
    assert isinstance(article, Tag)
    told = "Explained Reading a report A report names scores."
    assert words(article) == f"{told} Not yet reviewed by a clinician"
    assert links(article, "a") == ["/learn/reading/"]


def test_list_without_a_result_leads_on(page: Page) -> None:
    part = page("/learn/?q=nothing").find(id="results")
    assert isinstance(part, Tag)
    assert "No article has all of this." in words(part)
    assert {"/drugs/", "/classes/"} <= set(links(part, "a"))


# --- Wrong values: status 200, a message, no results, the other answers stay

WRONG: dict[str, tuple[list[tuple[str, str]], str]] = {
    "unknown-kind": ([("kind", "no-such")], "kind"),
    "kind-of-the-other-folder": ([("kind", "about")], "kind"),
    "kind-by-its-words": ([("kind", "Explained")], "kind"),
    "unknown-topic": ([("topic", "no-such")], "topic"),
    "topic-with-comma": ([("topic", "tests,genes")], "topic"),
    "markup": ([("topic", "<script>alert(1)</script>")], "topic"),
    "nul-in-kind": ([("kind", "a\x00b")], "kind"),
    "nul-in-topic": ([("topic", "\x00")], "topic"),
    "nul-in-words": ([("q", "a\x00b")], "q"),
    "ten-kilobytes-of-words": ([("q", "x" * 10_240)], "q"),
    "ten-kilobytes-of-kind": ([("kind", "x" * 10_240)], "kind"),
    "two-kinds": ([("kind", "explainer"), ("kind", "questions")], "kind"),
    "two-topics": ([("topic", "tests"), ("topic", "genes")], "topic"),
    "two-times-words": ([("q", "report"), ("q", "visit")], "q"),
    "one-kind-and-none": ([("kind", "explainer"), ("kind", "")], "kind"),
}
OTHER_ANSWERS = {"kind": "explainer", "topic": "tests", "q": "report"}


@pytest.mark.parametrize(("given", "field"), WRONG.values(), ids=WRONG)
def test_wrong_value_gives_a_message_and_no_results_and_the_other_answers_stay(
    page: Page, given: list[tuple[str, str]], field: str
) -> None:
    others = {name: value for name, value in OTHER_ANSWERS.items() if name != field}
    soup = page("/learn/?" + urlencode([*given, *others.items()]))
    assert "Look here:" in field_words(soup, field)
    assert not results(soup)
    assert "No articles are shown until" in words(soup.find(id="results"))
    assert {name: chosen(soup, name) for name in others} == {n: [v] for n, v in others.items()}


@pytest.mark.parametrize("name", ["kind", "topic", "q"])
def test_same_value_twice_is_one_answer(page: Page, name: str) -> None:
    value = OTHER_ANSWERS[name]
    assert listed(page, f"{name}={value}&{name}={value}") == listed(page, f"{name}={value}")


def test_unknown_parameter_is_no_answer(page: Page) -> None:
    assert listed(page, "utm_source=x&colour=red") == set(LISTED)


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "99", "x", "1e1", "1.5", "\x00", "9" * 10_000, "\u00b2", " "]
)
def test_page_that_is_not_there_leads_to_the_first(page: Page, number: str) -> None:
    soup = page("/learn/?" + urlencode({"kind": "explainer", "page": number}))
    part = soup.find(id="results")
    assert isinstance(part, Tag)
    assert "There is no such page of results. The last page is 1." in words(part)
    assert links(part, "a") == ["?kind=explainer"]
    assert not results(soup)


def test_two_page_numbers_are_no_page(page: Page) -> None:
    assert "There is no such page" in words(page("/learn/?page=1&page=2"))


def test_pages_of_results_lead_on_and_back_with_the_answers(client: Client) -> None:
    for _number in range(24):
        published_article(topics=("tests",))
    first = parsed(client.get("/learn/?topic=tests"))
    after = first.find("a", rel="next")
    assert isinstance(after, Tag)
    second = parsed(client.get("/learn/" + str(after["href"])))
    assert (len(results(first)), len(results(second))) == (24, 2)
    assert not set(results(first)) & set(results(second))
    before = second.find("a", rel="prev")
    assert isinstance(before, Tag)
    assert "topic=tests" in str(before["href"])
    assert second.find("a", rel="next") is None


def robots(soup: BeautifulSoup) -> str:
    """What the page asks of search engines."""
    found = soup.find("meta", attrs={"name": "robots"})
    return str(found["content"]) if isinstance(found, Tag) else ""


def test_answers_to_the_filter_are_kept_from_search_engines(page: Page) -> None:
    assert robots(page("/learn/")) == ""
    assert robots(page("/learn/?topic=tests")) == "noindex"


# --- Only what is live, each at its own address


PAGES = ("/learn/", "/learn/reading/", "/learn/ask/", "/about/our-team/", "/glossary/")


@pytest.mark.parametrize("address", [*PAGES, "/glossary/cell/", "/about/", "/", "/sitemap.xml"])
def test_page_shows_nothing_that_is_not_live(client: Client, settings: Any, address: str) -> None:
    settings.DEBUG = True  # The sitemap lists what was never reviewed only in development.
    source = client.get(address).text
    assert not [word for word in (*HIDDEN_WORDS, "Draftium", "Secret class") if word in source]
    assert not [path for path in ("/learn/drafted/", "/learn/off/") if path in source]


@pytest.mark.parametrize(
    "address",
    [
        "/learn/drafted/",
        "/learn/off/",
        "/learn/no-such/",
        "/learn/READING/",
        "/learn/reading/x/",
        "/learn/a%00b/",
        "/learn/" + "x" * 5000 + "/",
        "/learn/cell/",
        "/about/no-such/",
        "/about/drafted/",
        "/about/off/",
        "/glossary/drafted/",
        "/glossary/dropped/",
        "/glossary/no-such/",
        "/glossary/reading/",
        "/glossary/Cell/",
    ],
)
def test_what_is_not_live_is_not_found_and_the_page_has_a_way_on(
    client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "/drugs/" in links(parsed(response))


def test_article_about_the_guide_stands_under_about_only(client: Client, page: Page) -> None:
    assert words(page("/about/our-team/").h1) == "Who writes this"
    response = client.get("/learn/our-team/")
    assert (response.status_code, response["Location"]) == (301, "/about/our-team/")
    assert "/learn/our-team/" not in client.get("/learn/").text


def test_other_article_does_not_stand_under_about(client: Client) -> None:
    response = client.get("/about/reading/")
    assert (response.status_code, response["Location"]) == (301, "/learn/reading/")


def test_article_that_becomes_one_about_the_guide_moves(client: Client) -> None:
    publish(Article.objects.get(slug="ask"), kind="about", title="Ask")
    assert client.get("/learn/ask/")["Location"] == "/about/ask/"
    assert client.get("/about/ask/").status_code == 200
    assert "/learn/ask/" not in client.get("/learn/").text


@pytest.mark.parametrize("address", ["/about/", "/about/this-guide/"])
def test_pages_about_the_guide_name_each_other(page: Page, address: str) -> None:
    found = links(page(address))
    assert {"/about/our-team/", "/about/privacy/", "/about/how-we-work/"} <= set(found)


@pytest.mark.parametrize(
    ("model", "old", "new"),
    [
        (Article, "/learn/reading/", "/learn/renamed/"),
        (Article, "/about/our-team/", "/about/renamed/"),
        (GlossaryTerm, "/glossary/cell/", "/glossary/renamed/"),
    ],
    ids=["article", "about", "term"],
)
def test_old_address_leads_to_the_new_one(
    client: Client, model: type[Article], old: str, new: str
) -> None:
    publish(model.objects.get(slug=old.split("/")[2]), slug="renamed")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_unpublished_article_is_gone_everywhere_at_the_next_request(client: Client) -> None:
    assert "/learn/coping/" in links(parsed(client.get("/learn/reading/")), "#read-on a")
    Article.objects.get(slug="coping").unpublish()
    assert client.get("/learn/coping/").status_code == 404
    assert "coping" not in results(parsed(client.get("/learn/")))
    assert "/learn/coping/" not in links(parsed(client.get("/learn/reading/")), "#read-on a")


def test_publication_is_seen_by_the_next_request(page: Page) -> None:
    page("/learn/"), page("/learn/reading/")
    publish(Article.objects.get(slug="reading"), title="Reading anew")
    assert "Reading anew" in words(page("/learn/").main)
    assert words(page("/learn/reading/").h1) == "Reading anew"


def test_draft_is_never_seen(client: Client) -> None:
    before = [words(client.get(address)) for address in PAGES]
    article = Article.objects.get(slug="reading")
    article.title, article.summary, article.kind = "Draft title", "Draft answer", "about"
    article.body = [{"type": "text", "value": "<p>Draft body</p>"}]
    article.save_revision()
    assert [words(client.get(address)) for address in PAGES] == before


# --- An article's page


@pytest.fixture
def reading(page: Page) -> BeautifulSoup:
    """The page of the article on reports."""
    return page("/learn/reading/")


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


# --- Pages of medicines and classes name the articles about them


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/classes/blue/"])
def test_page_names_the_live_articles_about_it(page: Page, address: str) -> None:
    medicine, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    hidden = ArticleFactory(slug="hidden", related_drugs=[medicine], related_classes=[blue])
    hidden.save()
    found = links(page(address))
    assert "/learn/reading/" in found
    assert "/learn/coping/" not in found
    assert "/learn/hidden/" not in found


# --- The glossary


def test_glossary_lists_every_live_term_a_to_z_with_its_definition(page: Page) -> None:
    published_term("adjuvant", slug="adjuvant")
    soup = page("/glossary/")
    assert results(soup) == ["adjuvant", "cell", "her2"]
    term = soup.find("article", attrs={"data-result": "cell"})
    assert words(term) == "cell Also called: body cell The smallest part."


def test_terms_stand_under_their_letters_and_the_letters_lead_there(page: Page) -> None:
    published_term("Chemotherapy")
    soup = page("/glossary/")
    assert links(soup, "nav.letters a") == ["#letter-c", "#letter-h"]
    assert [words(one) for one in soup.select("#results h2")] == ["C", "H"]
    group = soup.select("#results section")[0]
    assert [words(one) for one in group.select("h3")] == ["cell", "Chemotherapy"]
    assert len(soup.select("nav.letters li")) == 26


@pytest.mark.parametrize("word", ["(neo)adjuvant", "-omics", "5-FU", "\u00c9tude", "\u4e2d", "+"])
def test_letter_heads_one_group_whatever_a_term_begins_with(page: Page, word: str) -> None:
    for other in ("nodule", "omen", "5 alpha"):
        published_term(other)
    published_term(word, slug="odd")
    soup = page("/glossary/")
    letters = [words(one) for one in soup.select("#results h2")]
    assert len(letters) == len(set(letters))
    assert "odd" in results(soup)


def test_empty_glossary_says_so(page: Page) -> None:
    for term in GlossaryTerm.objects.live():
        term.unpublish()
    assert "No terms yet." in words(page("/glossary/").find(id="results"))


def test_page_of_a_term_shows_all_of_it(page: Page) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), explanation="Cells divide.")
    main = words(page("/glossary/cell/").main)
    for part in ("Also called: body cell", "The smallest part.", "Cells divide.", "Dictionary"):
        assert part in main
    assert "her-TOO" in words(page("/glossary/her2/").main)


def test_page_of_a_term_leads_to_the_glossary(page: Page) -> None:
    assert "/glossary/" in links(page("/glossary/cell/"), "main p a")


def terms_of(soup: BeautifulSoup | Tag) -> list[str]:
    """The words that are linked to a definition."""
    return [link.get_text() for link in soup.select("a.term")]


def test_page_of_a_term_links_other_terms_but_not_itself(page: Page) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), explanation="A cell has HER2. Body cell.")
    assert terms_of(page("/glossary/cell/")) == ["HER2"]


def test_lists_link_no_term(page: Page) -> None:
    publish(Article.objects.get(slug="coping"), summary="HER2 on a cell.")
    assert not terms_of(page("/glossary/"))
    assert not terms_of(page("/learn/"))


# --- Words on pages


def test_first_use_in_the_text_is_linked_and_defined_at_the_end(reading: BeautifulSoup) -> None:
    link = reading.select_one("a.term")
    assert isinstance(link, Tag)
    assert (link.get_text(), link["href"]) == ("cell", "/glossary/cell/")
    box = reading.find(id=str(link["data-term"]))
    assert isinstance(box, Tag)
    assert "The smallest part." in words(box)
    assert links(box, "a") == ["/glossary/cell/"]
    assert terms_of(reading) == ["cell"]


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/classes/blue/"])
def test_terms_are_linked_on_pages_of_other_apps(page: Page, address: str) -> None:
    for entry in (Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")):
        publish(entry, summary="It docks to a cell.")
    assert "cell" in terms_of(page(address))


def test_address_printed_on_paper_is_no_use_of_a_term(page: Page) -> None:
    """The line is not seen on the screen: a link in it would take the link from the text."""
    published_term("breast tumor", slug="breast-tumor")
    published_article(text("<p>A breast tumor.</p>"), slug="breast-tumors")
    (link,) = page("/learn/breast-tumors/").select("a.term")
    assert link.find_parent(class_="print-only") is None


def test_definition_is_shown_as_text(client: Client, unchecked: None) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), definition="<script>alert(1)</script>")
    for address in ("/learn/reading/", "/glossary/", "/glossary/cell/"):
        assert "<script>alert(1)" not in client.get(address).text


@pytest.mark.parametrize(
    "change",
    [
        lambda term: publish(term, link_on_pages=False),
        lambda term: term.unpublish(),
        lambda term: term.delete(),
    ],
    ids=["not-linked", "unpublished", "deleted"],
)
def test_term_taken_off_is_no_link_at_the_next_request(
    page: Page, change: Callable[[GlossaryTerm], Any]
) -> None:
    assert terms_of(page("/learn/reading/")) == ["cell"]
    change(GlossaryTerm.objects.get(slug="cell"))
    soup = page("/learn/reading/")
    assert not terms_of(soup)
    assert "The smallest part." not in words(soup)


def test_new_definition_is_seen_by_the_next_request(page: Page) -> None:
    page("/learn/reading/")
    publish(GlossaryTerm.objects.get(slug="cell"), definition="Said anew.")
    assert "Said anew." in words(page("/learn/reading/"))


def test_no_word_in_the_name_of_any_medicine_is_linked(page: Page) -> None:
    """Brand, generic, other and biosimilar names, and medicines that have no page here."""
    for word in ("booster", "receptor", "twin", "plain", "marker", "helper"):
        published_term(word, slug=word)
    published_drug(
        brand_name="Tumor Booster",
        generic_name="alpha-receptor mab",
        also_known_as="Old helper",
        biosimilars=[Biosimilar(brand_name="Twin One", generic_name="mab-marker")],
    )
    OtherMedicine.objects.create(
        slug="other", generic_name="plain drug", brand_names="Plain Brand", kind="hormone therapy"
    )
    published_article(
        text(
            "<p>TUMOR BOOSTER, alpha-receptor mab, old helper, Twin One, mab-marker, plain drug,"
            " Plain brand.</p>"
        ),
        slug="names",
    )
    forget()
    assert not terms_of(page("/learn/names/"))


def test_word_is_linked_beside_the_name_of_a_medicine(page: Page) -> None:
    published_term("booster", slug="booster")
    published_drug(brand_name="Tumor Booster")
    article = published_article(text("<p>Tumor Booster is a booster.</p>"))
    (link,) = shown(page, article).select("a.term")
    assert link.get_text() == "booster"


# --- What it costs

Counted = Callable[[int], AbstractContextManager[Any]]
COUNTED = (
    "/learn/",
    "/learn/?topic=tests&q=a",
    "/learn/?topic=no-such",
    "/learn/whole/",
    "/learn/reading/",
    "/about/our-team/",
    "/about/",
    "/glossary/",
    "/glossary/cell/",
    "/learn/no-such/",
    "/learn/our-team/",
)


@pytest.fixture
def whole() -> Article:
    """A live article with every block and every field."""
    drug, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    return published_article(
        *every_block(drug, blue),
        slug="whole",
        key_points="One\nTwo",
        what_you_can_do="Ask.",
        not_known="Much",
        authors=[ContributorFactory(), ContributorFactory()],
        related_drugs=[drug],
        related_classes=[blue],
        related_articles=list(Article.objects.live()),
    )


@pytest.mark.parametrize("address", COUNTED)
def test_page_takes_at_most_eight_queries_with_nothing_in_memory(
    client: Client, whole: Article, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


def cold_and_warm(client: Client) -> dict[str, tuple[int, int]]:
    """For each page: queries with nothing in memory, and right after."""
    counts = {}
    for address in COUNTED:
        forget()
        numbers = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            numbers.append(len(captured))
        counts[address] = (numbers[0], numbers[1])
    return counts


def test_queries_do_not_grow_with_the_number_of_terms_and_articles(
    client: Client, whole: Article
) -> None:
    few = cold_and_warm(client)
    drug, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    terms = [published_term(f"word{number}") for number in range(30)]
    known = [
        published_article(
            *every_block(drug, blue),
            related_drugs=[drug],
            related_articles=[whole],
            topics=("tests",),
        )
        for _number in range(10)
    ]
    names = " ".join(term.term for term in terms)
    more = [*every_block(drug, blue) * 3, text(f"<p>{names}</p>")]
    publish(
        whole,
        body=[{"type": kind, "value": value} for kind, value in more],
        related_articles=known,
    )
    assert cold_and_warm(client) == few
    assert len(terms_of(parsed(client.get("/learn/whole/")))) >= 30


def test_page_in_memory_costs_the_number_of_the_content_only(
    client: Client, whole: Article, django_assert_max_num_queries: Counted
) -> None:
    client.get("/learn/whole/")
    with django_assert_max_num_queries(1):
        client.get("/learn/whole/")
