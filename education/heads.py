"""What the pages of articles and the glossary say of themselves to search engines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from education.choices import Kind
from education.models import Article, GlossaryTerm
from education.shelf import ListedTerm
from tgsite.editorial.rich_text import plain_text
from tgsite.head import Crumb, Head, absolute, filled, url_of


def article_list_head() -> Head:
    """The list of articles."""
    return Head(
        _("Learn about targeted therapy"),
        _("Short articles in plain words: tests, treatments, costs, and questions to ask."),
        (_learn(),),
    )


def article_head(article: Article, questions: Iterable[Any]) -> Head:
    """An article's page; ``questions`` have a question and an answer in rich text."""
    url = url_of(article)
    folder = Crumb(_("About"), reverse("about")) if article.kind == Kind.ABOUT else _learn()
    asked = [
        {
            "@type": "Question",
            "name": item["question"],
            "acceptedAnswer": {
                "@type": "Answer",
                "text": plain_text(item["answer"].source),
            },
        }
        for item in questions
    ]
    trail = (folder, Crumb(article.title, url))
    return Head(article.title, article.summary, trail, (), article, tuple(asked))


def glossary_head(terms: Iterable[ListedTerm]) -> Head:
    """The glossary."""
    node = {
        "@type": "DefinedTermSet",
        "@id": _glossary_id(),
        "name": _("Glossary"),
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "name": term.term, "url": absolute(term.url)} for term in terms
        ],
    }
    return Head(
        _("Glossary"),
        _("Words about breast cancer and its treatment, in plain language, from A to Z."),
        (_glossary(),),
        (node,),
    )


def term_head(term: GlossaryTerm) -> Head:
    """A term's page."""
    url = url_of(term)
    node = filled(
        {
            "@type": "DefinedTerm",
            "@id": f"{absolute(url)}#term",
            "name": term.term,
            "alternateName": term.other_names.splitlines(),
            "description": term.definition,
            "inDefinedTermSet": {"@id": _glossary_id()},
        }
    )
    return Head(term.term, term.definition, (_glossary(), Crumb(term.term, url)), (node,), term)


def _learn() -> Crumb:
    return Crumb(_("Learn"), reverse("education:article_list"))


def _glossary() -> Crumb:
    return Crumb(_("Glossary"), reverse("education:glossary"))


def _glossary_id() -> str:
    return f"{absolute(reverse('education:glossary'))}#glossary"
