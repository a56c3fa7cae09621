"""Arranges a medicine's figures for its page: by use, by trial, as printed, nothing computed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from drugs.choices import Status
from drugs.models import Drug, SideEffectRate, TrialResult
from drugs.models.evidence import Evidence

# Rows of a table that stands open; the rest of it is folded.
OPEN_ROWS = 12
TRIALS_IN_SIGHT = 2
# The picture of 100 people: ten rows of ten cells, a person in each between two margins.
CELL, MARGIN = 10, 2.5


@dataclass(frozen=True)
class SourceLine:
    """Where a table's figures were read, said once beneath it."""

    source: str
    section: str
    date: str
    url: str


@dataclass(frozen=True)
class Hundred:
    """So many people of a hundred, for the picture; ``value`` as the source prints it.

    The marked people fill ``rows`` units from the top and ``part`` units of the next line: a tenth
    of a person is a tenth of the figure's width, so nothing is rounded.
    """

    value: str

    @property
    def _number(self) -> float | None:
        try:
            number = float(self.value)
        except ValueError:
            return None
        return number if 0 <= number <= 100 else None

    @property
    def can_be_drawn(self) -> bool:
        """Whether it is one plain number: ``<1`` is not."""
        return self._number is not None

    @property
    def rows(self) -> int:
        """Height of the full lines, in units of the picture."""
        return int(self._number or 0) // 10 * CELL

    @property
    def part(self) -> str:
        """Width of the marked part of the line below them, in units of the picture."""
        tenths = (self._number or 0) % 10
        whole = int(tenths)
        fraction = round(tenths - whole, 3)
        person = MARGIN + fraction * (CELL - 2 * MARGIN) if fraction else 0
        return f"{whole * CELL + person:g}"


@dataclass(frozen=True)
class Picture:
    """One outcome of one trial as two pictures of 100 people."""

    outcome: str
    at: str
    with_it: Hundred
    without_it: Hundred

    @property
    def heading(self) -> str:
        """The outcome and its time, unless the outcome says it: "left at surgery"."""
        says_it = not self.at or f" at {self.at}" in self.outcome
        return self.outcome if says_it else f"{self.outcome}, {self.at}"


@dataclass(frozen=True)
class Note:
    """What one result says beside its figures.

    ``counted`` and ``compared_with`` stand only where they are other than those of the trial.
    """

    outcome: str
    counted: str
    compared_with: str
    follow_up: str
    words: str


@dataclass(frozen=True)
class Outcomes:
    """Some outcomes of one trial, in one table, with one picture if the source gives one.

    ``participants`` and ``compared_with`` are those of the trial, said above the table.
    """

    participants: str
    compared_with: str
    rows: tuple[TrialResult, ...]

    @property
    def findings(self) -> list[str]:
        """What they found, in words, each sentence once."""
        return list(dict.fromkeys(row.finding for row in self.rows))

    @property
    def pictures(self) -> list[Picture]:
        """Only where the source itself counts in people of 100, in both arms."""
        drawn = [
            Picture(
                row.outcome, row.per_100_at, Hundred(row.per_100_with), Hundred(row.per_100_without)
            )
            for row in self.rows
        ]
        return [one for one in drawn if one.with_it.can_be_drawn and one.without_it.can_be_drawn]

    @property
    def has_comparison(self) -> bool:
        """Whether any row has a second arm."""
        return any(
            row.without_value or row.per_100_without or row.people_without for row in self.rows
        )

    @property
    def notes(self) -> list[Note]:
        """Of each row that says more in words, what it says."""
        found = (
            Note(
                outcome=row.outcome,
                counted=row.participants if row.participants != self.participants else "",
                compared_with=row.compared_with if row.compared_with != self.compared_with else "",
                follow_up=row.follow_up,
                words=row.note,
            )
            for row in self.rows
        )
        return [
            one for one in found if one.counted or one.compared_with or one.follow_up or one.words
        ]

    @property
    def has_details(self) -> bool:
        """Whether any row has a range or a hazard ratio."""
        return any(
            row.hazard_ratio or row.with_interval or row.without_interval for row in self.rows
        )

    @property
    def sources(self) -> list[SourceLine]:
        """Each source once."""
        return _sources(self.rows)


@dataclass(frozen=True)
class Trial:
    """One trial of one use. How long people lived stands apart: readers choose to see it."""

    name: str
    participants: str
    compared_with: str
    outcomes: Outcomes
    survival: Outcomes
    is_open: bool
    """Whether its table stands open: only that of the first use does."""


@dataclass(frozen=True)
class NamedUse:
    """A use above its figures, with what must stand beside it."""

    summary: str
    figures_note: str = ""
    """Where its figures stand if the medicine's record holds none."""
    is_withdrawn: bool = False
    is_unchecked: bool = False
    """Whether nobody has read it in the label yet."""


@dataclass(frozen=True)
class FiguresOfUse:
    """What trials of one use, or of several together, measured."""

    uses: tuple[NamedUse, ...]
    trials: tuple[Trial, ...]

    @property
    def is_current(self) -> bool:
        """Whether all of these are uses of today, read in the label."""
        return not any(use.is_withdrawn or use.is_unchecked for use in self.uses)

    @property
    def first_trials(self) -> tuple[Trial, ...]:
        """Those in sight, unless that would leave a single one to fold."""
        return self.trials[:TRIALS_IN_SIGHT] if self.more_trials else self.trials

    @property
    def more_trials(self) -> tuple[Trial, ...]:
        """Those that are folded into one, with what they found."""
        more = self.trials[TRIALS_IN_SIGHT:]
        return more if len(more) > 1 else ()


