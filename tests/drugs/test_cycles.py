"""A treatment cycle as days: read from a label's words, drawn, and said in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from drugs.cycles import LONGEST, Cycle, NotACycleError
from drugs.models import Drug, DrugForm
from tests.conftest import Page
from tests.drugs.comparison import change
from tests.editorial.small_guide import words


@pytest.mark.parametrize(
    ("days", "doses", "said"),
    [
        (28, "1-21", "a dose on days 1 to 21, none on days 22 to 28"),
        (21, "1, 8", "a dose on days 1 and 8, none on days 2 to 7 and 9 to 21"),
        (21, "1", "a dose on day 1, none on days 2 to 21"),
        (7, "1-4", "a dose on days 1 to 4, none on days 5 to 7"),
        (21, "1-21", "a dose on days 1 to 21"),
        (4, "1, 3-4", "a dose on days 1 and 3 to 4, none on day 2"),
    ],
)
def test_cycle_is_said_in_words(days: int, doses: str, said: str) -> None:
    assert Cycle(days, doses).words == said


@st.composite
def cycles(draw: st.DrawFn) -> tuple[int, set[int]]:
    """The days of a cycle, and any of them."""
    days = draw(st.integers(1, LONGEST))
    return days, draw(st.sets(st.integers(1, days), min_size=1))


@given(cycles())
def test_every_set_of_days_can_be_written_and_read(drawn: tuple[int, set[int]]) -> None:
    days, doses = drawn
    cycle = Cycle(days, ", ".join(map(str, sorted(doses))))
    assert {day.number for day in cycle.all_days if day.has_dose} == doses
    assert [day.number for day in cycle.all_days] == list(range(1, days + 1))


BAD = ["", "x", "1-", "0", "22", "5-3", "1,,2", "1-22", "1.5", "every day", "-1", "1 2", "\u0661"]


@pytest.mark.parametrize("doses", BAD)
def test_other_words_are_no_cycle(doses: str) -> None:
    with pytest.raises(NotACycleError):
        _days = Cycle(21, doses).with_dose


@pytest.mark.parametrize("doses", [one for one in BAD if one])
def test_form_refuses_days_that_cannot_be_drawn(doses: str) -> None:
    with pytest.raises(ValidationError, match="Write days of the cycle"):
        DrugForm(route="oral-tablet", cycle_days=21, dose_days=doses).clean()


@pytest.mark.parametrize(
    "values", [{"cycle_days": 21}, {"dose_days": "1"}, {"cycle_days": 99, "dose_days": "1"}]
)
@pytest.mark.usefixtures("guide", "db")
def test_database_holds_only_whole_cycles(values: dict[str, object]) -> None:
    drug = Drug.objects.get(slug="alpha")
    with pytest.raises(IntegrityError), transaction.atomic():
        DrugForm.objects.create(drug=drug, route="oral-tablet", **values)


@pytest.mark.usefixtures("guide", "db")
def test_page_draws_the_cycle_and_says_it_in_words(page: Page) -> None:
    forms = [
        DrugForm(route="oral-tablet", form="tablets", cycle_days=28, dose_days="1-21"),
        DrugForm(route="iv-infusion", form="infusion", duration="1 hour"),
    ]
    change("alpha", forms=forms)
    (figure,) = page("/drugs/alpha/").select("#how-given figure.cycle")
    assert "Tablets. One cycle of 28 days: a dose on days 1 to 21" in words(figure.figcaption)
    days = figure.select(".cycle__day")
    assert [words(day) for day in days] == [str(number) for number in range(1, 29)]
    assert len(figure.select(".cycle__day--dose")) == 21
    drawn = figure.select_one("[role=img]")
    assert drawn is not None
    assert drawn["aria-label"] == "A dose on days 1 to 21, none on days 22 to 28"
