"""A treatment cycle as days with and without a dose: what the drawing beside a form shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

LONGEST = 56
_PART = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")


class NotACycleError(ValueError):
    """Days of a dose that nobody can draw: other words than days, or outside the cycle."""


@dataclass(frozen=True)
class Day:
    """One day of a cycle, counted from 1."""

    number: int
    has_dose: bool


@dataclass(frozen=True)
class Cycle:
    """``days`` in all; ``doses`` are the days with a dose, as in the label: ``1-21``, ``1, 8``."""

    days: int
    doses: str

    @cached_property
    def with_dose(self) -> frozenset[int]:
        """The days with a dose. ``NotACycleError`` if they cannot be read."""
        found: set[int] = set()
        for part in self.doses.split(","):
            match = _PART.fullmatch(part.strip())
            if match is None:
                raise NotACycleError(part)
            first, last = int(match[1]), int(match[2] or match[1])
            if not 1 <= first <= last <= self.days:
                raise NotACycleError(part)
            found.update(range(first, last + 1))
        return frozenset(found)

    @property
    def all_days(self) -> list[Day]:
        """Every day in its order."""
        return [Day(day, day in self.with_dose) for day in range(1, self.days + 1)]

    @property
    def words(self) -> str:
        """The same in words: ``a dose on days 1 to 21, none on days 22 to 28``."""
        none = [day.number for day in self.all_days if not day.has_dose]
        with_dose = _("a dose on %(days)s") % {"days": _ranges(sorted(self.with_dose))}
        if not none:
            return with_dose
        return _("%(doses)s, none on %(days)s") % {"doses": with_dose, "days": _ranges(none)}


def _ranges(days: list[int]) -> str:
    """``day 1``, ``days 1 and 8``, ``days 22 to 28``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    *first, last = map(_run, runs)
    if first:
        last = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
    return (_("days %(days)s") if len(days) > 1 else _("day %(days)s")) % {"days": last}


def _run(days: list[int]) -> str:
    if len(days) == 1:
        return str(days[0])
    return _("%(first)d to %(last)d") % {"first": days[0], "last": days[-1]}
