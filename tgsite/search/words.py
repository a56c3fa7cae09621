"""Text as search compares it: folded letters, words, stems. The same on every database.

Both databases are given stems made here and never stem themselves, so that they find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from snowballstemmer import stemmer

LONGEST_WORD = 40

_DASH = "[-\u2212\u2013]"
_RECEPTORS = "er|pr|hr|erpr|her2"
_GENES = "brca1/2|brca[12]?|pik3ca|akt1|pten|ish|fish"
# Ways to write the same thing, brought to one. "+" and "-" after a receptor are test results.
# Where it is not sure, "or" stands: no answer is read across it.
_SAME = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("['\u2019`\u00b4]", ""),
        (r"\bher[\s-]?2(?:/?neu)?\b", "her2"),
        (r"\bcdk[\s-]?4[\s/,-]*(?:and)?[\s/,-]*6\b", "cdk46"),
        (r"\btrop[\s-]?2\b", "trop2"),
        (r"\bpd[\s-]?l[\s-]?1\b", "pdl1"),
        (rf"(?<=[a-z0-9])\s?(?:\+/{_DASH}|\u00b1)(?=[\s,;.)]|$)", " equivocal "),
        # As reports print it: "ER (+)"
        (r"(?<=[a-z0-9])\s?\(\+\)", " positive "),
        (rf"(?<=[a-z0-9])\s?\({_DASH}\)", " negative "),
        # A plus that stands apart is a result where nothing follows, or another receptor with its
        # sign: "ER + PR - HER2 -". Before any other word it may join the two: not sure.
        (
            rf"\b({_RECEPTORS})\s\+(?=\s*(?:[/,;.)]|$|(?:{_RECEPTORS})\s?(?:\+|{_DASH}(?!\w))))",
            r"\1 positive ",
        ),
        (rf"\b({_RECEPTORS})\s\+(?=\s)", r"\1 or "),
        (r"(?<=[a-z0-9])\+", " positive "),
        (rf"\b({_RECEPTORS})\s?{_DASH}(?=[\s/,;.)]|$)", r"\1 negative "),
        (
            rf"\b({_GENES})(?:{_DASH}(?=[\s/,;.)]|$)|\s{_DASH}(?=\s*(?:[/,;.)]|$)))",
            r"\1 negative ",
        ),
        # A dash between a gene and a word is a result, or joins them: not sure.
        (rf"\b({_GENES})\s{_DASH}(?=\s)", r"\1 or "),
        (r"\bpos\b", "positive"),
        (r"\bneg\b", "negative"),
        # Digits, because "stage i ii" must not be taken for "stage iii".
        (r"\bstage\s?(?:iv|four)\b", "stage 4"),
        (r"\bstage\s?(?:iii|three)\b", "stage 3"),
        (r"\bstage\s?(?:ii|two)\b", "stage 2"),
        (r"\bstage\s?(?:i|one)\b", "stage 1"),
        (r"\bstage\s?zero\b", "stage 0"),
        # "Met" and "secondary" say something else, and have the same stem.
        (r"\b(?:mets|secondaries)\b", "metastases"),
        # Words for the same
        (r"\b(?:drug|med|medication)\b", "medicine"),
        (r"\b(?:drugs|meds|medications)\b", "medicines"),
        (r"\bchemo\b", "chemotherapy"),
        (r"\bside\s?affect", "side effect"),
        # British spelling
        (r"oestr", "estr"),
        (r"aemi", "emi"),
        (r"caem", "cem"),
        (r"rrhoe", "rrhe"),
        (r"oede", "ede"),
        (r"tumour", "tumor"),
        (r"leukae", "leuke"),
        (r"haem", "hem"),
        (r"isation\b", "ization"),
    )
)
_WORD = re.compile(r"[^\W_]+")

# Words that join others inside a name: "pertuzumab, trastuzumab, and hyaluronidase".
JOINING = frozenset(("a", "an", "and", "my", "of", "the", "your"))
_LITTLE = """
    about already am any anybody anyone are as at be because been being but by can cant could
    did do does doing dont during else ever for from get gets getting go going got had has have
    having he help her him his how i if im in into is isnt it its ive just know like long look
    make me mean meaning means more most much need now off on one only or our out please really
    same say she should so some someone something still tell than thanks that thats their them
    then there these they thing things think this those to too up us very want was we were what
    whats when where which while who whom why will with wont would yes you youre
"""
# Words that a question is made of, and that say nothing about what is looked for.
LITTLE = JOINING | frozenset(_LITTLE.split())
_BACKGROUND = "breast cancer disease medicine medicines patient patients treatment treatments"
# Words that stand on every page of this site: they tell little beside any other.
BACKGROUND = frozenset(_BACKGROUND.split())

_stemmer = stemmer("english")


def folded(text: str) -> str:
    """``text`` in small letters without accents, its known spellings brought to one."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    for pattern, replacement in _SAME:
        plain = pattern.sub(replacement, plain)
    return plain


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order; what is no letter and no digit parts them."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a folded word that its forms share: ``test`` for ``tests`` and ``testing``."""
    return str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stem of each word of ``text``, in order."""
    return [stem(word) for word in words(text)]


def telling(found: Sequence[str]) -> tuple[str, ...]:
    """The words that say what is looked for; all of them if none does."""
    return tuple(word for word in found if word not in LITTLE) or tuple(found)


def key(found: Iterable[str]) -> str:
    """One text for several words however they are joined: ``tdm1`` for ``T-DM1`` and ``T DM1``."""
    return "".join(stem(word) for word in found if word not in JOINING)


def key_of(text: str) -> str:
    """See ``key``."""
    return key(words(text))


class Phrases:
    """A table of phrases, found in a list of words: the longest first, each word used once.

    ``table``: code -> its phrases, with commas between.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        phrases = [
            (code, words(phrase))
            for code, several in table.items()
            for phrase in several.split(",")
        ]
        self._codes = {_spaced(each): code for code, each in phrases}
        self._longest = max(len(each) for _code, each in phrases)
        self.words = frozenset(word for _code, each in phrases for word in each)

    def found(self, among: Sequence[str]) -> list[tuple[int, int, str]]:
        """Where each phrase stands: first word, the one after its last, its code."""
        places, at = [], 0
        while at < len(among):
            for end in range(min(len(among), at + self._longest), at, -1):
                code = self._codes.get(_spaced(among[at:end]))
                if code is not None:
                    places.append((at, end, code))
                    at = end
                    break
            else:
                at += 1
        return places

    def first(self, among: Sequence[str]) -> str:
        """The code that stands first in the table of those found, or empty text."""
        found = set(self.codes(among))
        return next((code for code in self._codes.values() if code in found), "")

    def codes(self, among: Sequence[str]) -> list[str]:
        """The codes of the phrases found, each once, in order."""
        return list(dict.fromkeys(code for _start, _end, code in self.found(among)))


def _spaced(found: Iterable[str]) -> str:
    return " ".join(stem(word) for word in found if word not in JOINING)
