"""What the pages of articles and the glossary cost in queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug, DrugClass
from education.models import Article
from tests.conftest import Counted
from tests.editorial.small_guide import parsed
from tests.education.bodies import every_block, text
from tests.education.library import terms_of
from tests.factories import (
    ContributorFactory,
    publish,
    published_article,
    published_term,
    trial_result,
)
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("library", "db")


COUNTED = (
    "/learn/",
    "/learn/?topic=tests&q=a",
    "/learn/?topic=no-such",
    "/learn/whole/",
    "/learn/reading/",
    "/about/our-team/",
    "/about/",
    "/glossary/",
    "/glossary/cell/",
    "/learn/no-such/",
    "/learn/our-team/",
)


@pytest.fixture
def whole() -> Article:
    """A live article with every block and every field."""
    drug, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    publish(drug, trial_results=[trial_result()])
    return published_article(
        *every_block(drug, blue),
        slug="whole",
        key_points="One\nTwo",
        what_you_can_do="Ask.",
        not_known="Much",
        authors=[ContributorFactory(), ContributorFactory()],
        related_drugs=[drug],
        related_classes=[blue],
        related_articles=list(Article.objects.live()),
    )


@pytest.mark.parametrize("address", COUNTED)
def test_page_takes_at_most_eight_queries_with_nothing_in_memory(
    client: Client, whole: Article, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


def cold_and_warm(client: Client) -> dict[str, tuple[int, int]]:
    """For each page: queries with nothing in memory, and right after."""
    counts = {}
    for address in COUNTED:
        forget()
        numbers = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            numbers.append(len(captured))
        counts[address] = (numbers[0], numbers[1])
    return counts


def test_queries_do_not_grow_with_the_number_of_terms_and_articles(
    client: Client, whole: Article
) -> None:
    few = cold_and_warm(client)
    drug, blue = Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")
    terms = [published_term(f"word{number}") for number in range(30)]
    known = [
        published_article(
            *every_block(drug, blue),
            related_drugs=[drug],
            related_articles=[whole],
            topics=("tests",),
        )
        for _number in range(10)
    ]
    names = " ".join(term.term for term in terms)
    more = [*every_block(drug, blue) * 3, text(f"<p>{names}</p>")]
    publish(
        whole,
        body=[{"type": kind, "value": value} for kind, value in more],
        related_articles=known,
    )
    assert cold_and_warm(client) == few
    assert len(terms_of(parsed(client.get("/learn/whole/")))) >= 30


def test_page_in_memory_costs_the_number_of_the_content_only(
    client: Client, whole: Article, django_assert_max_num_queries: Counted
) -> None:
    client.get("/learn/whole/")
    with django_assert_max_num_queries(1):
        client.get("/learn/whole/")
