"""HER2 as a report writes it: a score (IHC), a gene test (ISH or FISH), or a word for the result.

Pure rules on folded words. They are the rows of `her2_report_help` in the facts on reports: a
score of 2+ is decided by the gene test alone, and 1+ is low even if the report says negative.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

RESULTS = frozenset(("positive", "negative", "low", "ultralow"))
SCORES = {"0": 0, "1": 1, "2": 2, "3": 3, "zero": 0, "one": 1, "two": 2, "three": 3}
GENE_TESTS = frozenset(("ish", "fish", "cish", "sish"))
# What stands between the parts of a result and says nothing of it.
BETWEEN = frozenset(
    (
        "a",
        "and",
        "are",
        "at",
        "by",
        "came",
        "back",
        "expression",
        "her2",
        "ihc",
        "is",
        "of",
        "result",
        "results",
        "score",
        "status",
        "test",
        "the",
        "tested",
        "was",
        "with",
    )
)
# Between two results: one of them, or one after the other.
CHOICES = frozenset(("or", "vs", "versus", "to", "then", "now", "but"))
DENIALS = frozenset(("not", "non", "isnt", "wasnt", "never", "no"))
# The words whose result stands behind them, not behind HER2.
OTHERS = frozenset(
    (
        "er",
        "pr",
        "hr",
        "erpr",
        "estrogen",
        "progesterone",
        "hormone",
        "receptor",
        "receptors",
        "pdl1",
        "ki67",
        "node",
        "nodes",
        "triple",
        "ar",
        "androgen",
        "brca",
        "brca1",
        "brca2",
        "gbrca",
        "pik3ca",
        "akt1",
        "pten",
        "ish",
        "fish",
    )
)
WORDS = RESULTS | GENE_TESTS | BETWEEN | DENIALS | {"amplified", "nonamplified", "plus", "faint"}


@dataclass(frozen=True)
class Said:
    """What was said of HER2. ``places`` are the words that said it."""

    words: frozenset[str] = frozenset()
    scores: frozenset[int] = frozenset()
    gene_tests: frozenset[str] = frozenset()
    staining: frozenset[str] = frozenset()
    is_unclear: bool = False
    places: frozenset[int] = frozenset()

    @property
    def is_told(self) -> bool:
        """Whether any result was given, understood or not."""
        return bool(self.words or self.scores or self.gene_tests or self.is_unclear)

    def and_words(self, words: Iterable[str]) -> Said:
        """The same with words for the result that other phrases imply, such as triple negative."""
        return replace(self, words=self.words.union(words))

    @property
    def answer(self) -> str:
        """The answer of the finder; empty text if too little or a contradiction is said."""
        several = max(map(len, (self.words, self.scores, self.gene_tests, self.staining)))
        if self.is_unclear or several > 1:
            return ""
        word = next(iter(self.words), "")
        by_tests = _by_tests(self.scores, self.gene_tests, self.staining)
        if by_tests is None:
            return word
        # Low and ultralow are often called negative.
        is_called_so = word == "negative" and by_tests in ("low", "ultralow")
        return by_tests if word in ("", by_tests) or is_called_so else ""


def _by_tests(
    scores: Collection[int], gene_tests: Collection[str], staining: Collection[str]
) -> str | None:
    """What the tests decide: empty text if they do not, ``None`` if none that could is told."""
    gene_test = next(iter(gene_tests), "")
    if not scores:
        # A gene test that is negative leaves 0, 1+ and 2+ open: the word decides, if there is one.
        return {"positive": "positive", "negative": None, "": None}[gene_test]
    (score,) = scores
    if staining and score:
        return ""
    faint = "ultralow" if "faint" in staining else "negative"
    rows = {
        (0, ""): faint,
        (0, "negative"): faint,
        (1, ""): "low",
        (1, "negative"): "low",
        (2, "negative"): "low",
        (2, "positive"): "positive",
        (3, ""): "positive",
        (3, "positive"): "positive",
    }
    return rows.get((score, gene_test), "")


def read(asked: Sequence[str]) -> Said:
    """What these folded words say of HER2."""
    return _Reading(asked).said()


class _Reading:
    """One pass over the words; each run of words on HER2 is read to its end."""

    def __init__(self, asked: Sequence[str]) -> None:
        self.asked = asked
        self.words: set[str] = set()
        self.scores: set[int] = set()
        self.gene_tests: set[str] = set()
        self.staining: set[str] = set()
        self.is_unclear = False
        self.places: set[int] = set()

    def said(self) -> Said:
        about_her2 = {"her2", "ihc"} & set(self.asked)
        at = 0
        while at < len(self.asked):
            word = self.asked[at]
            if word in ("her2", "ihc") or (word in GENE_TESTS and about_her2):
                at = self._run(at)
            elif word == "ultralow" or (word, self._word(at + 1)) == ("ultra", "low"):
                at = self._result(at, "ultralow", 1 if word == "ultralow" else 2)
            else:
                at += 1
        return Said(
            frozenset(self.words),
            frozenset(self.scores),
            frozenset(self.gene_tests),
            frozenset(self.staining),
            self.is_unclear,
            frozenset(self.places),
        )

    def _word(self, at: int) -> str:
        return self.asked[at] if 0 <= at < len(self.asked) else ""

    def _take(self, start: int, end: int) -> int:
        self.places.update(range(start, end))
        return end

    def _result(self, at: int, result: str, length: int) -> int:
        self.words.add(result)
        return self._take(at, at + length)

    def _run(self, start: int) -> int:
        """Read from a word for HER2 or its tests to where something else begins."""
        before = self._found
        word_before = self._word(start - 1)
        if self._word(start) == "ihc" and word_before in OTHERS - GENE_TESTS:
            self.is_unclear = True
        at, last, results = start, start, 0
        while at < len(self.asked):
            end, kind = self._part(at, is_scored=self._is_scored(start, at))
            if not kind:
                break
            results += kind == "word"
            at = end
            last = end if kind != "between" else last
        self._take(start, max(last, start + 1))
        if results > 1 or (self._word(at) in CHOICES and self._is_result(at + 1)):
            self.is_unclear = True
        if self._found == before and self._word(start) == "her2":
            self._read_before(start)
        return max(at, start + 1)

    @property
    def _found(self) -> tuple[int, ...]:
        return len(self.words), len(self.scores), len(self.gene_tests), int(self.is_unclear)

    def _is_scored(self, start: int, at: int) -> bool:
        return bool({"ihc", "score"} & set(self.asked[start:at]))

    def _is_result(self, at: int) -> bool:
        return self._word(at) in RESULTS | SCORES.keys() | {"amplified"}

    def _read_before(self, start: int) -> None:
        """ "Low HER2", unless the word belongs to what stands before it."""
        word = self._word(start - 1)
        if word in RESULTS and not {self._word(start - 2), self._word(start - 3)} & OTHERS:
            self._result(start - 1, word, 1)

    def _part(self, at: int, *, is_scored: bool) -> tuple[int, str]:
        """The end of the part that begins here, and its kind; no kind if it is not of HER2."""
        word = self._word(at)
        if word in GENE_TESTS:
            return self._gene_test(at), "test"
        if self._is_before_a_gene_test(at):
            self.gene_tests.add("negative" if word == "negative" else "positive")
            return at + 2, "test"
        if word in RESULTS:
            self.words.add(word)
            return at + 1, "word"
        if word == "ultra" and self._word(at + 1) == "low":
            self.words.add("ultralow")
            return at + 2, "word"
        if word in SCORES:
            return self._score(at, is_scored=is_scored), "score"
        if word.isdigit():
            self.is_unclear = True
            return at + 1, "score"
        return self._other_part(at, word)

    def _other_part(self, at: int, word: str) -> tuple[int, str]:
        end, result = self._amplified(at)
        if result:
            self.gene_tests.add(result)
            return end, "test"
        if word in ("faint", "no") and self._word(at + 1) == "staining":
            self.staining.add(word)
            return at + 2, "staining"
        if word in DENIALS:
            self.is_unclear = True
            return at + 1, "denial"
        return (at + 1, "between") if word in BETWEEN else (at, "")

    def _is_before_a_gene_test(self, at: int) -> bool:
        """ "Negative ISH", with no result of its own behind it."""
        if self._word(at) not in ("positive", "negative") or self._word(at + 1) not in GENE_TESTS:
            return False
        behind = self._behind(at + 2)
        return not (self._word(behind) in RESULTS or self._amplified(behind)[1])

    def _behind(self, at: int) -> int:
        """The first place from here that is no word between parts."""
        while self._word(at) in BETWEEN - {"her2", "ihc"}:
            at += 1
        return at

    def _gene_test(self, at: int) -> int:
        behind = self._behind(at + 1)
        end, result = self._amplified(behind)
        word = self._word(behind)
        if word in ("positive", "negative"):
            end, result = behind + 1, word
        if result:
            self.gene_tests.add(result)
            return end
        # Named, and no result that we can read.
        self.is_unclear = True
        return at + 1

    def _amplified(self, at: int) -> tuple[int, str]:
        word, following = self._word(at), self._word(at + 1)
        if word == "amplified":
            return at + 1, "positive"
        if word == "nonamplified" or (word in ("not", "non") and following == "amplified"):
            return at + (1 if word == "nonamplified" else 2), "negative"
        return at, ""

    def _score(self, at: int, *, is_scored: bool) -> int:
        """A number with a plus, or behind "IHC" or "score"; 0 needs neither."""
        has_plus = self._word(at + 1) in ("positive", "plus")
        if not (has_plus or is_scored or SCORES[self._word(at)] == 0):
            self.is_unclear = True
        self.scores.add(SCORES[self._word(at)])
        return at + (2 if has_plus else 1)
