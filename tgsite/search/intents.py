"""Suggestions above the ordinary results: where a question leads, and why.

Apps register functions that take what was understood and yield suggestions. Those of a lower
place stand first; of one place, those registered first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tgsite.head import Text
from tgsite.search.understanding import Understood
from tgsite.search.vocabulary import Document

Intent = Callable[[Understood], Iterable["Suggestion"]]
_intents: list[tuple[int, Intent]] = []
_words: set[str] = set()
MOST_SUGGESTIONS = 4


@dataclass(frozen=True)
class Suggestion:
    """One place that answers the question better than a list of pages.

    ``leads`` are documents that then come first among the results. ``only_by_name`` are kinds
    that are results only if the question names them. A suggestion without ``url`` only says
    something. An ``is_urgent`` one stands in the colour kept for getting help.
    """

    heading: Text
    reason: Text
    url: str = ""
    text: Text = ""
    leads: tuple[Document, ...] = ()
    only_by_name: frozenset[str] = frozenset()
    is_urgent: bool = False
    is_external: bool = False

    @property
    def host(self) -> str:
        """The other site that it leads to."""
        return urlsplit(self.url).netloc.removeprefix("www.")


def register_intent(intent: Intent, *, place: int, words: Iterable[str] = ()) -> None:
    """Ask ``intent`` about every question. ``words`` are those it looks for: never misspellings."""
    _intents.append((place, intent))
    _intents.sort(key=lambda one: one[0])
    _words.update(words)


def known_words() -> frozenset[str]:
    """The words that some intent looks for."""
    return frozenset(_words)


def suggestions(asked: Understood) -> list[Suggestion]:
    """What the apps make of the question; no address twice."""
    found: dict[str, Suggestion] = {}
    for _place, intent in _intents:
        for suggestion in intent(asked):
            found.setdefault(suggestion.url or str(suggestion.heading), suggestion)
    return list(found.values())[:MOST_SUGGESTIONS]
