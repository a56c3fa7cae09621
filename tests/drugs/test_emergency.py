"""The site's own signs: complete beside the list that they were drawn from, and short."""

import pytest

from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS

CALL_911 = " ".join(map(str, GENERAL_SIGNS))
CALL_TEAM = " ".join(map(str, GENERAL_TEAM_SIGNS))


@pytest.mark.parametrize("sign", [*GENERAL_SIGNS, *GENERAL_TEAM_SIGNS], ids=str)
def test_sign_can_be_read_in_an_emergency(sign: str) -> None:
    """B1."""
    assert len(str(sign).split()) <= 15


HOUSE_911 = """breathing | at rest | chest pain | throat | hives | face | numb | speaking
 | droops | understanding | sudden weakness
 | loss of sight | headache | seizure | passing out | irregular heartbeat | confusion | woken
 | bleeding | vomiting blood | fruity breath | hard breathing | sleepiness | harming yourself"""
HOUSE_TEAM = """urine | sore throat | wound | cough | out of breath | diarrhea | stools | bruises
 | nosebleeds | liquids | dizziness | yellow | swollen | 5 pounds | heartbeat | one leg | rash
 | blisters | peeling | genitals | thirst | eye pain | light | belly pain | pregnant"""


@pytest.mark.parametrize("word", [word.strip() for word in HOUSE_911.split("|")])
def test_no_911_sign_is_left_out(word: str) -> None:
    """B2a: nothing weaker than the house list, sign by sign."""
    assert word in CALL_911


@pytest.mark.parametrize("word", [word.strip() for word in HOUSE_TEAM.split("|")])
def test_no_sign_for_the_team_is_left_out(word: str) -> None:
    assert word in CALL_TEAM
