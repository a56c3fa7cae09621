"""F: how a medicine's names are said."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.models import Drug
from tgsite.editorial.checks import Level, Problem


def names_can_be_said(drug: Drug) -> Iterator[Problem]:
    """F5: both names have a respelling. Of a brand a source may give none: nobody makes one up."""
    for field, level in (
        ("pronunciation_brand", Level.WARN),
        ("pronunciation_generic", Level.BLOCK),
    ):
        if not getattr(drug, field).strip():
            message = _("Write how it is said, as a source gives it.")
            yield Problem(message, field, rule="F5", level=level, absent=True)


DRUG = (names_can_be_said,)
