"""C: what a medicine is for, what it may do, what else there is, what it costs."""

import re
from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from drugs.catalogue import approval, use_of
from drugs.choices import Route, Status
from drugs.claims.entries import contradictions
from drugs.models import Drug, DrugClass, Indication, SideEffect
from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.c_fairness import says_at_once
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.texts import passages, sentences, words

FEWEST_SENTENCES, MOST_SENTENCES = 2, 4
DAILY_LIFE = 3
# C4: words of the shorter side, in hundredths of the longer one's.
SMALLEST_SHARE = 0.5
_RISK_ROWS = ("side_effects", "side_effect_rates")


def drug_says_at_once(drug: Drug) -> Iterator[Problem]:
    """C1: what the medicine is for, and how it is given."""
    yield from says_at_once(drug, _("Say in one plain sentence what it is and for whom."))
    if not drug.forms.all():
        yield Problem(_("Say how it is given."), relation="forms", rule="C1", absent=True)
    for use in drug.indications.all():
        if any(partner.pk == drug.pk for partner in use.partners.all()):
            message = _("A medicine is not its own partner.")
            yield Problem(message, "partners", "indications", use, "C1")


def class_says_at_once(drug_class: DrugClass) -> Iterator[Problem]:
    """C1, C2: what the medicines are and how they work: no class page stands without."""
    yield from says_at_once(drug_class, _("Say this in one plain sentence."))
    if not drug_class.how_it_works:
        yield Problem(_("Say this in one plain sentence."), "how_it_works", rule="C2")


def side_effect_says_at_once(effect: SideEffect) -> Iterator[Problem]:
    """C1: what to do first."""
    yield from says_at_once(effect, _("Say in two lines what to do first."))


def says_how_it_works(drug: Drug) -> Iterator[Problem]:
    """C2: how it works, in 2 to 4 sentences."""
    count = len(sentences(drug.how_it_works))
    if not count:
        message = _("Say in 2 to 4 plain sentences how it works.")
        yield Problem(message, "how_it_works", rule="C2", absent=True)
    elif not FEWEST_SENTENCES <= count <= MOST_SENTENCES:
        message = _("2 to 4 sentences read well; these are %(count)d.")
        yield Problem(message % {"count": count}, "how_it_works", rule="C2", level=Level.WARN)


_NO_NUMBER = re.compile(r"no clear number\w*\b.{10,}", re.IGNORECASE)


def says_what_it_may_do(drug: Drug) -> Iterator[Problem]:
    """C3: a figure of a trial, or the words that we have no clear number, and why."""
    if not drug.trial_results.all() and not _NO_NUMBER.search(drug.not_known):
        message = _("Add a trial result, or say that we have no clear number, and why.")
        yield Problem(message, relation="trial_results", rule="C3", absent=True)


def risks_beside_benefits(drug: Drug) -> Iterator[Problem]:
    """C4: side effects are listed, and neither side has less than half the other's words."""
    if not drug.side_effects.all():
        message = _("List the side effects.")
        yield Problem(message, relation="side_effects", rule="C4", absent=True)
        return
    benefit = risk = 0
    for passage in passages(drug):
        if passage.relation == "trial_results" or passage.field == "aims":
            benefit += len(words(passage.text))
        elif passage.relation in _RISK_ROWS or passage.field == "effect_timing":
            risk += len(words(passage.text))
    if benefit and risk and min(benefit, risk) < SMALLEST_SHARE * max(benefit, risk):
        message = _("%(benefit)d words on what it may do, %(risk)d on side effects.")
        values = {"benefit": benefit, "risk": risk}
        yield Problem(message % values, rule="C4", level=Level.WARN)


def covers_daily_life(drug: Drug) -> Iterator[Problem]:
    """C6: at least three lines on daily life."""
    if len(drug.daily_life.splitlines()) < DAILY_LIFE:
        message = _("Write at least %(fewest)d lines.") % {"fewest": DAILY_LIFE}
        yield Problem(message, "daily_life", rule="C6", absent=True)


