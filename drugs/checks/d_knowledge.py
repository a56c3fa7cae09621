"""D: what is not known yet about a medicine or a class."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.models import Drug, DrugClass
from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.d_knowledge import is_tied_to_a_source


def drug_says_what_is_not_known(drug: Drug) -> Iterator[Problem]:
    """D1: at least one statement, with its day or what it was read in."""
    lines = drug.not_known.splitlines()
    if not lines:
        message = _("Say at least one thing that is not known yet.")
        yield Problem(message, "not_known", rule="D1", absent=True)
    elif not any(map(is_tied_to_a_source, lines)):
        message = _("Say of at least one line as of when, or from what: “as of November 2026”.")
        yield Problem(message, "not_known", rule="D1")


def class_says_what_is_not_known(drug_class: DrugClass) -> Iterator[Problem]:
    """D1: the same of a class, where it is worth a look."""
    if not drug_class.not_known.strip():
        message = _("Say at least one thing that is not known yet.")
        yield Problem(message, "not_known", rule="D1", level=Level.WARN, absent=True)


DRUG = (drug_says_what_is_not_known,)
CLASS = (class_says_what_is_not_known,)
