"""Named people and things that every test can ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import Drug
from tests import remembering, starter
from tests.chromium import MISSING, chromium_path
from tests.editorial.people import account, client_of
from tests.editorial.small_guide import Guide, for_a_module, make_guide
from tests.factories import published_drug
from tests.remembering import forget
from tests.starter import all_rows, fill, publish_starter_content
from tgsite.editorial import checks

Page = Callable[[str], BeautifulSoup]
ClientAs = Callable[[str], Client]
# The fixtures django_assert_num_queries and django_assert_max_num_queries.
Counted = Callable[[int], AbstractContextManager[Any]]


# More than a minute each. Begun last, one process would wait for the other.
LONGEST = ("test_exchange_whole.py", "test_every_admin_view.py", "test_every_page.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first; on PostgreSQL without what is kept from every database."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if connection.vendor != "postgresql":
        return
    config.hook.pytest_deselected(items=[one for one in items if not _asks_database(one)])
    items[:] = [one for one in items if _asks_database(one)]


def pytest_collection_finish() -> None:
    """Thousands of tests and all of Django stay: the collector need not look at them again.

    Looking seldom at what the tests make saves a tenth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def _asks_database(item: pytest.Item) -> bool:
    names: list[str] = getattr(item, "fixturenames", [])
    return "db" in names or "committed" in names or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _forget_content() -> None:
    """Each test starts without what another test left in memory."""
    remembering.start()


@pytest.fixture(autouse=True, scope="session")
def _one_loading_for_all_processes(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    """The starter content takes half a minute to load."""
    if worker_id != "master":
        starter.shared.append(tmp_path_factory.getbasetemp().parent / "starter")


@pytest.fixture(autouse=True, scope="session")
def _no_copies_of_contexts() -> Iterator[None]:
    """Spare ``response.context``, which no test reads: copying took half the time of a form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_kwargs: None)
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """A hash made to be slow proves nothing here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def guide(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Guide]:
    """The small guide, made once for all tests of a module."""
    yield from for_a_module(django_db_blocker, make_guide)


@pytest.fixture
def drug(db: None) -> Drug:
    """One live medicine with one use for HER2-positive metastatic cancer."""
    return published_drug(slug="herceptin", brand_name="Herceptin", generic_name="trastuzumab")


@pytest.fixture
def page(client: Client, db: None) -> Page:
    """Fetch a public address that must answer 200, parsed."""

    def fetch(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return BeautifulSoup(response.content, "html.parser")

    return fetch


@pytest.fixture
def client_as(db: None) -> ClientAs:
    """A client logged in by role (author, reviewer, manager, administrator), with its name."""
    return lambda role: client_of(account(role, role))


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text goes public that no check would let through: a page has to cope by itself."""
    monkeypatch.setattr(checks, "problems", lambda _entry: [])


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For threads that must see each other's work: no transaction around the test.

    The database is put back afterwards. In memory SQLite serves one thread at a time.
    """
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory serves one thread at a time; PostgreSQL's run has it")
    with django_db_blocker.unblock():
        before = all_rows()
        yield
        fill(before)
        ContentType.objects.clear_cache()
        forget()


@pytest.fixture
def starter_content(db: None) -> None:
    """The project's own medicines and classes, published as in development."""
    publish_starter_content()


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The path of the system's Chromium; without one the test is skipped, or fails if required."""
    path = chromium_path()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(f"{MISSING}: browser tests skipped")
    yield path
