"""Every type of page in a real Chromium: axe-core finds nothing, nothing scrolls sideways.

Automatic tools find only part of the faults (content standard I6); what they find, no page has.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import ConsoleMessage, Page, ViewportSize
from pytest_django import Settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="A page looks the same on every database"
    ),
]

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
# One address a type of page; the lists once more with answers, a mistake, nothing found.
PAGES = (
    "/",
    "/drugs/",
    "/drugs/?her2=negative&setting=metastatic&hormone_receptor=positive",
    "/drugs/?her2=purple&setting=metastatic",
    "/drugs/?her2=positive&setting=neoadjuvant&route=oral-tablet",
    "/drugs/enhertu/",
    "/drugs/avastin/",
    "/drugs/compare/",
    "/drugs/compare/?drug=kisqali&drug=verzenio",
    "/drugs/compare/?drug=herceptin&drug=enhertu&drug=avastin&drug=phesgo&drug=no-such",
    "/classes/",
    "/classes/anti-her2/",
    "/side-effects/",
    "/side-effects/diarrhea/",
    "/learn/",
    "/learn/?topic=tests&q=her2",
    "/learn/?kind=purple",
    "/learn/her2-and-its-tests/",
    "/learn/what-is-targeted-therapy/",
    "/learn/paying-for-treatment/",
    "/learn/questions-to-ask/",
    "/learn/enhertu-before-and-after-surgery/",
    "/learn/lung-signs/",
    "/glossary/",
    "/glossary/biomarker/",
    "/updates/",
    "/updates/?page=99",
    "/about/",
    "/about/where-to-ask/",
    "/about/accessibility/",
    "/search/",
    "/search/?q=herseptin+side+affects",
    "/search/?q=chest+pain+tamoxifen",
    "/search/?q=xeloda+zelota",
    "/no-such-page/",
    "/development/components/",
)
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
axe = Axe()


@pytest.fixture(autouse=True)
def _development_page(settings: Settings) -> None:
    """The page of components is there in development only."""
    settings.DEBUG = True


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: rule, and where."""
    # What passed is not read, and is long.
    results = axe.run(page, options={"resultTypes": ["violations"]})
    found: list[dict[str, Any]] = results.response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_violation_and_asks_nobody_else(
    browser_page: Page, guide: str, address: str
) -> None:
    """I1, J1: on a phone in light and a desk in dark, every fold open; no cookie, no error."""
    page = browser_page
    asked: list[str] = []
    errors: list[str] = []
    noticed: list[str] | None = None

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            errors.append(message.text)

    page.on("request", lambda request: asked.append(request.url))
    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(error.message))
    found: dict[str, list[str]] = {}
    page.goto(address)
    page.evaluate(OPEN_EVERYTHING)
    for viewport, theme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        # Before the checker runs, which itself sets styles that the policy refuses.
        noticed = noticed if noticed is not None else list(errors)
        found[theme] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[theme].append("scrolls sideways")
    assert found == {"light": [], "dark": []}
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(guide).netloc}
    assert page.context.cookies() == []
    assert noticed == []


@pytest.mark.parametrize("address", ["/drugs/enhertu/", "/learn/her2-and-its-tests/"])
def test_page_on_paper_has_no_violation_and_leaves_no_fold_closed(
    browser_page: Page, address: str
) -> None:
    """Printed pages are black on white and say where a fresh copy is."""
    browser_page.emulate_media(media="print", color_scheme="dark")
    browser_page.goto(address)
    assert violations(browser_page) == []
    body = "getComputedStyle(document.body)"
    assert browser_page.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
    assert browser_page.get_by_text("Not reviewed: check guide.example.org").is_visible()
    assert not browser_page.locator(".site-nav").is_visible()
