"""Display helpers of the search page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tgsite.search.excerpts import marked
from tgsite.search.registry import kind
from tgsite.search.understanding import Understood
from tgsite.search.vocabulary import Document

register = template.Library()


@register.filter
def marking(text: object, asked: Understood) -> SafeString:
    """``text`` with the words of the question marked."""
    return marked(str(text), asked.stems)


@register.filter
def notes(document: Document) -> object:
    """What the kind of a document must say beside its name."""
    made = kind(document.kind).notes
    return made and made(document.slug)
