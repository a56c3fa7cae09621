"""Gene changes as people tell of them. Pure rules on folded words.

That one gene is unchanged does not say that the others of its test were looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drugs.search import phrases

BRCA = frozenset(("brca1", "brca2"))


@dataclass(frozen=True)
class Said:
    """The answers to `mutation`; ``places`` are the words that gave them or were read for them."""

    answers: tuple[str, ...] = ()
    is_unclear: bool = False
    places: frozenset[int] = frozenset()


def read(asked: Sequence[str]) -> Said:
    """What these folded words say of genes."""
    changed: set[str] = set()
    unchanged: set[str] = set()
    places: set[int] = set()
    at = 0
    for start, end, code in phrases.GENES.found(asked):
        if start < at:
            continue
        at, named, result = _group(asked, start, end, code)
        start, result = _denied(asked, start, result)
        (unchanged if result == "negative" else changed).update(named)
        places.update(range(start, at))
    if not places:
        return Said()
    return Said(
        _answers(changed, unchanged),
        bool(changed & unchanged) or _is_no_result(asked, changed | unchanged),
        frozenset(places),
    )


def _group(asked: Sequence[str], start: int, end: int, code: str) -> tuple[int, set[str], str]:
    """Genes named side by side, which share a result: where it ends, the genes, the result."""
    genes = {place[0]: place[1:] for place in phrases.GENES.found(asked)}
    results = {place[0]: place[1:] for place in phrases.GENE_RESULTS.found(asked)}
    named = _names(code)
    at = end
    while at in genes or at in results:
        if at in genes:
            at, code = genes[at]
            named |= _names(code)
            continue
        at, result = results[at]
        if result != "nothing":
            return at, named, result
    return at, named, ""


def _names(code: str) -> set[str]:
    return set(BRCA) if code == "brca" else set(code.split())


def _denied(asked: Sequence[str], start: int, result: str) -> tuple[int, str]:
    """ "No BRCA", "negative for BRCA": with the words before."""
    for before in (("no",), ("negative", "for")):
        begin = max(0, start - len(before))
        if not result and tuple(asked[begin:start]) == before:
            return begin, "negative"
    return start, result


def _answers(changed: set[str], unchanged: set[str]) -> tuple[str, ...]:
    nothing = ("no-brca",) if unchanged >= BRCA and not changed & BRCA else ()
    return (*sorted(changed), *nothing)


def _is_no_result(asked: Sequence[str], named: set[str]) -> bool:
    """Whether it is somebody else's, the tumor's, or not known."""
    codes = phrases.NO_GENE_RESULT.codes(asked)
    return "any" in codes or ("brca" in codes and bool(named & BRCA))
