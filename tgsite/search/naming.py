"""Which documents a question names: by whole names inside it, or by most of a name's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tgsite.search import registry
from tgsite.search.vocabulary import Document, Name, Rank, Vocabulary
from tgsite.search.words import BACKGROUND, LITTLE, stem

# Names that have less than this share of what the question tells are not meant by it.
ENOUGH = 0.4
ALL = 0.99
FEWEST_WORDS = 2
# A shorter word alone says nothing of the name that it is a part of: the DS of DS-1062.
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Mention:
    """A whole name in the question: the places of its words, and whose names it is, best first."""

    places: tuple[int, ...]
    names: tuple[Name, ...]

    def of(self, kind: str) -> Document | None:
        """The document of ``kind`` that the name is best a name of.

        Of a page and what has no page here, the better claim to the name leaves nothing to the
        other; where they claim it alike, it is the page's.
        """
        best = self.names[0]
        for name in self.names:
            alike = name.document.is_page == best.document.is_page
            if name.document.kind == kind and (alike or name.rank < best.rank):
                return name.document
        return None


def mentions_in(words: Sequence[str], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The names inside a list of words, in order.

    A name whose words stand apart or in another order counts as well if it is a subject's, and
    then a shorter name made of some of these words is not meant: "deruxtecan trastuzumab".
    """
    side_by_side = [
        Mention(tuple(range(start, end)), tuple(names))
        for start, end, names in vocabulary.mentions(words)
    ]
    known = {name.document for mention in side_by_side for name in mention.names}
    found = list(side_by_side)
    for places, name in _apart(words, vocabulary):
        parted = any(places & set(one.places) and not places >= set(one.places) for one in found)
        if name.document not in known and not parted:
            found = [one for one in found if not set(one.places) < places]
            found.append(Mention(tuple(sorted(places)), (name,)))
            known.add(name.document)
    return tuple(sorted(found, key=lambda one: one.places))


def _apart(words: Sequence[str], vocabulary: Vocabulary) -> list[tuple[set[int], Name]]:
    """Names of subjects, of several words, all of which are somewhere in the question."""
    at = {stem(word): place for place, word in reversed(list(enumerate(words)))}
    count = Counter(
        name
        for one in at
        for name in vocabulary.by_stem.get(one, ())
        if name.rank < Rank.ALIAS and name.document.is_subject
    )
    whole = [
        ({at[one] for one in name.stems}, name)
        for name, number in count.items()
        if number == len(set(name.stems)) >= FEWEST_WORDS
    ]
    return sorted(whole, key=lambda one: (-len(one[0]), one[1].order))


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
    def is_name(self) -> bool:
        """Whether the question is or holds a whole name of it, or has nothing but such words."""
        return self.is_whole or self.covers > ALL

    @property
    def is_meant(self) -> bool:
        """Whether the question is about it, whatever else it says: it names a medicine, say."""
        return self.document.is_subject and self.is_whole and self.name.rank < Rank.ALIAS

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
        _match(document, one, sum(weights.get(at, 0) for at in one.places) / everything)
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
        # Of a name made of little words only, such as "how long do i have", all of it counts.
        places = telling.intersection(mention.places) or set(mention.places)
        for name in mention.names:
            one = found[name.document]
            one.places |= places
            one.whole.append((mention.places[0], name))


def _add_parts(
    found: dict[Document, _Found], stems: dict[int, str], vocabulary: Vocabulary
) -> None:
    """Names that have two or more of the words, or the only one."""
    having: dict[Name, list[int]] = defaultdict(list)
    for at, one in stems.items():
        for name in vocabulary.by_stem.get(one, ()) if len(one) >= SHORTEST_WORD else ():
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
