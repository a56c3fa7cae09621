"""Display helpers of articles and the glossary, also for the pages of other apps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bs4 import BeautifulSoup
from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from drugs import catalogue
from drugs.models import Drug, DrugClass
from education import shelf
from education.blocks import step_words
from education.choices import STEPS, Drawing
from education.models import GlossaryTerm
from education.shelf import ListedArticle
from education.terms import TermIndex, link_terms
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.rich_text import clean_html

register = template.Library()


def _make_index(_version: int) -> TermIndex:
    return TermIndex(shelf.current().terms, catalogue.current().names)


term_index = Kept(_make_index)


@register.tag
def explain_terms(parser: Parser, token: Token) -> template.Node:
    """``{% explain_terms entry %}…{% endexplain_terms %}``: link the first use of each term.

    The definitions follow at the end, in a part that is there without any as well: a list that
    updates in place replaces it. ``entry``, where it is a glossary term, is not linked.
    """
    _name, *arguments = token.split_contents()
    nodes = parser.parse(("endexplain_terms",))
    parser.delete_first_token()
    return _ExplainTerms(nodes, parser.compile_filter(arguments[0]) if arguments else None)


class _ExplainTerms(template.Node):
    def __init__(self, nodelist: NodeList, entry: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.entry = entry

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        entry = self.entry.resolve(context, ignore_failures=True) if self.entry else None
        known = [entry.slug or ""] if isinstance(entry, GlossaryTerm) else []
        linked, terms = link_terms(html, term_index.current(), known)
        definitions = render_to_string("components/definitions.html", {"terms": terms})
        return mark_safe(linked + definitions)  # noqa: S308 - both come out of templates


_RELATIONS: dict[type[EditorialModel], str] = {
    Drug: "related_drugs",
    DrugClass: "related_classes",
}


@register.simple_tag
def articles_about(entry: Any) -> list[ListedArticle]:
    """Live articles that name ``entry``, a medicine or a class, as related."""
    relation = _RELATIONS.get(type(entry))
    return shelf.current().about(relation, entry.pk) if relation and entry.pk else []


@register.filter
def cleaned(text: RichText) -> SafeString:
    """Rich text as HTML, without what readers must not get and without links to nowhere."""
    html = clean_html(text.source)
    if "<a " not in html:
        return html
    document = BeautifulSoup(html, "html.parser")
    for link in document.find_all("a", href=True):
        if not shelf.current().leads(str(link["href"])):
            link.unwrap()
    return mark_safe(document.decode(formatter="minimal"))  # noqa: S308 - cleaned above


@dataclass(frozen=True)
class Answered:
    """A question and its answer as HTML."""

    question: str
    answer: SafeString


@register.filter
def answered(items: Iterable[Any]) -> list[Answered]:
    """Questions and answers of a body, ready to be shown."""
    return [Answered(item["question"], cleaned(item["answer"])) for item in items]


@register.filter
def drawing_template(code: str) -> str:
    """The template of a drawing in one; nothing for a code that is not in the list any more."""
    return f"drawings/{code}.svg" if code in Drawing.values and code not in STEPS else ""


@dataclass(frozen=True)
class Step:
    """The template of one picture of a drawing in steps, and its words."""

    picture: str
    words: str


@register.filter
def drawn_steps(figure: Mapping[str, str]) -> list[Step]:
    """The steps of a figure that is drawn in steps, in order; nothing for any other.

    A draft can have fewer words than pictures, or more: it shows what there is.
    """
    code = figure["drawing"]
    pictures = [f"drawings/{code}/{number}.svg" for number in range(1, STEPS.get(code, 0) + 1)]
    if not pictures:
        return []
    words = step_words(figure["alternative"])
    return [Step(*both) for both in zip_longest(pictures, words, fillvalue="")]
