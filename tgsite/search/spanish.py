"""A few Spanish words for the commonest things (`spanish.yaml`).

The guide is in English: they lead to its pages, and the page says so.
"""

from collections.abc import Sequence
from pathlib import Path

import yaml

from tgsite.search.words import Phrases

PHRASES = Phrases(yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))
# One of these, and the question is in Spanish: then nothing is taken for misspelt English.
_PLAIN = frozenset(
    ("cuando", "dolor", "duele", "estoy", "mucho", "muy", "puedo", "quiero", "siento", "tengo")
)


def is_spanish(words: Sequence[str]) -> bool:
    """Whether a question is in Spanish beyond the phrases that are known."""
    return not _PLAIN.isdisjoint(words)


# Words that only join others, as in "efectos secundarios de Ibrance".
JOINING = frozenset(("de", "del", "la", "el", "los", "las", "para", "por", "con", "en", "y", "que"))
