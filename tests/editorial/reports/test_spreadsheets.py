"""No exported cell runs when a spreadsheet program opens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl.cell import Cell

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.reports.export import as_csv, as_xlsx
from tests.factories import published_drug
from tgsite.editorial.spreadsheets import harmless

REPORT = reverse("editorial_reports:freshness")
LIST = address_of(Drug, "list")
CALENDAR = reverse("editorial_coming_up")
CellOf = Callable[[str], tuple[str, Cell]]
FORMULA = '=HYPERLINK("https://evil.example","x")'


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1"],  # noqa: RUF001
)
def test_what_may_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Herceptin", "a=b", "T-DM1", "1-2", "'quoted"])
def test_what_cannot_run_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_what_a_sheet_cannot_hold_is_left_out() -> None:
    assert harmless("a\x0bb\x00c\x1f=1") == "abc=1"
    assert harmless("\x00=1") == "'=1"


@pytest.fixture(params=[(REPORT, "Name"), (LIST, "Brand name"), (CALENDAR, "Name")], ids=str)
def cell_of(request: pytest.FixtureRequest, client_as: ClientAs) -> CellOf:
    """A name of a medicine -> how the CSV and the XLSX of one list give it back."""
    address, column = request.param
    client = client_as("author")

    def exported(name: str) -> tuple[str, Cell]:
        drug = published_drug()
        leaves = timezone.now() + timedelta(days=1)
        Drug.objects.filter(pk=drug.pk).update(brand_name=name, expire_at=leaves)
        headings, row = as_xlsx(client, address)
        cells = {heading.value: cell for heading, cell in zip(headings, row, strict=True)}
        return as_csv(client, address)[0][column], cells[column]

    return exported


def test_a_formula_in_a_name_is_only_text(cell_of: CellOf) -> None:
    text, cell = cell_of(FORMULA)
    assert text == f"'{FORMULA}"
    assert (cell.data_type, cell.value) == ("s", f"'{FORMULA}")


def test_a_control_character_in_a_name_breaks_no_export(cell_of: CellOf) -> None:
    text, cell = cell_of("Her\x0bceptin\x1f")
    assert text == cell.value == "Herceptin"
