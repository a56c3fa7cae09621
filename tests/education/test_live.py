"""Only what is live is shown, each entry at its own address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from drugs.models import Drug, DrugClass
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.small_guide import parsed, results, words
from tests.education.library import links
from tests.factories import ArticleFactory, publish

pytestmark = pytest.mark.usefixtures("library", "db")

HIDDEN_WORDS = ("Drafted article", "Taken off", "Drafted word", "Dropped word", "Draft title")
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


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/classes/blue/"])
def test_page_names_the_live_articles_about_it(page: Page, address: str) -> None:
    medicine, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    hidden = ArticleFactory(slug="hidden", related_drugs=[medicine], related_classes=[blue])
    hidden.save()
    found = links(page(address))
    assert "/learn/reading/" in found
    assert "/learn/coping/" not in found
    assert "/learn/hidden/" not in found
