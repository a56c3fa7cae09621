"""A drawing in steps: all of them, and one at a time only for those who ask."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

ARTICLE = "/learn/antibody-drug-conjugates/"
STEPS = 6


def figure(page: Page) -> Locator:
    """The drawing."""
    return page.locator("figure[data-steps]")


def shown(page: Page) -> list[int]:
    """The numbers of the steps that are in sight."""
    steps = figure(page).locator("ol > li").all()
    return [number for number, step in enumerate(steps, start=1) if step.is_visible()]


def button(page: Page, name: str) -> Locator:
    """One of the drawing's own buttons."""
    return figure(page).get_by_role("button", name=name)


def test_one_step_at_a_time_by_keyboard_for_those_who_ask(browser_page: Page) -> None:
    """From the first step to the last and no farther; each is announced; print has them all."""
    everything = list(range(1, STEPS + 1))
    page, keyboard = browser_page, browser_page.keyboard
    page.goto(ARTICLE)
    button(page, "Show one step at a time").focus()
    assert shown(page) == everything
    keyboard.press("Enter")
    expect(button(page, "Next")).to_be_focused()
    assert shown(page) == [1]
    expect(button(page, "Back")).to_have_attribute("aria-disabled", "true")
    status = figure(page).get_by_role("status")
    expect(status).to_contain_text("Step 1 of 6. A nurse gives")
    for number in (2, 3, 4, 5, 6, 6):
        keyboard.press("Enter")
        expect(status).to_contain_text(f"Step {number} of 6.")
        assert shown(page) == [number]
    expect(button(page, "Next")).to_have_attribute("aria-disabled", "true")
    expect(button(page, "Next")).to_be_focused()
    page.emulate_media(media="print")
    assert shown(page) == everything
    page.emulate_media(media="screen")
    button(page, "Back").click()
    assert shown(page) == [5]
    button(page, "Show all steps").click()
    expect(button(page, "Show one step at a time")).to_be_focused()
    expect(button(page, "Next")).to_be_hidden()
    assert shown(page) == everything


def test_every_step_is_there_without_scripts(page_without_scripts: Page) -> None:
    page_without_scripts.goto(ARTICLE)
    assert shown(page_without_scripts) == list(range(1, STEPS + 1))
    assert figure(page_without_scripts).get_by_role("button").count() == 0
