"""A: who made this, from what. Dates and the reviewer are the workflow's (``review``, ``gate``)."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.words import message_on, warnings, word_list
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.texts import Passage, paragraphs


def has_author(entry: EditorialModel) -> Iterator[Problem]:
    """A1: the page names who wrote it. Before the first approval its notice says so instead."""
    if not list(entry.authors.all()):
        yield Problem(_("Name who wrote it."), "authors", rule="A1", absent=True)


def has_sources(entry: EditorialModel) -> Iterator[Problem]:
    """A4: an entry names at least one source."""
    if not list(entry.sources.all()):
        yield Problem(_("Add at least one source."), rule="A4", absent=True)


_CLAIM = re.compile(r"\b(?:stud(?:y|ies)|research|trials?|evidence)\s+(?:has\s+|have\s+)?show", re.I)
# A number by itself: not of a name (HER2, CDK4/6, 3+), a year, 911 or the fever rule.
_FIGURE = re.compile(
    r"(?<![\w/.,-])(?!(?:19|20)\d\d\b|911\b|100\.4\b|38\b)\d+(?:[.,]\d+)*\s?%?(?![\w+/-]|[.,]\d)"
)


def figures_have_a_source(entry: EditorialModel) -> Iterator[Problem]:
    """A4: a number, or “studies show”, in prose without a source beside it is worth a look."""
    # One field or row -> its first passage and the sentences.
    found: dict[tuple[str, int], tuple[Passage, list[str]]] = {}
    for passage, sentences in paragraphs(entry):
        if passage.sourced or passage.urgent:
            continue
        claims = [one for one in sentences if _FIGURE.search(one) or _CLAIM.search(one)]
        if claims:
            found.setdefault((passage.field, id(passage.row)), (passage, []))[1].extend(claims)
    for passage, claims in found.values():
        message = _("Figures without a source beside them (%(count)d): %(first)s")
        values = {"count": len(claims), "first": claims[0]}
        yield Problem(message % values, **passage.place, rule="A4", level=Level.WARN)


def sources_have_a_kind(entry: EditorialModel) -> Iterator[Problem]:
    """A5: of every source it is said what kind it is."""
    for source in entry.sources.all():
        if not source.kind:
            yield Problem(_("Say what kind of source it is."), "kind", "sources", source, "A5")


def sources_are_not_avoided(entry: EditorialModel) -> Iterator[Problem]:
    """A5: no source of the list of sites to avoid."""
    avoided = word_list(WordRule.List.DOMAIN)
    for source in entry.sources.all():
        host = (urlsplit(source.url).hostname or "").lower()
        for domain, row in avoided.rows.items():
            if host == domain or host.endswith(f".{domain}"):
                message = _("%(host)s: %(reason)s Better: %(better)s")
                values = {"host": host, "reason": row[1], "better": row[2]}
                yield Problem(message % values, "url", "sources", source, "A5", Level.WARN)


def text_is_not_spun(entry: EditorialModel) -> Iterator[Problem]:
    """A5: phrases that only a program writes are a sign of a bad source."""
    yield from warnings(entry, WordRule.List.SPUN, "A5")
    for source in entry.sources.all():
        for hit in word_list(WordRule.List.SPUN).find(source.title):
            yield Problem(message_on(hit), "title", "sources", source, "A5", Level.WARN)


CHECKS = (
    has_author,
    has_sources,
    figures_have_a_source,
    sources_have_a_kind,
    sources_are_not_avoided,
    text_is_not_spun,
)
