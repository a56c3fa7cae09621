"""The report on outside links, putting one aside, and the panel on the home (A9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from education.models import Article, ArticleSource, GlossarySource
from tests.conftest import ClientAs
from tests.editorial.people import account, client_of
from tests.editorial.reports.export import as_csv, as_xlsx
from tests.factories import published_article, published_term
from tgsite.editorial.models import LinkCheck, RetiredPublisher

ADDRESS = reverse("editorial_reports:links")
HOME = reverse("wagtailadmin_home")
STATES = {
    "not-checked": {},
    "fine": {"last_succeeded": timezone.now()},
    "refused": {"status_code": 403, "problem": "It lets no program in (403)."},
    "failing": {"failures": 1, "status_code": 404, "problem": "It answers with an error (404)."},
    "moved": {"moved_to": "https://new.example/"},
    "dead": {"failures": 3, "status_code": 410},
}


def leads_to(*addresses: str) -> Article:
    """A live article with these sources."""
    return published_article(
        title="Read this",
        sources=[
            ArticleSource(kind="guideline", title=one, publisher="ASCO", url=one)
            for one in addresses
        ],
    )


@pytest.fixture
def links(db: None) -> None:
    """An address in each state, a retired one and an ignored one."""
    for state, values in STATES.items():
        LinkCheck.objects.create(address=f"https://{state}.example/", **values)
    LinkCheck.objects.create(
        address="https://ignored.example/",
        failures=5,
        ignored_reason="Works in a browser.",
        ignored_until=timezone.localdate() + timedelta(days=1),
    )
    RetiredPublisher.objects.create(
        domain="retired.example", reason="Closed by its owner.", since="2025-01-01"
    )
    hosts = [f"https://{state}.example/" for state in STATES]
    leads_to(*hosts, "https://www.retired.example/a", "https://ignored.example/")


def rows(client: Client, **filters: str) -> list[dict[str, str]]:
    """The report's rows, as exported."""
    return as_csv(client, ADDRESS, **filters)


def addresses(client: Client, **filters: str) -> list[str]:
    """The addresses in the report."""
    return [row["Address"] for row in rows(client, **filters)]


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_reads_the_report(client_as: ClientAs, links: None, role: str) -> None:
    response = client_as(role).get(ADDRESS)
    assert response.status_code == 200
    assert "https://dead.example/" in response.text


def test_strangers_and_accounts_without_a_role_do_not(client: Client, links: None) -> None:
    assert "/admin/login/" in client.get(ADDRESS)["Location"]
    assert client_of(account("nobody")).get(ADDRESS).status_code == 302


@pytest.mark.parametrize("state", [*STATES, "ignored"])
def test_the_filter_by_state_finds_its_link_and_no_other(
    client_as: ClientAs, links: None, state: str
) -> None:
    assert addresses(client_as("author"), state=state) == [f"https://{state}.example/"]


def test_a_retired_publisher_is_known_by_any_of_its_names(client_as: ClientAs, links: None) -> None:
    row = rows(client_as("author"), state="retired")[0]
    assert row["Address"] == "https://www.retired.example/a"
    assert row["Why"] == "Closed by its owner."


def test_a_name_that_only_ends_alike_is_not_retired(client_as: ClientAs, links: None) -> None:
    leads_to("https://notretired.example/")
    assert len(rows(client_as("author"), state="retired")) == 1


def test_filters_by_kind_and_publisher(client_as: ClientAs, links: None) -> None:
    published_term(
        "word", sources=[GlossarySource(kind="guideline", title="A", url="https://dict.example/")]
    )
    client = client_as("author")
    assert addresses(client, kind="education.glossaryterm") == ["https://dict.example/"]
    assert addresses(client, publisher="DICT") == ["https://dict.example/"]
    assert len(addresses(client, publisher="asco", state="dead")) == 1
    assert addresses(client, kind="education.glossaryterm", state="dead") == []
    assert len(addresses(client, kind="", publisher="", state="")) == 9


@pytest.mark.parametrize("wrong", [{"state": "broken"}, {"kind": "drugs.x"}])
def test_a_wrong_value_shows_nothing_and_says_so(
    client_as: ClientAs, links: None, wrong: dict[str, str]
) -> None:
    response = client_as("author").get(ADDRESS, wrong)
    assert "has a value that does not exist" in response.text
    assert "https://dead.example/" not in response.text


def test_a_row_says_page_place_publisher_and_version(client_as: ClientAs, links: None) -> None:
    row = rows(client_as("author"), state="moved")[0]
    assert (row["Page"], row["Kind"], row["Version"]) == ("Read this", "Article", "Live")
    assert row["Place"] == "Source: https://moved.example/"
    assert (row["Publisher or site"], row["Moved to"]) == ("ASCO", "https://new.example/")


def test_both_exports_hold_the_same_rows(client_as: ClientAs, links: None) -> None:
    client = client_as("author")
    sheet = as_xlsx(client, ADDRESS, state="dead")
    row = rows(client, state="dead")[0]
    assert [cell.value for cell in sheet[0]] == list(row)
    assert sheet[1][4].value == row["Address"] == "https://dead.example/"
    assert row["Days of failure"] == "3"


def test_the_queries_do_not_grow_with_the_links(client_as: ClientAs, links: None) -> None:
    client = client_as("manager")
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for number in range(4):
        leads_to(f"https://more-{number}.example/", f"https://again-{number}.example/")
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)


