"""Another time or another day on the site."""

from datetime import date, datetime

import pytest
from django.utils import timezone


def go_to(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """From here on it is ``moment``."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def go_to_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """From here on it is ``day``; the clock that dates what is written goes on."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: day)
