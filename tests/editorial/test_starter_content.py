"""The project's own content: whole, without an invented reviewer, and stable when loaded again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import ModelLogEntry

from drugs.models import Drug, DrugClass, Indication, OtherMedicine
from tests.editorial.small_guide import for_a_module
from tests.editorial.states import everything
from tgsite.editorial.content import Outcome, kinds, load

MODELS = (Drug, DrugClass, OtherMedicine, Indication)


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Outcome]:
    """The starter content, loaded live once for this module."""
    yield from for_a_module(django_db_blocker, lambda: load(kinds(), live=True))


def test_starter_content_is_whole(starter: Outcome, db: None) -> None:
    counts = (
        Drug.objects.live().count(),
        DrugClass.objects.live().count(),
        OtherMedicine.objects.count(),
        Indication.objects.filter(drug__live=True).count(),
    )
    assert counts == (22, 11, 85, 51)
    assert len(starter.added) == 22 + 11 + 85
    assert not starter.kept


def test_starter_content_names_no_reviewer(starter: Outcome, db: None) -> None:
    """A2: no contributor and no review is invented."""
    for model in (Drug, DrugClass):
        assert not model.objects.exclude(reviewed_by=None, reviewed_on=None, review_due=None)
        assert not model.objects.exclude(authors=None)


def test_loading_the_starter_content_again_changes_nothing(starter: Outcome, db: None) -> None:
    before, log = everything(*MODELS), ModelLogEntry.objects.count()
    again = load(kinds(), live=True)
    assert len(again.unchanged) == 22 + 11 + 85
    assert not (again.added or again.changed or again.kept)
    assert everything(*MODELS) == before
    assert ModelLogEntry.objects.count() == log
