"""Fixtures for the tests of articles and the glossary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import DrugClass
from tests.conftest import Page
from tests.editorial.small_guide import for_a_module
from tests.education.library import make_library
from tests.factories import DrugClassFactory, publish


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small library, made once for all tests of a module."""
    yield from for_a_module(django_db_blocker, make_library)


@pytest.fixture
def reading(page: Page) -> BeautifulSoup:
    """The page of the article on reports."""
    return page("/learn/reading/")


@pytest.fixture
def drug_class() -> DrugClass:
    """A live class."""
    return publish(DrugClassFactory(slug="blue", name="Blue medicines"))  # type: ignore[return-value]