# --- putting a link aside -----------------------------------------------------------------------


def dead() -> LinkCheck:
    """The dead link."""
    return LinkCheck.objects.get(address="https://dead.example/")


def ignore(client: Client, **changes: Any) -> Any:
    """Ask to ignore the dead link for a month."""
    until = timezone.localdate() + timedelta(days=30)
    data = {"ignored_reason": "It opens in a browser.", "ignored_until": str(until), **changes}
    return client.post(reverse("editorial_reports:ignore_link", args=[dead().pk]), data)


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_managers_put_a_link_aside_with_a_reason_and_it_is_logged(
    client_as: ClientAs, links: None, role: str
) -> None:
    client = client_as(role)
    assert ignore(client)["Location"] == ADDRESS
    row = next(one for one in rows(client, state="ignored") if "dead" in one["Address"])
    assert "It opens in a browser." in row["Why"] and role in row["Why"]
    entry = ModelLogEntry.objects.get(action="editorial.ignore-link")
    assert entry.user is not None and entry.user.get_username() == role
    assert entry.data["reason"] == "It opens in a browser."


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_are_refused_and_nothing_changes(
    client_as: ClientAs, links: None, role: str
) -> None:
    client = client_as(role)
    assert ignore(client).status_code == 302
    client.post(reverse("editorial_reports:stop_ignoring_link", args=[dead().pk]))
    client.post(
        reverse(
            "editorial_reports:stop_ignoring_link",
            args=[LinkCheck.objects.get(address="https://ignored.example/").pk],
        )
    )
    assert dead().ignored_until is None
    assert len(rows(client, state="ignored")) == 1
    assert not ModelLogEntry.objects.filter(action__startswith="editorial.").exists()
    assert "/ignore/" not in client.get(ADDRESS).text


@pytest.mark.parametrize(
    "changes",
    [
        {"ignored_reason": ""},
        {"ignored_reason": "   "},
        {"ignored_until": ""},
        {"ignored_until": "2020-01-01"},
        {"ignored_until": "2099-01-01"},
        {"ignored_until": "soon"},
    ],
    ids=str,
)
def test_without_a_reason_and_a_day_to_come_it_is_not_ignored(
    client_as: ClientAs, links: None, changes: dict[str, str]
) -> None:
    response = ignore(client_as("manager"), **changes)
    assert response.status_code == 200
    assert dead().ignored_reason == "" and dead().ignored_until is None


def test_a_link_is_taken_up_again_by_post_only(client_as: ClientAs, links: None) -> None:
    client = client_as("manager")
    ignore(client)
    address = reverse("editorial_reports:stop_ignoring_link", args=[dead().pk])
    assert client.get(address).status_code == 405
    assert dead().ignored_until is not None
    client.post(address)
    assert addresses(client, state="dead") == ["https://dead.example/"]
    assert ModelLogEntry.objects.filter(action="editorial.stop-ignoring-link").count() == 1


def test_a_link_put_aside_comes_back_when_its_day_is_over(client_as: ClientAs, links: None) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    LinkCheck.objects.filter(address="https://ignored.example/").update(ignored_until=yesterday)
    assert "https://ignored.example/" in addresses(client_as("author"), state="dead")


def test_the_report_offers_managers_both_ways(client_as: ClientAs, links: None) -> None:
    page = BeautifulSoup(client_as("manager").get(ADDRESS).text, "html.parser")
    forms = page.select("#listing-results td form[method=post]")
    assert len(forms) == 1
    assert forms[0].select_one("[name=csrfmiddlewaretoken]")
    assert page.select(f"a[href$='/links/{dead().pk}/ignore/']")


# --- the panel and the list of retired publishers -------------------------------------------------


def panel(client: Client) -> str:
    """The text of the panel on the home; empty without one."""
    page = BeautifulSoup(client.get(HOME).text, "html.parser")
    section = page.select_one("section[aria-labelledby=links-panel]")
    return section.get_text(" ", strip=True) if section else ""


def test_the_home_counts_what_an_editor_has_to_mend(client_as: ClientAs, links: None) -> None:
    """A9: a dead, moved or retired source is a task."""
    text = panel(client_as("manager"))
    for words in ("Dead : 1", "Moved for good : 1", "Publisher retired : 1"):
        assert words in text
    assert "Failing" not in text


def test_what_is_mended_leaves_the_home_at_once(client_as: ClientAs, links: None) -> None:
    client = client_as("manager")
    article = Article.objects.get()
    article.sources = [ArticleSource(kind="guideline", title="New", url="https://fine.example/")]
    article.publish(article.save_revision(), starter=True)
    assert panel(client) == ""


def test_without_trouble_the_home_shows_no_panel(client_as: ClientAs, db: None) -> None:
    assert panel(client_as("manager")) == ""


def test_managers_keep_the_list_of_retired_publishers(client_as: ClientAs, db: None) -> None:
    address = reverse("retired_publishers:add")
    data = {"domain": "old.example", "reason": "Closed.", "since": "2026-01-02"}
    client_as("author").post(address, data)
    assert not RetiredPublisher.objects.exists()
    manager = client_as("manager")
    manager.post(address, data | {"domain": "https://old.example/"})
    assert not RetiredPublisher.objects.exists()
    manager.post(address, data)
    assert RetiredPublisher.objects.get().domain == "old.example"
