"""A real browser in front of a real server with the starter content."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests.conftest import forget

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = ViewportSize(width=390, height=844)
# Far more than any page needs, for a test machine that is busy.
TIMEOUT_MILLISECONDS = 15_000


class OneAtATimeMiddleware:
    """Answers one request after the other.

    The server's threads share the one connection of an in-memory SQLite database, so that two
    requests at once would write into each other's transactions.
    """

    _lock = threading.Lock()

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, when it is this request's turn."""
        with self._lock:
            return self.get_response(request)


class Contents:
    """What the database holds, written down as text, so that most tests need not fill it anew."""

    def __init__(self) -> None:
        self.migrated = ""
        self.guide = ""
        self._mark: object = None

    def show_guide(self) -> None:
        """Fill the database with the starter content, unless that is what it still holds."""
        if not self.guide:
            self.migrated = connection.creation.serialize_db_to_string()
            call_command("load_content", live_unreviewed=True, verbosity=0)
            self.guide = connection.creation.serialize_db_to_string()
        elif self._mark != _changes():
            restore(self.guide)
            # A page that was left can have been answered from a half-filled database.
            forget()
        self._mark = _changes()

    def show_migrated(self) -> None:
        """Fill the database with what the migrations wrote, if a browser test took its place."""
        if self.guide:
            restore(self.migrated)
            self._mark = None


def _changes() -> object:
    """Something that is different after any change of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            return cursor.fetchone()
    return connection.connection.total_changes


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


def restore(database: str) -> None:
    """Fill the database with what was written down, and nothing else."""
    call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
    connection.creation.deserialize_db_from_string(database)
    # PostgreSQL counts ids apart from the rows: the next one would be one that is taken.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


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
