"""Which documents a question names: by whole names inside it, or by most of a name's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tgsite.search import registry
from tgsite.search.vocabulary import Document, Name, Rank, Vocabulary
from tgsite.search.words import BACKGROUND, LITTLE, stem

# Names that have less than this share of what the question tells are not meant by it.
ENOUGH = 0.4
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Mention:
    """A whole name in the question: from which word to which, and whose, best first."""

    start: int
    end: int
    names: tuple[Name, ...]

    def of(self, kind: str) -> Document | None:
        """The document of ``kind`` that the name is best a name of.

        What has no page here but a better claim to the name leaves nothing to the others.
        """
        best = min((one.rank for one in self.names if not one.document.is_page), default=Rank.ALIAS)
        return next(
            (
                name.document
                for name in self.names
                if name.document.kind == kind and name.rank <= best
            ),
            None,
        )


@dataclass(frozen=True)
class Match:
    """A document and the best of its names for the question.

    ``covers``: what share of the question its names cover, from 0 to 1, by how much each word
    tells. ``is_whole``: a whole name of it stands in the question; ``filled``: what share of the
    words of ``name`` do.
    """

    document: Document
    name: Name
    covers: float
    is_whole: bool
    filled: float
    first: int

    @property
    def is_meant(self) -> bool:
        """Whether the question is about it, whatever else it says: it names a medicine, say."""
        is_subject = registry.kind(self.document.kind).is_subject
        return is_subject and self.is_whole and self.name.rank < Rank.ALIAS

    @property
    def _place(self) -> int:
        """Among several that are meant, the kind that was registered first."""
        kinds = registry.kinds()
        return registry.place(self.document.kind) if self.is_meant else len(kinds)

    @property
    def order(self) -> tuple[Any, ...]:
        """What is surely meant, then what covers most, then whole, better, fuller names."""
        return (
            self._place,
            -round(self.covers, 2),
            not self.is_whole,
            self.name.rank,
            len(self.name.stems),
            self.first,
            self.document.order,
        )


class _Found:
    """What is known of one document while the question is read."""

    def __init__(self) -> None:
        self.places: set[int] = set()
        self.whole: list[tuple[int, Name]] = []
        # First place, name, and how many of its words.
        self.parts: list[tuple[int, Name, int]] = []


def match_names(
    words: Sequence[str], mentions: Sequence[Mention], vocabulary: Vocabulary
) -> list[Match]:
    """The documents that ``words`` name, the best first."""
    telling = _telling(words)
    stems = {at: stem(words[at]) for at in telling}
    weights = {at: vocabulary.weight(one) for at, one in stems.items()}
    everything = sum(weights.values())
    if not everything:
        return []
    found: dict[Document, _Found] = defaultdict(_Found)
    _add_mentions(found, mentions, set(telling))
    _add_parts(found, stems, vocabulary)
    matches = [
        _match(document, one, sum(weights[at] for at in one.places) / everything)
        for document, one in found.items()
        if one.places
    ]
    return sorted((match for match in matches if match), key=lambda match: match.order)


def _telling(words: Sequence[str]) -> list[int]:
    """The places of the words that say what is looked for; of all of them if none does."""
    content = [at for at, word in enumerate(words) if word not in LITTLE]
    telling = [at for at in content if words[at] not in BACKGROUND]
    return telling or content or list(range(len(words)))


def _add_mentions(
    found: dict[Document, _Found], mentions: Sequence[Mention], telling: set[int]
) -> None:
    for mention in mentions:
        places = telling.intersection(range(mention.start, mention.end))
        # A name made of little words only, such as "what": all of it counts.
        for name in mention.names:
            one = found[name.document]
            one.places |= places
            one.whole.append((mention.start, name))


def _add_parts(
    found: dict[Document, _Found], stems: dict[int, str], vocabulary: Vocabulary
) -> None:
    """Names that have two or more of the words, or the only one."""
    having: dict[Name, list[int]] = defaultdict(list)
    for at, one in stems.items():
        for name in vocabulary.by_stem.get(one, ()):
            having[name].append(at)
    fewest = min(FEWEST_WORDS, len(stems))
    for name, places in having.items():
        if len(places) >= fewest:
            one_found = found[name.document]
            one_found.places.update(places)
            one_found.parts.append((places[0], name, len(places)))


def _match(document: Document, found: _Found, covers: float) -> Match | None:
    if found.whole:
        first, name = min(found.whole, key=lambda one: (one[1].order, one[0]))
        return Match(document, name, covers, is_whole=True, filled=1, first=first)
    if covers < ENOUGH:
        return None
    first, name, count = min(found.parts, key=lambda one: (one[1].rank, len(one[1].stems), one[0]))
    filled = count / len(name.stems)
    return Match(document, name, covers, is_whole=False, filled=filled, first=first)
