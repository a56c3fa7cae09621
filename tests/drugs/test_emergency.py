"""The site's own signs: complete beside the list that they were drawn from, and short."""

import re

import pytest

from drugs.emergency import DIARRHEA, GENERAL_SIGNS, GENERAL_TEAM_SIGNS, joined, team_signs

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
 | nosebleeds | liquids | dizziness | yellow | swollen | 5 or more pounds | heartbeat | one leg
 | rash | blisters | peeling | genitals | thirst | eye pain | light | belly pain | pregnant"""


@pytest.mark.parametrize("word", [word.strip() for word in HOUSE_911.split("|")])
def test_no_911_sign_is_left_out(word: str) -> None:
    """B2a: nothing weaker than the house list, sign by sign."""
    assert word in CALL_911


@pytest.mark.parametrize("word", [word.strip() for word in HOUSE_TEAM.split("|")])
def test_no_sign_for_the_team_is_left_out(word: str) -> None:
    assert word in CALL_TEAM


OWN = (
    "trouble breathing or sudden shortness of breath (possible clot in the lung)",
    "chest pain",
    "fainting",
    "bleeding that will not stop",
    "wheezing, above all within 24 hours of treatment",
    "trouble breathing during an infusion",
)


@pytest.mark.parametrize("own", [(), OWN[:1], OWN[4:], OWN, (*OWN, *OWN)])
def test_joined_signs_lose_no_word(own: tuple[str, ...]) -> None:
    """B2a: every own sign and every general one can still be read."""
    signs, general = joined(own)
    assert len(signs) == len(own)
    assert all(str(sign).startswith(kept) for sign, kept in zip(signs, own, strict=True))
    text = " ".join(map(str, [*signs, *general])).lower()
    for sign in GENERAL_SIGNS:
        words = {word for word in re.findall(r"[a-z]+", str(sign).lower()) if len(word) > 3}
        # Own signs say the same with "fainting" and "will not stop".
        assert words - {"passing", "does"} <= set(re.findall(r"[a-z]+", text)), sign


def test_sign_that_is_narrower_leaves_the_general_one() -> None:
    _signs, general = joined(["trouble breathing during an infusion"])
    assert GENERAL_SIGNS[0] in general


def test_sign_is_joined_with_that_of_its_kind() -> None:
    signs, general = joined(["chest pain"])
    assert [str(sign) for sign in signs] == ["chest pain, pressure or tightness"]
    assert GENERAL_SIGNS[1] not in general
    assert len(general) == len(GENERAL_SIGNS) - 1


def test_rule_on_diarrhea_of_a_medicine_stands_alone() -> None:
    assert DIARRHEA in team_signs(["fever"])
    for own in ("first loose stool", "your first diarrhea"):
        assert list(set(GENERAL_TEAM_SIGNS) - set(team_signs([own]))) == [DIARRHEA]
