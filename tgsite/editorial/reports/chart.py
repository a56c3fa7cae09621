"""The picture of the reviews to come: how many fall due in each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tgsite.editorial.dates import months_later
from tgsite.editorial.models import entry_models

MONTHS = 12

# Units of the drawing.
BAR_WIDTH = 40
STEP = 52
TALLEST = 120
TOP = 24


@dataclass(frozen=True)
class Bar:
    """One bar: words, number, and where it stands in the drawing."""

    label: str
    short: str
    count: int
    kind: str
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + BAR_WIDTH // 2


@dataclass(frozen=True)
class ReviewChart:
    """Never reviewed, overdue, this month and the eleven after it, later."""

    bars: list[Bar]
    width: int = STEP * (MONTHS + 3)
    bar_width: int = BAR_WIDTH
    base: int = TOP + TALLEST
    height: int = TOP + TALLEST + 40

    @classmethod
    def of(cls, due: Iterable[date | None], today: date) -> ReviewChart:
        """The picture of these due dates; none stands for an entry never reviewed."""
        counts = Counter(_column(one, today) for one in due)
        columns = ["never", "overdue", *range(MONTHS), "later"]
        tallest = max(counts.values(), default=0)
        first = today.replace(day=1)
        bars = []
        for place, column in enumerate(columns):
            count = counts[column]
            height = max(2, round(TALLEST * count / tallest)) if count else 0
            label, short = _words(column, first)
            kind = column if isinstance(column, str) else "month"
            x = STEP * place + (STEP - BAR_WIDTH) // 2
            bars.append(Bar(label, short, count, kind, x, TOP + TALLEST - height, height))
        return cls(bars)

    @classmethod
    def now(cls, today: date) -> ReviewChart:
        """The picture of every live entry: one query."""
        parts: list[Any] = [
            model.objects.live().order_by().values_list("review_due") for model in entry_models()
        ]
        rows = parts[0].union(*parts[1:], all=True)
        return cls.of((due for (due,) in rows), today)

    @property
    def total(self) -> int:
        """Entries in the picture."""
        return sum(bar.count for bar in self.bars)

    @property
    def title(self) -> str:
        """What the picture shows."""
        return ngettext(
            "Reviews due by month: %(count)d live entry",
            "Reviews due by month: %(count)d live entries",
            self.total,
        ) % {"count": self.total}

    @property
    def in_words(self) -> str:
        """The same numbers as a text, in the order of the bars."""
        said = (
            _("%(label)s: %(count)d.") % {"label": b.label, "count": b.count} for b in self.bars
        )
        return " ".join(said)


def _column(due: date | None, today: date) -> str | int:
    if due is None:
        return "never"
    if due < today:
        return "overdue"
    months = (due.year - today.year) * 12 + due.month - today.month
    return months if months < MONTHS else "later"


def _words(column: str | int, first: date) -> tuple[str, str]:
    """A bar's name in full, and as it stands under the bar."""
    if isinstance(column, int):
        month = months_later(first, column)
        return format_date(month, "F Y"), format_date(month, "M")
    names = {
        "never": (_("Never reviewed"), _("Never")),
        "overdue": (_("Overdue"), _("Overdue")),
        "later": (_("Later"), _("Later")),
    }
    return names[column]
