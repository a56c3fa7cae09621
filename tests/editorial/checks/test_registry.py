"""What a problem's level means to the gate, to the form and to starter content."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import TaskState

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of, submit
from tests.editorial.checks.cases import BLOCK, FINAL, WARN
from tests.editorial.small_guide import for_a_module
from tests.factories import (
    DrugClassFactory,
    DrugFactory,
    publish,
    whole_article,
    whole_class,
    whole_drug,
    whole_side_effect,
    whole_term,
)
from tests.starter import publish_starter_content
from tgsite.editorial.checks import Problem, blocking, model_rules, problems, refusing
from tgsite.editorial.checks.rules import RULES
from tgsite.editorial.models import EditorialModel, entry_models

pytestmark = pytest.mark.django_db

# Content standard, section 1, and what has no ID: the models' own rules, dead links.
FINAL_RULES = {"A4", "A5", "B1", "B5", "C8", "G7", "links", ""}


def test_final_rules_are_those_of_the_standard() -> None:
    """Section 1 of the content standard."""
    assert {rule for rule, known in RULES.items() if known.level == FINAL} == FINAL_RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_words_for_the_editor(rule: str) -> None:
    known = RULES[rule]
    assert all(str(words).strip() for words in (known.title, known.why, known.how))


def test_problem_takes_level_and_words_from_its_rule() -> None:
    problem = Problem("x", rule="F1")
    assert problem.level == BLOCK
    assert problem.why == str(RULES["F1"].why)
    assert Problem("x", rule="F1", level=WARN).level == WARN
    assert Problem("x").level == FINAL


MAKERS: dict[str, Callable[[], EditorialModel]] = {
    "medicine": whole_drug,
    "class": whole_class,
    "side-effect": whole_side_effect,
    "article": whole_article,
    "term": whole_term,
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_nothing_stands_in_the_way_of_a_whole_entry(make: Callable[[], EditorialModel]) -> None:
    assert [problem.sentence() for problem in blocking(make())] == []


def test_starter_content_may_lack_a_part_and_not_break_a_rule() -> None:
    lacking, breaking = DrugClassFactory(), DrugClassFactory(summary="word " * 36)
    assert [one for one in blocking(lacking) if one.level == BLOCK]
    assert refusing(lacking, starter=True) == []
    assert [one.rule for one in refusing(breaking, starter=True)] == ["F2"]
    assert refusing(breaking) == []


def test_final_problem_is_refused_of_starter_content_too() -> None:
    """B1: a missing list of signs is final, absent or not."""
    for starter in (True, False):
        assert [one.rule for one in refusing(DrugFactory(call_911=""), starter=starter)] == ["B1"]


def test_starter_content_that_breaks_a_rule_is_not_published() -> None:
    with pytest.raises(ValidationError, match="A sentence of 36 words"):
        publish(DrugClassFactory(), summary="word " * 36)


def send(client_as: ClientAs, **changes: str) -> tuple[str, bool]:
    """What an author reads after sending a medicine to review, and whether it went there."""
    drug = DrugFactory()
    response = submit(client_as("author"), address_of(drug), "action-submit", **changes)
    return response.text, TaskState.objects.exists()


def test_author_sends_a_text_to_review_that_the_reviewer_may_pass(client_as: ClientAs) -> None:
    """BLOCK is for the approver to decide."""
    _text, sent = send(client_as, summary="word " * 36)
    assert sent


def test_author_is_refused_what_nobody_can_pass_at_its_field(client_as: ClientAs) -> None:
    """B1: final."""
    text, sent = send(client_as, call_911="")
    assert not sent
    assert "List the signs to call 911 for." in text


# --- The project's own content


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter content, live."""
    yield from for_a_module(django_db_blocker, publish_starter_content)


def test_checks_run_on_every_entry_of_the_starter_content(starter: None) -> None:
    """None fails, and what is there breaks no rule that blocks."""
    broken = [
        f"{entry}: {problem.sentence()}"
        for model in entry_models()
        for entry in model.objects.all()
        for problem in blocking(entry)
        if not problem.absent
    ]
    assert broken == []


# Every check of ours on one text from a revision, as the gate and the panel run them.
MOST_QUERIES = 45


@pytest.mark.parametrize("slug", ["enhertu", "margenza", "ibrance"])
def test_checks_of_a_medicine_ask_the_database_a_bounded_number_of_times(
    starter: None, slug: str
) -> None:
    """Beside the models' own rules, which ask once or more a row."""
    drug = Drug.objects.get(slug=slug)
    text = drug.save_revision(clean=False).as_object()
    problems(text)
    with CaptureQueriesContext(connection) as own:
        list(model_rules(text))
    with CaptureQueriesContext(connection) as both:
        problems(text)
    assert len(both) - len(own) <= MOST_QUERIES
