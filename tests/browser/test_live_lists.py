"""Lists that update in place when an answer changes, and what must not change with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
HAS_FOCUS = "element => element === document.activeElement"
STORED = "localStorage.length"
# The module that the lists load hides sessionStorage from htmx, so it is looked at elsewhere.
STORED_IN_SESSION = "sessionStorage.length"
# Notes what a screen reader is told from now on.
LISTEN = """() => {
  const status = document.querySelector("[role=status]");
  window.said = [];
  new MutationObserver(() => window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""
axe = Axe()


def answer(page: Page, name: str, code: str) -> Locator:
    """One answer of the list's form."""
    return page.locator(f"main input[name={name}][value={code}]")


def results(page: Page) -> list[str]:
    """The slugs of the results, in order."""
    found: list[str] = page.locator("[data-result]").evaluate_all(
        "all => all.map(one => one.dataset.result)"
    )
    return found


def count_of(page: Page, name: str, code: str) -> Locator:
    """The badge beside an answer."""
    return answer(page, name, code).locator("xpath=..").locator(".count")


@pytest.fixture
def desk(browser_page: Page) -> Page:
    """The list of medicines on a wide screen, marked so that a full load is noticed."""
    browser_page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return opened(browser_page, "/drugs/")


def opened(page: Page, address: str) -> Page:
    """The page at ``address``, with a mark that a full load would wipe out."""
    page.goto(address)
    page.evaluate("window.isStillHere = true")
    return page


def is_still_here(page: Page) -> bool:
    """Whether the page was not loaded anew since it was opened."""
    return bool(page.evaluate("window.isStillHere === true"))


def test_change_of_an_answer_updates_the_list_without_loading_the_page(desk: Page) -> None:
    answer(desk, "her2", "positive").check()
    expect(desk.locator("h1")).to_contain_text("medicines for your answers")
    in_place = results(desk)
    assert is_still_here(desk)
    desk.goto("/drugs/?her2=positive")
    assert in_place == results(desk)


def test_counts_of_the_other_answers_follow(desk: Page) -> None:
    answer(desk, "setting", "metastatic").check()
    expect(desk.locator("h1")).to_contain_text("for your answers")
    shown = count_of(desk, "her2", "low")
    number = shown.inner_text()
    expect(shown).to_have_attribute("aria-label", f"{number} medicines")
    answer(desk, "her2", "low").check()
    expect(desk.locator("h1")).to_have_text(f"{number} medicines for your answers")
    assert len(results(desk)) == int(number)


def test_address_holds_the_answers_and_nothing_empty(desk: Page, guide: str) -> None:
    answer(desk, "her2", "low").check()
    expect(desk).to_have_url(f"{guide}/drugs/?her2=low")
    answer(desk, "mutation", "brca1").check()
    expect(desk).to_have_url(f"{guide}/drugs/?her2=low&mutation=brca1")
    expect(desk).to_have_title("Medicines for your answers - Targeted Therapy Guide")
    answer(desk, "mutation", "brca1").uncheck()
    desk.locator("main input[name=her2]").first.check()
    expect(desk).to_have_url(f"{guide}/drugs/")


def test_focus_stays_on_the_control_that_was_changed(desk: Page) -> None:
    target = answer(desk, "her2", "low")
    target.focus()
    desk.keyboard.press("Space")
    expect(desk.locator(".chip")).to_have_count(1)
    assert target.evaluate(HAS_FOCUS)
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(".chip")).to_contain_text("HER2-ultralow")
    assert answer(desk, "her2", "ultralow").evaluate(HAS_FOCUS)


def test_fold_that_was_opened_stays_open_and_typed_words_stay(desk: Page) -> None:
    fold = desk.locator(".finder details")
    fold.locator("summary").click()
    desk.locator("main input[name=q]").type("mab")
    answer(desk, "route", "oral-tablet").check()
    expect(desk.locator(".chip")).to_have_count(2)
    assert fold.get_attribute("open") is not None
    expect(desk.locator("main input[name=q]")).to_have_value("mab")


def test_new_count_is_said_once_and_politely(desk: Page) -> None:
    desk.evaluate(LISTEN)
    status = desk.get_by_role("status")
    expect(status).to_be_empty()
    answer(desk, "setting", "metastatic").check()
    expect(status).to_contain_text("medicines for your answers")
    expect(desk.locator("h1")).to_have_text(status.inner_text())
    assert desk.evaluate("window.said") == [status.inner_text()]
    assert desk.locator("#live [aria-live], #live-rest [aria-live]").count() == 0


def test_answers_that_contradict_each_other_are_said_and_taken_back_in_place(desk: Page) -> None:
    opened(desk, "/drugs/?mutation=none&mutation=brca1")
    message = desk.locator("#mutation .question__error")
    expect(message).to_contain_text("contradict")
    expect(desk.locator(".count:visible")).to_have_count(0)
    answer(desk, "mutation", "none").uncheck()
    expect(message).to_be_empty()
    expect(desk.locator(".chip")).to_have_text(["Remove: Gene test: BRCA1 change"])
    expect(count_of(desk, "her2", "low")).to_be_visible()
    assert is_still_here(desk)


def test_empty_list_says_first_that_there_are_other_treatments(desk: Page) -> None:
    answer(desk, "her2", "negative").check()
    answer(desk, "setting", "neoadjuvant").check()
    expect(desk.locator("h1")).to_contain_text("No medicine in this guide for exactly")
    expect(desk.locator("#live #results")).to_contain_text("surgery, radiation, chemotherapy")
    expect(desk.locator("#results")).to_have_count(1)
    answer(desk, "setting", "metastatic").check()
    expect(desk.locator("#live-rest #results [data-result]").first).to_be_visible()
    expect(desk.locator("#results")).to_have_count(1)


def test_back_and_forward_give_the_right_list(desk: Page, guide: str) -> None:
    whole = results(desk)
    answer(desk, "her2", "low").check()
    expect(desk).to_have_url(f"{guide}/drugs/?her2=low")
    low = results(desk)
    answer(desk, "her2", "positive").check()
    expect(desk).to_have_url(f"{guide}/drugs/?her2=positive")
    for address, chosen, expected in (("?her2=low", "low", low), ("", "", whole)):
        desk.go_back()
        expect(desk).to_have_url(f"{guide}/drugs/{address}")
        expect(desk.locator(f"main input[name=her2][value='{chosen}']")).to_be_checked()
        desk.wait_for_load_state()
        assert results(desk) == expected
    desk.go_forward()
    expect(desk.locator("main input[name=her2][value=low]")).to_be_checked()
    assert results(desk) == low


def test_way_back_from_a_medicine_gives_the_list_of_the_answers(desk: Page) -> None:
    answer(desk, "her2", "low").check()
    expect(desk.locator(".chip")).to_have_count(1)
    low = results(desk)
    desk.locator("[data-result] h2 a").first.click()
    desk.wait_for_url("**/drugs/*/")
    desk.go_back()
    expect(desk.locator("main input[name=her2][value=low]")).to_be_checked()
    assert results(desk) == low


def test_chip_leads_to_the_list_without_its_answer(desk: Page, guide: str) -> None:
    desk.goto("/drugs/?her2=low&setting=metastatic")
    desk.get_by_role("link", name="Remove: HER2: HER2-low", exact=True).click()
    expect(desk).to_have_url(f"{guide}/drugs/?setting=metastatic")
    desk.get_by_role("link", name="Clear all answers").click()
    expect(desk).to_have_url(f"{guide}/drugs/")


def test_nothing_is_stored_and_nothing_fails(browser_page: Page, guide: str) -> None:
    """J1: the answers stand in the address and nowhere else."""
    errors: list[str] = []
    asked: list[str] = []
    page = browser_page
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(error.message))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    opened(page, "/drugs/?her2=purple")
    answer(page, "her2", "low").check()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator("#her2 .question__error")).to_contain_text("purple")
    page.wait_for_load_state()
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)
    page.wait_for_load_state()
    opened(page, "/learn/")
    page.locator("select[name=topic]").select_option("tests")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate(STORED) == 0
    page.goto("/about/privacy/")
    assert page.evaluate(STORED) == 0
    assert page.evaluate(STORED_IN_SESSION) == 0
    assert page.context.cookies() == []
    assert errors == []
    assert all(url.startswith(guide) for url in asked)


