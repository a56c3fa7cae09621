"""Limits of the content standard that several kinds of entry share."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.models import EditorialModel

# C1, in words.
SUMMARY_WORDS = 60
# B1: signs of a list, words of a sign.
SIGNS, SIGN_WORDS = 8, 15


def words_at_most(entry: EditorialModel, field: str, most: int, rule: str) -> Iterator[Problem]:
    """The text of ``field`` has ``most`` words or fewer."""
    words = len(getattr(entry, field).split())
    if words > most:
        message = _("At most %(most)d words; these are %(words)d.")
        yield Problem(message % {"most": most, "words": words}, field, rule=rule)
