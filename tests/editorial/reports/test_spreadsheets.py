"""No exported cell runs when a spreadsheet program opens it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.reports.export import as_csv, as_xlsx
from tests.factories import published_drug
from tgsite.editorial.spreadsheets import harmless

REPORT = reverse("editorial_reports:freshness")
LIST = address_of(Drug, "list")
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


@pytest.mark.parametrize(("address", "column"), [(REPORT, "Name"), (LIST, "Brand name")])
def test_a_formula_in_a_name_is_only_text(client_as: ClientAs, address: str, column: str) -> None:
    published_drug(brand_name=FORMULA)
    client = client_as("author")
    assert as_csv(client, address)[0][column] == f"'{FORMULA}"
    cell = as_xlsx(client, address)[1][0]
    assert (cell.data_type, cell.value) == ("s", f"'{FORMULA}")
