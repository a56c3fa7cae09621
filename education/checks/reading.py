"""What is prose in articles and terms, and the words that the glossary explains."""

from __future__ import annotations

import re

from education import shelf
from education.models import Article, GlossaryTerm
from tgsite.editorial import naming, texts

# Letters, digits and a stroke, two capitals at least: ADC, HER2, CDK4/6.
_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z0-9/+-]{1,9}")


def register_all() -> None:
    """Called once at start."""
    texts.describe(Article, names=("title",))
    texts.describe(GlossaryTerm, names=("term", "other_names", "pronunciation"))
    naming.register(naming.Name.TERM, names_of_terms)
    naming.register_short_forms(short_forms)


def names_of_terms() -> set[str]:
    """Every way to write a live term of the glossary."""
    return {name for term in shelf.current().terms for name in (term.term, *term.other_names)}


def short_forms() -> dict[str, str]:
    """Each short form among the terms, with the longest other name: what it stands for."""
    found = {}
    for term in shelf.current().terms:
        names = (term.term, *term.other_names)
        longest = max(names, key=len)
        for name in names:
            if _SHORT.fullmatch(name) and " " in longest:
                found[name] = longest
    return found