def uses_are_complete(drug: Drug) -> Iterator[Problem]:
    """C8: every use has its status and date; a withdrawn one also the reason."""
    uses = list(drug.indications.all())
    if not uses:
        message = _("Add at least one use, current or withdrawn.")
        yield Problem(message, rule="C8", absent=True)
    for use in uses:
        yield from _status_of(use)


def _status_of(use: Indication) -> Iterator[Problem]:
    def problem(field: str, message: str) -> Problem:
        return Problem(message, field, "indications", use, "C8", absent=True)

    if use.status == Status.WITHDRAWN:
        if not use.withdrawn_on:
            yield problem("withdrawn_on", _("Give the date of the withdrawal."))
        if not use.withdrawn_reason:
            yield problem("withdrawn_reason", _("Say in plain words why."))
    elif not use.approved_on:
        yield problem("approved_on", _("Give the date of the approval."))


def status_note_fits(drug: Drug) -> Iterator[Problem]:
    """C8: a note on the lost approval stands where every use was withdrawn, and only there."""
    state = approval(use_of(row) for row in drug.indications.all())
    if state == "current" and drug.status_note:
        message = _("This note is only for a medicine without a current use: empty it.")
        yield Problem(message, "status_note", rule="C8")
    elif state == "former" and not drug.status_note:
        message = _("Say what happened to the approval, and when.")
        yield Problem(message, "status_note", rule="C8", absent=True)


def says_how_it_is_given(drug: Drug) -> Iterator[Problem]:
    """C9: taken at home: missed dose and storage; an infusion: how long it takes."""
    forms = list(drug.forms.all())
    if any(row.route in (Route.ORAL_TABLET, Route.ORAL_CAPSULE) for row in forms):
        for field, message in (
            ("missed_dose", _("Say what to do about a missed dose.")),
            ("storage", _("Say how to keep it at home.")),
        ):
            if not getattr(drug, field).strip():
                yield Problem(message, field, rule="C9", absent=True)
    for row in forms:
        if row.route == Route.IV_INFUSION and not row.duration.strip():
            message = _("Say how long the infusion and the visit take.")
            yield Problem(message, "duration", "forms", row, "C9", absent=True)


_FREE = re.compile(r"(?<![-\w])free\b(?! of\b)", re.IGNORECASE)
_COST_PLACES = ("cost_note", "generics", "support_programs")


def says_what_it_costs(drug: Drug) -> Iterator[Problem]:
    """C10: help with cost, or that we found none; and never the word “free”."""
    if not drug.support_programs.all() and not drug.cost_note.strip():
        message = _("Name a scheme that helps, or write that we found none, and when.")
        yield Problem(message, "cost_note", rule="C10", absent=True)
    for passage in passages(drug):
        places = (passage.field, passage.relation)
        if any(place in _COST_PLACES for place in places) and _FREE.search(passage.text):
            message = _("Help is never “free”: say what it costs whom. %(text)s")
            yield Problem(message % {"text": passage.text}, **passage.place, rule="C10")


def gives_something_to_take_away(drug: Drug) -> Iterator[Problem]:
    """H3: the visit sheet is printed from the questions."""
    if not drug.questions.strip():
        message = _("There are no questions for the visit sheet.")
        yield Problem(message, "questions", rule="H3", absent=True)


def says_what_the_records_say(entry: EditorialModel) -> Iterator[Problem]:
    """C11: no sentence pairs a medicine with what its record does not have."""
    for found in contradictions(entry):
        message = _("“%(sentence)s” %(reason)s")
        values = {"sentence": Truncator(found.sentence).words(30), "reason": found.reason}
        yield Problem(message % values, **found.passage.place, rule="C11")


EVERY = (says_what_the_records_say,)
DRUG = (
    drug_says_at_once,
    says_how_it_works,
    says_what_it_may_do,
    risks_beside_benefits,
    covers_daily_life,
    uses_are_complete,
    status_note_fits,
    says_how_it_is_given,
    says_what_it_costs,
    gives_something_to_take_away,
)
CLASS = (class_says_at_once,)
SIDE_EFFECT = (side_effect_says_at_once,)
