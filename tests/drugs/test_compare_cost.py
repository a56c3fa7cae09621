"""What the comparison costs in queries, and that it follows each publication."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.compare import compare_url
from drugs.models import Drug, DrugClass, DrugForm, DrugSideEffect
from tests.conftest import Counted
from tests.drugs.comparison import EMPTY, PAIR, change, section
from tests.editorial.small_guide import add_medicines, parsed, words
from tests.factories import indication
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("guide", "db")


ODD = PAIR + "&drug=no-such&drug=unpublished"


@pytest.mark.parametrize("address", [EMPTY, PAIR, ODD])
def test_page_takes_at_most_eight_queries_with_nothing_in_memory(
    client: Client, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


@pytest.mark.parametrize(("address", "most"), [(EMPTY, 1), (PAIR, 3), (ODD, 3)])
def test_warm_page_takes_few_queries(
    client: Client, django_assert_max_num_queries: Counted, address: str, most: int
) -> None:
    client.get("/drugs/?q=nothing")
    with django_assert_max_num_queries(most):
        client.get(address)


def test_queries_do_not_grow_with_rows_or_medicines(client: Client) -> None:
    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(compare_url(["alpha", "beta", "gamma", "delta"]))
        return len(captured)

    few = cost()
    add_medicines(10)
    alpha = Drug.objects.get(slug="alpha")
    change(
        "beta",
        indications=[indication(summary=f"Use {n}", partners=[alpha]) for n in range(9)],
        side_effects=[DrugSideEffect(effect=f"Effect {n}") for n in range(20)],
        forms=[DrugForm(route="iv-infusion", form=f"form {n}") for n in range(5)],
        classes=list(DrugClass.objects.live()),
    )
    assert cost() == few


def test_change_is_seen_by_the_next_request(client: Client) -> None:
    client.get(PAIR)
    change("alpha", side_effects=[DrugSideEffect(effect="hiccups")])
    assert "Hiccups" in words(section(parsed(client.get(PAIR)), "side-effects"))


def test_draft_is_never_seen(client: Client) -> None:
    before = words(client.get(PAIR))
    drug = Drug.objects.get(slug="alpha")
    drug.pregnancy = "Draft words"
    drug.side_effects = [DrugSideEffect(effect="draft effect")]
    drug.save_revision()
    forget()
    assert words(client.get(PAIR)) == before
