"""Figures on a medicine's page: as printed, both arms, one table open, survival behind a choice."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from drugs.figures import CELL, OPEN_ROWS, Hundred
from tests.conftest import Page
from tests.drugs.comparison import change
from tests.editorial.small_guide import words
from tests.factories import indication, rate, trial_result

pytestmark = pytest.mark.usefixtures("guide", "db")

FIRST, SECOND = "The first use", "The second use"
NO_NUMBER = "Uses for which we have no clear number"
UNCHECKED = "Reported, not yet checked against the label"


@pytest.fixture
def figures(page: Page) -> Any:
    """The page of a medicine with two uses and these rows."""

    def show(*results: Any, rates: tuple[Any, ...] = (), **second: Any) -> BeautifulSoup:
        change(
            "alpha",
            indications=[
                indication(summary=FIRST),
                indication(**{"summary": SECOND, **second}),
            ],
            trial_results=list(results),
            side_effect_rates=list(rates),
        )
        return page("/drugs/alpha/")

    return show


def part(soup: BeautifulSoup, key: str) -> Tag:
    """The section of the page with this address."""
    found = soup.find(id=key)
    assert isinstance(found, Tag)
    return found


def is_folded(tag: Tag) -> bool:
    """Whether a reader must open something to see ``tag``."""
    return any("open" not in one.attrs for one in tag.find_parents("details"))


def tables(section: Tag, *, folded: bool) -> list[str]:
    """The captions of the tables that stand open, or of those that are folded."""
    return [words(one.caption) for one in section.find_all("table") if is_folded(one) is folded]


def test_only_the_table_of_the_first_use_stands_open(figures: Any) -> None:
    soup = figures(
        trial_result(uses=FIRST, trial="ONE"),
        trial_result(uses=FIRST, trial="TWO"),
        trial_result(uses=SECOND, trial="THREE"),
    )
    section = part(soup, "trial-results")
    assert tables(section, folded=False) == ["What ONE measured"]
    assert tables(section, folded=True) == ["What TWO measured", "What THREE measured"]


def test_what_a_trial_found_stands_in_sight_in_words(figures: Any) -> None:
    soup = figures(
        trial_result(uses=FIRST, trial="ONE", finding="It held the cancer back."),
        trial_result(uses=SECOND, trial="TWO", finding="Nothing clear was found."),
    )
    found = [
        words(one)
        for one in part(soup, "trial-results").select(".trial__finding")
        if not is_folded(one)
    ]
    assert found == ["It held the cancer back.", "Nothing clear was found."]


def test_how_long_people_lived_is_behind_a_choice_with_its_finding_outside(figures: Any) -> None:
    """E7: closed by default, a plain element that works without a script."""
    soup = figures(
        trial_result(uses=FIRST, trial="ONE", with_value="16.4"),
        trial_result(
            uses=FIRST,
            trial="ONE",
            overall_survival=True,
            outcome="Median time alive",
            with_value="46.7",
            finding="It is not clear whether people lived longer.",
        ),
    )
    section = part(soup, "trial-results")
    (choice,) = section.select("details.survival")
    assert "open" not in choice.attrs
    assert "46.7" in words(choice)
    assert "how long people lived" in words(choice.summary)
    outside = words(section).replace(words(choice), "")
    assert "46.7" not in outside
    assert "16.4" in outside
    assert "It is not clear whether people lived longer." in outside


def test_both_arms_stand_as_printed_with_people_and_source(figures: Any) -> None:
    soup = figures(
        trial_result(
            uses=FIRST,
            with_value="92.0",
            without_value="",
            unit="percent at 3 years",
            people_with=2549,
            hazard_ratio="0.60",
            hazard_interval="0.5 to not reached",
            source="Alpha label, version 7",
            source_section="14.1, table 5",
            source_date="2023-08-24",
        )
    )
    text = words(part(soup, "trial-results"))
    for printed in (
        "92.0 percent at 3 years",
        "no figure",
        "2,549 people",
        "Hazard ratio 0.60, likely range 0.5 to not reached",
        "Alpha label, version 7, section 14.1, table 5, 24 August 2023",
    ):
        assert printed in text


def test_counts_of_people_stand_beside_all_in_the_group(figures: Any) -> None:
    soup = figures(trial_result(uses=FIRST, with_value="133", unit="people", people_with=1872))
    cell = part(soup, "trial-results").select_one("tbody td")
    assert cell is not None
    assert words(cell) == "133 of 1,872 people"


def test_what_is_said_beside_a_figure_stands_under_the_table(figures: Any) -> None:
    soup = figures(trial_result(uses=FIRST, note="Counted twice.", follow_up="2 years"))
    section = part(soup, "trial-results")
    assert "Followed for: 2 years. Counted twice." in words(section)
    assert "Counted twice." not in words(section.table)


def test_who_was_counted_is_said_where_it_is_not_everyone_in_the_trial(figures: Any) -> None:
    soup = figures(
        trial_result(uses=FIRST, participants="600 people", compared_with="placebo"),
        trial_result(uses=FIRST, outcome="Time alive", participants="", compared_with=""),
        trial_result(
            uses=FIRST,
            outcome="Cancer shrank",
            participants="people with cancer that could be measured",
            compared_with="placebo; later the medicine for who wanted it",
        ),
    )
    section = part(soup, "trial-results")
    first, alive, shrank = (words(row) for row in section.select("table + dl .facts__row"))
    assert "Who was counted" not in first + alive
    assert "Compared with" not in first + alive
    assert shrank.startswith(
        "Cancer shrank Who was counted: people with cancer that could be measured. "
        "Compared with: placebo; later the medicine for who wanted it."
    )
    assert words(section).count("600 people") == 1


def test_results_of_a_trial_stand_together_in_whatever_order_rows_stand(figures: Any) -> None:
    soup = figures(
        trial_result(uses=FIRST, trial="ONE"),
        trial_result(uses=SECOND, trial="TWO"),
        trial_result(uses=FIRST, trial="ONE, a part"),
        trial_result(uses=FIRST, trial="ONE", outcome="Cancer shrank"),
    )
    section = part(soup, "trial-results")
    assert [words(one) for one in section.find_all("h3")] == [FIRST, SECOND]
    assert [words(one) for one in section.find_all("h4")] == ["ONE", "ONE, a part", "TWO"]


def test_a_third_trial_of_a_use_is_folded_only_with_a_fourth(figures: Any) -> None:
    three = [trial_result(uses=FIRST, trial=name) for name in ("ONE", "TWO", "THREE")]
    assert "more trials of this use" not in words(part(figures(*three), "trial-results"))
    soup = figures(*three, trial_result(uses=FIRST, trial="FOUR"))
    section = part(soup, "trial-results")
    assert "2 more trials of this use" in words(section)
    folded = [words(one) for one in section.select("h4") if is_folded(one)]
    assert folded == ["THREE", "FOUR"]


def test_a_trial_without_a_second_group_has_no_column_for_it(figures: Any) -> None:
    alone = {"without_value": "", "people_without": None, "note": "There was no other group."}
    soup = figures(trial_result(uses=FIRST, **alone))
    heads = [words(one) for one in part(soup, "trial-results").select("thead th")]
    assert heads == ["What was measured", "With Alpha"]


def test_a_use_without_a_figure_is_named_as_such(figures: Any) -> None:
    section = part(figures(trial_result(uses=FIRST)), "trial-results")
    text = words(section)
    assert SECOND in text[text.index(NO_NUMBER) :]
    assert FIRST not in text[text.index(NO_NUMBER) :]


def test_every_use_is_named_if_there_is_no_figure_at_all(figures: Any) -> None:
    text = words(part(figures(), "trial-results"))
    assert text.index(NO_NUMBER) < text.index(FIRST) < text.index(SECOND)
    assert "Hazard ratio" not in text


def test_a_use_without_a_figure_says_where_to_find_one(figures: Any) -> None:
    note = "The trial tested Beta (betamab), and its figures stand there."
    text = words(part(figures(figures_note=note), "trial-results"))
    default = "No figure for this stood in the sources that we read."
    assert text.index(FIRST) < text.index(default) < text.index(SECOND) < text.index(note)
    assert text.count(default) == 1


def test_figures_of_an_unchecked_use_say_so(figures: Any) -> None:
    soup = figures(trial_result(uses=SECOND), confirmed=False)
    text = words(part(soup, "trial-results"))
    assert text.index(SECOND) < text.index(UNCHECKED) < text.index("TEST-1")


@pytest.mark.parametrize("results", [[], [trial_result(uses=SECOND)]], ids=["without", "with"])
def test_a_withdrawn_use_says_so_beside_its_figures(figures: Any, results: list[Any]) -> None:
    gone = {"status": "withdrawn", "withdrawn_on": "2011-11-18", "withdrawn_reason": "no gain"}
    soup = figures(*results, **gone)
    text = words(part(soup, "trial-results"))
    assert text[text.index(SECOND) :].startswith(f"{SECOND} Withdrawn")


def test_a_trial_of_two_uses_stands_once_under_both(figures: Any) -> None:
    section = part(figures(trial_result(uses=f"{FIRST}\n{SECOND}")), "trial-results")
    assert [words(one) for one in section.find_all("h3")] == [FIRST, SECOND]
    assert len(section.select(".trial")) == 1
    assert NO_NUMBER not in words(section)


# --- The picture of 100 people


def test_picture_stands_only_where_the_source_counts_people_in_100(figures: Any) -> None:
    soup = figures(
        trial_result(uses=FIRST, with_value="90.7", without_value="87.6", unit="percent"),
        trial_result(
            uses=FIRST,
            outcome="Alive without cancer",
            per_100_with="90.7",
            per_100_without="87.6",
            per_100_at="3 years",
        ),
        trial_result(uses=FIRST, per_100_with="<1", per_100_without="2"),
    )
    (picture,) = part(soup, "trial-results").select(".hundred")
    assert words(picture) == (
        "Alive without cancer, 3 years With Alpha: 90.7 in 100 Other group: 87.6 in 100 "
        "Each small person is 1 of 100 people. The filled ones are those counted."
    )
    assert [one["aria-label"] for one in picture.select("svg[role=img]")] == [
        "100 people, 90.7 of them marked",
        "100 people, 87.6 of them marked",
    ]


def test_picture_says_its_time_once(figures: Any) -> None:
    """No "left at surgery, surgery"."""
    outcome = "No cancer left at surgery"
    rows = {"outcome": outcome, "per_100_with": "67", "per_100_without": "56"}
    soup = figures(trial_result(uses=FIRST, per_100_at="surgery", **rows))
    assert words(part(soup, "trial-results").select_one(".hundred__what")) == outcome


@given(st.integers(0, 1000))
def test_picture_marks_as_many_people_as_printed_and_never_more(tenths: int) -> None:
    """A tenth of a person is marked as a tenth: nothing is rounded up."""
    hundred = Hundred(f"{tenths // 10}.{tenths % 10}")
    assert hundred.can_be_drawn
    full_lines, in_line = hundred.rows // CELL, float(hundred.part)
    whole, rest = divmod(in_line, CELL)
    assert full_lines * 10 + int(whole) == tenths // 10
    assert (rest > 0) == bool(tenths % 10)
    assert rest < CELL


@pytest.mark.parametrize("printed", ["", "<1", "not reached", "101", "-1", "nan", "inf"])
def test_nothing_is_drawn_of_what_is_no_number_of_people(printed: str) -> None:
    assert not Hundred(printed).can_be_drawn


# --- Side effects in numbers


def test_first_twelve_side_effects_of_the_first_trial_stand_open(figures: Any) -> None:
    rows = [rate(effect=f"effect {number}") for number in range(OPEN_ROWS + 2)]
    soup = figures(rates=(*rows, rate(trial="OTHER", effect="of the other trial")))
    section = part(soup, "side-effects")
    shown, rest, other = section.find_all("table")
    assert len(shown.select("tbody tr")) == OPEN_ROWS
    assert not is_folded(shown)
    assert [words(one) for one in rest.select("tbody th")] == ["Effect 12", "Effect 13"]
    assert is_folded(rest)
    assert is_folded(other)
    assert "2 more side effects of this trial: TEST-1" in words(section)


def test_rates_stand_as_printed(figures: Any) -> None:
    soup = figures(
        rates=(
            rate(effect="rash", with_all="30", with_severe="<1", without_all="0.4"),
            rate(effect="itching", with_severe="", with_grade3="56", with_grade4="10"),
            rate(effect="pain", without_all="", without_severe=""),
            rate(effect="cough", without_all="0", without_severe="<1"),
        )
    )
    rows = [words(one) for one in part(soup, "side-effects").select("tbody tr")]
    assert rows == [
        "Rash 30 severe: <1 0.4 severe: <1",
        "Itching 30 severe: grade 3: 56, grade 4: 10 10 severe: <1",
        "Pain 30 severe: 2 no figure",
        "Cough 30 severe: 2 0",
    ]


def test_figures_of_other_people_never_share_a_table(figures: Any) -> None:
    soup = figures(rates=(rate(), rate(effect="pain", people_with=12)))
    assert len(part(soup, "side-effects").find_all("table")) == 2


def test_figures_of_one_group_say_that_others_are_missing(figures: Any) -> None:
    """Not that there was no other group: the source may have left it out."""
    alone = {"without_all": "", "without_severe": "", "people_without": None}
    section = part(figures(rates=(rate(**alone),)), "side-effects")
    assert "We have no figures of people without it." in words(section)
    assert "other group" not in words(section)
    assert len(section.select("thead th")) == 2


def test_side_effects_of_a_trial_share_a_table_in_whatever_order_rows_stand(figures: Any) -> None:
    soup = figures(rates=(rate(), rate(trial="OTHER"), rate(effect="pain")))
    first, other = part(soup, "side-effects").find_all("table")
    assert len(first.select("tbody tr")) == 2
    assert len(other.select("tbody tr")) == 1


@pytest.mark.parametrize(
    "severe", [{"with_severe": "3"}, {"with_grade4": "3"}, {"without_grade3": "3"}]
)
def test_page_says_what_severe_means_where_a_figure_is(
    figures: Any, severe: dict[str, str]
) -> None:
    nobody = {"with_severe": "", "without_severe": ""}
    assert "“Severe” is" not in words(part(figures(rates=(rate(**nobody),)), "side-effects"))
    section = part(figures(rates=(rate(**nobody | severe),)), "side-effects")
    assert "“Severe” is" in words(section)


def test_page_says_where_no_number_is_held(figures: Any) -> None:
    change("alpha", side_effect_rates=[])
    soup = figures()
    assert "We have no clear number for how many people had them" in words(soup.main)


def test_editor_text_is_shown_as_text(figures: Any) -> None:
    """The gate refuses mark-up; what is left must not become any."""
    text = "5 < 6 & 7 > 6"
    soup = figures(
        trial_result(uses=FIRST, trial=text, finding=text, with_value=text),
        rates=(rate(effect=text, with_all=text),),
    )
    assert words(soup.main).count(text) >= 5


# --- What happens without it


def test_other_choices_say_how_the_other_group_did(figures: Any) -> None:
    """C5: figures of the first trial with a second group; never how long people lived."""
    change("alpha", other_choices="Chemotherapy.\nNo treatment at all.")
    soup = figures(
        trial_result(uses=FIRST, trial="ALONE", without_value="", people_without=None, note="All."),
        trial_result(uses=FIRST, trial="LIVED", overall_survival=True, without_value="28.0"),
        trial_result(
            uses=SECOND,
            trial="BOTH",
            compared_with="placebo",
            with_value="9.5",
            without_value="4.6",
        ),
    )
    text = words(part(soup, "other-choices"))
    text = text[text.index("If you do not have this treatment") :]
    assert "For this use The second use" in text
    assert "What the other group had (BOTH) Placebo" in text
    assert "Other group 4.6 months 300 people" in text
    assert "With Alpha 9.5 months 300 people" in text
    assert not [word for word in ("28.0", "LIVED", "ALONE") if word in text]


def test_other_choices_say_if_no_figure_is_held(figures: Any) -> None:
    change("alpha", other_choices="Chemotherapy.\nNo treatment at all.")
    section = part(figures(), "other-choices")
    assert "We have no figure for what happens without it." in words(section)
