"""What is prose in a medicine's record, and the names that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drugs import catalogue
from drugs.choices import Mutation
from drugs.models import (
    Biosimilar,
    Drug,
    DrugClass,
    DrugForm,
    DrugSideEffect,
    Indication,
    LabelSource,
    MedicineRule,
    SideEffect,
    SideEffectRate,
    SupportProgram,
    TrialResult,
)
from tgsite.editorial import naming, texts
from tgsite.editorial.memory import Kept

# Fields that a medicine's label is the source of; the page names the label beside them.
FROM_THE_LABEL = (
    "boxed_warnings",
    "contraindications",
    "call_911",
    "call_team_now",
    "how_to_take",
    "missed_dose",
    "storage",
    "effect_timing",
    "checks",
    "pregnancy",
    "interactions",
)
URGENT = ("call_911", "call_team_now", "call_team_same_day")
EVIDENCE_NAMES = ("trial", "unit", "source", "source_date", "source_section")
# Proteins and receptors that reports name by letters, beside the genes of the closed list.
PROTEINS = frozenset(
    [
        "HER2",
        "HER3",
        "EGFR",
        "ESR1",
        "TP53",
        "AKT",
        "PI3K",
        "mTOR",
        "PARP",
        "TROP2",
        "Trop-2",
        "CDK4/6",
        "CDK4",
        "CDK6",
        "VEGF",
        "PD-L1",
        "PD-1",
        "ERBB2",
        "CYP3A4",
        "CYP3A",
        "DPYD",
        "Ki-67",
        "BRCA",
        "BRCA1/2",
    ]
)


def register_all() -> None:
    """Called once at start."""
    _describe()
    naming.register(naming.Name.MEDICINE, lambda: catalogue.current().names)
    naming.register(naming.Name.GENE, lambda: (*Mutation.values, *PROTEINS))
    naming.register(naming.Name.CLASS, lambda: kept_names.current().classes)
    naming.register(naming.Name.TRIAL, lambda: kept_names.current().trials)


def _describe() -> None:
    texts.describe(
        Drug,
        names=(
            "brand_name",
            "generic_name",
            "also_known_as",
            "pronunciation_brand",
            "pronunciation_generic",
            "manufacturer",
            "targets",
        ),
        urgent=URGENT,
        sourced=FROM_THE_LABEL,
    )
    # How often they are given rests on the labels of the members, which its page lists.
    texts.describe(DrugClass, names=("name", "other_names"), sourced=("given_as",))
    texts.describe(SideEffect, names=("name", "other_names"), urgent=URGENT)
    texts.describe(MedicineRule, names=("source",), sourced=("call",))
    texts.describe(
        Indication,
        names=("note", "source", "confirmed_note"),
        prose=("figures_note",),
        sourced=(
            "summary",
            "for_whom",
            "after",
            "line_note",
            "given_with",
            "other_biomarkers",
            "figures_note",
        ),
    )
    texts.describe(
        DrugForm, names=("dose_days",), sourced=("form", "schedule", "duration", "where")
    )
    texts.describe(DrugSideEffect, sourced=("effect", "how_common"))
    texts.describe(TrialResult, names=EVIDENCE_NAMES, prose=("finding",), tables=True)
    texts.describe(SideEffectRate, names=(*EVIDENCE_NAMES, "label_term"), tables=True)
    texts.describe(Biosimilar, names=("brand_name", "generic_name", "company"), tables=True)
    texts.describe(SupportProgram, names=("name", "sponsor", "phone"))
    texts.describe(LabelSource, names=("what",))


@dataclass(frozen=True)
class _Names:
    """Names of live classes and of the trials that live medicines quote."""

    classes: tuple[str, ...]
    trials: tuple[str, ...]


def _load(_version: int) -> _Names:
    classes = DrugClass.objects.live().values_list("name", "other_names")
    trials = TrialResult.objects.filter(drug__live=True).values_list("trial", flat=True)
    rates = SideEffectRate.objects.filter(drug__live=True).values_list("trial", flat=True)
    return _Names(
        classes=tuple(name for one, more in classes for name in (one, *more.splitlines())),
        # "PALOMA-2 (with letrozole)" is PALOMA-2 in a sentence.
        trials=tuple(sorted({re.split(r",| \(", trial)[0] for trial in (*trials, *rates)})),
    )


kept_names = Kept(_load)