@dataclass(frozen=True)
class RateTable:
    """Side effects of one trial with both arms; ``first`` stands open, ``rest`` is folded."""

    trial: str
    unit: str
    people_with: int | None
    people_without: int | None
    rows: tuple[SideEffectRate, ...]

    @property
    def is_blood_tests(self) -> bool:
        """Whether every row is from the table of blood tests."""
        return all(row.blood_test for row in self.rows)

    @property
    def first(self) -> tuple[SideEffectRate, ...]:
        """The rows that the source counts most people in."""
        return self.rows[:OPEN_ROWS]

    @property
    def rest(self) -> tuple[SideEffectRate, ...]:
        """All others."""
        return self.rows[OPEN_ROWS:]

    @property
    def has_comparison(self) -> bool:
        """Whether anybody in the trial was without the medicine."""
        return any(row.without_all or row.without_severe for row in self.rows)

    @property
    def sources(self) -> list[SourceLine]:
        """Each source once."""
        return _sources(self.rows)


@dataclass(frozen=True)
class Figures:
    """All figures of a medicine, in the order of its page."""

    by_use: tuple[FiguresOfUse, ...]
    without_figures: tuple[NamedUse, ...]
    """Checked uses for which no trial result is held; withdrawn ones among them say so."""
    rates: tuple[RateTable, ...]

    @property
    def without_it(self) -> list[tuple[FiguresOfUse, Trial, TrialResult]]:
        """Of each trial in sight the first result that shows how people did without the medicine.

        Never how long people lived: readers choose to see that.
        """
        found = []
        for of_use in self.by_use:
            for trial in of_use.first_trials if of_use.is_current else ():
                compared = (
                    row for row in trial.outcomes.rows if row.with_value and row.without_value
                )
                if (first := next(compared, None)) is not None:
                    found.append((of_use, trial, first))
        return found

    @property
    def has_severe(self) -> bool:
        """Whether any row says how many had a side effect severely."""
        return any(
            row.with_severity or row.without_severity for table in self.rates for row in table.rows
        )


def figures_of(drug: Drug) -> Figures:
    """From a medicine with its rows in memory. Nothing is added, averaged or compared."""
    results = list(drug.trial_results.all())
    uses = {
        row.summary: NamedUse(
            row.summary,
            row.figures_note,
            is_withdrawn=row.status == Status.WITHDRAWN,
            is_unchecked=not row.confirmed and row.status != Status.WITHDRAWN,
        )
        for row in drug.indications.all()
    }
    by_use = tuple(
        FiguresOfUse(
            uses=tuple(uses.get(summary, NamedUse(summary)) for summary in summaries.splitlines()),
            trials=tuple(
                _trial(name, rows, first=results[0])
                for name, rows in _together(of_use, lambda row: row.trial).items()
            ),
        )
        for summaries, of_use in _together(results, lambda row: row.uses).items()
    )
    measured = {summary for row in results for summary in row.uses.splitlines()}
    return Figures(
        by_use=by_use,
        without_figures=tuple(
            use for use in uses.values() if use.summary not in measured and not use.is_unchecked
        ),
        rates=tuple(_tables(drug.side_effect_rates.all())),
    )


def trials_named(named: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Trial]:
    """Trials of live medicines by the medicine's id and the trial's name, in one query.

    Their tables stand open. Names that no record has are left out.
    """
    wanted = set(named)
    if not wanted:
        return {}
    rows = TrialResult.objects.filter(
        drug__live=True,
        drug__in={pk for pk, _name in wanted},
        trial__in={name for _pk, name in wanted},
    )
    return {
        (pk, name): _trial(name, results, first=results[0])
        for (pk, name), results in _together(rows, lambda row: (row.drug_id, row.trial)).items()
        if (pk, name) in wanted
    }


def _trial(name: str, rows: list[TrialResult], first: TrialResult) -> Trial:
    participants = next((row.participants for row in rows if row.participants), "")
    compared_with = next((row.compared_with for row in rows if row.compared_with), "")

    def outcomes(*, survival: bool) -> Outcomes:
        chosen = tuple(row for row in rows if row.overall_survival is survival)
        return Outcomes(participants, compared_with, chosen)

    return Trial(
        name=name,
        participants=participants,
        compared_with=compared_with,
        outcomes=outcomes(survival=False),
        survival=outcomes(survival=True),
        is_open=first in rows,
    )


def _tables(rates: Iterable[SideEffectRate]) -> Iterable[RateTable]:
    """A table for each trial and group of people: figures of two groups never share one."""
    groups = _together(
        rates, lambda row: (row.trial, row.unit, row.people_with, row.people_without)
    )
    for group, rows in groups.items():
        yield RateTable(*group, tuple(rows))


Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def _together(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Rows of one kind together, in the order of the first of each, whatever stands between."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _sources(rows: Iterable[Evidence]) -> list[SourceLine]:
    found = (
        SourceLine(row.source, row.source_section, row.source_date, row.source_url) for row in rows
    )
    return list(dict.fromkeys(found))
