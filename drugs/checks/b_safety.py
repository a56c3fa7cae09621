"""B: signs to call for, full names, pregnancy."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs import catalogue
from drugs.checks.reading import URGENT
from drugs.models import Drug, SideEffect
from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.b_safety import signs_are_short
from tgsite.editorial.checks.h_action import ACTION
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.texts import passages


def safety_lists_are_filled(drug: Drug) -> Iterator[Problem]:
    """B1, B2a: emergency signs and call-your-team signs stand on every medicine's page."""
    if not drug.call_911:
        message = _("List the signs to call 911 for.")
        yield Problem(message, "call_911", rule="B1", absent=True)
    if not drug.call_team_now:
        message = _("List the signs to call the care team for.")
        yield Problem(message, "call_team_now", rule="B1", absent=True)
    yield from signs_are_short(drug, ("call_911", "call_team_now"))


_LOWERS_WHITE_CELLS = re.compile(r"neutropeni|white (?:blood )?cell|neutrophil", re.IGNORECASE)
_CHEMOTHERAPY = re.compile(r"chemotherap|taxel|platin|capecitabine", re.IGNORECASE)


def fever_rule_is_printed(drug: Drug) -> Iterator[Problem]:
    """B2a: with chemotherapy, or when white cells may fall, the page prints the fever rule."""
    if drug.fever_rule:
        return
    lowers = any(_LOWERS_WHITE_CELLS.search(row.effect) for row in drug.side_effects.all())
    with_chemotherapy = any(_CHEMOTHERAPY.search(row.given_with) for row in drug.indications.all())
    if lowers or with_chemotherapy:
        message = _("Print the fever rule: it can lower white cells, or chemotherapy goes with it.")
        yield Problem(message, "fever_rule", rule="B2a")


def names_differ(drug: Drug) -> Iterator[Problem]:
    """B5: a medicine is not in its own list of look-alikes."""
    if any(other.pk == drug.pk for other in drug.not_the_same_as.all()):
        yield Problem(_("A medicine does not look like itself."), "not_the_same_as", rule="B5")


# Word of a generic name -> medicines that share it have been mixed up.
FAMILIES = ("trastuzumab",)


def look_alikes_are_named(drug: Drug) -> Iterator[Problem]:
    """B5: a medicine of a family of like names says what it is not the same as."""
    for family in FAMILIES:
        others = [
            one.full_name
            for one in catalogue.current().medicines
            if family in one.generic_name.lower() and one.pk != drug.pk
        ]
        if family in drug.generic_name.lower() and others and not drug.not_the_same_as.all():
            message = _("Name what it is not the same as: %(others)s.")
            values = {"others": ", ".join(others)}
            yield Problem(message % values, "not_the_same_as", rule="B5", absent=True)


# Short form -> full names, one of which stands on the same page.
SHORT_NAMES = {
    "emtansine": ("ado-trastuzumab emtansine",),
    "deruxtecan": ("fam-trastuzumab deruxtecan", "datopotamab deruxtecan"),
    "T-DM1": ("ado-trastuzumab emtansine",),
    "T-DXd": ("fam-trastuzumab deruxtecan",),
    "Dato-DXd": ("datopotamab deruxtecan",),
}


def short_names_are_explained(entry: EditorialModel) -> Iterator[Problem]:
    """B5: a page with a short form of one of these names has the full name as well."""
    found = passages(entry)
    own = " ".join(str(getattr(entry, name, "")) for name in ("generic_name", "term", "title"))
    page = " ".join([own, *(passage.text for passage in found)]).lower()
    for short, full_names in SHORT_NAMES.items():
        if any(name in page for name in full_names):
            continue
        bare = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)", re.IGNORECASE)
        for passage in found:
            if bare.search(passage.text):
                message = _("“%(short)s” stands here without the full name: %(full)s.")
                values = {"short": short, "full": " / ".join(full_names)}
                yield Problem(message % values, **passage.place, rule="B5")
                break


_HOW_LONG = re.compile(r"after (?:the|your) last (?:dose|one)|\bafter\b", re.IGNORECASE)
_BREASTFEEDING = re.compile(r"breast-?\s?fe", re.IGNORECASE)
_NOT_KNOWN = re.compile(r"not known|unknown", re.IGNORECASE)


def pregnancy_is_covered(drug: Drug) -> Iterator[Problem]:
    """B7: pregnancy, birth control and for how long, breastfeeding; or that it is not known."""
    text = drug.pregnancy
    if not text.strip():
        message = _("Say what the label says on pregnancy, or that it is not known.")
        yield Problem(message, "pregnancy", rule="B7", absent=True)
    elif not _NOT_KNOWN.search(text):
        for words, pattern in (
            (_("How long birth control goes on after the last dose is missing."), _HOW_LONG),
            (_("Nothing is said on breastfeeding."), _BREASTFEEDING),
        ):
            if not pattern.search(text):
                yield Problem(words, "pregnancy", rule="B7", level=Level.WARN)


DRUG = (
    safety_lists_are_filled,
    fever_rule_is_printed,
    names_differ,
    look_alikes_are_named,
    pregnancy_is_covered,
)


def signs_of_side_effect_are_short(effect: SideEffect) -> Iterator[Problem]:
    """B1: the three lists of signs can be read in an emergency."""
    yield from signs_are_short(effect, URGENT)


_TIME = re.compile(
    r"\b(?:now|at once|right away|same day|today|day or night|next visit|before|early|soon|first"
    r"|hours?|days?|as soon as|when)\b",
    re.IGNORECASE,
)


def says_whom_to_call_and_when(effect: SideEffect) -> Iterator[Problem]:
    """B2: the page says when to call or what helps; its summary has a verb and a time."""
    says_when = effect.call_911 or effect.call_team_now or effect.call_team_same_day
    if not (says_when or effect.self_care or effect.fever_rule):
        # Without it the page has nothing to say: the model's own rule.
        yield Problem(_("Say when to call, or what helps at home."), rule="B2", level=Level.FINAL)
    if effect.summary and not (ACTION.search(effect.summary) and _TIME.search(effect.summary)):
        yield Problem(_("Say what to do, and when."), "summary", rule="B2")
    for rule in effect.medicine_rules.all():
        if not _TIME.search(rule.call):
            yield Problem(_("Say when to call."), "call", "medicine_rules", rule, "B2")


def rules_have_sources(effect: SideEffect) -> Iterator[Problem]:
    """A4: a rule of a medicine names its label."""
    for rule in effect.medicine_rules.all():
        if not rule.source:
            message = _("Name the label that this rule comes from.")
            yield Problem(message, "source", "medicine_rules", rule, "A4")


SIDE_EFFECT = (signs_of_side_effect_are_short, says_whom_to_call_and_when, rules_have_sources)
