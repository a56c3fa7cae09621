"""The starter library as readers meet it: whole, linked, and no page says what another says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from rapidfuzz import fuzz, process

from drugs.models import Drug, DrugClass, SideEffect
from education import shelf
from education.choices import Kind
from education.models import Article
from education.views import PAGE_SIZE
from tests.editorial.small_guide import for_a_module
from tests.starter import publish_starter_content
from tgsite.editorial.texts import Form, paragraphs
from tgsite.views import ABOUT_PAGES

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="A page says the same on every database"
    ),
    pytest.mark.usefixtures("starter"),
]

# Address -> the HTML of the page.
Site = dict[str, str]
FEWEST_ARTICLES, FEWEST_NEWS, FEWEST_ANSWERS = 32, 3, 20
# A shorter paragraph may be alike, and an item of a list, which is mostly the full name of a
# medicine: signs to call about are told in the same words everywhere.
WORDS_OF_ITS_OWN, ALIKE = 15, 85
ENTRIES = (Drug, DrugClass, SideEffect, Article)


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter content, live."""
    yield from for_a_module(django_db_blocker, publish_starter_content)


@pytest.fixture(scope="module")
def site(starter: None, django_db_blocker: DjangoDbBlocker) -> Site:
    """Every page of the guide but those of single terms and of questions asked."""
    lists = ("home", "drugs:drug_list", "drugs:class_list", "drugs:side_effect_list")
    addresses = [reverse(name) for name in (*lists, "education:article_list", "about", "updates")]
    addresses += [reverse("education:glossary"), reverse("search"), reverse("drugs:compare")]
    addresses += [reverse("about_page", args=[slug]) for slug in ABOUT_PAGES]
    client = Client()
    with django_db_blocker.unblock():
        addresses += [one.get_absolute_url() for model in ENTRIES for one in model.objects.live()]
        pages = {address: client.get(address) for address in addresses}
    assert {page.status_code for page in pages.values()} == {200}
    return {address: page.text for address, page in pages.items()}


def links(html: str) -> set[str]:
    """Where the links of a page lead."""
    return {unescape(href) for href in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', html)}


def ids(html: str) -> set[str]:
    """What a link can lead to on a page."""
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_no_link_inside_the_site_is_dead(site: Site, db: None) -> None:
    """Nor does any lead to a part of a page that is not there."""
    client = Client()
    known = dict(site)
    dead = []
    for address, html in site.items():
        for link in sorted(links(html)):
            if urlsplit(link).scheme or urlsplit(link).netloc:
                continue
            target, part = urldefrag(urljoin(address, link))
            if target not in known:
                answer = client.get(target)
                known[target] = answer.text if answer.status_code == 200 else ""
            if not known[target] or (part and part not in ids(known[target])):
                dead.append(f"{address} -> {link}")
    assert dead == []


def test_every_term_of_the_glossary_is_used_on_a_page(site: Site) -> None:
    """A word that no page uses explains nothing."""
    glossary = reverse("education:glossary")
    used = set().union(*(links(html) for address, html in site.items() if address != glossary))
    assert [term.slug for term in shelf.current().terms if term.url not in used] == []


def test_every_trial_of_an_article_shows_its_figures(site: Site, db: None) -> None:
    """The record calls it by the same name."""
    for article in Article.objects.live():
        named = [child for child in article.body if child.block_type == "trial"]
        shown = site[article.get_absolute_url()].count('class="results-of"')
        assert shown == len(named), article.slug


def test_library_is_large_enough(db: None) -> None:
    articles = list(Article.objects.live())
    news = [one for one in articles if one.kind == Kind.RESEARCH_NEWS]
    answers = [
        item
        for one in articles
        for child in one.body
        if child.block_type == "faq"
        for item in child.value
    ]
    assert len(articles) - len(news) >= FEWEST_ARTICLES
    assert len(news) >= FEWEST_NEWS
    assert len(answers) >= FEWEST_ANSWERS


def test_every_article_names_medicines_classes_and_articles(db: None) -> None:
    """No page is a dead end."""
    bare = [
        article.slug
        for article in Article.objects.live()
        if not article.related_drugs.all()
        or not article.related_classes.all()
        or article.related_articles.count() < 2
    ]
    assert bare == []


def test_every_article_is_named_by_another(db: None) -> None:
    """Nobody has to know its title to come upon it."""
    live = list(Article.objects.live())
    named = {
        other.slug: {one.slug for one in other.related_articles.all()} | _linked(other)
        for other in live
    }
    assert [
        one.slug
        for one in live
        if not any(one.slug in found for slug, found in named.items() if slug != one.slug)
    ] == []


def _linked(article: Article) -> set[str]:
    """The slugs of the articles that the body leads to."""
    return set(re.findall(r'href="/learn/([a-z0-9-]+)/', str(article.body.get_prep_value())))


def test_no_article_repeats_another(db: None) -> None:
    """Each article owns its subject; the others lead to it."""
    found = [
        (passage.text, article.slug)
        for article in Article.objects.live()
        for passage, _sentences in paragraphs(article)
        if passage.form is Form.PARAGRAPH and len(passage.text.split()) >= WORDS_OF_ITS_OWN
    ]
    texts = [text for text, _slug in found]
    repeated = [
        f"{slug}, {found[number + 1 + place][1]}: {text}"
        for number, (text, slug) in enumerate(found)
        for _other, _likeness, place in process.extract(
            text,
            texts[number + 1 :],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=ALIKE,
            limit=None,
        )
        if found[number + 1 + place][1] != slug
    ]
    assert repeated == []


def test_list_of_articles_leads_to_every_one(site: Site, db: None) -> None:
    client, first = Client(), reverse("education:article_list")
    articles = Article.objects.live().exclude(kind=Kind.ABOUT)
    pages = range(1, -(-articles.count() // PAGE_SIZE) + 1)
    found = set().union(*(links(client.get(first, {"page": page}).text) for page in pages))
    assert {one.get_absolute_url() for one in articles} <= found
