"""Every name and word of the live site, in memory for as long as the content version stands.

One query for each version. Names, suggestions and spelling ask nothing else; only the text of the
pages is searched in the database.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from math import log
from typing import Any

from tgsite.editorial.listed import listed
from tgsite.editorial.memory import Kept
from tgsite.editorial.standing import Standing
from tgsite.head import Text
from tgsite.search import registry
from tgsite.search.english import english
from tgsite.search.models import SearchDocument
from tgsite.search.words import JOINING, LITTLE, key, key_of, stem, words

# A shorter part of a name is no name.
SHORTEST_PART = 5
# Of a word that is in no name: about as much as a rare one, so that names without it are not meant.
WEIGHT_IN_NO_NAME = 5.0


@dataclass(frozen=True, eq=False)
class Document:
    """One thing that search knows, as results and suggestions show it."""

    pk: int
    kind: str
    entry_id: int
    slug: str
    url: str
    title: str
    subtitle: str
    summary: str
    extra: dict[str, Any]
    reviewed_on: date | None
    review_due: date | None

    @property
    def full_name(self) -> str:
        """The title, with the nonproprietary name of a medicine."""
        return f"{self.title} ({self.subtitle})" if self.subtitle else self.title

    @property
    def heading(self) -> Text:
        """What stands over a group of its kind."""
        return registry.kind(self.kind).heading

    @cached_property
    def notes(self) -> object:
        """What must also be said beside its name."""
        made = registry.kind(self.kind).notes
        return made and made(self.slug)

    @cached_property
    def standing(self) -> Standing | None:
        """How far its page is to be trusted: a safety notice is put on it at once."""
        found = listed(registry.kind(self.kind).model._meta.label_lower, self.entry_id)
        return found.standing if found else None

    @property
    def is_subject(self) -> bool:
        """Whether a question that names it is about it."""
        return registry.kind(self.kind).is_subject

    @property
    def is_page(self) -> bool:
        """Whether there is a page of it here."""
        return registry.kind(self.kind).is_page

    @cached_property
    def order(self) -> tuple[int, str]:
        """Its place among equals: by kind, then A to Z; the same on every database."""
        return registry.place(self.kind), self.title.casefold()


class Rank(IntEnum):
    """How much a name is the name of the thing; the lower the better."""

    TITLE = 0
    NAME = 1
    ALIAS = 2


@dataclass(frozen=True, eq=False)
class Name:
    """One name of one document: as it is written, folded, and the stems of its words."""

    text: str
    document: Document
    rank: Rank
    folded: str
    stems: tuple[str, ...]

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """The best name first."""
        return self.rank, self.document.order


class Vocabulary:
    """Documents, their names by key, and the words of the site."""

    def __init__(self, rows: Iterable[tuple[Document, str, str, str]]) -> None:
        self.documents: list[Document] = []
        self.names: dict[str, list[Name]] = defaultdict(list)
        self.words: set[str] = set()
        self.name_words: set[str] = set()
        self._longest = 0
        for document, names, aliases, known in rows:
            self.documents.append(document)
            self.words.update(known.split())
            for rank, text in _names(document, names, aliases):
                self._add(document, rank, text)
        for found in self.names.values():
            found.sort(key=lambda name: name.order)
        self.by_pk = {document.pk: document for document in self.documents}

    def _add(self, document: Document, rank: Rank, text: str) -> None:
        found = words(text)
        name_key = key(found)
        if not name_key:
            return
        stems = tuple(stem(word) for word in found if word not in JOINING)
        self.names[name_key].append(Name(text, document, rank, " ".join(found), stems))
        self.words.update(found)
        self._longest = max(self._longest, len(found))
        self.name_words.update(word for word in found if word not in LITTLE)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stem of each word of the site."""
        return frozenset(stem(word) for word in self.words)

    def named(self, found: Sequence[str]) -> list[Name]:
        """The names that these words are, however they are joined; the best first."""
        return self.names.get(key(found), [])

    def mentions(self, among: Sequence[str]) -> Iterator[tuple[int, int, list[Name]]]:
        """The names inside a list of words, the longest first: from, to, which names."""
        at = 0
        while at < len(among):
            for end in range(min(len(among), at + self._longest), at, -1):
                bare = JOINING.isdisjoint((among[at], among[end - 1]))
                names = self.named(among[at:end]) if bare else []
                names = names or (self.told_by(among[at]) if end == at + 1 else [])
                if names:
                    yield at, end, names
                    at = end
                    break
            else:
                at += 1

    def told_by(self, word: str) -> list[Name]:
        """The names that ``word`` is a part of, if all are those of one subject: "hylecta"."""
        names = [name for name in self.by_stem.get(stem(word), ()) if name.rank < Rank.ALIAS]
        documents = {name.document for name in names}
        if len(documents) != 1 or len(word) < SHORTEST_PART or word in english():
            return []
        (document,) = documents
        return sorted(names, key=lambda name: name.order) if document.is_subject else []

    # --- Names by their words

    @cached_property
    def by_stem(self) -> dict[str, list[Name]]:
        """The names that have a stem, each once."""
        found: dict[str, list[Name]] = defaultdict(list)
        for names in self.names.values():
            for name in names:
                for one in set(name.stems):
                    found[one].append(name)
        return found

    def weight(self, one: str) -> float:
        """How much a stem tells: the more the fewer names have it; some for one in no name."""
        having = len(self.by_stem.get(one, ()))
        return log(1 + len(self.names) / having) if having else WEIGHT_IN_NO_NAME

    @cached_property
    def beginnings(self) -> list[tuple[str, Name]]:
        """Each name under each of its words and those that follow, sorted."""
        found = []
        for names in self.names.values():
            for name in names:
                each = name.folded.split()
                found += [(" ".join(each[start:]), name) for start in range(len(each))]
        return sorted(found, key=lambda one: one[0])

    def beginning(self, typed: Sequence[str]) -> list[Name]:
        """Names in which these words stand side by side, the last perhaps only begun."""
        text = " ".join(typed)
        start = bisect_left(self.beginnings, text, key=lambda one: one[0])
        end = bisect_left(self.beginnings, f"{text}\U0010ffff", key=lambda one: one[0])
        return [name for _text, name in self.beginnings[start:end]]


def _names(document: Document, names: str, aliases: str) -> Iterator[tuple[Rank, str]]:
    """Each name once, under its best rank; a title also with its subtitle."""
    titles = [document.title]
    if document.is_page and document.subtitle:
        titles += [document.subtitle, document.full_name]
    given: set[str] = set()
    for rank, texts in (
        (Rank.TITLE, titles),
        (Rank.NAME, names.splitlines()),
        (Rank.ALIAS, aliases.splitlines()),
    ):
        for text in texts:
            if key_of(text) not in given:
                given.add(key_of(text))
                yield rank, text


def _load(_version: int) -> Vocabulary:
    return Vocabulary(_rows())


_SHOWN = ("id", "kind", "entry_id", "slug", "url", "title", "subtitle", "summary", "extra")
_DATES = ("reviewed_on", "review_due")
_WORDS = ("names", "aliases", "words")


def _rows() -> Iterator[tuple[Document, str, str, str]]:
    rows = SearchDocument.objects.order_by("id").values_list(*_SHOWN, *_DATES, *_WORDS)
    for *shown, names, aliases, known in rows:
        yield Document(*shown), names, aliases, known


def current() -> Vocabulary:
    """The vocabulary of the content as it is published now."""
    return in_memory.current()


in_memory = Kept(_load)