def test_updated_list_has_no_violation(desk: Page) -> None:
    answer(desk, "her2", "low").check()
    expect(desk.locator(".chip")).to_have_count(1)
    assert axe.run(desk).response["violations"] == []


def test_words_of_an_updated_list_open_their_definitions(desk: Page) -> None:
    opened(desk, "/drugs/?her2=purple")
    answer(desk, "her2", "low").check()
    link = desk.locator("#results a.term").first
    expect(link).to_have_attribute("aria-haspopup", "dialog")
    link.click()
    expect(desk.locator(".definition:popover-open")).to_have_count(1)


@pytest.mark.parametrize("code", ["her2", "setting"])
def test_form_does_not_move_under_the_finger_on_a_phone(browser_page: Page, code: str) -> None:
    page = opened(browser_page, "/drugs/")
    page.get_by_text("Search and filter").click()
    target = page.locator(f"main input[name={code}]").nth(2)
    target.scroll_into_view_if_needed()
    place = "element => element.getBoundingClientRect().top"
    before = target.evaluate(place)
    target.check()
    expect(page.locator(".chip")).to_have_count(1)
    assert target.evaluate(place) == pytest.approx(before, abs=2)
    expect(page.locator("details.fold--finder")).to_have_attribute("open", "")


# --- When a request fails


