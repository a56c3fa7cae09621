"""The report on how hard every live entry is to read (F1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from education.models import Article
from tests.conftest import ClientAs
from tests.editorial.people import account, client_of
from tests.editorial.reports.export import as_csv, as_xlsx
from tests.factories import ArticleFactory, published_drug
from tgsite.editorial.models import ReadingFigures

ADDRESS = reverse("editorial_reports:readability")
# 12 short words each: a hundred words and more of either, one easy, one hard.
EASY = "You can call us at any time of the day or night. " * 12
HARD = (
    "Pharmacological administration necessitates comprehensive multidisciplinary evaluation "
    "preceding individualized immunological interventions. "
) * 12


def article(title: str, text: str) -> Article:
    """An article that stands live with this text, which the gate would refuse if it is hard."""
    entry = ArticleFactory(title=title, body=[{"type": "text", "value": f"<p>{text}</p>"}])
    return on_the_site(entry)


def on_the_site(entry: Article) -> Article:
    """``entry`` as its next publication leaves the row."""
    entry.live = True
    entry.last_published_at = timezone.now()
    entry.save()
    return entry


def names(client: Client, **filters: str) -> list[str]:
    """The names in the report."""
    return [row["Name"] for row in as_csv(client, ADDRESS, **filters)]


@pytest.fixture
def texts(db: None) -> None:
    """An easy article, a hard one, a short one and a draft."""
    article("Easy", EASY)
    article("Hard", HARD)
    article("Short", "A few words only.")
    ArticleFactory(title="Draft")


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_reads_the_report(client_as: ClientAs, texts: None, role: str) -> None:
    response = client_as(role).get(ADDRESS)
    assert response.status_code == 200 and "Hard" in response.text


def test_strangers_and_accounts_without_a_role_do_not(client: Client, texts: None) -> None:
    assert "/admin/login/" in client.get(ADDRESS)["Location"]
    assert client_of(account("nobody")).get(ADDRESS).status_code == 302


def test_the_hardest_comes_first_and_drafts_do_not_come(client_as: ClientAs, texts: None) -> None:
    assert names(client_as("author")) == ["Hard", "Easy", "Short"]


@pytest.mark.parametrize(
    ("level", "found"), [("above", ["Hard"]), ("within", ["Easy"]), ("ungraded", ["Short"])]
)
def test_the_filter_by_level_finds_its_entry_and_no_other(
    client_as: ClientAs, texts: None, level: str, found: list[str]
) -> None:
    assert names(client_as("author"), level=level) == found


def test_the_filter_by_kind_and_both_at_once(client_as: ClientAs, texts: None) -> None:
    published_drug(brand_name="Herceptin")
    client = client_as("author")
    assert names(client, kind="drugs.drug") == ["Herceptin"]
    assert names(client, kind="drugs.drug", level="above") == []
    assert len(names(client, kind="", level="")) == 4


@pytest.mark.parametrize("wrong", [{"level": "8"}, {"kind": "drugs.x"}])
def test_a_wrong_value_shows_nothing_and_says_so(
    client_as: ClientAs, texts: None, wrong: dict[str, str]
) -> None:
    response = client_as("author").get(ADDRESS, wrong)
    assert "has a value that does not exist" in response.text


def test_a_row_gives_the_grades_by_page_and_section_and_the_hardest_sentence(
    client_as: ClientAs, texts: None
) -> None:
    row = as_csv(client_as("author"), ADDRESS, level="above")[0]
    assert float(row["Grade (Flesch-Kincaid)"]) > 12 and float(row["SMOG"]) > 12
    assert row["Sections of 100 words and more"].count("SMOG") == 1
    assert row["Hardest sentence"].startswith("Pharmacological administration")
    assert int(row["Words"]) > 100
    sheet = as_xlsx(client_as("reviewer"), ADDRESS, level="above")
    assert [cell.value for cell in sheet[0]] == list(row)


def test_a_text_is_measured_once_and_again_after_its_next_publication(
    client_as: ClientAs, texts: None
) -> None:
    client = client_as("author")
    assert "Hard" in names(client, level="above")
    with CaptureQueriesContext(connection) as second:
        names(client)
    assert not [one for one in second if one["sql"].startswith(("INSERT", "UPDATE"))]
    hard = Article.objects.get(title="Hard")
    hard.body = [("text", RichText(f"<p>{EASY}</p>"))]
    on_the_site(hard)
    assert names(client, level="above") == []
    assert ReadingFigures.objects.count() == 3


def test_a_name_that_becomes_known_is_taken_out_of_texts_measured_before(
    client_as: ClientAs,
) -> None:
    word = "immunoconjugatinumab"
    article("Named", f"You can take {word} at any time of the day. " * 12)
    client = client_as("author")
    before = float(as_csv(client, ADDRESS)[0]["Grade (Flesch-Kincaid)"])
    published_drug(brand_name="Zz", generic_name=word)
    row: Any = next(one for one in as_csv(client, ADDRESS) if one["Name"] == "Named")
    assert float(row["Grade (Flesch-Kincaid)"]) < before


def test_the_queries_do_not_grow_with_the_entries(client_as: ClientAs, texts: None) -> None:
    client = client_as("author")
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for number in range(4):
        article(f"More {number}", EASY)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)
