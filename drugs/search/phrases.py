"""The phrases of `phrases.yaml`, which says what each table is for."""

from pathlib import Path

import yaml

from tgsite.search.words import Phrases

_tables = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

SECTIONS = Phrases(_tables["sections"])
VAGUE_SECTIONS = Phrases(_tables["vague_sections"])
DIAGNOSIS = Phrases(_tables["diagnosis"])
GENES = Phrases(_tables["genes"])
GENE_RESULTS = Phrases(_tables["gene_results"])
NO_GENE_RESULT = Phrases(_tables["no_gene_result"])
DOUBTS_BEFORE = Phrases(_tables["doubts_before"])
DOUBTS_AFTER = Phrases(_tables["doubts_after"])
UNSURE = Phrases(_tables["unsure"])
NEARBY = Phrases(_tables["nearby"])
STAGE_0 = Phrases(_tables["stage_0"])
BESIDE_STAGE_0 = Phrases(_tables["beside_stage_0"])
OTHER_CANCERS = Phrases(_tables["other_cancers"])
ELSEWHERE = Phrases(_tables["elsewhere"])
AROUND_A_DIAGNOSIS = Phrases(_tables["around_a_diagnosis"])
MEDICINES = Phrases(_tables["medicines"])
