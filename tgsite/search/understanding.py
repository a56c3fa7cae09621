"""What a person means by what they typed: its words, corrected, and the names among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tgsite.search import spanish
from tgsite.search.english import english
from tgsite.search.naming import Match, Mention, match_names, mentions_in
from tgsite.search.spelling import Correction, Speller
from tgsite.search.vocabulary import Document, Rank, Vocabulary
from tgsite.search.words import LITTLE, key, stem, telling, words

# More than anybody asks; what comes after is not read, and the page says so.
MOST_LETTERS = 200
MOST_WORDS = 24
# What is looked at for signs of an emergency.
MOST_TO_SKIM = 5000
HALF, MOSTLY = 0.5, 0.75


@dataclass(frozen=True)
class Alternative:
    """The question with one of several near words in place of one that is not known."""

    question: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Understood:
    """A question as search takes it.

    ``unknown`` are words that nothing here or in English is; ``everything`` the words of all that
    was typed, neither cut nor corrected. ``is_begun``: the last word may not be typed to its end.
    """

    typed: str
    words: tuple[str, ...]
    vocabulary: Vocabulary = field(repr=False)
    mentions: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    from_spanish: tuple[str, ...] = ()
    is_shortened: bool = False
    is_begun: bool = False
    everything: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The question as it was searched."""
        return " ".join(self.words)

    @property
    def content(self) -> tuple[str, ...]:
        """The words that say what is looked for; all of them if none does."""
        return telling(self.words)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of ``content``."""
        return tuple(stem(word) for word in self.content)

    @property
    def phrase(self) -> tuple[str, ...]:
        """The stems of all words, as they stand side by side in a text."""
        return tuple(stem(word) for word in self.words)

    def mentioned(self, kind: str) -> list[Document]:
        """The documents of ``kind`` that the question names, each once, in order."""
        found = [mention.of(kind) for mention in self.mentions]
        return list(dict.fromkeys(document for document in found if document))

    @cached_property
    def matches(self) -> list[Match]:
        """The documents that the question names, or nearly: see ``naming.match_names``."""
        return match_names(self.words, self.mentions, self.vocabulary)

    def of(self, some: Sequence[str]) -> Understood:
        """The same question with only ``some`` of its words."""
        found = mentions_in(some, self.vocabulary)
        return replace(self, words=tuple(some), mentions=found)

    def near(self, kind: str) -> list[Document]:
        """The documents of ``kind`` of which the question has a name with words between, or most.

        Half of the question is a name that is wholly in it; of a name that is not, more must be:
        "high blood pressure" is not high blood sugar.
        """
        return [
            match.document
            for match in self.matches
            if match.document.kind == kind
            and match.filled > HALF
            and match.covers >= (HALF if match.filled == 1 else MOSTLY)
        ]

    def without_mentions(self, *kinds: str) -> list[str]:
        """The words outside the names of these kinds."""
        taken = {
            place
            for mention in self.mentions
            if any(mention.of(kind) for kind in kinds)
            for place in mention.places
        }
        return [word for place, word in enumerate(self.words) if place not in taken]


def clean(typed: str) -> tuple[str, bool]:
    """What was typed without control characters and double spaces, and whether it was cut."""
    printable = "".join(
        " " if unicodedata.category(one).startswith(("C", "Z")) else one
        for one in typed[: MOST_LETTERS * 4]
    )
    text = " ".join(printable.split())
    return text[:MOST_LETTERS].strip(), len(text) > MOST_LETTERS or len(typed) > MOST_LETTERS * 4


def understand(
    typed: str, vocabulary: Vocabulary, speller: Speller, known: frozenset[str], *, exact: bool
) -> Understood:
    """Read a question. ``known`` are words of the suggestions' own; ``exact``: correct nothing."""
    text, is_cut = clean(typed)
    each = words(text)
    is_shortened = is_cut or len(each) > MOST_WORDS
    each, translated = _from_spanish(each[:MOST_WORDS], vocabulary)
    corrections: list[Correction] = []
    if not exact and not spanish.is_spanish(each):
        each, corrections = _corrected(each, vocabulary, speller, known)
    return Understood(
        typed=text,
        words=tuple(each),
        vocabulary=vocabulary,
        mentions=mentions_in(each, vocabulary),
        corrections=tuple(one for one in corrections if one.word),
        alternatives=tuple(
            alternative
            for one in corrections
            for alternative in _alternatives(one, each, vocabulary)
        ),
        from_spanish=tuple(translated),
        is_shortened=is_shortened,
        everything=tuple(words(typed[:MOST_TO_SKIM])),
        unknown=frozenset(_unknown(each, vocabulary, known)),
    )


