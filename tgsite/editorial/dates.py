"""Calendar arithmetic of review dates."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day ``months`` months later, or that month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
