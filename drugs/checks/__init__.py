"""Content checks of medicines, classes and side effects, a module a letter of the standard."""

from drugs.checks import (
    a_origin,
    b_safety,
    c_fairness,
    d_knowledge,
    e_numbers,
    f_language,
    reading,
)
from drugs.models import Drug, DrugClass, SideEffect
from tgsite.editorial.checks import register
from tgsite.editorial.checks.c_fairness import asks_questions, names_other_choices
from tgsite.editorial.checks.g_shape import has_key_points
from tgsite.editorial.checks.h_action import says_what_to_do
from tgsite.editorial.models import EditorialModel


def register_all() -> None:
    """Called once at start."""
    reading.register_all()
    for model in (Drug, DrugClass, SideEffect):
        register(model, says_what_to_do)
    for model in (Drug, DrugClass):
        register(model, names_other_choices, asks_questions, has_key_points)
    register(
        Drug,
        *a_origin.DRUG,
        *b_safety.DRUG,
        *c_fairness.DRUG,
        *d_knowledge.DRUG,
        *e_numbers.DRUG,
        *f_language.DRUG,
    )
    register(DrugClass, *c_fairness.CLASS, *d_knowledge.CLASS)
    register(SideEffect, *b_safety.SIDE_EFFECT, *c_fairness.SIDE_EFFECT)
    register(EditorialModel, b_safety.short_names_are_explained, *c_fairness.EVERY)
