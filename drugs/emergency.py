"""The site's own emergency rules: the same on every page, whatever a label lists.

A house rule drawn from cancer charities, hospitals and labels, stricter than any single one of
them (content standard B2a); no entry says anything weaker. A clinician must sign it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# Call 911.
GENERAL_SIGNS = (
    _("trouble breathing, breathlessness at rest, or fast breathing with a fast heartbeat"),
    _("chest pain, pressure or tightness"),
    _("swelling of the face, lips, tongue or throat, or hives with trouble breathing"),
    _("signs of a stroke: one side of the face droops, trouble speaking or understanding"),
    _("sudden weakness or numbness in an arm or leg, or sudden loss of sight"),
    _("a sudden very bad headache"),
    _("a seizure"),
    _("passing out, or nearly passing out with a racing or irregular heartbeat"),
    _("new confusion, or being too sleepy to be woken properly"),
    _("bleeding that does not stop, or coughing up or vomiting blood"),
    _("fruity breath, fast or hard breathing, or unusual sleepiness when blood sugar may be high"),
    _("thoughts of harming yourself"),
)

# For who has no rule of their own on it.
DIARRHEA = _("diarrhea; if you do not know your medicine's rule, the first loose stool")
# Call the care team at once, day or night. The fever rule stands beside them.
GENERAL_TEAM_SIGNS = (
    _("pain, burning or trouble passing urine, or a sore throat"),
    _("a red or oozing wound or port"),
    _("a new or worse cough, or getting out of breath when you move"),
    DIARRHEA,
    _("black or bloody stools, blood in urine, new bruises, nosebleeds that come back"),
    _("not keeping liquids down, passing less urine than usual, dizziness on standing"),
    _("yellow skin or eyes, dark urine, pale stools, pain in the upper right belly"),
    _("swollen ankles, legs, feet, hands or arms; 5 or more pounds gained in a day"),
    _("a fast, pounding or irregular heartbeat"),
    _("pain, swelling or warmth in one leg or arm"),
    _("a rash over much of the body, blisters or peeling skin"),
    _("sores in the mouth, eyes or genitals"),
    _("being very thirsty and passing a lot of urine"),
    _("eye pain, a red eye, pain from light, blurred sight"),
    _("strong belly pain, or a wound that opens or does not heal"),
    _("you are or might be pregnant"),
)

# A medicine's own sign, no narrower than this -> the general sign of the same kind, and the words
# by which that one is wider.
_OF_ONE_KIND = (
    (
        r"trouble breathing(?: or sudden shortness of breath)?(?: \([^)]*\))?",
        GENERAL_SIGNS[0],
        _("breathlessness at rest, or fast breathing with a fast heartbeat"),
    ),
    (r"chest pain", GENERAL_SIGNS[1], _("pressure or tightness")),
    (
        r"(?:passing out|fainting)",
        GENERAL_SIGNS[7],
        _("or nearly passing out with a racing or irregular heartbeat"),
    ),
    (
        r"bleeding that (?:will|does) not stop",
        GENERAL_SIGNS[9],
        _("or coughing up or vomiting blood"),
    ),
)


class EmergencySigns(NamedTuple):
    """Those of a medicine, and those of every medicine that they do not hold yet."""

    own: list[str | Promise]
    general: list[str | Promise]


def joined(own: Iterable[str]) -> EmergencySigns:
    """A medicine's ``own`` emergency signs beside the general ones.

    No words are lost: an own sign takes on by what the general one of its kind is wider, so that
    nobody reads the same sign twice while help is needed.
    """
    own = list(own)
    signs: list[str | Promise] = []
    # A sign of every page that is written out among the own ones.
    written = {sign.casefold() for sign in own}
    said = {general for general in GENERAL_SIGNS if str(general).casefold() in written}
    for sign in own:
        for pattern, general, wider in _OF_ONE_KIND:
            if general not in said and re.fullmatch(pattern, sign, re.IGNORECASE):
                said.add(general)
                signs.append(format_lazy("{sign}, {wider}", sign=sign, wider=wider))
                break
        else:
            signs.append(sign)
    return EmergencySigns(signs, [general for general in GENERAL_SIGNS if general not in said])


_OWN_DIARRHEA = re.compile(r"diarrhea|loose stool", re.IGNORECASE)


def team_signs(own: Iterable[str]) -> list[Promise]:
    """The general signs to call the team for, without a milder one than in a medicine's ``own``."""
    has_own = any(_OWN_DIARRHEA.search(sign) for sign in own)
    return [sign for sign in GENERAL_TEAM_SIGNS if sign is not DIARRHEA or not has_own]
