"""Public pages of articles and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from drugs import catalogue
from drugs.figures import trials_named
from education import shelf
from education.blocks import anchors, trials_in
from education.choices import Kind
from education.filters import ArticleFilterSet
from education.heads import article_head, article_list_head, glossary_head, term_head
from education.models import Article, GlossaryTerm
from education.shelf import ListedTerm
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.querysets import EntryQuerySet
from tgsite.editorial.views import EntryView
from tgsite.filters import page_of

# The whole library of today on one page, so that no part of it is torn apart.
PAGE_SIZE = 60


class ArticleListView(TemplateView):
    """The articles of a kind, on a topic, with words; status 200 for any answer."""

    template_name = "education/article_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with its messages and one page of results."""
        filterset = ArticleFilterSet(self.request.GET)
        page, page_error = page_of(filterset.found, PAGE_SIZE, self.request.GET.getlist("page"))
        return super().get_context_data(
            head=article_list_head(),
            filterset=filterset,
            form=filterset.form,
            page=page,
            page_error=page_error,
            **kwargs,
        )


class ArticleView(EntryView):
    """An article's page under /learn/."""

    model = Article

    def entries(self) -> EntryQuerySet:
        """All but those about the guide, which have addresses of their own."""
        return Article.objects.live().exclude(kind=Kind.ABOUT)

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_article``."""
        return render_article(request, entry)


class AboutArticleView(ArticleView):
    """An article about the guide, under /about/."""

    def entries(self) -> EntryQuerySet:
        """Those about the guide only."""
        return Article.objects.live().filter(kind=Kind.ABOUT)


def render_article(request: HttpRequest, article: Article) -> HttpResponse:
    """The page of an article in memory; the admin's preview calls it as well."""
    known, listed = catalogue.current(), shelf.current()
    urgent, body = _body(article)
    return render(
        request,
        "education/article_detail.html",
        {
            "article": article,
            "entry": article,
            "head": article_head(article, _questions(article)),
            "urgent": urgent,
            "body": body,
            "trials": trials_named(trials_in(article.body)),
            "contents": _contents(article, body),
            "medicines": known.referred(article.related_drugs.all()),
            "classes": known.classes_referred(article.related_classes.all()),
            "articles": listed.referred(article.related_articles.all()),
        },
    )


@dataclass(frozen=True)
class Heading:
    """A heading of a page, and its address there."""

    key: str
    heading: str


# A page of fewer headings is taken in at a glance (content standard G4).
FEWEST_FOR_CONTENTS = 3


def _body(article: Article) -> tuple[Any, list[tuple[str, Any]]]:
    """When to get help, if the body begins with it; and the other blocks.

    Each has its own address on the page: of a heading made from its words.
    """
    blocks = list(article.body)
    urgent = blocks.pop(0) if blocks and blocks[0].block_type == "emergency" else None
    headings = [child.value for child in blocks if child.block_type == "heading"]
    addresses = iter(anchors(headings))
    return urgent, [
        (next(addresses) if child.block_type == "heading" else f"block-{number}", child)
        for number, child in enumerate(blocks, start=1)
    ]


def _contents(article: Article, body: list[tuple[str, Any]]) -> list[Heading]:
    """The way to each part of the article; nothing for a short one."""
    found = [
        Heading(address, block.value) for address, block in body if block.block_type == "heading"
    ]
    if len(found) < FEWEST_FOR_CONTENTS:
        return []
    if article.unchanged:
        found.insert(0, Heading("unchanged", _("What does not change today")))
    if article.what_you_can_do:
        found.append(Heading("what-you-can-do", _("What you can do")))
    if article.not_known:
        found.append(Heading("not-known", _("What is not known yet")))
    found += [Heading("read-on", _("Read on")), Heading("sources", _("Sources"))]
    return found


def _questions(article: Article) -> list[Any]:
    """Every question with its answer, for search engines."""
    return [item for child in article.body if child.block_type == "faq" for item in child.value]


class GlossaryView(TemplateView):
    """Every term with its definition, A to Z."""

    template_name = "education/glossary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Pairs of a letter and its terms, which letters have any, and how many nobody reviewed."""
        terms = sorted(
            shelf.current().terms, key=lambda term: (_letter(term), term.term.casefold())
        )
        groups = [(letter, list(found)) for letter, found in groupby(terms, key=_letter)]
        used = {letter for letter, _found in groups}
        return super().get_context_data(
            head=glossary_head(terms),
            groups=groups,
            unreviewed=sum(term.standing.reviewed_on is None for term in terms),
            letters=[(letter, letter in used) for letter in ascii_uppercase],
            **kwargs,
        )


def _letter(term: ListedTerm) -> str:
    """The letter under which a term stands."""
    return next((one.upper() for one in term.term if one.isalnum()), "#")


class TermView(EntryView):
    """A term's page."""

    model = GlossaryTerm

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_term``."""
        return render_term(request, entry)


def render_term(request: HttpRequest, term: GlossaryTerm) -> HttpResponse:
    """The page of a term in memory; the admin's preview calls it as well."""
    context = {"term": term, "entry": term, "head": term_head(term)}
    return render(request, "education/term_detail.html", context)
