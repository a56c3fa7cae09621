"""F: how a medicine's names are said."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.models import Drug
from tgsite.editorial.checks import Problem


def names_can_be_said(drug: Drug) -> Iterator[Problem]:
    """F5: both names have a respelling."""
    for field in ("pronunciation_brand", "pronunciation_generic"):
        if not getattr(drug, field).strip():
            yield Problem(_("Write how it is said."), field, rule="F5", absent=True)


DRUG = (names_can_be_said,)
