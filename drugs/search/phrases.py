"""The phrases of `phrases.yaml`, which says what each table is for."""

from pathlib import Path

import yaml

from tgsite.search.words import Phrases

_tables = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

SECTIONS = Phrases(_tables["sections"])
VAGUE_SECTIONS = Phrases(_tables["vague_sections"])
DIAGNOSIS = Phrases(_tables["diagnosis"])
AROUND_A_DIAGNOSIS = Phrases(_tables["around_a_diagnosis"])
MEDICINES = Phrases(_tables["medicines"])