def _from_spanish(each: list[str], vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """The words with Spanish phrases in English, and these phrases; a name of ours stays."""
    result, translated, at = [], [], 0
    for start, end, phrase in spanish.PHRASES.found(each):
        if vocabulary.named(each[start:end]):
            continue
        result += [*each[at:start], *words(phrase)]
        translated.append(phrase)
        at = end
    result += each[at:]
    if translated:
        result = [word for word in result if word not in spanish.JOINING]
    return result, translated


def _corrected(
    each: list[str], vocabulary: Vocabulary, speller: Speller, known: frozenset[str]
) -> tuple[list[str], list[Correction]]:
    """The words with clear misspellings mended, and every correction made or to be asked about."""
    each, heard = _heard_as_one(each, vocabulary, speller)
    named = {
        place for start, end, _names in vocabulary.mentions(each) for place in range(start, end)
    }
    result, corrections = list(each), heard
    for place, word in enumerate(each):
        if place in named or is_known(word, vocabulary, known):
            continue
        correction = speller.correct(word, alone=len(each) == 1)
        if correction and len(each) == 1 and not vocabulary.named([correction.word]):
            # Nothing beside it says that it is no name that we do not know.
            correction = Correction(word, asked=correction.asked)
        if correction:
            corrections.append(correction)
            result[place] = correction.word or word
    return result, corrections


def _heard_as_one(
    each: list[str], vocabulary: Vocabulary, speller: Speller
) -> tuple[list[str], list[Correction]]:
    """Two words that are none of ours but sound like one of our names, such as "kiss kali"."""
    ours = {
        place
        for start, end, names in vocabulary.mentions(each)
        if names[0].rank < Rank.ALIAS
        for place in range(start, end)
    }
    result, corrections, at = [], [], 0
    while at < len(each):
        pair = each[at : at + 2]
        nearly = not is_known(pair[-1], vocabulary, english())
        apart = len(pair) == 2 and not {at, at + 1} & ours and len(pair[0]) > 1
        word = speller.heard("".join(pair), nearly=nearly) if apart else ""
        if word and not vocabulary.named(pair):
            corrections.append(Correction(" ".join(pair), word))
            result.append(word)
            at += 2
        else:
            result.append(each[at])
            at += 1
    return result, corrections


def is_known(word: str, vocabulary: Vocabulary, known: frozenset[str]) -> bool:
    """Whether the word exists as typed: on the site, in another form, or to the suggestions."""
    return (
        word in vocabulary.words
        or word in LITTLE
        or word in known
        or stem(word) in vocabulary.stems
    )


def _unknown(each: Iterable[str], vocabulary: Vocabulary, known: frozenset[str]) -> list[str]:
    return [one for one in each if not is_known(one, vocabulary, known) and one not in english()]


def _alternatives(
    correction: Correction, each: list[str], vocabulary: Vocabulary
) -> list[Alternative]:
    """The question with each near word; those that are names of the same documents once."""
    found: dict[tuple[Document, ...] | str, Alternative] = {}
    for word in correction.asked:
        question = [word if one == correction.typed else one for one in each]
        documents = tuple(
            dict.fromkeys(name.document for name in vocabulary.names.get(key([word]), []))
        )
        found.setdefault(documents or word, Alternative(" ".join(question), documents))
    return list(found.values())
