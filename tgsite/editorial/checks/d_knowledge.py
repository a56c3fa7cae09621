"""D: what is known and what is not, as far as it holds for every kind of entry."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.words import Hit, sentence_around, warnings
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.site import site_settings
from tgsite.editorial.texts import Passage

FEWEST_PLACES = 2
# What ties a statement to its day or its document.
_AS_OF = re.compile(r"\bas of\b|\b(?:19|20)\d\d\b|\b(?:label|trial|study|guideline)s?\b", re.I)


def is_tied_to_a_source(line: str) -> bool:
    """Whether a statement names its day, or what it was read in (D1)."""
    return bool(_AS_OF.search(line))


def praises_none_over_another(entry: EditorialModel) -> Iterator[Problem]:
    """D4: no medicine is better than another, unless the reader asks or it is denied."""
    yield from warnings(entry, WordRule.List.BALANCE, "D4", unless=_asks_or_denies)


_DENIED = re.compile(r"\b(?:no|not|never|cannot|neither|nobody|which)\b", re.IGNORECASE)


def _asks_or_denies(passage: Passage, hit: Hit) -> bool:
    around = sentence_around(passage.text, hit.start, hit.end)
    return around.endswith("?") or bool(_DENIED.search(around))


def names_places_to_ask(_entry: EditorialModel) -> Iterator[Problem]:
    """D5: every page carries the site's places to ask, so the site must have them."""
    places = site_settings().places
    if len(places) < FEWEST_PLACES or not any(place.get("phone") for place in places):
        message = _("The texts on every page name fewer than two places to ask.")
        yield Problem(message, rule="D5", absent=True)


CHECKS = (praises_none_over_another, names_places_to_ask)
