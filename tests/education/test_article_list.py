"""The list of articles: its filters, wrong values, and pages of results."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import Tag
from django.test import Client

from education import views
from tests.conftest import Page
from tests.editorial.small_guide import chosen, field_words, parsed, results, words
from tests.education.bodies import heading, study
from tests.education.library import links, robots
from tests.factories import published_article

pytestmark = pytest.mark.usefixtures("library", "db")

LISTED = ("ask", "coping", "reading")


def listed(page: Page, query: str) -> set[str]:
    """The slugs that the list shows for ``query``."""
    return set(results(page(f"/learn/?{query}")))


# query -> an article that it lists, and one that it does not
FILTERS = {
    "kind=explainer": ("reading", "coping"),
    "kind=living-with": ("coping", "reading"),
    "kind=questions": ("ask", "reading"),
    "topic=tests": ("ask", "coping"),
    "topic=side-effects": ("coping", "ask"),
    "topic=daily-life": ("coping", "reading"),
    "q=report": ("reading", "ask"),
    "q=TIREDNESS": ("coping", "reading"),
    "q=stain": ("reading", "coping"),
    "q=names+scores": ("reading", "coping"),
    "q=fatigue": ("coping", "ask"),
    "q=visit+questions": ("ask", "reading"),
}


@pytest.mark.parametrize(("query", "there", "gone"), [(q, *two) for q, two in FILTERS.items()])
def test_filter_keeps_a_match_and_drops_a_non_match(
    page: Page, query: str, there: str, gone: str
) -> None:
    found = listed(page, query)
    assert there in found
    assert gone not in found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=questions&topic=tests", {"ask"}),
        ("kind=living-with&topic=tests", set()),
        ("topic=tests&q=report", {"reading"}),
        ("kind=explainer&topic=tests&q=scores+copy", {"reading"}),
        ("kind=explainer&topic=tests&q=fatigue", set()),
        ("q=report+tiredness", set()),
    ],
)
def test_two_filters_at_once(page: Page, query: str, found: set[str]) -> None:
    assert listed(page, query) == found


@pytest.mark.parametrize("name", ["q", "kind", "topic", "page"])
def test_empty_value_leaves_nothing_out(page: Page, name: str) -> None:
    assert listed(page, f"{name}=") == set(LISTED)


def test_list_holds_every_live_article(page: Page) -> None:
    assert sorted(results(page("/learn/"))) == ["ask", "coping", "reading"]


def test_narrowed_list_is_a_to_z(page: Page) -> None:
    published_article(title="A second explainer", slug="second", kind="explainer")
    assert results(page("/learn/?kind=explainer")) == ["second", "reading"]


def test_topic_whose_name_is_part_of_another_is_not_mixed_up(page: Page) -> None:
    """``tests`` is no part of a topic, and no topic is found by a part of its code."""
    assert listed(page, "topic=research") == set()
    assert listed(page, "q=test") == set()


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=%25%25_", "q=%5C", "q='", 'q="'])
def test_signs_that_databases_know_are_only_signs(page: Page, query: str) -> None:
    assert listed(page, query) == set()


def test_article_of_the_list_shows_title_kind_and_answer(page: Page) -> None:
    article = page("/learn/").find("article", attrs={"data-result": "reading"})
    assert isinstance(article, Tag)
    told = "Explained Reading a report A report names scores."
    assert words(article) == f"{told} Not yet reviewed by a clinician"
    assert links(article, "a") == ["/learn/reading/"]


def test_list_without_a_result_leads_on(page: Page) -> None:
    part = page("/learn/?q=nothing").find(id="results")
    assert isinstance(part, Tag)
    assert "No article has all of this." in words(part)
    assert {"/drugs/", "/classes/"} <= set(links(part, "a"))


# --- Wrong values: status 200, a message, no results, the other answers stay

WRONG: dict[str, tuple[list[tuple[str, str]], str]] = {
    "unknown-kind": ([("kind", "no-such")], "kind"),
    "kind-of-the-other-folder": ([("kind", "about")], "kind"),
    "kind-by-its-words": ([("kind", "Explained")], "kind"),
    "unknown-topic": ([("topic", "no-such")], "topic"),
    "topic-with-comma": ([("topic", "tests,genes")], "topic"),
    "markup": ([("topic", "<script>alert(1)</script>")], "topic"),
    "nul-in-kind": ([("kind", "a\x00b")], "kind"),
    "nul-in-topic": ([("topic", "\x00")], "topic"),
    "nul-in-words": ([("q", "a\x00b")], "q"),
    "ten-kilobytes-of-words": ([("q", "x" * 10_240)], "q"),
    "ten-kilobytes-of-kind": ([("kind", "x" * 10_240)], "kind"),
    "two-kinds": ([("kind", "explainer"), ("kind", "questions")], "kind"),
    "two-topics": ([("topic", "tests"), ("topic", "genes")], "topic"),
    "two-times-words": ([("q", "report"), ("q", "visit")], "q"),
    "one-kind-and-none": ([("kind", "explainer"), ("kind", "")], "kind"),
}
OTHER_ANSWERS = {"kind": "explainer", "topic": "tests", "q": "report"}


@pytest.mark.parametrize(("given", "field"), WRONG.values(), ids=WRONG)
def test_wrong_value_gives_a_message_and_no_results_and_the_other_answers_stay(
    page: Page, given: list[tuple[str, str]], field: str
) -> None:
    others = {name: value for name, value in OTHER_ANSWERS.items() if name != field}
    soup = page("/learn/?" + urlencode([*given, *others.items()]))
    assert "Look here:" in field_words(soup, field)
    assert not results(soup)
    assert "No articles are shown until" in words(soup.find(id="results"))
    assert {name: chosen(soup, name) for name in others} == {n: [v] for n, v in others.items()}


@pytest.mark.parametrize("name", ["kind", "topic", "q"])
def test_same_value_twice_is_one_answer(page: Page, name: str) -> None:
    value = OTHER_ANSWERS[name]
    assert listed(page, f"{name}={value}&{name}={value}") == listed(page, f"{name}={value}")


def test_unknown_parameter_is_no_answer(page: Page) -> None:
    assert listed(page, "utm_source=x&colour=red") == set(LISTED)


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "99", "x", "1e1", "1.5", "\x00", "9" * 10_000, "\u00b2", " "]
)
def test_page_that_is_not_there_leads_to_the_first(page: Page, number: str) -> None:
    soup = page("/learn/?" + urlencode({"kind": "explainer", "page": number}))
    part = soup.find(id="results")
    assert isinstance(part, Tag)
    assert "There is no such page of results. The last page is 1." in words(part)
    assert links(part, "a") == ["?kind=explainer"]
    assert not results(soup)


def test_two_page_numbers_are_no_page(page: Page) -> None:
    assert "There is no such page" in words(page("/learn/?page=1&page=2"))


def test_pages_of_results_lead_on_and_back_with_the_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 4)
    for _number in range(4):
        published_article(topics=("tests",))
    first = parsed(client.get("/learn/?topic=tests"))
    after = first.find("a", rel="next")
    assert isinstance(after, Tag)
    second = parsed(client.get("/learn/" + str(after["href"])))
    assert (len(results(first)), len(results(second))) == (4, 2)
    assert not set(results(first)) & set(results(second))
    before = second.find("a", rel="prev")
    assert isinstance(before, Tag)
    assert "topic=tests" in str(before["href"])
    assert second.find("a", rel="next") is None


def test_answers_to_the_filter_are_kept_from_search_engines(page: Page) -> None:
    assert robots(page("/learn/")) == ""
    assert robots(page("/learn/?topic=tests")) == "noindex"


def test_whole_library_stands_in_its_parts(page: Page) -> None:
    """From first words to living with treatment, then what has no topic, the news last of all."""
    published_article(title="Zebra", slug="zebra", topics=("tests", "genes"))
    for title, kind in (("A", "explainer"), ("B", "questions"), ("C", "explainer")):
        published_article(title=title, slug=title.lower(), kind=kind, topics=())
    published_article(
        heading(),
        study(),
        title="Aaa",
        slug="aaa",
        kind="research-news",
        topics=("tests",),
        evidence_level="compared",
        unchanged="All.",
        not_known="Much.",
    )
    part = page("/learn/").select_one("#results")
    assert part is not None
    sections = part.select("section")
    found = {words(one.h2): [words(card.h3) for card in one.select("article")] for one in sections}
    assert len(found) == len(sections)
    assert found["Tests and reports"][-1] == "Zebra"
    assert found["Explained"] == ["A", "C"]
    assert list(found)[0] == "Tests and reports"  # noqa: RUF015 - read beside the last ones
    assert list(found)[-3:] == ["Explained", "Questions to ask", "Research news"]
    links = [str(one["href"]) for one in part.select("nav a")]
    assert links == [f"#{one.h2['id']}" for one in sections if one.h2]


def test_narrowed_list_is_one_list(page: Page) -> None:
    part = page("/learn/?kind=explainer").select_one("#results")
    assert part is not None
    assert not part.select("section")
    assert part.select("article h2")
