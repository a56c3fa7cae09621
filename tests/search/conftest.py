"""Fixtures for the tests of search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import Page
from tests.editorial.small_guide import for_a_module
from tests.starter import publish_starter_content

Ask = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter content, published once for a module."""
    yield from for_a_module(django_db_blocker, publish_starter_content)


@pytest.fixture
def asked(page: Page) -> Ask:
    """Ask a question; the page."""
    return lambda question: page(f"/search/?{urlencode({'q': question})}")
