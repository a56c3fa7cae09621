"""Content checks of medicines and classes: what one row's own rules cannot see."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs import catalogue
from drugs.catalogue import approval, use_of
from drugs.choices import Status
from drugs.models import Drug, DrugClass, Indication, SideEffect
from tgsite.editorial import minor
from tgsite.editorial.checks import Problem, register
from tgsite.editorial.checks.lengths import (
    SIGN_WORDS,
    SIGNS,
    SUMMARY_WORDS,
    key_points_at_a_glance,
    words_at_most,
)


def register_all() -> None:
    """Called once at start."""
    for check in (
        uses_are_complete,
        status_note_fits,
        summary_is_short,
        key_points_at_a_glance,
        safety_lists_are_filled,
        one_main_label,
        names_differ,
    ):
        register(Drug, check)
    for class_check in (class_is_explained, key_points_at_a_glance):
        register(DrugClass, class_check)
    register(SideEffect, side_effect_says_what_to_do)
    minor.register_names(_words_of_names)


def _words_of_names() -> frozenset[str]:
    """Every word of a medicine's name, which no minor edit may touch."""
    return frozenset(
        word for name in catalogue.current().names for word in re.findall(r"\w+", name.lower())
    )


def uses_are_complete(drug: Drug) -> Iterator[Problem]:
    """C1, C8, A4: every use says for which cancer, its status and its source."""
    uses = list(drug.indications.all())
    if not uses:
        yield Problem(_("Add at least one use, current or withdrawn."), rule="C8")
    for use in uses:
        yield from _use_problems(drug, use)


def _use_problems(drug: Drug, use: Indication) -> Iterator[Problem]:
    def problem(field: str, message: str, rule: str) -> Problem:
        return Problem(message, field, "indications", use, rule)

    if use.confirmed and not use.source:
        yield problem("source", _("Name the label or notice that supports this use."), "A4")
    if use.status == Status.WITHDRAWN:
        if not use.withdrawn_on:
            yield problem("withdrawn_on", _("Give the date of the withdrawal."), "C8")
        if not use.withdrawn_reason:
            yield problem("withdrawn_reason", _("Say in plain words why."), "C8")
    elif not use.approved_on:
        yield problem("approved_on", _("Give the date of the approval."), "C8")
    if any(partner.pk == drug.pk for partner in use.partners.all()):
        yield problem("partners", _("A medicine is not its own partner."), "C1")


def status_note_fits(drug: Drug) -> Iterator[Problem]:
    """C8: a note on the lost approval stands where every use was withdrawn, and only there."""
    state = approval(use_of(row) for row in drug.indications.all())
    if state == "current" and drug.status_note:
        message = _("This note is only for a medicine without a current use: empty it.")
        yield Problem(message, "status_note", rule="C8")
    elif state == "former" and not drug.status_note:
        yield Problem(_("Say what happened to the approval, and when."), "status_note", rule="C8")


def summary_is_short(drug: Drug) -> Iterator[Problem]:
    """C1: says at once what the medicine is for, in 60 words at most."""
    if not drug.summary.strip():
        yield Problem(_("Say in one plain sentence what it is and for whom."), "summary", rule="C1")
    yield from words_at_most(drug, "summary", SUMMARY_WORDS, "C1")


def safety_lists_are_filled(drug: Drug) -> Iterator[Problem]:
    """B1, B2a: emergency signs and call-your-team signs stand on every medicine's page."""
    if not drug.call_911:
        yield Problem(_("List the signs to call 911 for."), "call_911", rule="B1")
    if not drug.call_team_now:
        yield Problem(_("List the signs to call the care team for."), "call_team_now", rule="B1")


def one_main_label(drug: Drug) -> Iterator[Problem]:
    """Exactly one official label is the one to watch."""
    rows = list(drug.label_sources.all())
    if sum(row.main for row in rows) != 1:
        yield Problem(_("Mark exactly one official label as the main one."), rule="B8")
    if len({row.set_id for row in rows}) < len(rows):
        yield Problem(_("The same label stands here twice."), rule="B8")


def names_differ(drug: Drug) -> Iterator[Problem]:
    """B5: a medicine is not in its own list of look-alikes."""
    if any(other.pk == drug.pk for other in drug.not_the_same_as.all()):
        yield Problem(_("A medicine does not look like itself."), "not_the_same_as", rule="B5")


def class_is_explained(drug_class: DrugClass) -> Iterator[Problem]:
    """C1, C2: a class page says at once what the medicines are and how they work."""
    for field in ("summary", "how_it_works"):
        if not getattr(drug_class, field):
            yield Problem(_("Say this in one plain sentence."), field, rule="C2")
    yield from words_at_most(drug_class, "summary", SUMMARY_WORDS, "C1")


def side_effect_says_what_to_do(effect: SideEffect) -> Iterator[Problem]:
    """B1, B2, C1: what to do first, and lists of signs that can be read in an emergency."""
    if not effect.summary:
        yield Problem(_("Say in two lines what to do first."), "summary", rule="C1")
    yield from words_at_most(effect, "summary", SUMMARY_WORDS, "C1")
    says_when = effect.call_911 or effect.call_team_now or effect.call_team_same_day
    if not (says_when or effect.self_care or effect.fever_rule):
        yield Problem(_("Say when to call, or what helps at home."), rule="B2")
    for field in ("call_911", "call_team_now", "call_team_same_day"):
        signs = getattr(effect, field).splitlines()
        longest = max((len(sign.split()) for sign in signs), default=0)
        if len(signs) > SIGNS or longest > SIGN_WORDS:
            message = _("At most %(most)d signs, of at most %(words)d words each.")
            yield Problem(message % {"most": SIGNS, "words": SIGN_WORDS}, field, rule="B1")
    for rule in effect.medicine_rules.all():
        if not rule.source:
            message = _("Name the label that this rule comes from.")
            yield Problem(message, "source", "medicine_rules", rule, "A4")
