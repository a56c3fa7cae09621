"""A real browser in front of a real server with the starter content."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests import remembering
from tests.starter import Rows, all_rows, fill, publish_starter_content

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = ViewportSize(width=390, height=844)
READING = {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA", "SET"}
# Far more than any page needs, for a test machine that is busy.
TIMEOUT_MILLISECONDS = 15_000


class OneAtATimeMiddleware:
    """Answers one request after the other.

    The server's threads share the one connection of an in-memory SQLite database, so that two
    requests at once would write into each other's transactions. On PostgreSQL a request and the
    emptying of the tables would wait for each other.
    """

    lock = threading.Lock()

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, when it is this request's turn."""
        with self.lock:
            return self.get_response(request)


class Contents:
    """What the database holds, written down as text, so that most tests need not fill it anew."""

    def __init__(self) -> None:
        self._migrated: Rows = {}
        self._is_migrated = True
        self._is_guide = False
        connection_created.connect(self._watch)

    def show_guide(self) -> None:
        """Fill the database with the starter content, unless that is what it still holds."""
        self._migrated = self._migrated or all_rows()
        if not self._is_guide:
            self.show_migrated()
            with OneAtATimeMiddleware.lock:
                publish_starter_content()
                remembering.learn()
            self._is_guide, self._is_migrated = True, False

    def show_migrated(self) -> None:
        """Fill the database with what the migrations wrote, if a browser test took its place.

        A page that was left can still be answered: not from a half-filled database.
        """
        if not self._is_migrated:
            with OneAtATimeMiddleware.lock:
                fill(self._migrated)
                remembering.unlearn()
            self._is_migrated = True

    def _watch(self, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
        if self._note_writing not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note_writing)

    def _note_writing(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Each connection of this process says when it writes; the server's threads have theirs."""
        if sql.lstrip("( ").split(None, 1)[0].upper() not in READING:
            self._is_guide = False
        return execute(sql, params, many, context)


CONTENTS = Contents()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-django makes a database only if some test says that it needs one."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction around a test of this folder, in place of pytest-django's own fixture."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, Any, Any]:
    """Other tests expect what the migrations wrote."""
    result = yield
    if nextitem is not None and nextitem.get_closest_marker("browser") is None:
        with item.config.stash[blocking_manager_key].unblock():
            CONTENTS.show_migrated()
        ContentType.objects.clear_cache()
    return result


@pytest.fixture(scope="session")
def browser(django_db_setup: None, chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests; the database is there before its event loop is."""
    expect.set_options(timeout=TIMEOUT_MILLISECONDS)
    # Under Playwright's event loop Django opens connections of its own. None may stay open on
    # either side: PostgreSQL would not drop the database at the end.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture(scope="session")
def server(browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """The site on a free port of this machine.

    Not named as pytest-django's own fixture, which would empty the database after each test. A
    page that was left can still be answered: from here on nothing keeps a test from the database.
    """
    django_db_blocker.unblock()
    middleware = [f"{__name__}.{OneAtATimeMiddleware.__name__}", *settings.MIDDLEWARE]
    with override_settings(MIDDLEWARE=middleware):
        server = LiveServer("localhost")
    yield server
    server.stop()
    django_db_blocker.restore()


@pytest.fixture
def guide(server: LiveServer) -> str:
    """The address of the site with the starter content, without a slash at the end."""
    # Ids that tests before this one saw are not those of this database.
    ContentType.objects.clear_cache()
    CONTENTS.show_guide()
    return server.url


@pytest.fixture
def browser_page(browser: Browser, guide: str) -> Iterator[Page]:
    """A page of the size of a telephone, with an empty memory; addresses start at the site."""
    yield from _page(browser, guide)


@pytest.fixture
def page_without_scripts(browser: Browser, guide: str) -> Iterator[Page]:
    """The same with JavaScript switched off."""
    yield from _page(browser, guide, java_script_enabled=False)


def _page(browser: Browser, address: str, *, java_script_enabled: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, viewport=PHONE, java_script_enabled=java_script_enabled
    )
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    yield context.new_page()
    context.close()
