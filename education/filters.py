"""The list of articles, narrowed by kind, topic and words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import django_filters
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from education import shelf
from education.choices import Kind, Topic
from education.models import Article
from education.search import ARTICLE
from education.shelf import ListedArticle
from tgsite.filters import AnswerFilter, ListFilterSet, OneAnswerForm
from tgsite.search.results import with_words

LONGEST_WORDS = 100
# Articles about the guide stand under /about/ only.
KINDS = [(code, label) for code, label in Kind.choices if code != Kind.ABOUT]


@dataclass(frozen=True)
class ArticleQuestion:
    """What the list is asked; empty text leaves nothing out. ``articles`` are those to look at."""

    articles: tuple[ListedArticle, ...]
    kind: str = ""
    topic: str = ""

    @cached_property
    def found(self) -> tuple[ListedArticle, ...]:
        """The articles of that kind and on that topic, A to Z."""
        return tuple(
            article
            for article in self.articles
            if self.kind in ("", article.kind) and article.is_on(self.topic)
        )

    def count(self, name: str, code: str, _group: Collection[str] = ()) -> int:
        """How many articles the answer ``code`` to ``name`` would leave."""
        answer: dict[str, Any] = {name: code}
        return len(replace(self, **answer).found)

    def in_words(self, count: int) -> str:
        """The number with what it counts."""
        return ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}


class ArticleFilterSet(ListFilterSet):
    """Articles of one kind, on one topic, with all the words given."""

    list_name = "education:article_list"

    q = django_filters.CharFilter(
        label=_("Words"),
        max_length=LONGEST_WORDS,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    topic = AnswerFilter(label=_("Topic"), choices=Topic.choices, empty_label=_("All topics"))
    kind = AnswerFilter(label=_("Kind"), choices=KINDS, empty_label=_("All kinds"))

    class Meta:
        model = Article
        fields: list[str] = []
        form = OneAnswerForm

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.shelf = shelf.current()
        super().__init__(data, **kwargs)

    @cached_property
    def question(self) -> ArticleQuestion:
        """What was asked, of the articles with the words."""
        words = self.answers.get("q") or ""
        listed = [article for article in self.shelf.articles if article.kind != Kind.ABOUT]
        if words:
            found = with_words(words, ARTICLE)
            listed = [article for article in listed if article.pk in found]
        return ArticleQuestion(
            tuple(listed), self.answers.get("kind") or "", self.answers.get("topic") or ""
        )

    @cached_property
    def found(self) -> tuple[ListedArticle, ...]:
        """The articles A to Z, without any answer part by part; none when one is invalid."""
        if self.is_refused:
            return ()
        found = self.question.found
        return found if self.is_answered else tuple(sorted(found, key=lambda one: one.place))

    @property
    def is_answered(self) -> bool:
        """Whether the list is narrowed: the whole library stands in its parts."""
        return any(self.answers.values())

    def counting(self) -> ArticleQuestion:
        """The question counts its own answers."""
        return self.question
