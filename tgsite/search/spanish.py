"""A few Spanish words for the commonest things (`spanish.yaml`).

The guide is in English: they lead to its pages, and the page says so.
"""

from pathlib import Path

import yaml

from tgsite.search.words import Phrases

PHRASES = Phrases(yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))
# Words that only join others, as in "efectos secundarios de Ibrance".
JOINING = frozenset(("de", "del", "la", "el", "los", "las", "para", "por", "con", "en", "y", "que"))
