"""Every live article and glossary term with what other pages show of it, in memory.

One query for each content version: links between pages, cards and the glossary's links in running
text ask nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, reverse

from education.choices import Kind, Topic
from education.models import Article, GlossaryTerm, article_url
from tgsite.editorial import listed
from tgsite.editorial.gathering import Gathered, part
from tgsite.editorial.inside_links import page_at
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import PublishedSlug, entry_models
from tgsite.editorial.standing import UNKNOWN, Standing, standing_parts, standings


@dataclass(frozen=True)
class ListedArticle:
    """A live article as a card shows it."""

    pk: int
    slug: str
    title: str
    summary: str
    kind: str
    topics: str = ""
    """Codes as the column holds them: ``,basics,tests,``."""
    standing: Standing = UNKNOWN

    @property
    def url(self) -> str:
        """Its page."""
        return article_url(self.kind, self.slug)

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return str(Kind(self.kind).label)

    @property
    def _topic(self) -> Topic | None:
        """The first of its topics in the order of the list; none of news."""
        if self.kind == Kind.RESEARCH_NEWS:
            return None
        return next((topic for topic in Topic if self.is_on(topic)), None)

    @property
    def part(self) -> str:
        """The part of the library it stands in: that of its first topic, else that of its kind."""
        return str(self._topic.label) if self._topic else self.kind_label

    @property
    def place(self) -> tuple[bool, int, str, str]:
        """Where it stands among all: parts in the order of the topics, the news last, A to Z."""
        number = list(Topic).index(self._topic) if self._topic else len(Topic)
        return self.kind == Kind.RESEARCH_NEWS, number, self.part, self.title.casefold()

    def is_on(self, topic: str) -> bool:
        """Whether it is about the topic; every article is about empty text."""
        return not topic or f",{topic}," in self.topics


@dataclass(frozen=True)
class ListedTerm:
    """A live glossary term as a list and a definition in place show it."""

    pk: int
    slug: str
    term: str
    other_names: tuple[str, ...]
    definition: str
    link_on_pages: bool
    standing: Standing = UNKNOWN

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("education:term", args=[self.slug])


class Shelf:
    """Articles and terms A to Z, and which articles are about which entries."""

    def __init__(
        self,
        articles: Iterable[ListedArticle],
        terms: Iterable[ListedTerm],
        about: dict[tuple[str, int], list[int]],
        addresses: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.articles = _by_title(articles)
        self.article_by_pk = {article.pk: article for article in self.articles}
        self.terms = tuple(sorted(terms, key=lambda one: one.term.casefold()))
        self.term_by_pk = {term.pk: term for term in self.terms}
        self._about = about
        # Kind of entry and slug, of today or an old one, that lead to a live page.
        self._addresses = frozenset(addresses)

    def referred(self, entries: Iterable[Any]) -> list[ListedArticle]:
        """The live articles among ``entries``, A to Z; of each the id is enough."""
        known = self.article_by_pk
        return list(_by_title(known[one.pk] for one in entries if one.pk in known))

    def leads(self, address: str) -> bool:
        """Whether a link leads to a live page; true for all that is no entry's address."""
        try:
            match = page_at(address)
        except Resolver404:
            return False
        view = getattr(match and match.func, "view_class", None)
        model = getattr(view, "model", None)
        if match is None or model is None:
            return True
        slug = match.kwargs["slug"]
        is_fixed = slug in getattr(view, "fixed_pages", ())
        return is_fixed or (model._meta.model_name, slug) in self._addresses

    def about(self, relation: str, pk: int) -> list[ListedArticle]:
        """Live articles that name the entry under ``relation`` (``related_drugs`` ...), A to Z."""
        wanted = set(self._about.get((relation, pk), ()))
        return [article for article in self.articles if article.pk in wanted]


def current() -> Shelf:
    """The shelf of the content as it is published now."""
    return in_memory.current()


def _by_title(articles: Iterable[ListedArticle]) -> tuple[ListedArticle, ...]:
    return tuple(sorted(articles, key=lambda one: one.title.casefold()))


def register_all() -> None:
    """Called once at start."""
    listed.register(Article, lambda pk: current().article_by_pk.get(pk))
    listed.register(GlossaryTerm, lambda pk: current().term_by_pk.get(pk))


def _load(_version: int) -> Shelf:
    rows = _rows()
    of_article = standings(rows, Article._meta.label)
    of_term = standings(rows, GlossaryTerm._meta.label)
    articles = [
        ListedArticle(pk, slug, title, summary, kind, topics, of_article.get(pk, UNKNOWN))
        for pk, slug, title, summary, kind, topics in rows.part("article")
    ]
    terms = [
        ListedTerm(
            pk,
            slug,
            term,
            tuple(other_names.splitlines()),
            definition,
            name == LINKED,
            of_term.get(pk, UNKNOWN),
        )
        for name in (LINKED, PLAIN)
        for pk, slug, term, definition, other_names, *_none in rows.part(name)
    ]
    about: dict[tuple[str, int], list[int]] = defaultdict(list)
    for relation in RELATIONS:
        for pk, other, *_none in rows.part(relation):
            about[relation, int(other)].append(pk)
    live = {
        (model._meta.model_name, pk)
        for model in entry_models()
        for pk, *_none in rows.part(f"live {model._meta.model_name}")
    }
    addresses = [
        (kind, slug) for pk, kind, slug, *_none in rows.part(ADDRESS) if (kind, pk) in live
    ]
    return Shelf(articles, terms, about, addresses)


LISTED = ("slug", "title", "summary", "kind", "topics")
ADDRESS = "address"
LINKED, PLAIN = "linked term", "plain term"
# Field of an article -> the columns of its table: the article, the other entry.
RELATIONS = {
    "related_drugs": ("article", "drug"),
    "related_classes": ("article", "drugclass"),
    "related_articles": ("from_article", "to_article"),
}


def _rows() -> Gathered:
    columns = ("id", "slug", "term", "definition", "other_names")
    terms = GlossaryTerm.objects.live()
    return Gathered(
        [
            part("article", Article.objects.live(), "id", *LISTED),
            part(LINKED, terms.filter(link_on_pages=True), *columns),
            part(PLAIN, terms.filter(link_on_pages=False), *columns),
            *standing_parts(Article.objects.live()),
            *standing_parts(terms),
            part(ADDRESS, PublishedSlug.objects.all(), "object_id", "content_type__model", "slug"),
            *(
                part(f"live {model._meta.model_name}", model.objects.live(), "id")
                for model in entry_models()
            ),
            *(
                part(
                    relation,
                    getattr(Article, relation).through.objects.filter(**{f"{own}__live": True}),
                    f"{own}_id",
                    f"{other}_id",
                )
                for relation, (own, other) in RELATIONS.items()
            ),
        ]
    )


in_memory = Kept(_load)
