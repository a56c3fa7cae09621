"""One medicine from its first draft to its end, by three editors in real browsers.

After each step the public page, the feeds and the history say what is true then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Revision

from drugs.models import Drug
from tests.browser.conftest import TIMEOUT_MILLISECONDS, OneAtATimeMiddleware
from tests.editorial.people import author, manager, reviewer
from tests.factories import SET_ID
from tgsite.editorial import review

pytestmark = pytest.mark.browser

PAGE = "/drugs/testimab/"
OpenAs = Callable[[str], Page]


@pytest.fixture
def open_as(browser: Browser, guide: str) -> Iterator[OpenAs]:
    """A desktop browser signed in as author, reviewer or manager."""
    makers = {"author": author, "reviewer": reviewer, "manager": manager}
    with ExitStack() as stack:

        def open_browser(role: str) -> Page:
            with OneAtATimeMiddleware.lock:
                get_user_model().objects.filter(username=role).delete()
                client = Client()
                client.force_login(makers[role](role))
            context = browser.new_context(base_url=guide, viewport={"width": 1280, "height": 900})
            stack.callback(context.close)
            context.set_default_timeout(TIMEOUT_MILLISECONDS)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": f"{guide}/admin/"}]
            )
            return context.new_page()

        yield open_browser


class Public:
    """What anybody reads of the medicine."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def status(self) -> int:
        """Of its page."""
        response = self.page.goto(PAGE)
        assert response is not None
        return response.status

    def says(self, *words: str, not_: str = "") -> None:
        """Its page holds ``words`` and not those."""
        assert self.status() == 200
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)
        if not_:
            expect(self.page.locator("main")).not_to_contain_text(not_)

    def feeds_say(self, *words: str) -> None:
        """Its own feed and the guide's hold ``words``, and so does the list of updates."""
        for address in (f"{PAGE}feed/", "/updates/feed/", "/updates/"):
            text = self.page.request.get(address).text()
            for one in words:
                assert one in text, f"{address}: {one}"

    def updates_say(self, *words: str) -> None:
        """The list of updates holds ``words``."""
        text = self.page.request.get("/updates/").text()
        for one in words:
            assert one in text, one


def tab(page: Page, name: str) -> None:
    """Open a tab of the edit screen."""
    page.get_by_role("tab", name=name).first.click()


def add_row(page: Page, relation: str, number: int = 0) -> str:
    """Press the button that adds a row; the beginning of its fields' ids."""
    page.locator(f"#id_{relation}-ADD").click()
    return f"#id_{relation}-{number}-"


def press(page: Page, action: str) -> None:
    """Press a button at the foot of the edit screen, opening the menu it stands in."""
    button = page.locator(f"button[name='{action}']")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    button.click()


def entry() -> Drug:
    """The medicine as it is in the database."""
    with OneAtATimeMiddleware.lock:
        return Drug.objects.get(slug="testimab")


def edit(page: Page, tab_name: str = "") -> None:
    """Open its edit screen."""
    page.goto(reverse("wagtailsnippets_drugs_drug:edit", args=[entry().pk]))
    if tab_name:
        tab(page, tab_name)


def history(page: Page) -> str:
    """What its history says."""
    page.goto(reverse("wagtailsnippets_drugs_drug:history", args=[entry().pk]))
    return page.locator("main").inner_text()


def write_first_draft(page: Page) -> None:
    """Fill in the screen of a new medicine as far as nobody can pass what is missing."""
    page.goto(reverse("wagtailsnippets_drugs_drug:add"))
    page.locator("#id_brand_name").fill("Testimab")
    page.locator("#id_slug").fill("testimab")
    page.locator("#id_generic_name").fill("testuzumab-abcd")
    page.locator("#id_summary").fill("A medicine for tests, for people with some breast cancers.")
    page.locator("#id_how_it_works").fill("It blocks one protein. Cells then stop growing.")
    tab(page, "Uses")
    use = add_row(page, "indications")
    page.locator(f"{use}summary").fill("Metastatic HER2-positive breast cancer")
    page.locator("[name='indications-0-setting'][value=metastatic]").check()
    page.locator("[name='indications-0-her2'][value=positive]").check()
    page.locator(f"{use}approved_on").fill("2020-01-02")
    page.locator(f"{use}confirmed").check()
    page.locator(f"{use}source").fill("Prescribing information (FDA)")
    tab(page, "Safety")
    page.locator("#id_call_911").fill("chest pain\ntrouble breathing")
    page.locator("#id_call_team_now").fill("new cough")
    tab(page, "Taking it")
    page.locator(f"{add_row(page, 'forms')}route").select_option("iv-infusion")
    tab(page, "Cost and versions")
    label = add_row(page, "label_sources")
    page.locator(f"{label}set_id").fill(SET_ID)
    page.locator(f"{label}what").fill("Label")
    page.locator(f"{label}main").check()
    tab(page, "Sources and notes")
    source = add_row(page, "sources")
    page.locator(f"{source}title").fill("Prescribing information")
    page.locator(f"{source}publisher").fill("FDA")
    page.locator(f"{source}kind").select_option("regulator")
    page.locator("footer .action-save").click()
    # An autosave may have been first.
    expect(page.locator(".messages")).to_contain_text(re.compile("created|updated"))


