"""The search box in a real Chromium: names while typing, by keyboard and by touch, and without."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser

STORED = "[localStorage.length, sessionStorage.length, document.cookie.length]"


@pytest.fixture
def box(browser_page: Page) -> Locator:
    """The search box of the first page, ready to be typed into."""
    browser_page.goto("/")
    return browser_page.get_by_role("combobox")


def offers(page: Page) -> Locator:
    """The names that are offered."""
    return page.get_by_role("option")


def test_names_are_offered_while_typing_and_chosen_by_keyboard(
    browser_page: Page, box: Locator
) -> None:
    box.press_sequentially("kisq")
    expect(offers(browser_page).first).to_contain_text("Kisqali (ribociclib)")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(browser_page.get_by_role("status")).to_contain_text("suggestion")
    assert violations(browser_page) == []
    box.press("ArrowDown")
    first = offers(browser_page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    expect(box).to_be_focused()
    box.press("Enter")
    browser_page.wait_for_url("**/drugs/kisqali/")


def test_arrow_keys_go_round_and_escape_closes(browser_page: Page, box: Locator) -> None:
    box.press_sequentially("her2")
    expect(offers(browser_page).first).to_be_visible()
    count = offers(browser_page).count()
    box.press("ArrowUp")
    expect(offers(browser_page).nth(count - 1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(browser_page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("Escape")
    expect(offers(browser_page)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("her2")


def test_offer_is_chosen_by_touch(browser_page: Page, box: Locator) -> None:
    box.press_sequentially("hair l")
    offers(browser_page).first.click()
    browser_page.wait_for_url("**/side-effects/hair-loss/")


def test_enter_without_a_choice_searches(browser_page: Page, box: Locator) -> None:
    box.press_sequentially("herseptin side affects")
    box.press("Enter")
    browser_page.wait_for_url("**/search/?q=*")
    page = browser_page.locator("main")
    expect(page).to_contain_text("Showing results for herceptin side effects")
    page.locator(".suggestion a").first.click()
    browser_page.wait_for_url("**/drugs/herceptin/#side-effects")


def test_failed_suggestions_are_said_in_words_and_the_button_works(
    browser_page: Page, box: Locator
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="")

    browser_page.route("**/search/suggest/**", refuse)
    box.press_sequentially("ibrance")
    expect(browser_page.get_by_role("status")).to_contain_text("The button still searches")
    browser_page.locator("main form[role=search]").get_by_role("button").click()
    browser_page.wait_for_url("**/search/?q=ibrance")
    expect(browser_page.locator("#results [data-result=ibrance]")).to_be_visible()


def test_searching_leaves_nothing_in_the_browser(browser_page: Page, box: Locator) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    box.press_sequentially("ibrance")
    expect(offers(browser_page).first).to_be_visible()
    box.press("Enter")
    browser_page.wait_for_url("**/search/?q=ibrance")
    assert browser_page.evaluate(STORED) == [0, 0, 0]
    assert len(set(asked)) == 1


def test_search_works_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/")
    page.get_by_role("searchbox").fill("verzinio diarrhea")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#results article").first).to_have_attribute("data-result", "verzenio")
    page.get_by_role("link", name="Search instead for verzinio diarrhea").click()
    page.wait_for_url("**exact=1*")
    expect(page.locator("main")).not_to_contain_text("Showing results for")
