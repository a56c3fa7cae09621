"""Counts beside topics and kinds, and chips above the articles, through the address of the list."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from education.choices import Topic
from education.filters import KINDS
from education.models import Article
from tests.conftest import Counted, Page
from tests.editorial.small_guide import results, words
from tgsite.search.results import with_words

pytestmark = pytest.mark.usefixtures("library", "db")

CODES = {"topic": ("", *Topic.values), "kind": ("", *(code for code, _label in KINDS))}
QUESTIONS = ("", "topic=tests", "kind=questions&topic=tests", "q=report", "q=nothing&kind=support")


def count(soup: BeautifulSoup, name: str, code: str) -> int:
    """The number in an option, which is also said in words."""
    (option,) = soup.select(f"select[name={name}] option[value='{code}']")
    label, number = words(option).removesuffix(")").rsplit(" (", 1)
    noun = "article" if number == "1" else "articles"
    assert option["aria-label"] == f"{label}, {number} {noun}"
    return int(number)


def listed(page: Page, query: str, name: str, code: str) -> int:
    """How many articles are listed with this answer instead of what ``query`` has for it."""
    others = [part for part in query.split("&") if not part.startswith(f"{name}=")]
    return len(results(page("/learn/?" + "&".join([*others, f"{name}={code}"]))))


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize("name", CODES)
def test_count_is_the_length_of_the_list_with_that_answer(
    page: Page, query: str, name: str
) -> None:
    soup = page(f"/learn/?{query}")
    shown = {code: count(soup, name, code) for code in CODES[name]}
    assert shown == {code: listed(page, query, name, code) for code in CODES[name]}


def test_articles_about_the_guide_are_not_counted(page: Page) -> None:
    assert count(page("/learn/"), "topic", "visits") == 1


def test_invalid_answer_leaves_no_count_and_no_chip(page: Page) -> None:
    soup = page("/learn/?topic=purple&kind=explainer")
    assert not soup.select("option[aria-label], .chip")
    assert "(" not in words(soup.select_one("select[name=kind]"))


@pytest.mark.parametrize(("address", "most"), [("/learn/?topic=tests", 1), ("/learn/?q=report", 2)])
def test_list_and_its_counts_are_read_from_memory(
    client: Client, django_assert_max_num_queries: Counted, address: str, most: int
) -> None:
    """The number of the content, and what has the words."""
    client.get("/learn/")
    with django_assert_max_num_queries(most):
        client.get(address)


def chips(soup: BeautifulSoup) -> dict[str, str]:
    """The accessible name of each chip -> where it leads."""
    return {words(chip): str(chip["href"]) for chip in soup.select("main a.chip")}


def test_each_answer_is_a_chip_that_removes_it_alone(page: Page) -> None:
    soup = page("/learn/?q=report&topic=tests&kind=explainer&page=1")
    assert chips(soup) == {
        "Remove: Words: report": "/learn/?topic=tests&kind=explainer",
        "Remove: Topic: Tests and reports": "/learn/?q=report&kind=explainer",
        "Remove: Kind: Explained": "/learn/?q=report&topic=tests",
    }
    (clear,) = soup.select(".answers__clear")
    assert clear["href"] == "/learn/"


def test_words_are_looked_for_in_live_articles_only() -> None:
    found = with_words("report", "article")
    assert [article.slug for article in Article.objects.filter(pk__in=found)] == ["reading"]
    assert with_words("Drafted", "article") == frozenset()
