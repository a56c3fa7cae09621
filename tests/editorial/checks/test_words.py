"""The word lists: how a phrase is found, and who may change them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ClientAs
from tests.editorial.checks.cases import of_rule
from tests.factories import whole_article
from tgsite.editorial.checks.words import WordList
from tgsite.editorial.models import WordRule

pytestmark = pytest.mark.django_db
ADD = reverse("wordrule:add")
LETTERS = st.text("abcdefghij", min_size=1, max_size=8)


def hits(phrase: str, text: str) -> list[str]:
    """What of ``text`` the phrase finds."""
    return [hit.written for hit in WordList([(phrase, "why", "what")]).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("cure", "A cure. Cure, cures, secure, cure-all.", ["cure", "Cure"]),
        ("game-chang*", "A game-changer, game-changing.", ["game-changer", "game-changing"]),
        ("no side effects", "It has no  side\neffects.", ["no  side\neffects"]),
        ("don't worry", "Don't worry.", ["Don't worry"]),
        ("fight", "infection-fighting, fight", ["fight"]),
    ],
)
def test_phrase_is_found_as_whole_words_in_any_case(
    phrase: str, text: str, found: list[str]
) -> None:
    """C2, F6: simple endings are phrases of their own, or a star."""
    assert hits(phrase, text) == found


@given(LETTERS, LETTERS, LETTERS)
def test_phrase_is_found_by_itself_and_never_inside_a_word(
    phrase: str, before: str, after: str
) -> None:
    """C2, F6."""
    assert hits(phrase, f"... {phrase.upper()}, ...") == [phrase.upper()]
    assert hits(phrase, f"{before}{phrase}") == []
    assert hits(phrase, f"{phrase}{after}") == []
    assert hits(f"{phrase}*", f"{phrase}{after}") == [f"{phrase}{after}"]


@given(st.lists(LETTERS, min_size=1, unique=True), st.text(max_size=60))
def test_longest_phrase_wins_and_hits_never_overlap(phrases: list[str], text: str) -> None:
    """C2, F6."""
    found = list(WordList([(one, "", "") for one in phrases]).find(text))
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(hit.written.lower() == hit.phrase for hit in found)


def test_word_that_an_editor_adds_is_told_at_once() -> None:
    """F8: with its reason and the better wording."""
    assert of_rule(whole_article(summary="A tough time."), "F8") == []
    WordRule.objects.create(
        word_list=WordRule.List.TONE, phrase="tough", reason="It frightens.", better="long"
    )
    (problem,) = of_rule(whole_article(summary="A tough time."), "F8")
    assert problem.message == "“tough”: It frightens. Better: long"


def test_word_that_an_editor_takes_out_is_told_no_more() -> None:
    """F8."""
    WordRule.objects.filter(phrase="journey").delete()
    assert of_rule(whole_article(summary="Your journey."), "F8") == []


def test_all_lists_are_one_query_of_a_run() -> None:
    article = whole_article()
    with CaptureQueriesContext(connection) as queries:
        of_rule(article, "F8")
    assert sum("editorial_wordrule" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("phrase", ["*", " ", "a*b", "**"])
def test_phrase_without_a_word_or_with_a_star_inside_is_refused(phrase: str) -> None:
    with pytest.raises(ValidationError):
        WordRule(word_list="tone", phrase=phrase, reason="x", better="y").full_clean()


def test_phrase_is_kept_once_however_it_is_typed() -> None:
    rule = WordRule(word_list="tone", phrase="  The  JOURNEY ", reason="x", better="y")
    rule.clean()
    assert rule.phrase == "the journey"


NEW = {"word_list": "tone", "phrase": "tough", "reason": "It frightens.", "better": "long"}


@pytest.mark.parametrize(
    ("role", "may"), [("author", False), ("reviewer", False), ("manager", True)]
)
def test_managing_editors_keep_the_lists(client_as: ClientAs, role: str, may: bool) -> None:
    client_as(role).post(ADD, NEW)
    assert WordRule.objects.filter(phrase="tough").exists() == may


def test_phrase_that_a_list_has_is_refused_in_the_form(client_as: ClientAs) -> None:
    response = client_as("manager").post(ADD, NEW | {"phrase": "Journey"})
    assert "This list has the phrase already." in response.text
