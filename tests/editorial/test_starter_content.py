"""The project's own content: whole, without an invented reviewer, and stable when loaded again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import ModelLogEntry

from drugs.models import (
    Drug,
    DrugClass,
    DrugSideEffect,
    Indication,
    OtherMedicine,
    SideEffect,
    SideEffectRate,
    TrialResult,
)
from education.models import Article, GlossaryTerm
from tests.editorial.small_guide import for_a_module
from tests.editorial.states import everything
from tests.starter import publish_starter_content
from tgsite.editorial.content import Outcome, kinds, load
from tgsite.editorial.models import EditorialModel, SiteSettings
from tgsite.editorial.site import site_settings

# Model -> how many entries the files hold.
ENTRIES: dict[type[EditorialModel], int] = {
    Drug: 22,
    DrugClass: 11,
    SideEffect: 15,
    Article: 47,
    GlossaryTerm: 137,
}
# Model -> fields that no entry leaves empty.
ALWAYS: dict[type[EditorialModel], tuple[str, ...]] = {
    Drug: (
        "pronunciation_generic",
        "summary",
        "key_points",
        "how_it_works",
        "test_needed",
        "call_911",
        "call_team_now",
        "how_to_take",
        "missed_dose",
        "checks",
        "effect_timing",
        "pregnancy",
        "interactions",
        "daily_life",
        "other_choices",
        "not_known",
        "generics",
        "cost_note",
        "questions",
    ),
    DrugClass: (
        "summary",
        "key_points",
        "targets",
        "how_it_works",
        "drawing",
        "who_for",
        "given_as",
        "typical_side_effects",
        "tests_needed",
        "never_compared",
        "other_choices",
        "not_known",
        "questions",
    ),
}
OTHERS = 85
ALL = sum(ENTRIES.values()) + OTHERS + 1
MODELS = (*ENTRIES, OtherMedicine, SiteSettings, Indication, DrugSideEffect)


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Outcome]:
    """The starter content, live."""
    yield from for_a_module(django_db_blocker, publish_starter_content)


def test_starter_content_is_whole(starter: Outcome, db: None) -> None:
    assert {model: model.objects.live().count() for model in ENTRIES} == ENTRIES
    assert OtherMedicine.objects.count() == OTHERS
    assert SiteSettings.objects.count() == 1
    assert Indication.objects.filter(drug__live=True).count() == 51
    assert len(starter.added) == ALL
    assert not starter.kept


def test_every_starter_side_effect_stands_in_the_record_of_a_medicine(
    starter: Outcome, db: None
) -> None:
    """No page says that the record of no medicine is linked with it."""
    explained = DrugSideEffect.objects.exclude(explained_by=None).values("explained_by")
    assert not SideEffect.objects.exclude(pk__in=explained)


def test_starter_texts_of_every_page_name_two_places_to_ask(starter: Outcome, db: None) -> None:
    """At least two, one of them with a telephone number (help text of the setting)."""
    places = site_settings().places
    assert len(places) >= 2
    assert any(place["phone"] for place in places)


def test_starter_content_names_no_reviewer(starter: Outcome, db: None) -> None:
    """A2: no contributor and no review is invented."""
    for model in ENTRIES:
        assert not model.objects.exclude(reviewed_by=None, reviewed_on=None, review_due=None)
        assert not model.objects.exclude(authors=None)


def test_no_starter_page_fails_a_check_or_is_hard_to_read(starter: Outcome, db: None) -> None:
    """No page above grade 8, at most 7.5 in the mean, no failing check."""
    printed = io.StringIO()
    call_command("content_report", short=True, stdout=printed)
    assert " 0 failing checks" in printed.getvalue()


@pytest.mark.parametrize("model", [Drug, DrugClass])
def test_every_section_stands_on_every_starter_page(
    starter: Outcome, db: None, model: type[EditorialModel]
) -> None:
    """Content standard, section 6; what can only be empty for a good reason is left out."""
    for entry in model.objects.live():
        empty = [name for name in ALWAYS[model] if not getattr(entry, name)]
        assert not empty, f"{entry}: {empty}"


def test_no_two_starter_classes_have_one_drawing(starter: Outcome, db: None) -> None:
    """Each has its place on the map of the home page."""
    drawings = list(DrugClass.objects.live().values_list("drawing", flat=True))
    assert len(set(drawings)) == len(drawings)


def test_figures_of_starter_pages_have_a_use_a_finding_and_a_source(
    starter: Outcome, db: None
) -> None:
    """A finding in words holds no figure; the use is one of the medicine, in the same words."""
    for row in TrialResult.objects.filter(drug__live=True).select_related("drug"):
        uses = {use.summary for use in row.drug.indications.all()}
        assert set(row.uses.splitlines()) <= uses, f"{row.drug}: {row}"
        assert not re.search(r"\d", row.finding), f"{row.drug}: {row.finding}"
        assert row.source and (row.source_date or row.source_url), f"{row.drug}: {row}"
        assert bool(row.per_100_with) == bool(row.per_100_without), f"{row.drug}: {row}"
    for rate in SideEffectRate.objects.filter(drug__live=True):
        assert rate.source and rate.with_all, str(rate)


def test_loading_the_starter_content_again_changes_nothing(starter: Outcome, db: None) -> None:
    before, log = everything(*MODELS), ModelLogEntry.objects.count()
    again = load(kinds(), live=True)
    assert len(again.unchanged) == ALL
    assert not (again.added or again.changed or again.kept)
    assert everything(*MODELS) == before
    assert ModelLogEntry.objects.count() == log
