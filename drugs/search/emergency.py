"""Words of an emergency bring the emergency list, before anything else (content standard B2)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.search import phrases
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.understanding import Understood


def register_all() -> None:
    """Called once at start."""
    register_intent(emergency, place=0, words=phrases.EMERGENCY.words)


def emergency(asked: Understood) -> Iterator[Suggestion]:
    """Words of the emergency list bring that list, before anything else."""
    if phrases.EMERGENCY.codes(asked.words):
        yield Suggestion(
            heading=_("Call %(number)s if this is happening now") % _number(),
            text=_("See all signs that cannot wait, and when to call your team."),
            url=reverse("drugs:side_effect_list"),
            reason=_("You named a sign that can be an emergency"),
            is_urgent=True,
        )


def _number() -> dict[str, str]:
    return {"number": settings.EMERGENCY_NUMBER}
