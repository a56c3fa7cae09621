"""Exports that cannot be taken in: each fault is named, and nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import Drug
from tests.editorial.exchange import (
    ALPHA,
    RETIRED,
    WORDS,
    edit_the_lists,
    exported,
    make_small_site,
    refusal,
    wipe,
    write,
)
from tests.editorial.small_guide import for_a_module
from tgsite.editorial.models import (
    RetiredPublisher,
    WordRule,
)

pytestmark = pytest.mark.django_db


def emptied_site() -> dict[str, Any]:
    """The small site with edited lists as values of files; the site is as set up after it."""
    make_small_site()
    edit_the_lists()
    files = exported()
    wipe()
    WordRule.objects.filter(phrase="game-over").delete()
    RetiredPublisher.objects.all().delete()
    return files


@pytest.fixture(scope="module")
def _files(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    yield from for_a_module(django_db_blocker, emptied_site)


@pytest.fixture
def files(_files: dict[str, Any], db: None) -> dict[str, Any]:
    """Values of files that a site without content would take in; each test spoils its own."""
    return deepcopy(_files)


def forged(files: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Alpha with a review that would be good, but for ``changes``; people with Rita in them."""
    made = {"by": "rita", "on": "2026-05-01", "due": "2026-11-01", "digest": "0" * 64}
    files[ALPHA]["review"] = {
        name: value for name, value in (made | changes).items() if value is not None
    }
    files["editorial/people.yaml"].append({"slug": "rita", "name": "Rita", "credentials": "MD"})
    return files


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "the digest is another"),
        ({"by": "nobody"}, "no contributor with the slug nobody"),
        ({"by": "paul"}, "paul has no credentials"),
        ({"on": "2999-01-01", "due": "2999-07-01"}, "in the future"),
        ({"due": "2026-05-01"}, "due after this one"),
        ({"on": "May"}, "write a day"),
        ({"digest": None}, "digest missing"),
        ({"by": ["rita"]}, "mapping of texts"),
        ({"signed": "yes"}, "no such part"),
    ],
)
def test_review_that_nobody_gave_is_refused(
    files: dict[str, Any], tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    files = forged(files, **changes)
    files["editorial/people.yaml"].append({"slug": "paul", "name": "Paul"})
    said = refusal(write(tmp_path / "forged", files))
    assert f"{ALPHA}: alpha: review" in said
    assert words in said


def test_fault_in_the_last_file_leaves_nothing_of_the_first(
    files: dict[str, Any], tmp_path: Path
) -> None:
    files["education/articles/reading-a-report.yaml"]["kind"] = "rumour"
    assert "reading-a-report: kind" in refusal(write(tmp_path / "one", files))
    assert not Drug.objects.exists()


def notice(**changes: Any) -> dict[str, Any]:
    """The key of a safety notice that could be, but for ``changes``; ``None`` leaves one out."""
    good = {"text": "Stop.", "source": "FDA", "since": "2026-01-01", "until": "2026-01-15"}
    values = good | changes
    return {"safety_notice": {name: one for name, one in values.items() if one is not None}}


TOMORROW = "2999-01-01T12:00:00+00:00"


def goes_live(**more: str) -> dict[str, Any]:
    """The key of a text that waits for its day."""
    return {"schedule": {"go_live_at": TOMORROW, **more}}


def noted(kind: str) -> dict[str, str]:
    """A line of the log."""
    return {"at": "2026-01-01T12:00:00+00:00", "kind": kind, "name": "Alpha"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"live": "yes"}, "live: write true or false"),
        ({"published": {"first": "yesterday"}}, "published, first: write a moment"),
        ({"published": {"first": "2026-01-01T00:00:00"}}, "published, first: write a moment"),
        ({"published": {"last": "2999-01-01T00:00:00+00:00"}}, "in the future"),
        ({"published": ["2026"]}, "published: write a mapping"),
        ({"old_addresses": ["a b"]}, "old_addresses: write a list of slugs"),
        ({"old_addresses": ["beta"]}, "beta is an address of another entry"),
        ({"log": "starter"}, "log: write a list"),
        ({"log": [{"at": "2026-01-01T00:00:00+00:00", "kind": "rumour"}]}, "log 1"),
        ({"log": ["starter"]}, "log 1: write a mapping"),
        ({"safety_notice": {"text": "Stop."}}, "has text, source and since"),
        (notice(url="x:y"), "safety_notice, url: Write a whole web address"),
        (notice(text="word " * 61), "safety_notice, text: At most 60 words; these are 61."),
        (notice(text="Stop. <b>Now</b>"), "safety_notice, text: Plain text only"),
        (notice(source="F" * 301), "safety_notice, source: At most 300 characters"),
        (notice(source="<a href=x>FDA</a>"), "safety_notice, source: Plain text only"),
        (notice(since="2999-01-01", until="2999-01-02"), "since: this is in the future"),
        (notice(until="2026-01-16"), "until: write a day from 2026-01-01 to 2026-01-15"),
        (notice(until="2025-12-31"), "until: write a day from 2026-01-01 to 2026-01-15"),
        (notice(until=None), "safety_notice: until is missing: no clinician confirmed this"),
        (
            notice(until=None) | {"log": [noted("notice"), noted("notice-ok"), noted("notice")]},
            "safety_notice: until is missing: no clinician confirmed this",
        ),
        ({"schedule": {"expire_at": "May"}}, "schedule, expire_at: write a moment"),
        ({"schedule": {"day": "May"}}, "schedule, day: there is no such part"),
        (goes_live(), "schedule, go_live_at: only a reviewed text that is not live"),
        (goes_live() | {"live": False}, "schedule, go_live_at: only a reviewed text"),
        (goes_live(expire_at=TOMORROW), "schedule, expire_at: this is before it goes live"),
        ({"reviewed_on": "2026-01-01"}, "there is no such field"),
    ],
)
def test_fact_that_cannot_be_is_named(
    files: dict[str, Any], tmp_path: Path, facts: dict[str, Any], words: str
) -> None:
    files["drugs/medicines/beta.yaml"]["old_addresses"] = ["betamax"]
    beta = files["drugs/medicines/delta.yaml"]
    beta.setdefault("old_addresses", ["beta"])
    files[ALPHA] |= facts
    said = refusal(write(tmp_path / "one", files), "--live-unreviewed")
    assert words in said


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        (WORDS, {"phrase": None}, "entry 1: phrase: an entry is a mapping with word_list and"),
        (WORDS, {"phrase": "*"}, "tone *: phrase: Write a word or a few"),
        (WORDS, {"phrase": "Game  Over"}, "tone Game  Over: phrase: write it as: game over"),
        (WORDS, {"phrase": "\ud800"}, "entry 1: phrase: an entry is a mapping"),
        (WORDS, {"word_list": "rumour"}, "rumour game-over: phrase: Value 'rumour'"),
        (WORDS, {"better": None}, "tone game-over: better: This field cannot be blank."),
        (WORDS, {"live": True}, "tone game-over: live: there is no such field"),
        (RETIRED, {"domain": "Old Example"}, "Old Example: domain: Write the site's name"),
        (RETIRED, {"since": "May"}, "old.example: since: “May” value has an invalid date"),
        (RETIRED, {"since": None}, "old.example: since: This field cannot be null."),
    ],
)
def test_word_or_publisher_that_cannot_be_is_named(
    files: dict[str, Any], tmp_path: Path, name: str, changes: dict[str, Any], words: str
) -> None:
    one = next(one for one in files[name] if "game-over" in one.values() or name == RETIRED)
    files[name] = [{key: value for key, value in (one | changes).items() if value is not None}]
    said = refusal(write(tmp_path / "bad", files), "--live-unreviewed")
    assert f"{name}: {words}" in said
