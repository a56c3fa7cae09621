"""A medicine's page in a real Chromium: help on the first sheet, figures for those who ask."""

from __future__ import annotations

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="A page looks the same on every database"
    ),
]

# A sheet less the margins of print.css (1 cm above and below, 1.4 cm at the sides), in CSS pixels,
# and less a line of text: a printer's fonts are not this machine's.
SHEETS = {"letter": (710, 960), "a4": (688, 1026)}
LOWEST_POINT = "element => element.getBoundingClientRect().bottom + scrollY"
CHOICE = "details.survival"
FOLDED = ".trial > details.fold--figures"


def medicines(page: Page) -> list[str]:
    """The address of every medicine's page."""
    page.goto("/drugs/")
    found = page.locator("article[data-result]").evaluate_all(
        "results => results.map(one => one.dataset.result)"
    )
    assert len(found) > 20
    return [f"/drugs/{slug}/" for slug in found]


@pytest.mark.parametrize("sheet", SHEETS)
def test_help_stands_whole_on_the_first_sheet(browser_page: Page, sheet: str) -> None:
    """B1: whatever the medicine's own list is."""
    page = browser_page
    addresses = medicines(page)
    width, height = SHEETS[sheet]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    too_low = {}
    for address in addresses:
        page.goto(address)
        lowest = page.locator("#get-help").evaluate(LOWEST_POINT)
        if lowest > height:
            too_low[address] = lowest
    assert not too_low


def test_figures_of_survival_are_shown_and_printed_only_on_request(browser_page: Page) -> None:
    """E7: by keyboard as well, and without a script of ours."""
    page = browser_page
    page.goto("/drugs/herceptin/")
    choice = page.locator(CHOICE).first
    table = choice.locator("table")
    expect(table).to_be_hidden()
    page.emulate_media(media="print")
    expect(choice).to_be_hidden()
    page.emulate_media(media="screen")
    choice.locator("summary").first.press("Enter")
    expect(table).to_be_visible()
    page.emulate_media(media="print")
    expect(table).to_be_visible()


def test_folded_figures_open_without_a_script(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/drugs/herceptin/")
    fold = page.locator(FOLDED).filter(has=page.locator("table")).first
    expect(fold.locator("table")).to_be_hidden()
    fold.locator("summary").first.click()
    expect(fold.locator("table").first).to_be_visible()


def test_a_table_of_figures_is_cards_on_a_phone(browser_page: Page) -> None:
    """Each cell then says which group it is of."""
    page = browser_page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/drugs/kisqali/")
    cell = page.locator("#trial-results td").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"With Kisqali"'
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
