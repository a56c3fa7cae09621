"""Signs that cannot wait bring the emergency list, before anything else (content standard B2)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.search import signs
from drugs.search.kinds import MEDICINE, OTHER
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.understanding import Understood


def register_all() -> None:
    """Called once at start."""
    register_intent(emergency, place=0, words=signs.WORDS)
    # After a section of a medicine's page that was asked for.
    register_intent(call_the_team, place=35)


def emergency(asked: Understood) -> Iterator[Suggestion]:
    """A sign of an emergency: call 911, before anything else."""
    if signs.is_emergency(_readings(asked)):
        yield Suggestion(
            heading=_("Call %(number)s if this is happening now") % _number(),
            text=_("See all signs that cannot wait, and when to call your team."),
            url=reverse("drugs:side_effect_list"),
            reason=_("You named a sign that can be an emergency"),
            is_urgent=True,
        )


def call_the_team(asked: Understood) -> Iterator[Suggestion]:
    """A sign that the care team must hear of at once, or too much of a medicine."""
    if signs.is_for_the_team(_readings(asked)):
        yield Suggestion(
            heading=_("Call your care team now about this"),
            text=_("See all signs that cannot wait, day or night."),
            url=reverse("drugs:side_effect_list"),
            reason=_("You named something your team must hear about at once"),
        )


def _readings(asked: Understood) -> list[signs.Typed]:
    """All that was typed, and the words that were searched: corrected, and not in Spanish."""
    return signs.readings(
        asked.everything,
        asked.words,
        medicines=len({*asked.mentioned(MEDICINE), *asked.mentioned(OTHER)}),
        is_begun=asked.is_begun,
    )


def _number() -> dict[str, str]:
    return {"number": settings.EMERGENCY_NUMBER}
