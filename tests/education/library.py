"""A small library of articles and terms, and what a reader sees of its pages."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from education.models import Article
from tests.education.bodies import heading, text
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)


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


def links(soup: BeautifulSoup | Tag, selector: str = "main a[href]") -> list[str]:
    """Where the links lead."""
    return [str(link["href"]) for link in soup.select(selector)]


def robots(soup: BeautifulSoup) -> str:
    """What the page asks of search engines."""
    found = soup.find("meta", attrs={"name": "robots"})
    return str(found["content"]) if isinstance(found, Tag) else ""


def terms_of(soup: BeautifulSoup | Tag) -> list[str]:
    """The words that are linked to a definition."""
    return [link.get_text() for link in soup.select("a.term")]
