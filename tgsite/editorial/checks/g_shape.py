"""G: shape, as far as it holds for every kind of entry: lists, links, key points."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.lengths import key_points_at_a_glance
from tgsite.editorial.checks.words import message_on, word_list
from tgsite.editorial.fields import LinesField
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.texts import passages, rich_texts

FEWEST_KEY_POINTS = 3
MOST_ITEMS = 7


def has_key_points(entry: Any) -> Iterator[Problem]:
    """G1: 3 to 5 key points that can be taken in at a glance."""
    if len(entry.key_points.splitlines()) < FEWEST_KEY_POINTS:
        message = _("Write at least %(fewest)d key points.") % {"fewest": FEWEST_KEY_POINTS}
        yield Problem(message, "key_points", rule="G1", absent=True)
    yield from key_points_at_a_glance(entry)


def lists_are_short(entry: EditorialModel) -> Iterator[Problem]:
    """G5: at most 7 items a list."""
    counts: dict[str, int] = {}
    for passage in passages(entry):
        # Lists of signs have a rule of their own.
        if passage.row is None and not passage.urgent and _is_list(entry, passage.field):
            counts[passage.field] = counts.get(passage.field, 0) + 1
    found = list(counts.items())
    for field, html in rich_texts(entry):
        for listed in BeautifulSoup(html, "html.parser").find_all(["ul", "ol"]):
            found.append((field, len(listed.find_all("li", recursive=False))))
    for field, count in found:
        if count > MOST_ITEMS:
            message = _("A list of %(count)d items; 7 can be taken in.")
            yield Problem(message % {"count": count}, field, rule="G5")


def _is_list(entry: EditorialModel, field: str) -> bool:
    return isinstance(entry._meta.get_field(field), LinesField)


def links_say_where_they_go(entry: EditorialModel) -> Iterator[Problem]:
    """G6: a link's words are not empty, not a bare address, and lead to one place only."""
    places: dict[str, set[str]] = {}
    empty = word_list(WordRule.List.LINK)
    for field, html in rich_texts(entry):
        for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
            text, address = " ".join(link.get_text().split()), str(link["href"])
            if not text:
                message = _("A link to %(address)s has no words.")
                yield Problem(message % {"address": address}, field, rule="G6")
            elif text.startswith(("http:", "https:", "www.")):
                message = _("A bare address is no name: %(address)s")
                yield Problem(message % {"address": text}, field, rule="G6", level=Level.WARN)
            elif places.setdefault(text.casefold(), {address}) != {address}:
                message = _("Two links with the words “%(text)s” lead to different places.")
                yield Problem(message % {"text": text}, field, rule="G6")
            for hit in empty.find(text):
                if hit.written.casefold() == text.casefold():
                    yield Problem(message_on(hit), field, rule="G6", level=Level.WARN)


CHECKS = (lists_are_short, links_say_where_they_go)
