"""Limits of the content standard that several kinds of entry share."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.models import EditorialModel

# C1, in words.
SUMMARY_WORDS = 60
# G1: lines, and words of all of them.
KEY_POINTS, KEY_POINT_WORDS = 5, 90
# B1: signs of a list, words of a sign.
SIGNS, SIGN_WORDS = 8, 15


def words_at_most(
    entry: EditorialModel, field: str, most: int, rule: str, level: Level = Level.BLOCK
) -> Iterator[Problem]:
    """The text of ``field`` has ``most`` words or fewer."""
    words = len(getattr(entry, field).split())
    if words > most:
        message = _("At most %(most)d words; these are %(words)d.")
        yield Problem(message % {"most": most, "words": words}, field, rule=rule, level=level)


def key_points_at_a_glance(entry: Any) -> Iterator[Problem]:
    """G1: key points can be taken in at a glance."""
    points = entry.key_points.splitlines()
    if len(points) > KEY_POINTS or len(entry.key_points.split()) > KEY_POINT_WORDS:
        message = _("At most %(points)d key points of %(words)d words in all.")
        values = {"points": KEY_POINTS, "words": KEY_POINT_WORDS}
        yield Problem(message % values, "key_points", rule="G1")
