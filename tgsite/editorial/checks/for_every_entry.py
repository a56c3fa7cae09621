"""Puts the checks that hold for every kind of entry into the registry, letter by letter."""

from tgsite.editorial.checks import (
    a_origin,
    b_safety,
    c_fairness,
    d_knowledge,
    e_numbers,
    f_language,
    g_shape,
    register,
    values,
    whole,
)
from tgsite.editorial.models import EditorialModel


def register_all() -> None:
    """Called once at start."""
    register(
        EditorialModel,
        whole.has_slug_of_its_own,
        whole.keys_are_unique,
        whole.nothing_leads_nowhere,
        values.has_no_markup,
        *a_origin.CHECKS,
        *b_safety.CHECKS,
        *c_fairness.CHECKS,
        *d_knowledge.CHECKS,
        *e_numbers.CHECKS,
        *f_language.CHECKS,
        *g_shape.CHECKS,
    )
