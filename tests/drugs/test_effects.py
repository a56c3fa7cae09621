"""Which rows of two labels speak of the same side effect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.catalogue import EffectName
from drugs.effects import ComparedEffect, LabelEffect, side_by_side

RASH, SKIN = (EffectName(pk, name, name.title(), (), "") for pk, name in ((1, "rash"), (2, "skin")))


def row(owner: int, words: str, page: EffectName | None = None, **fields: bool) -> LabelEffect:
    """One row of the medicine ``owner``."""
    return LabelEffect(owner, words, page=page, **fields)


def names(effects: list[ComparedEffect]) -> list[str]:
    """The names of side effects, in order."""
    return [effect.name for effect in effects]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row(1, "red skin", RASH), row(2, "itching", RASH)),
        (row(1, "headache"), row(2, "headache")),
        (row(1, "Back pain"), row(2, "back  pain ")),
        (row(1, "rash", RASH), row(2, "rash")),
        (row(1, "rash", RASH), row(2, "rash", SKIN)),
        (row(1, "liver problems (hepatotoxicity)"), row(2, "liver problems (hepatobiliary)")),
        (row(1, "low red cells (anemia), can be severe"), row(2, "low red cells, can be severe")),
    ],
    ids=[
        "page",
        "words",
        "case-and-spaces",
        "page-and-words",
        "two-pages",
        "other-terms",
        "term-or-none",
    ],
)
def test_rows_of_one_side_effect_stand_together(one: LabelEffect, other: LabelEffect) -> None:
    (effect,) = side_by_side([one, other], [1, 2])
    assert effect.is_shared
    assert effect.cells == ((one,), (other,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row(1, "red skin", RASH), row(2, "dry skin", SKIN)),
        (row(1, "headache"), row(2, "back pain")),
        (row(1, "pain (back)"), row(2, "back pain")),
        (row(1, "(anemia)"), row(2, "(neutropenia)")),
    ],
    ids=["pages", "words", "word-in-brackets", "nothing-but-brackets"],
)
def test_rows_of_two_side_effects_stand_apart(one: LabelEffect, other: LabelEffect) -> None:
    effects = side_by_side([one, other], [1, 2])
    assert len(effects) == 2
    assert not any(effect.is_shared for effect in effects)


def test_row_between_two_groups_ties_them() -> None:
    rows = [row(1, "red skin", RASH), row(2, "itching"), row(3, "itching", RASH)]
    assert [effect.is_shared for effect in side_by_side(rows, [1, 2, 3])] == [True]


def test_side_effect_has_the_name_of_its_page_else_the_words_on_which_labels_agree() -> None:
    rows = [
        row(1, "itching", RASH),
        row(1, "low albumin (a blood protein)"),
        row(1, "liver problems (one)"),
        row(2, "liver problems (two)"),
    ]
    found = names(side_by_side(rows, [1, 2]))
    assert found == ["Liver problems", "Low albumin (a blood protein)", "Rash"]


def test_serious_ones_come_first_then_a_to_z() -> None:
    rows = [row(1, "cough"), row(1, "bleeding"), row(2, "stroke", is_serious=True), row(2, "cough")]
    assert names(side_by_side(rows, [1, 2])) == ["Stroke", "Bleeding", "Cough"]


def test_side_effect_of_one_medicine_that_a_page_explains_is_not_its_own() -> None:
    """A page ties it to what other labels could say, words alone do not."""
    explained, alone = side_by_side([row(1, "a", RASH), row(1, "b")], [1, 2])[::-1]
    assert (explained.is_own, alone.is_own) == (False, True)


OWNERS = [1, 2, 3]
ROWS = st.lists(
    st.builds(
        LabelEffect,
        st.sampled_from(OWNERS),
        st.sampled_from(["rash", "rash (exanthema)", "itching", "dry skin"]),
        st.booleans(),
        st.sampled_from([None, RASH, SKIN]),
    ),
    max_size=8,
)


@given(ROWS)
def test_every_row_stands_once_in_the_cell_of_its_medicine(rows: list[LabelEffect]) -> None:
    effects = side_by_side(rows, OWNERS)
    placed = [
        (owner, one)
        for effect in effects
        for owner, cell in zip(OWNERS, effect.cells, strict=True)
        for one in cell
    ]
    assert all(owner == one.owner for owner, one in placed)
    assert sorted(map(repr, rows)) == sorted(repr(one) for _owner, one in placed)


@given(ROWS)
def test_same_rows_never_stand_apart_and_shared_means_every_medicine(
    rows: list[LabelEffect],
) -> None:
    effects = side_by_side(rows, OWNERS)
    for effect in effects:
        assert effect.is_shared == ({one.owner for one in effect.rows} == set(OWNERS))
        others = [one for other in effects if other is not effect for one in other.rows]
        assert not any(one.is_same(other) for one in effect.rows for other in others)
