"""Lists as spreadsheets that open without running anything."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

# How a cell begins that a spreadsheet program may take for a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001
# What a sheet in XLSX cannot hold; writing it would fail.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """``text`` as a cell shows it, an apostrophe before what would run as a formula."""
    text = _UNPRINTABLE.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


class HarmlessSpreadsheetMixin:
    """For views with Wagtail's export, which leaves formulas in CSV as they were typed."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """The cell's value: words for yes and no, and no text that runs."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return harmless(cell) if isinstance(cell, str) else cell
