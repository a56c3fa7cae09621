"""What is offered while a person types: names that begin so, and where whole questions lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tgsite.search import intents
from tgsite.search.results import read
from tgsite.search.understanding import Understood, clean
from tgsite.search.vocabulary import Document, Name, Rank, current
from tgsite.search.words import words

MOST = 8
MOST_STRAIGHT = 2
FEWEST_LETTERS = 2
# From how many words on a question can be more than the name of one thing.
FEWEST_WORDS_OF_A_QUESTION = 2


@dataclass(frozen=True)
class Offer:
    """One line: what it says, what stands small beside it, where it leads."""

    label: str
    note: str
    url: str


@dataclass
class OfferGroup:
    """Lines under one heading."""

    label: str
    items: list[Offer] = field(default_factory=list)


def offers(typed: str) -> list[OfferGroup]:
    """At most ``MOST`` lines for what is typed so far, in groups, the best first."""
    text, _is_cut = clean(typed)
    each = words(text)
    if sum(map(len, each)) < FEWEST_LETTERS:
        return []
    asked = replace(read(typed), is_begun=True)
    groups: dict[str, OfferGroup] = {}
    for heading, offer in [*_straight(asked, each), *_names(asked, each)][:MOST]:
        groups.setdefault(heading, OfferGroup(heading)).items.append(offer)
    return list(groups.values())


def _straight(asked: Understood, each: list[str]) -> list[tuple[str, Offer]]:
    """Where the question leads; one word leads only to what is urgent."""
    is_question = len(each) >= FEWEST_WORDS_OF_A_QUESTION
    found = [
        one
        for one in intents.suggestions(asked)
        if one.url and not one.is_external and (is_question or one.is_urgent)
    ]
    return [
        (_("Go straight to"), Offer(str(one.heading), "", one.url)) for one in found[:MOST_STRAIGHT]
    ]


def _names(asked: Understood, each: list[str]) -> list[tuple[str, Offer]]:
    begun = sorted(current().beginning(each), key=_order(each))
    found: dict[Document, Name] = {}
    for name in begun:
        found.setdefault(name.document, name)
        if len(found) == MOST:
            break
    found = found or {match.document: match.name for match in asked.matches[:MOST]}
    return [(str(document.heading), _offer(document, name)) for document, name in found.items()]


def _order(each: list[str]) -> Callable[[Name], tuple[Any, ...]]:
    """Names that begin with what is typed before those with it inside; then the better ones."""
    text = " ".join(each)

    def order(name: Name) -> tuple[Any, ...]:
        return not name.folded.startswith(text), name.order

    return order


def _offer(document: Document, name: Name) -> Offer:
    other = name.text if name.rank == Rank.NAME else ""
    if document.is_page:
        return Offer(document.full_name, other, document.url)
    url = reverse("search", query={"q": document.title})
    return Offer(document.full_name, _("no page here"), url)
