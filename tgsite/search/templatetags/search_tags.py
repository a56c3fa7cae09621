"""Display helpers of the search page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tgsite.search.excerpts import marked
from tgsite.search.understanding import Understood

register = template.Library()


@register.filter
def marking(text: object, asked: Understood) -> SafeString:
    """``text`` with the words of the question marked."""
    return marked(str(text), asked.stems)
