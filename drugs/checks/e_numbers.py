"""E: figures of trials and of side effects."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.models import Drug
from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.e_numbers import denominators


def side_effects_count_alike(drug: Drug) -> Iterator[Problem]:
    """E1: the list of side effects counts out of one number of people."""
    rows = list(drug.side_effects.all())
    used = denominators(f"{row.effect} {row.how_common}" for row in rows)
    if len(used) > 1:
        message = _("The list of side effects counts out of %(used)s people: take one number.")
        values = {"used": ", ".join(map(str, used))}
        yield Problem(message % values, relation="side_effects", rule="E1")


def results_have_two_arms(drug: Drug) -> Iterator[Problem]:
    """E4: a result with the medicine has one without, or a note that says why not."""
    for row in drug.trial_results.all():
        if row.with_value and not row.without_value and not row.note.strip():
            message = _("Give the figure without the medicine, or say in the note why not.")
            yield Problem(message, "without_value", "trial_results", row, "E4")


def results_say_who_took_part(drug: Drug) -> Iterator[Problem]:
    """E6: a result says how many people, and up to when."""
    for row in drug.trial_results.all():
        if row.people_with is None and not row.participants.strip():
            message = _("Say how many people took part.")
            yield Problem(message, "people_with", "trial_results", row, "E6", absent=True)
        if not (row.follow_up or row.source_date or row.per_100_at):
            message = _("Say up to when they were followed.")
            yield Problem(message, "follow_up", "trial_results", row, "E6", absent=True)


DRUG = (side_effects_count_alike, results_have_two_arms, results_say_who_took_part)
