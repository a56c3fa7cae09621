"""Suggestions while typing, through their address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.editorial.small_guide import for_a_module
from tests.factories import DrugFactory, published_drug
from tests.search.test_page import make_guide

pytestmark = pytest.mark.usefixtures("guide", "db")


@pytest.fixture(scope="module")
def guide(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The guide of the search page's tests, made once for this module."""
    yield from for_a_module(django_db_blocker, make_guide)


def groups(client: Client, typed: str) -> list[dict[str, Any]]:
    """The groups that are offered."""
    response = client.get(f"/search/suggest/?{urlencode({'q': typed})}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()["groups"]
    return found


def offered(client: Client, typed: str) -> list[dict[str, str]]:
    """Every offer, in order."""
    return [item for group in groups(client, typed) for item in group["items"]]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("her", "/drugs/herceptin/"),
        ("HERC", "/drugs/herceptin/"),
        ("trast", "/drugs/herceptin/"),
        ("emtan", "/drugs/kadcyla/"),
        ("t-dm", "/drugs/kadcyla/"),
        ("itch", "/side-effects/rash/"),
        ("bio", "/glossary/biopsy/"),
        ("report", "/learn/reading/"),
        ("herseptin", "/drugs/herceptin/"),
    ],
)
def test_name_that_begins_so_is_offered_first(client: Client, typed: str, url: str) -> None:
    assert offered(client, typed)[0]["url"] == url


def test_medicine_is_offered_by_its_full_name(client: Client) -> None:
    assert offered(client, "kad")[0]["label"] == "Kadcyla (ado-trastuzumab emtansine)"


def test_other_name_stands_beside_the_full_one(client: Client) -> None:
    assert offered(client, "tdm1")[0] == {
        "label": "Kadcyla (ado-trastuzumab emtansine)",
        "note": "T-DM1",
        "url": "/drugs/kadcyla/",
    }


def test_alias_is_never_shown(client: Client) -> None:
    assert offered(client, "itchi")[0]["note"] == ""


def test_medicine_without_a_page_leads_to_what_search_says_of_it(client: Client) -> None:
    offer = offered(client, "tamox")[0]
    assert offer["url"] == "/search/?q=tamoxifen"
    assert offer["note"] == "no page here"


def test_two_medicines_lead_straight_to_the_comparison(client: Client) -> None:
    first = groups(client, "herceptin vs kadcyla")[0]
    assert first["label"] == "Go straight to"
    assert first["items"][0]["url"] == "/drugs/compare/?drug=herceptin&drug=kadcyla"


@pytest.mark.parametrize("typed", ["", " ", "h", "-", "\x00"])
def test_too_little_offers_nothing(client: Client, typed: str) -> None:
    assert groups(client, typed) == []


def test_at_most_eight_are_offered_in_groups_of_one_kind(client: Client) -> None:
    for number in range(12):
        published_drug(slug=f"herx-{number}", brand_name=f"Herx {number}")
    found = groups(client, "her")
    assert sum(len(group["items"]) for group in found) == 8
    assert len({group["label"] for group in found}) == len(found)


def test_draft_is_not_offered(client: Client) -> None:
    DrugFactory(slug="herdraft", brand_name="Herdraft")
    assert "/drugs/herdraft/" not in [one["url"] for one in offered(client, "her")]
