"""Arranges a medicine's figures for its page: by use, by trial, as printed, nothing computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

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


@dataclass(frozen=True)
class Outcomes:
    """Some outcomes of one trial, in one table, with one picture if the source gives one."""

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
    def has_notes(self) -> bool:
        """Whether any row says more in words."""
        return any(row.note or row.follow_up for row in self.rows)

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
class FiguresOfUse:
    """What trials of one use, or of several together, measured."""

    uses: tuple[str, ...]
    is_unchecked: bool
    """Whether nobody has read one of these uses in the label yet."""
    trials: tuple[Trial, ...]

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
    without_figures: tuple[str, ...]
    """Current or withdrawn uses for which no trial result is held."""
    rates: tuple[RateTable, ...]

    @property
    def without_it(self) -> list[tuple[FiguresOfUse, Trial, TrialResult]]:
        """Of each trial in sight the first result that shows how people did without the medicine.

        Never how long people lived: readers choose to see that.
        """
        found = []
        for of_use in self.by_use:
            for trial in () if of_use.is_unchecked else of_use.first_trials:
                compared = (
                    row for row in trial.outcomes.rows if row.with_value and row.without_value
                )
                if (first := next(compared, None)) is not None:
                    found.append((of_use, trial, first))
        return found

    @cached_property
    def has_severe(self) -> bool:
        """Whether any row sorts side effects by how severe they were."""
        return any(
            row.with_severe or row.with_grade3 or row.without_severe
            for table in self.rates
            for row in table.rows
        )


def figures_of(drug: Drug) -> Figures:
    """From a medicine with its rows in memory. Nothing is added, averaged or compared."""
    results = list(drug.trial_results.all())
    indications = list(drug.indications.all())
    unchecked = {
        row.summary for row in indications if not row.confirmed and row.status != Status.WITHDRAWN
    }
    by_use = tuple(
        FiguresOfUse(
            uses=tuple(uses.splitlines()),
            is_unchecked=not unchecked.isdisjoint(uses.splitlines()),
            trials=tuple(
                _trial(name, list(rows), first=results[0])
                for name, rows in groupby(of_use, lambda row: row.trial)
            ),
        )
        for uses, of_use in groupby(results, lambda row: row.uses)
    )
    measured = {use for row in results for use in row.uses.splitlines()}
    return Figures(
        by_use=by_use,
        without_figures=tuple(
            row.summary for row in indications if row.summary not in measured | unchecked
        ),
        rates=tuple(_tables(drug.side_effect_rates.all())),
    )


def _trial(name: str, rows: list[TrialResult], first: TrialResult) -> Trial:
    return Trial(
        name=name,
        participants=rows[0].participants,
        compared_with=rows[0].compared_with,
        outcomes=Outcomes(tuple(row for row in rows if not row.overall_survival)),
        survival=Outcomes(tuple(row for row in rows if row.overall_survival)),
        is_open=first in rows,
    )


def _tables(rates: Iterable[SideEffectRate]) -> Iterable[RateTable]:
    """A table for each trial and group of people: figures of two groups never share one."""
    for (trial, unit, people_with, people_without), rows in groupby(
        rates, lambda row: (row.trial, row.unit, row.people_with, row.people_without)
    ):
        yield RateTable(trial, unit, people_with, people_without, tuple(rows))


def _sources(rows: Iterable[Evidence]) -> list[SourceLine]:
    found = (
        SourceLine(row.source, row.source_section, row.source_date, row.source_url) for row in rows
    )
    return list(dict.fromkeys(found))
