"""Bodies of articles as a StreamField stores them and as a content file writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from bs4 import Tag

from drugs.models import Drug, DrugClass
from education.models import Article
from tests.conftest import Page
from tests.factories import published_article
from tgsite.editorial.content import ContentKind, Outcome, load

Block = tuple[str, Any]


def heading(text: str = "What is it?") -> Block:
    """A heading."""
    return "heading", text


def text(html: str = "<p>The text.</p>") -> Block:
    """A text."""
    return "text", html


def callout(html: str = "<p>An aside.</p>", title: str = "Worth noticing") -> Block:
    """A callout."""
    return "callout", {"heading": title, "text": html}


def faq(html: str = "<p>An answer.</p>", question: str = "Does it hurt?") -> Block:
    """One question with its answer."""
    return "faq", [{"question": question, "answer": html}]


def emergency(*signs: str, call_911: tuple[str, ...] = ()) -> Block:
    """When to get help."""
    return "emergency", {
        "heading": "When to get help",
        "call_911": list(call_911),
        "call_team": list(signs or ["new cough"]),
    }


def figure(**changes: Any) -> Block:
    """A drawing."""
    words = {"drawing": "her2-scores", "caption": "The scores", "alternative": "From 0 to 3+."}
    return "figure", words | changes


STEP_WORDS = [f"It does {number}." for number in range(1, 7)]
_STEP_LINES = "\n".join(STEP_WORDS)


def drawn_in_steps(**changes: Any) -> Block:
    """A drawing in steps, with a line of words for each."""
    lines = "\n".join(STEP_WORDS)
    return figure(
        **{"drawing": "conjugate-steps", "caption": "The way", "alternative": lines} | changes
    )


def table(
    caption: str = "What scores mean",
    columns: tuple[str, ...] = ("Score", "Meaning"),
    rows: tuple[tuple[str, ...], ...] = (("0", "negative"), ("3+", "positive")),
) -> Block:
    """A table."""
    return "table", {
        "caption": caption,
        "columns": [{"type": "text", "heading": column} for column in columns],
        "rows": [{"values": list(row)} for row in rows],
    }


def questions(*asked: str) -> Block:
    """Questions to ask."""
    return "questions", {"heading": "Ask your team", "questions": list(asked or ["Which score?"])}


def drug_card(drug: Drug) -> Block:
    """The card of a medicine."""
    return "drug_card", drug.pk


def class_card(drug_class: DrugClass) -> Block:
    """The card of a class."""
    return "class_card", drug_class.pk


def trial(drug: Drug, name: str = "TEST-1") -> Block:
    """What a trial of the medicine's record found."""
    return "trial", {"medicine": drug.pk, "trial": name}


def study(**changes: Any) -> Block:
    """A study in words."""
    parts = {
        "name": "STUDY-1",
        "people": "People after menopause",
        "compared_with": "Going on as before",
        "found": "The cancer stayed away for longer.",
    }
    return "study", parts | changes


def every_block(drug: Drug, drug_class: DrugClass) -> list[Block]:
    """One of each kind; the medicine has a result of ``TEST-1``."""
    simple = [heading(), text(), callout(), emergency(), figure(), table(), faq(), questions()]
    return [*simple, trial(drug), study(), drug_card(drug), class_card(drug_class)]


def body_of(page: Page, *body: Block, **changes: Any) -> Tag:
    """What the public page of an article with this body shows of it."""
    return shown(page, published_article(*body, **changes))


def shown(page: Page, article: Article) -> Tag:
    """The body on the public page of ``article``."""
    found = page(article.get_absolute_url()).select_one(".body")
    assert isinstance(found, Tag), "the page shows no body"
    return found


def the(part: Tag, selector: str) -> Tag:
    """The one element of ``part`` that ``selector`` names."""
    (found,) = part.select(selector)
    return found


def load_article(folder: Path, body: Any, slug: str = "loaded", **changes: Any) -> Outcome:
    """Load an article with this body from a content file, published."""
    values = {
        "slug": slug,
        "title": "Loaded",
        "summary": "The answer.",
        "body": body,
        "sources": [{"title": "Guideline", "publisher": "ASCO", "kind": "guideline"}],
    }
    articles = folder / "app" / "content" / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    (articles / f"{slug}.yaml").write_text(yaml.safe_dump(values | changes), encoding="utf-8")
    return load([ContentKind(Article, articles)], live=True)
