"""A: every use rests on a source, and one label is the one to watch."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.models import Drug
from tgsite.editorial.checks import Problem


def uses_have_sources(drug: Drug) -> Iterator[Problem]:
    """A4: a use that somebody read in a label names it."""
    for use in drug.indications.all():
        if use.confirmed and not use.source:
            message = _("Name the label or notice that supports this use.")
            yield Problem(message, "source", "indications", use, "A4")


def one_main_label(drug: Drug) -> Iterator[Problem]:
    """Exactly one official label is the one to watch: without it nobody hears of a change."""
    rows = list(drug.label_sources.all())
    if sum(row.main for row in rows) != 1:
        yield Problem(_("Mark exactly one official label as the main one."))
    if len({row.set_id for row in rows}) < len(rows):
        yield Problem(_("The same label stands here twice."))


def help_is_labelled(drug: Drug) -> Iterator[Problem]:
    """J4: a scheme names who pays for it."""
    for row in drug.support_programs.all():
        if not row.sponsor.strip():
            message = _("Say whose scheme it is.")
            yield Problem(message, "sponsor", "support_programs", row, "J4")


DRUG = (uses_have_sources, one_main_label, help_is_labelled)
