"""Exports of reports, read back as a spreadsheet program reads them."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook


def as_csv(client: Client, address: str, **filters: str) -> list[dict[str, str]]:
    """The rows of the CSV export: heading -> text."""
    response = client.get(address, {**filters, "export": "csv"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def as_xlsx(client: Client, address: str, **filters: str) -> list[list[Any]]:
    """The cells of the XLSX export, headings first."""
    response = client.get(address, {**filters, "export": "xlsx"})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]
