"""The report on the freshness of every entry, and its picture."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.people import account, approved, author, client_of, reviewer, submitted
from tests.editorial.reports.export import as_csv, as_xlsx
from tests.factories import (
    ContributorFactory,
    DrugFactory,
    published_article,
    published_drug,
    published_term,
)
from tgsite.editorial.reports.chart import ReviewChart

ADDRESS = reverse("editorial_reports:freshness")
TODAY = date(2026, 5, 20)


def reviewed(entry: Any, due_in: int) -> Any:
    """``entry`` with a review that falls due so many days from today."""
    today = timezone.localdate()
    type(entry).objects.filter(pk=entry.pk).update(
        reviewed_by=ContributorFactory(name="Dr. Ada Example"),
        reviewed_on=today - timedelta(days=400),
        review_due=today + timedelta(days=due_in),
    )
    entry.refresh_from_db()
    return entry


def names(client: Client, **filters: str) -> list[str]:
    """The names in the report."""
    response = client.get(ADDRESS, filters)
    assert response.status_code == 200
    table = BeautifulSoup(response.text, "html.parser").select("#listing-results table tbody tr")
    return [row.select("td")[0].get_text(strip=True) for row in table]


@pytest.fixture
def entries(db: None) -> None:
    """One entry in each state, of several kinds."""
    published_drug(brand_name="Neverine")
    reviewed(published_drug(brand_name="Overduex"), due_in=-3)
    reviewed(published_article(title="Soon to read"), due_in=30)
    reviewed(published_term("laterword"), due_in=31)
    DrugFactory(brand_name="Draftamab")


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_reads_the_report(client_as: ClientAs, entries: None, role: str) -> None:
    assert len(names(client_as(role))) == 5


def test_strangers_are_sent_to_the_login(client: Client, entries: None) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 302 and "/admin/login/" in response["Location"]


def test_an_account_without_a_role_is_refused(client: Client, entries: None) -> None:
    assert client_of(account("nobody")).get(ADDRESS).status_code == 302
    assert client.get(ADDRESS, {"export": "csv"}).status_code == 302


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("never", ["Neverine"]),
        ("overdue", ["Overduex"]),
        ("soon", ["Soon to read"]),
        ("in-order", ["laterword"]),
        ("off", ["Draftamab"]),
    ],
)
def test_the_filter_by_state_finds_its_entry_and_no_other(
    client_as: ClientAs, entries: None, state: str, found: list[str]
) -> None:
    assert names(client_as("manager"), state=state) == found


def test_an_empty_filter_shows_everything(client_as: ClientAs, entries: None) -> None:
    assert len(names(client_as("manager"), state="", kind="", owner="")) == 5


@pytest.mark.parametrize("wrong", [{"state": "fresh"}, {"kind": "drugs.nothing"}, {"owner": "99"}])
def test_a_wrong_value_shows_nothing_and_says_so(
    client_as: ClientAs, entries: None, wrong: dict[str, str]
) -> None:
    response = client_as("manager").get(ADDRESS, wrong)
    assert response.status_code == 200
    assert "has a value that does not exist" in response.text
    assert "Neverine" not in response.text


def test_two_filters_at_once_both_hold(client_as: ClientAs, entries: None) -> None:
    client = client_as("manager")
    assert names(client, kind="drugs.drug", state="overdue") == ["Overduex"]
    assert names(client, kind="education.article", state="overdue") == []


def test_a_column_sorts_both_ways(client_as: ClientAs, entries: None) -> None:
    client = client_as("manager")
    up = ["Draftamab", "laterword", "Neverine", "Overduex", "Soon to read"]
    assert names(client, ordering="name") == up
    assert names(client, ordering="-name") == up[::-1]


def test_the_owner_is_who_sent_the_text_to_review(
    client_as: ClientAs, entries: None, drug: Drug
) -> None:
    ann = account("ann", "author", first_name="Ann", last_name="Author")
    approved(submitted(drug, ann, summary="A new sentence."), reviewer())
    row = as_csv(client_as("manager"), ADDRESS, owner=str(ann.pk))[0]
    assert (row["Name"], row["Owner"], row["State"]) == ("Herceptin", "Ann Author", "In order")
    ann.is_active = False
    ann.save()
    row = as_csv(client_of(reviewer()), ADDRESS, owner=str(ann.pk))[0]
    assert row["Owner"] == "Ann Author (has left)"


def test_what_waits_for_review_and_has_a_draft_says_so(client_as: ClientAs, drug: Drug) -> None:
    client = client_as("manager")
    before = as_csv(client, ADDRESS)[0]
    assert (before["In review"], before["Draft"]) == ("no", "no")
    submitted(drug, author(), summary="A new sentence.")
    after = as_csv(client, ADDRESS)[0]
    assert (after["In review"], after["Draft"]) == ("yes", "yes")


def test_the_export_holds_what_the_filters_leave(client_as: ClientAs, entries: None) -> None:
    client = client_as("author")
    rows = as_csv(client, ADDRESS, state="overdue")
    assert [row["Name"] for row in rows] == ["Overduex"]
    assert (rows[0]["Days overdue"], rows[0]["By"]) == ("3", "Dr. Ada Example")
    sheet = as_xlsx(client, ADDRESS, state="overdue")
    assert [row[0].value for row in sheet] == ["Name", "Overduex"]
    assert [cell.value for cell in sheet[0]] == list(rows[0])


def test_only_who_may_edit_gets_a_link_to_the_edit_screen(client_as: ClientAs, drug: Drug) -> None:
    edit = address_of(drug)
    assert edit in client_as("author").get(ADDRESS).text
    assert edit not in client_as("reviewer").get(ADDRESS).text


def test_the_queries_do_not_grow_with_the_entries(client_as: ClientAs) -> None:
    client = client_as("manager")
    reviewed(published_drug(), due_in=5)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for _number in range(4):
        reviewed(published_drug(), due_in=5)
        published_article()
    with CaptureQueriesContext(connection) as many:
        assert len(names(client)) == 9
    assert len(many) == len(few)


def test_the_picture_counts_each_entry_once() -> None:
    due = [
        None,
        None,
        TODAY - timedelta(days=1),
        TODAY,
        date(2026, 5, 31),
        date(2026, 6, 1),
        date(2027, 4, 30),
        date(2027, 5, 1),
    ]
    chart = ReviewChart.of(due, TODAY)
    assert {bar.label: bar.count for bar in chart.bars if bar.count} == {
        "Never reviewed": 2,
        "Overdue": 1,
        "May 2026": 2,
        "June 2026": 1,
        "April 2027": 1,
        "Later": 1,
    }
    assert chart.total == len(due)
    assert len(chart.bars) == 15


def test_the_tallest_bar_fills_the_picture_and_the_rest_keep_its_scale() -> None:
    chart = ReviewChart.of([None] * 4 + [TODAY] * 2, TODAY)
    heights = {bar.label: bar.height for bar in chart.bars if bar.count}
    assert heights["Never reviewed"] == 2 * heights["May 2026"] == 120
    assert all(bar.y + bar.height == chart.base for bar in chart.bars)


def test_the_picture_of_nothing_is_drawn_too() -> None:
    assert ReviewChart.of([], TODAY).total == 0


@pytest.mark.parametrize("address", [ADDRESS, reverse("wagtailadmin_home")])
def test_the_picture_says_in_words_what_it_shows(
    client_as: ClientAs, entries: None, address: str
) -> None:
    page = BeautifulSoup(client_as("author").get(address).text, "html.parser")
    picture = page.select_one("svg.review-chart")
    assert picture is not None and picture["role"] == "img"
    words = [page.find(id=one) for one in str(picture["aria-labelledby"]).split()]
    said = " ".join(one.get_text() for one in words if one is not None)
    assert "4 live entries" in said
    assert "Never reviewed: 1." in said and "Overdue: 1." in said
    counts = [int(one.get_text()) for one in picture.select(".review-chart__count")]
    assert sum(counts) == 4


def test_the_picture_runs_no_script_and_carries_no_style(
    client_as: ClientAs, entries: None
) -> None:
    page = BeautifulSoup(client_as("author").get(ADDRESS).text, "html.parser")
    picture = page.select_one("svg.review-chart")
    assert picture is not None
    assert not picture.select("script, style, [style], [onclick]")