def open_review(page: Page) -> None:
    """From the reviewer's desk to the text that waits."""
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="Testimab").first.click()
    expect(page.locator("h1")).to_contain_text("Clinical review")


def approve(page: Page) -> None:
    """Tick all six, give a reason for what may be passed, sign."""
    open_review(page)
    for tick in page.locator("[name=ticks]").all():
        tick.check()
    for reason in page.locator("[name^=reason-]").all():
        reason.fill("This medicine is there for a test.")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".messages")).to_contain_text("Approved.")


def test_a_medicine_from_its_first_draft_to_its_end(open_as: OpenAs, browser_page: Page) -> None:
    public = Public(browser_page)
    ann, rita, mona = open_as("author"), open_as("reviewer"), open_as("manager")

    write_first_draft(ann)
    assert public.status() == 404

    edit(ann)
    press(ann, "action-submit")
    expect(ann.locator(".messages")).to_contain_text("waits for a clinical review")
    open_review(rita)
    rita.locator("#id_comment").fill("Name the antibody, please.")
    rita.get_by_role("button", name="Send back").click()
    assert public.status() == 404

    edit(ann)
    expect(ann.locator("body")).to_contain_text("Name the antibody, please.")
    ann.locator("#id_how_it_works").fill("It is an antibody. It helps block one protein.")
    press(ann, "action-submit")
    expect(ann.locator(".messages")).to_contain_text("waits for a clinical review")
    approve(rita)
    public.says("It is an antibody.", "Reviewer Person, MD")
    public.feeds_say("Testimab", "Published after clinical review")
    told = history(ann)
    assert "Name the antibody, please." in told
    assert "Approved by Reviewer Person, MD" in told

    edit(mona)
    mona.locator("#id_how_it_works").fill("It is an antibody. It helps to block one protein.")
    tab(mona, "Sources and notes")
    mona.locator("#id_change_note").fill("A word was missing.")
    press(mona, "action-publish")
    expect(mona.locator(".messages")).to_contain_text("updated and published")
    public.says("It helps to block one protein.", "Reviewer Person, MD")
    public.feeds_say("A word was missing.", "Small correction, nothing medical")
    assert "Small correction, nothing medical" in history(mona)

    mona.goto(reverse("wagtailsnippets_drugs_drug:safety", args=[entry().pk]))
    mona.locator("[name=text]").fill("Do not use lots A1 to A9 of this medicine.")
    mona.locator("[name=source]").fill("FDA recall notice")
    mona.get_by_role("button", name="Show this notice now").click()
    public.says("Do not use lots A1 to A9 of this medicine.", "FDA recall notice")
    public.feeds_say("Do not use lots A1 to A9 of this medicine.")
    assert "Put a safety notice on the page" in history(mona)

    edit(ann)
    ann.locator("#id_summary").fill("A medicine for tests, told in new words from tomorrow on.")
    tab(ann, "Sources and notes")
    ann.locator("#id_change_note").fill("Told in new words.")
    press(ann, "action-submit")
    expect(ann.locator(".messages")).to_contain_text("waits for a clinical review")
    schedule_the_text_under_review()
    approve(rita)
    public.says("for people with some breast cancers", not_="told in new words")
    a_day_passes()
    public.says("told in new words from tomorrow on")
    public.feeds_say("Told in new words.")

    mona.goto(reverse("wagtailsnippets_drugs_drug:safety", args=[entry().pk]))
    mona.locator("[name=reason]").fill("It was only there for a test.")
    mona.get_by_role("button", name="Take it off now").click()
    assert public.status() == 404
    public.updates_say("It was only there for a test.", "Taken off this site")
    assert "Took it off the site" in history(mona)


def schedule_the_text_under_review() -> None:
    """Give the submitted text a day, as the dialog of the edit screen does."""
    with OneAtATimeMiddleware.lock:
        revision = review.waiting().get().revision
        revision.content["go_live_at"] = (timezone.now() + timedelta(days=1)).isoformat()
        revision.save()


def a_day_passes() -> None:
    """The text's day comes, and cron runs."""
    with OneAtATimeMiddleware.lock:
        now = timezone.now() - timedelta(minutes=1)
        revision = Revision.objects.get(approved_go_live_at__isnull=False)
        revision.content["go_live_at"] = now.isoformat()
        revision.approved_go_live_at = now
        revision.save()
        call_command("publish_due")
