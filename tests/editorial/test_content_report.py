"""`manage.py content_report`: grades, words, sources and failing checks of every live entry."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from drugs.models import Drug
from tests.factories import publish, published_drug, whole_drug
from tests.factories import trial_result as result

pytestmark = pytest.mark.django_db

HARD = (
    "Pharmacological investigations demonstrate considerable heterogeneity regarding tolerability, "
    "necessitating individualized multidisciplinary evaluation. "
) * 12


def report(*arguments: str) -> tuple[str, bool]:
    """What the command prints, and whether it ended well."""
    printed = io.StringIO()
    try:
        call_command("content_report", *arguments, stdout=printed)
    except CommandError:
        return printed.getvalue(), False
    return printed.getvalue(), True


def whole(slug: str) -> Drug:
    """A live medicine that nothing stands in the way of."""
    drug = whole_drug(slug=slug, brand_name=slug.capitalize())
    publish(drug)
    return Drug.objects.get(slug=slug)


def test_whole_entry_is_printed_with_its_figures_and_fails_nothing() -> None:
    whole("alfa")
    printed, ended_well = report("alfa")
    assert ended_well, printed
    assert "ok    Medicine alfa: " in printed
    assert f" words, {Drug.objects.get(slug='alfa').sources.count()} sources" in printed
    assert "1 entries" in printed
    assert "0 failing checks" in printed


def test_what_is_missing_is_named_and_the_command_fails() -> None:
    published_drug(slug="bare", brand_name="Bare")
    printed, ended_well = report("bare")
    assert not ended_well
    assert "FAILS Medicine bare" in printed
    assert "FAILS: G1: Key points: " in printed
    assert "FAILS: D1: " in printed


def test_hard_page_fails_by_its_grade() -> None:
    """Imported or older than the rule: nobody can publish it today."""
    Drug.objects.filter(pk=whole("alfa").pk).update(daily_life=HARD)
    printed, ended_well = report("alfa")
    assert not ended_well
    assert "FAILS Medicine alfa: grade " in printed


def test_a_warning_is_printed_and_fails_nothing() -> None:
    drug = whole("alfa")
    publish(drug, trial_results=[result(note="A journey.")])
    printed, ended_well = report("alfa")
    assert ended_well, printed
    assert "look : F8: " in printed
    assert " 0 failing checks" in printed


def test_notice_stands_in_for_writer_and_reviewer_until_the_first_approval() -> None:
    """Content standard, section 1: A1, A2, A3 and A7."""
    drug = whole("alfa")
    publish(drug, authors=[])
    printed, ended_well = report("alfa")
    assert ended_well, printed
    assert "A1" not in printed


def test_sections_are_left_out_on_request() -> None:
    whole("alfa")
    assert len(report("alfa", "--short")[0].splitlines()) < len(report("alfa")[0].splitlines())


def test_unknown_slug_is_an_error() -> None:
    with pytest.raises(CommandError, match="nothing-like-it"):
        call_command("content_report", "nothing-like-it", stdout=io.StringIO())
