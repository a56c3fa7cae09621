"""What people do with the site, in a real Chromium: find a medicine, read it, keep it current."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, ViewportSize, expect

from drugs.models import Drug

pytestmark = pytest.mark.browser

DESK = ViewportSize(width=1280, height=900)
# More stops than any page has; a keyboard that needs more is lost.
STOPS = 200
HAS_FOCUS = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if target.evaluate(HAS_FOCUS):
            return
    pytest.fail(f"The keyboard does not reach {target}")


def choose(page: Page, name: str, value: str) -> None:
    """Answer one question of the finder: Tab to its radio buttons, then the arrow keys."""
    answers = page.locator(f"main input[type=radio][name={name}]")
    tab_to(page, answers.and_(page.locator(":checked")))
    for _answer in range(answers.count()):
        page.keyboard.press("ArrowDown")
        if page.locator(f"main input[name={name}][value={value}]").is_checked():
            return
    pytest.fail(f"The arrow keys do not reach {name}={value}")


def find_enhertu(page: Page) -> None:
    """From home by keyboard to the results, and to the page of the medicine."""
    page.goto("/")
    choose(page, "setting", "metastatic")
    choose(page, "her2", "positive")
    form = page.locator("main form").filter(has=page.locator("input[name=her2]"))
    tab_to(page, form.get_by_role("button"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/drugs/?**")
    tab_to(page, page.locator("#results [data-result=enhertu]").get_by_role("link").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/drugs/enhertu/")


def test_patient_finds_a_medicine_by_keyboard_without_scripts(page_without_scripts: Page) -> None:
    """A patient answers two questions at home, reads why Enhertu is listed, reads its uses."""
    page = page_without_scripts
    find_enhertu(page)
    page.go_back()
    result = page.locator("#results [data-result=enhertu]")
    expect(result).to_contain_text("First treatment of HER2-positive breast cancer")
    expect(result.get_by_role("definition").filter(has_text="pertuzumab").first).to_be_visible()
    page.go_forward()
    expect(page.locator("main h1")).to_contain_text("Enhertu")
    for use in Drug.objects.get(slug="enhertu").indications.filter(confirmed=True):
        expect(page.get_by_role("main")).to_contain_text(use.summary)


def test_wrong_answer_keeps_the_others_and_says_so(browser_page: Page) -> None:
    """A patient follows a link with a mistake: a message, no results, the right answer kept."""
    browser_page.goto("/drugs/?her2=purple&setting=metastatic")
    main = browser_page.get_by_role("main")
    expect(main.get_by_text("purple").first).to_be_visible()
    expect(main.locator("input[name=setting][value=metastatic]")).to_be_checked()
    expect(browser_page.locator("[data-result]")).to_have_count(0)


def test_nobody_else_learns_what_a_patient_reads(browser_page: Page, guide: str) -> None:
    """The same way again: every request goes to the site, no cookie, no error in the console."""
    asked: list[str] = []
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("console", listen)
    browser_page.on("pageerror", lambda error: errors.append(error.message))
    find_enhertu(browser_page)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(guide).netloc}
    assert browser_page.context.cookies() == []
    assert errors == []


def test_no_page_scrolls_sideways_on_the_smallest_screen(browser_page: Page) -> None:
    """A patient reads at 320 px, which is also a wide screen at 400 %: nothing is cut off."""
    browser_page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for address in (
        "/",
        "/drugs/",
        "/drugs/?her2=positive&setting=metastatic",
        "/drugs/enhertu/",
        "/classes/",
        "/classes/anti-her2/",
        "/about/privacy/",
    ):
        browser_page.goto(address)
        wide[address] = browser_page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {address: excess for address, excess in wide.items() if excess > 0} == {}


# Two seconds after the edit screen is shown, Wagtail begins to look for what an editor changed.