def refuse(route: Route) -> None:
    """As when the network is gone."""
    route.abort()


def fail(route: Route) -> None:
    """As when the server cannot answer."""
    route.fulfill(status=503, body="<h1>Down</h1>", content_type="text/html")


@pytest.mark.parametrize("respond", [refuse, fail])
def test_failed_request_is_said_and_the_button_still_works(
    desk: Page, guide: str, respond: Callable[[Route], None]
) -> None:
    before = results(desk)
    desk.route("**/drugs/?*", respond)
    answer(desk, "her2", "low").check()
    expect(desk.locator("#live-failed")).to_be_visible()
    expect(desk.get_by_role("status")).to_contain_text("could not be updated")
    assert results(desk) == before
    assert desk.url == f"{guide}/drugs/"
    desk.unroute("**/drugs/?*")
    desk.get_by_role("button", name="Show medicines").click()
    expect(desk.locator("h1")).to_contain_text("for your answers")
    expect(desk.locator("#live-failed")).to_be_hidden()


def test_next_change_after_a_failure_takes_the_message_away(desk: Page) -> None:
    desk.route("**/drugs/?*", refuse)
    answer(desk, "her2", "low").check()
    expect(desk.locator("#live-failed")).to_be_visible()
    desk.unroute("**/drugs/?*")
    answer(desk, "her2", "positive").check()
    expect(desk.locator("#live-failed")).to_be_hidden()
    expect(desk.locator(".chip")).to_contain_text("HER2-positive")


# --- Answers that stand alone


def test_answers_that_contradict_each_other_untick_each_other(desk: Page) -> None:
    unknown = desk.locator("main input[name=mutation][value='']")
    expect(unknown.nth(0)).to_be_checked()
    answer(desk, "mutation", "brca1").check()
    expect(unknown.nth(0)).not_to_be_checked()
    expect(unknown.nth(1)).to_be_checked()
    answer(desk, "mutation", "no-brca").check()
    expect(answer(desk, "mutation", "brca1")).not_to_be_checked()
    answer(desk, "mutation", "none").check()
    for code in ("no-brca", "brca1"):
        expect(answer(desk, "mutation", code)).not_to_be_checked()
    expect(unknown.nth(1)).not_to_be_checked()
    answer(desk, "mutation", "pik3ca").check()
    expect(answer(desk, "mutation", "none")).not_to_be_checked()
    expect(desk.locator(".chip")).to_have_text(["Remove: Gene test: PIK3CA change"])


# --- Articles


def test_list_of_articles_updates_in_place(browser_page: Page, guide: str) -> None:
    page = opened(browser_page, "/learn/")
    topic = page.locator("select[name=topic]")
    topic.focus()
    topic.select_option("tests")
    expect(page).to_have_url(f"{guide}/learn/?topic=tests")
    found = len(results(page))
    expect(page.get_by_role("status")).to_have_text(f"{found} articles")
    expect(topic).to_have_value("tests")
    expect(topic.locator(":checked")).to_have_text(f"Tests and reports ({found})")
    expect(page.locator("select[name=kind] option").first).to_have_text(f"All kinds ({found})")
    assert topic.evaluate(HAS_FOCUS)
    assert is_still_here(page)
    page.locator("input[name=q]").fill("brca")
    page.locator("input[name=q]").blur()
    expect(page).to_have_url(f"{guide}/learn/?q=brca&topic=tests")
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("")
    assert len(results(page)) == found


# --- Without JavaScript


def test_button_works_without_scripts(page_without_scripts: Page, guide: str) -> None:
    page = page_without_scripts
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto("/drugs/")
    answer(page, "her2", "low").check()
    answer(page, "mutation", "brca1").check()
    assert page.url == f"{guide}/drugs/"
    page.get_by_role("button", name="Show medicines").click()
    expect(page.locator(".chip")).to_have_count(2)
    expect(answer(page, "mutation", "brca1")).to_be_checked()
    expect(page.locator("main input[name=mutation][value='']").first).not_to_be_checked()
    page.goto("/learn/")
    page.locator("select[name=topic]").select_option("tests")
    page.get_by_role("button", name="Show articles").click()
    expect(page.locator(".chip")).to_have_text(["Remove: Topic: Tests and reports"])
