"""The answer to a question: suggestions, pages by name, pages by their text.

Names come before bodies, always. The order of what is found by name or as a phrase depends on
nothing of the database; only pages that have the words apart are sorted by its rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tgsite.editorial.memory import Kept
from tgsite.search import full_text, intents, registry, vocabulary
from tgsite.search.excerpts import excerpt
from tgsite.search.intents import Suggestion
from tgsite.search.naming import Match
from tgsite.search.spelling import Speller
from tgsite.search.understanding import Understood, clean, understand
from tgsite.search.vocabulary import Document, Rank
from tgsite.search.words import stem, telling, words

MOST_BY_NAME = 12
MOST_BY_TEXT = 40
# When no page has all words, these few have some.
MOST_BY_SOME_WORDS = 8


@dataclass(frozen=True)
class Result:
    """One page: what it is found by (another name of it), or the passage that has the words."""

    document: Document
    found_by: str = ""
    passage: str = ""

    @property
    def kind(self) -> registry.Kind:
        """Its kind."""
        return registry.kind(self.document.kind)


@dataclass(frozen=True)
class Group:
    """Results of one kind."""

    kind: registry.Kind
    results: list[Result]


@dataclass(frozen=True)
class Answer:
    """Everything that the page of a search shows."""

    asked: Understood
    suggestions: list[Suggestion]
    by_name: list[Result]
    by_text: list[Group]
    has_all_words: bool

    @property
    def count(self) -> int:
        """The number of results."""
        return len(self.by_name) + sum(len(group.results) for group in self.by_text)


def answer(typed: str, *, exact: bool = False) -> Answer:
    """Search the live site for ``typed``; ``exact`` corrects nothing."""
    asked = read(typed, exact=exact)
    found = intents.suggestions(asked)
    named = _by_name(asked, found, [match for match in asked.matches if match.is_name])
    by_text, has_all = _by_text(asked, {result.document.pk for result in named}, found)
    if not has_all:
        # Names with some of the words help before pages with some of them do.
        named = _by_name(asked, found, asked.matches)
        by_text = [] if named else by_text
    return Answer(asked, found, named, _grouped(by_text), has_all)


def read(typed: str, *, exact: bool = False) -> Understood:
    """What is meant by ``typed``, with the words of the live site."""
    return understand(
        typed, vocabulary.current(), speller.current(), intents.known_words(), exact=exact
    )


def with_words(typed: str, kind: str) -> frozenset[int]:
    """The ids of the live entries of ``kind`` that have all these words, as they are typed."""
    text, _is_cut = clean(typed)
    return frozenset(full_text.having_all(map(stem, telling(words(text))), kind))


def _make_speller(_version: int) -> Speller:
    known = vocabulary.current()
    return Speller(known.name_words, known.words - known.name_words)


speller = Kept(_make_speller)


def _by_name(
    asked: Understood, found: Iterable[Suggestion], matches: Iterable[Match]
) -> list[Result]:
    """Pages to which suggestions lead, then those of ``matches``, each once."""
    results: dict[int, Result] = {}
    for document in (document for suggestion in found for document in suggestion.leads):
        results.setdefault(document.pk, Result(document))
    left_out = _only_by_name(found)
    for match in matches:
        if match.document.is_page and (match.is_meant or match.document.kind not in left_out):
            shown = match.name.text if match.name.rank == Rank.NAME and match.is_whole else ""
            results.setdefault(match.document.pk, Result(match.document, found_by=shown))
    return list(results.values())[:MOST_BY_NAME]


def _by_text(
    asked: Understood, named: set[int], found: Iterable[Suggestion]
) -> tuple[list[Result], bool]:
    """Pages whose text has the words, and whether they have all of them."""
    left_out = _only_by_name(found)
    kinds = [code for code in registry.pages() if code not in left_out]
    hits = full_text.find(asked.stems, asked.phrase, kinds, MOST_BY_TEXT)
    known = asked.vocabulary.by_pk
    has_all = any(hit.has_all for hit in hits)
    hits = [hit for hit in hits if hit.pk in known and hit.pk not in named]
    hits = [hit for hit in hits if hit.has_all] if has_all else hits[:MOST_BY_SOME_WORDS]
    phrase = [hit for hit in hits if hit.has_phrase]
    phrase.sort(key=lambda hit: known[hit.pk].order)
    return [
        Result(known[hit.pk], passage=excerpt(hit.body, hit.body_stems, asked.stems))
        for hit in [*phrase, *(hit for hit in hits if not hit.has_phrase)]
    ], has_all


def _only_by_name(found: Iterable[Suggestion]) -> set[str]:
    """The kinds that are results only if the question surely means them."""
    return {kind for suggestion in found for kind in suggestion.only_by_name}


def _grouped(results: Iterable[Result]) -> list[Group]:
    """By kind, the kind of the best result first."""
    groups: dict[str, Group] = {}
    for result in results:
        code = result.document.kind
        groups.setdefault(code, Group(result.kind, [])).results.append(result)
    return list(groups.values())
