"""What articles and glossary terms are found by, and what search makes of a question about one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drugs.search import phrases
from education.choices import Kind as ArticleKind
from education.choices import Topic
from education.models import Article, GlossaryTerm
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.registry import Findable, Kind, register
from tgsite.search.understanding import Understood
from tgsite.search.words import Phrases

ARTICLE, TERM = "article", "term"

# How people ask what a word means.
_QUESTIONS = Phrases(
    {
        "definition": "what is, what are, what does, whats, what do, what was, meaning, mean, "
        "means, definition, define, explain, what is meant by, stand for, stands for"
    }
)


def register_all() -> None:
    """Called once at start."""
    register(Kind(ARTICLE, Article, of_article, gettext_lazy("Articles"), gettext_lazy("Article")))
    heading, label = gettext_lazy("Words explained"), gettext_lazy("Word explained")
    register(Kind(TERM, GlossaryTerm, of_term, heading, label))
    register_intent(definition, place=50, words=_QUESTIONS.words)
    register_intent(help_with_cost, place=80)
    register_intent(what_to_ask, place=80)


def of_article(article: Article) -> Findable:
    """The title of an article and its text."""
    return Findable(
        title=article.title,
        url=article.get_absolute_url(),
        summary=article.summary,
        aliases=tuple(article.search_aliases.splitlines()),
        extra={"kind": article.kind, "topics": list(article.topics)},
        body=(
            article.key_points,
            *article.body.stream_block.get_searchable_content(article.body),
            article.unchanged,
            article.what_you_can_do,
            article.not_known,
        ),
    )


def of_term(term: GlossaryTerm) -> Findable:
    """The names of a term and its definition."""
    return Findable(
        title=term.term,
        url=term.get_absolute_url(),
        summary=term.definition,
        names=tuple(term.other_names.splitlines()),
        aliases=tuple(term.search_aliases.splitlines()),
        body=(term.explanation,),
    )


def definition(asked: Understood) -> Iterator[Suggestion]:
    """A question about a word leads to its definition."""
    terms = asked.mentioned(TERM)
    # Two words are no question about one: "what is the difference between …".
    if "definition" in _QUESTIONS.codes(asked.words) and len(terms) == 1:
        term = terms[0]
        yield Suggestion(
            heading=_("What “%(term)s” means") % {"term": term.title},
            url=term.url,
            text=term.summary,
            reason=_("You asked about a word"),
            leads=(term,),
        )


def help_with_cost(asked: Understood) -> Iterator[Suggestion]:
    """What a medicine costs and who helps, when no medicine is named or after its own section."""
    if "cost" in phrases.SECTIONS.codes(asked.words):
        yield from _article(asked, ArticleKind.SUPPORT, Topic.COST, _("You asked about cost"))


def what_to_ask(asked: Understood) -> Iterator[Suggestion]:
    """Questions to take to a visit."""
    if "questions" in phrases.SECTIONS.codes(asked.words):
        reason = _("You asked what to ask")
        yield from _article(asked, ArticleKind.QUESTIONS, Topic.VISITS, reason)


def _article(asked: Understood, kind: str, topic: str, reason: str) -> Iterator[Suggestion]:
    """The article of this kind on this topic, if there is one."""
    for article in asked.vocabulary.documents:
        if (
            article.kind == ARTICLE
            and article.extra["kind"] == kind
            and topic in article.extra["topics"]
        ):
            yield Suggestion(article.title, reason, article.url, article.summary, leads=(article,))
            return
