"""The small site that the tests of the exchange share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import Drug
from tests.editorial.exchange import make_small_site
from tests.editorial.small_guide import for_a_module


@pytest.fixture(scope="module")
def small_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made once a module; what a test does to it is rolled back."""
    yield from for_a_module(django_db_blocker, make_small_site)


@pytest.fixture
def alpha(small_site: None, db: None) -> Drug:
    """The medicine of the small site."""
    return Drug.objects.get(slug="alpha")
