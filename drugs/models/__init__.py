"""Medicines, classes, uses and what belongs to them (design, section 4)."""

from drugs.models.classes import DrugClass, DrugClassSource
from drugs.models.drug import Drug
from drugs.models.evidence import SideEffectRate, TrialResult
from drugs.models.indication import Indication
from drugs.models.other import OtherMedicine
from drugs.models.rows import (
    Biosimilar,
    DrugForm,
    DrugSideEffect,
    DrugSource,
    LabelSource,
    SupportProgram,
)
from drugs.models.side_effect import MedicineRule, SideEffect, SideEffectSource

__all__ = [
    "Biosimilar",
    "Drug",
    "DrugClass",
    "DrugClassSource",
    "DrugForm",
    "DrugSideEffect",
    "DrugSource",
    "Indication",
    "LabelSource",
    "MedicineRule",
    "OtherMedicine",
    "SideEffect",
    "SideEffectRate",
    "SideEffectSource",
    "SupportProgram",
    "TrialResult",
]
