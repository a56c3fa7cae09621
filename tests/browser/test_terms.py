"""A hard word opens its definition in place: by mouse, touch and keyboard, or else is a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_finder import tab_to

pytestmark = pytest.mark.browser

ARTICLE = "/learn/her2-and-its-tests/"
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
}"""


@pytest.fixture
def touch_page(browser: Browser, guide: str) -> Iterator[Page]:
    """A telephone that is touched."""
    context = browser.new_context(
        base_url=guide, viewport={"width": 390, "height": 844}, has_touch=True
    )
    yield context.new_page()
    context.close()


def word(page: Page) -> Locator:
    """The first use of HER2 in the article's text."""
    return page.locator("main a[data-term=term-her2]")


def opened(page: Page) -> Locator:
    """The definition that is open."""
    return page.locator("#term-her2:popover-open")


def test_mouse_opens_and_closes_a_definition(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(ARTICLE)
    word(browser_page).click()
    expect(opened(browser_page)).to_contain_text("protein")
    expect(word(browser_page)).to_have_attribute("aria-expanded", "true")
    assert opened(browser_page).evaluate(IN_VIEW)
    assert Axe().run(browser_page).response["violations"] == []
    browser_page.mouse.click(5, 5)
    expect(opened(browser_page)).to_have_count(0)
    expect(word(browser_page)).to_have_attribute("aria-expanded", "false")
    assert browser_page.url.endswith(ARTICLE)


def test_definition_stands_beside_its_word_on_a_wide_screen(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(ARTICLE)
    word(browser_page).click()
    link, box = word(browser_page).bounding_box(), opened(browser_page).bounding_box()
    assert link is not None
    assert box is not None
    assert (
        min(abs(box["y"] - link["y"] - link["height"]), abs(box["y"] + box["height"] - link["y"]))
        < 40
    )
    assert box["x"] - 40 <= link["x"] <= box["x"] + box["width"]


def test_touch_opens_a_definition_that_is_wholly_on_the_screen(touch_page: Page) -> None:
    touch_page.goto(ARTICLE)
    word(touch_page).tap()
    expect(opened(touch_page)).to_be_visible()
    assert opened(touch_page).evaluate(IN_VIEW)
    opened(touch_page).get_by_role("button", name="Close").tap()
    expect(opened(touch_page)).to_have_count(0)


def test_keyboard_opens_reads_and_comes_back(browser_page: Page) -> None:
    """Enter opens, the focus is inside, Escape closes, the focus is on the word again."""
    browser_page.goto(ARTICLE)
    tab_to(browser_page, word(browser_page))
    browser_page.keyboard.press("Enter")
    expect(opened(browser_page)).to_be_visible()
    inside = "document.activeElement.closest('#term-her2') !== null"
    assert browser_page.evaluate(inside)
    browser_page.keyboard.press("Tab")
    expect(opened(browser_page).get_by_role("link", name="More about HER2")).to_be_focused()
    browser_page.keyboard.press("Escape")
    expect(opened(browser_page)).to_have_count(0)
    expect(word(browser_page)).to_be_focused()


def test_word_is_a_plain_link_without_scripts(page_without_scripts: Page) -> None:
    page_without_scripts.goto(ARTICLE)
    expect(page_without_scripts.locator("#term-her2")).to_be_hidden()
    word(page_without_scripts).click()
    page_without_scripts.wait_for_url("**/glossary/her2/")
    expect(page_without_scripts.locator("main h1")).to_have_text("HER2")


def test_word_opened_in_a_new_tab_is_the_glossary(browser_page: Page) -> None:
    browser_page.goto(ARTICLE)
    with browser_page.context.expect_page() as opened_tab:
        word(browser_page).click(modifiers=["ControlOrMeta"])
    opened_tab.value.wait_for_url("**/glossary/her2/")


def test_definitions_are_printed_at_the_end(browser_page: Page) -> None:
    browser_page.emulate_media(media="print")
    browser_page.goto(ARTICLE)
    expect(browser_page.get_by_role("heading", name="Words explained")).to_be_visible()
    expect(browser_page.locator("#term-her2")).to_contain_text("protein")
    expect(browser_page.locator("#term-her2")).to_be_visible()
