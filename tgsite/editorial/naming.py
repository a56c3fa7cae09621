"""Names that the apps know, for checks and reading grades: medicines, classes, genes, trials …

The shared apps know no medicine: who does registers here, in ``AppConfig.ready``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import lru_cache

from tgsite.editorial.checks.run import once


class Name(Enum):
    """What a name is of; the value is the short word that stands for it in a reading grade."""

    MEDICINE = "drug"
    CLASS = "drugs"
    GENE = "gene"
    TRIAL = "test"
    TERM = "word"
    """A term of the glossary. It is no name: a reading grade counts it."""


_names: dict[Name, list[Callable[[], Iterable[str]]]] = {kind: [] for kind in Name}
_short_forms: list[Callable[[], Mapping[str, str]]] = []


def register(kind: Name, names: Callable[[], Iterable[str]]) -> None:
    """Ask ``names`` for names of this kind whenever they are needed."""
    if names not in _names[kind]:
        _names[kind].append(names)


def register_short_forms(forms: Callable[[], Mapping[str, str]]) -> None:
    """Ask ``forms`` for short forms, each with the words that it stands for."""
    if forms not in _short_forms:
        _short_forms.append(forms)


def known(kind: Name) -> frozenset[str]:
    """Every name of this kind."""
    return once(
        ("names", kind),
        lambda: frozenset(name for source in _names[kind] for name in source() if name),
    )


def short_forms() -> dict[str, str]:
    """Every short form and what it stands for."""
    return once(
        "short forms", lambda: {short: long for one in _short_forms for short, long in one().items()}
    )


def pattern(kind: Name) -> re.Pattern[str] | None:
    """Finds names of this kind as whole words, the longest first; nothing when there are none."""
    return compiled(known(kind))


@lru_cache(maxsize=32)
def compiled(names: frozenset[str]) -> re.Pattern[str] | None:
    """One pattern for all ``names``, in any case, as whole words."""
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?![\w])",
        re.IGNORECASE,
    )
