"""An editor's browser when the session ends, when the site does not answer, and when one pastes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from drugs.models import Drug
from education.models import Article
from tests.browser.conftest import TIMEOUT_MILLISECONDS, OneAtATimeMiddleware
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.permissions import AUTHOR

pytestmark = pytest.mark.browser

PASSWORD = "a-long-password-for-tests"


@pytest.fixture
def editor(browser: Browser, guide: str) -> Iterator[BrowserContext]:
    """A desktop browser with an author signed in."""
    with OneAtATimeMiddleware.lock:
        user, _made = get_user_model().objects.get_or_create(username="ann")
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=AUTHOR))
        client = Client()
        client.force_login(user)
    context = browser.new_context(base_url=guide, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{guide}/admin/"}])
    yield context
    context.close()


def edit(entry: EditorialModel) -> str:
    """Its edit screen."""
    found: str = reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])
    return found


def saved(entry: EditorialModel) -> str:
    """The summary of the last saved text."""
    with OneAtATimeMiddleware.lock:
        found = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    return str(found.summary)


def end_sessions() -> None:
    """On the server; no browser hears of it."""
    with OneAtATimeMiddleware.lock:
        Session.objects.all().delete()


def one(model: type[EditorialModel]) -> EditorialModel:
    """An entry of the guide."""
    with OneAtATimeMiddleware.lock:
        return model.objects.order_by("pk")[0]


def sign_in(login: Page) -> None:
    """As the author, in the window that was opened for it."""
    login.locator("#id_username").fill("ann")
    login.locator("#id_password").fill(PASSWORD)
    login.locator("button[type=submit]").click()
    expect(login.locator("h1")).to_have_text("You are signed in")
    login.close()


def save(page: Page) -> None:
    """Press the button that saves a draft."""
    page.get_by_role("button", name="Save draft").click()


def test_text_typed_before_the_session_ended_is_saved_after_signing_in(
    editor: BrowserContext,
) -> None:
    drug = one(Drug)
    page = editor.new_page()
    page.goto(edit(drug))
    page.locator("#id_summary").fill("Typed while nobody was signed in.")
    end_sessions()
    save(page)
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text("you were signed out")
    expect(page.locator("#id_summary")).to_have_value("Typed while nobody was signed in.")
    with editor.expect_page() as opened:
        notice.get_by_role("link", name="Sign in in a new window").click()
    sign_in(opened.value)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_contain_text("You are signed in again")
    with page.expect_navigation():
        save(page)
    assert saved(drug) == "Typed while nobody was signed in."


def test_without_the_script_the_text_comes_back_with_a_button_to_send_it_again(
    editor: BrowserContext,
) -> None:
    drug = one(Drug)
    editor.route("**/admin-session*.js", lambda route: route.abort())
    page = editor.new_page()
    page.goto(edit(drug))
    page.locator("#id_summary").fill("Typed without the script.")
    end_sessions()
    save(page)
    expect(page.locator("h1")).to_have_text("Not saved yet, and not lost")
    with editor.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new window").click()
    sign_in(opened.value)
    send = page.get_by_role("button", name="Send again")
    with page.expect_navigation():
        send.click()
    # The token of this page was older than the new session.
    expect(page.locator(".kept-text")).to_contain_text("older than your session")
    with page.expect_navigation():
        send.click()
    assert saved(drug) == "Typed without the script."


def test_nothing_is_sent_into_the_void_when_the_site_does_not_answer(
    editor: BrowserContext,
) -> None:
    drug = one(Drug)
    page = editor.new_page()
    page.goto(edit(drug))
    page.locator("#id_summary").fill("Typed while the site was away.")
    editor.set_offline(True)
    save(page)
    expect(page.locator(".session-notice")).to_contain_text("the site does not answer")
    editor.set_offline(False)
    with page.expect_navigation():
        save(page)
    assert saved(drug) == "Typed while the site was away."


def test_what_is_pasted_from_a_word_processor_is_words_and_nothing_else(
    editor: BrowserContext,
) -> None:
    article = one(Article)
    page = editor.new_page()
    page.goto(edit(article))
    html = (
        '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span style="font-family:Calibri">'
        "Pasted words<o:p></o:p></span></p><script>window.pasted = 1</script>"
        '<img src="data:image/png;base64,AA" onerror="window.pasted = 1">'
        '<a href="javascript:window.pasted = 1" onclick="window.pasted = 1">and a link</a>'
    )
    area = page.locator(".public-DraftEditor-content").first
    area.scroll_into_view_if_needed()
    area.click()
    area.evaluate(
        """(area, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "Pasted words and a link");
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        html,
    )
    expect(area).to_contain_text("Pasted words")
    with page.expect_navigation():
        save(page)
    with OneAtATimeMiddleware.lock:
        fresh = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
        stored = str(fresh.body.get_prep_value())
    assert "Pasted words" in stored
    for bad in ("Mso", "Calibri", "javascript:", "data:", "onclick", "<script"):
        assert bad not in stored
    assert page.evaluate("window.pasted") is None


def test_the_bar_of_the_checks_runs_in_a_preview_under_the_page_s_policy(
    editor: BrowserContext,
) -> None:
    """Without it the panel of checks reports no issue whatever the page holds."""
    drug = one(Drug)
    page = editor.new_page()
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    numbers = [drug.pk, drug.latest_revision_id]
    page.goto(reverse(drug.snippet_viewset.get_url_name("revisions_view"), args=numbers))
    expect(page.locator(".preview-mark")).to_contain_text("Draft preview.")
    assert page.evaluate("Boolean(document.querySelector('wagtail-userbar').shadowRoot)")
    assert page.evaluate(
        "Boolean(document.querySelector('wagtail-userbar').shadowRoot.querySelector('.w-userbar'))"
    )
    assert [fault for fault in faults if "Content Security Policy" in fault] == []
    size = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert size[0] <= size[1]
