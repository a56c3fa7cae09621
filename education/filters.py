"""The list of articles, narrowed by kind, topic and words."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from education.choices import Kind, Topic
from education.models import Article
from tgsite.filters import AnswerFilter, OneAnswerForm

LONGEST_WORDS = 100
# Articles about the guide stand under /about/ only.
KINDS = [(code, label) for code, label in Kind.choices if code != Kind.ABOUT]


class ArticleFilterSet(django_filters.FilterSet):
    """Articles of one kind, on one topic, with all the words given."""

    q = django_filters.CharFilter(
        label=_("Words"),
        method="with_words",
        max_length=LONGEST_WORDS,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    topic = AnswerFilter(
        label=_("Topic"), choices=Topic.choices, method="on_topic", empty_label=_("All topics")
    )
    kind = AnswerFilter(label=_("Kind"), choices=KINDS, empty_label=_("All kinds"))

    class Meta:
        model = Article
        fields: list[str] = []
        form = OneAnswerForm

    def on_topic(self, articles: QuerySet[Any], _name: str, topic: str) -> QuerySet[Any]:
        """Those whose set of topics holds this one."""
        return articles.filter(topics__contains=f",{topic},")

    def with_words(self, articles: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Those that have each word in title, summary, key points or search words."""
        for word in words.split():
            articles = articles.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(key_points__icontains=word)
                | Q(search_aliases__icontains=word)
            )
        return articles
