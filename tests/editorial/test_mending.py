"""A fact changes: the editor sees every page whose words rest on it, until each is mended."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from drugs.models import Drug, DrugForm
from education.models import Article
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of, submit
from tests.editorial.people import author, client_of, reviewer, submitted
from tests.editorial.reviewing import screen
from tests.education import bodies
from tests.factories import (
    SideEffectFactory,
    indication,
    medicine_rule,
    publish,
    published_article,
    published_drug,
)
from tgsite.editorial.models import EditorialModel, PageToMend

pytestmark = pytest.mark.django_db
WRONG = "Alfa is used after surgery."
TO_READ = "Ask whether Alfa after surgery is for you."
REPORT = "/admin/reports/guide/mending/"


@pytest.fixture
def alfa() -> Drug:
    """A live medicine for HER2-positive cancer, after surgery and once it has spread; tablets."""
    return published_drug(
        brand_name="Alfa",
        generic_name="alfamab",
        indications=[
            indication(),
            indication(setting=("adjuvant",), summary="HER2-positive cancer, after surgery"),
        ],
        forms=[DrugForm(route="oral-tablet", form="tablet")],
    )


@pytest.fixture
def article(alfa: Drug) -> Article:
    """A live article that rests on the use after surgery."""
    return published_article(bodies.text(f"<p>{WRONG} {TO_READ}</p>"), title="About Alfa")


@pytest.fixture
def other(alfa: Drug) -> Article:
    """A live article that speaks of the medicine, and not of what changes."""
    return published_article(bodies.text("<p>Alfa is a tablet.</p>"), title="Tablets at home")


def without_the_use(drug: Drug) -> dict[str, Any]:
    """The change that turns the use after surgery off."""
    rows = list(drug.indications.all())
    rows[1].status, rows[1].withdrawn_on, rows[1].withdrawn_reason = (
        "withdrawn",
        "2026-11-01",
        "Why",
    )
    return {"indications": rows}


def turn_off(client: Client, drug: Drug) -> None:
    """Save a draft of ``drug`` without its use after surgery, on the edit screen."""
    response = submit(
        client,
        address_of(drug),
        indications__1__status="withdrawn",
        indications__1__withdrawn_on="2026-11-01",
        indications__1__withdrawn_reason="The maker asked for it",
    )
    assert response.status_code == 200
    latest = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object()
    assert [row.status for row in latest.indications.all()] == ["approved", "withdrawn"]


def listed(html: str | bytes) -> list[str]:
    """What is said of each page to mend, in order."""
    found = BeautifulSoup(html, "html.parser").select("li.checks__problem:has(ul.mend)")
    return [" ".join(one.get_text(" ").split()) for one in found]


def rows(client: Client) -> dict[str, str]:
    """Page -> its row of the report."""
    response = client.get(REPORT)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select("table.guide-report tbody tr")
    texts = [[" ".join(cell.get_text(" ").split()) for cell in one.select("td")] for one in found]
    return {cells[0]: " ".join(cells) for cells in texts}


def fresh(entry: Any) -> Any:
    """Its row as it is now."""
    return type(entry).objects.get(pk=entry.pk)


def paragraph(words: str) -> list[dict[str, Any]]:
    """A body of one paragraph."""
    return [{"type": "text", "value": f"<p>{words}</p>"}]


def with_the_use(drug: Drug) -> dict[str, Any]:
    """The change that turns it on again."""
    rows = list(fresh(drug).indications.all())
    rows[1].status, rows[1].withdrawn_on, rows[1].withdrawn_reason = "approved", "", ""
    return {"indications": rows}


def button(client: Client) -> tuple[str, dict[str, str]]:
    """Address and fields of the only button on the report."""
    soup = BeautifulSoup(client.get(REPORT).content, "html.parser")
    (form,) = soup.select("form[action*=nothing]")
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}
    return str(form["action"]), fields


# --- Before it is published


def test_turning_a_use_off_lists_the_pages_beside_the_form(
    client_as: ClientAs, alfa: Drug, article: Article, other: Article
) -> None:
    client = client_as("author")
    assert listed(client.get(address_of(alfa)).content) == []
    turn_off(client, alfa)
    response = client.get(address_of(alfa))
    (page,) = listed(response.content)
    assert page.startswith("About Alfa Wrong: “Alfa is used after surgery.”")
    assert "The record of Alfa has no approved use for: After surgery." in page
    assert "Read again: 1 sentence “Ask whether Alfa after surgery is for you.”" in page
    soup = BeautifulSoup(response.content, "html.parser")
    link = soup.select_one(".checks__what a[target]")
    assert isinstance(link, Tag)
    assert link["href"] == address_of(article)
    button = soup.select_one('[data-side-panel-toggle="content-checks"]')
    assert isinstance(button, Tag)
    before = int(button.text)
    publish(article, body=paragraph("Another subject."))
    button = BeautifulSoup(client.get(address_of(alfa)).content, "html.parser").select_one(
        '[data-side-panel-toggle="content-checks"]'
    )
    assert isinstance(button, Tag)
    assert int(button.text) == before - 1


def test_the_list_alone_has_them_too(client_as: ClientAs, alfa: Drug, article: Article) -> None:
    client = client_as("author")
    turn_off(client, alfa)
    content_type = ContentType.objects.get_for_model(Drug)
    found = client.get(reverse("editorial_checks", args=[content_type.pk, alfa.pk]))
    assert len(listed(found.content)) == 1


def test_words_that_are_no_facts_list_nothing(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    client = client_as("author")
    submit(client, address_of(alfa), summary="Other words about the use after surgery.")
    assert listed(client.get(address_of(alfa)).content) == []


def test_reviewer_sees_them_before_signing(alfa: Drug, article: Article, client: Client) -> None:
    task_state = submitted(alfa, author(), **without_the_use(alfa))
    found = client_of(reviewer()).get(screen(task_state))
    assert listed(found.content)[0].startswith("About Alfa Wrong:")


def test_who_may_not_edit_gets_no_link(client_as: ClientAs, alfa: Drug, article: Article) -> None:
    task_state = submitted(alfa, author(), **without_the_use(alfa))
    soup = BeautifulSoup(client_as("reviewer").get(screen(task_state)).content, "html.parser")
    assert soup.select("section:has(> #pages) .mend")
    assert not soup.select("section:has(> #pages) a")


# --- Once it is published


def test_published_the_pages_are_on_the_list_and_on_the_desk(
    client_as: ClientAs, alfa: Drug, article: Article, other: Article
) -> None:
    client = client_as("author")
    assert rows(client) == {}
    publish(alfa, **without_the_use(alfa))
    found = rows(client)
    assert list(found) == ["About Alfa"]
    assert WRONG in found["About Alfa"]
    assert TO_READ in found["About Alfa"]
    assert str(alfa) in found["About Alfa"]
    desk = BeautifulSoup(client.get("/admin/").content, "html.parser")
    section = desk.select_one("section[aria-labelledby=desk-to-mend]")
    assert isinstance(section, Tag)
    assert "About Alfa" in section.text


def test_the_page_itself_says_what_to_mend_until_its_draft_is_mended(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    client = client_as("author")
    heading = "To mend here because of Alfa (alfamab)"
    assert heading not in client.get(address_of(article)).text
    publish(alfa, **without_the_use(alfa))
    screen_of_page = client.get(address_of(article)).text
    assert heading in screen_of_page
    assert TO_READ in screen_of_page
    draft = fresh(article).get_latest_revision_as_object()
    draft.body = paragraph("Another subject.")
    draft.save_revision(clean=False)
    assert heading not in client.get(address_of(article)).text
    assert list(rows(client)) == ["About Alfa"]


def test_a_sentence_is_off_the_list_once_it_is_off_the_page(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    client = client_as("author")
    publish(alfa, **without_the_use(alfa))
    publish(article, body=paragraph(TO_READ))
    assert WRONG not in rows(client)["About Alfa"]
    assert TO_READ in rows(client)["About Alfa"]
    publish(article, body=paragraph("Alfa is for some people."))
    assert rows(client) == {}
    assert not PageToMend.objects.exists()


def test_another_publication_of_the_page_loses_nothing(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    publish(article, summary="Other words.")
    assert WRONG in rows(client_as("author"))["About Alfa"]


def test_facts_that_are_as_they_were_ask_for_nothing(alfa: Drug, article: Article) -> None:
    publish(alfa, **without_the_use(alfa))
    assert PageToMend.objects.count() == 1
    publish(fresh(alfa), **with_the_use(alfa))
    assert not PageToMend.objects.exists()


def test_facts_that_go_back_ask_for_what_was_mended_in_between(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    mended = "Alfa is not used after surgery."
    publish(article, body=paragraph(f"{mended} {TO_READ}"))
    publish(fresh(alfa), **with_the_use(alfa))
    assert f"Wrong: “{mended}”" in rows(client_as("author"))["About Alfa"]


def test_mended_sentence_does_not_come_back(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    publish(article, body=paragraph(f"Alfa is not used after surgery any more. {TO_READ}"))
    publish(fresh(alfa), summary="Other words.")
    found = rows(client_as("author"))["About Alfa"]
    assert TO_READ in found
    assert "any more" not in found


def test_new_name_loses_nothing(client_as: ClientAs, alfa: Drug, article: Article) -> None:
    changes = without_the_use(alfa)
    publish(alfa, brand_name="Omega", generic_name="omegamab", **changes)
    publish(fresh(alfa), summary="Other words.")
    assert WRONG in rows(client_as("author"))["About Alfa"]


def test_old_revisions_may_be_purged(client_as: ClientAs, alfa: Drug, article: Article) -> None:
    publish(alfa, **without_the_use(alfa))
    publish(fresh(alfa), summary="Other words.")
    call_command("purge_revisions")
    publish(fresh(alfa), summary="And other words.")
    assert WRONG in rows(client_as("author"))["About Alfa"]


def test_change_while_the_medicine_was_off_the_site_counts(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    fresh(alfa).unpublish()
    publish(fresh(alfa), **without_the_use(alfa))
    assert WRONG in rows(client_as("author"))["About Alfa"]


@pytest.mark.parametrize("again", [False, True])
def test_change_while_the_page_was_off_the_site_counts(
    client_as: ClientAs, alfa: Drug, article: Article, again: bool
) -> None:
    client = client_as("author")
    fresh(article).unpublish()
    publish(alfa, **without_the_use(alfa))
    if again:
        publish(fresh(alfa), summary="Other words.")
    assert rows(client) == {}
    assert listed(client.get(address_of(alfa)).content) == []
    publish(fresh(article))
    assert TO_READ in rows(client)["About Alfa"]


def test_entry_that_is_deleted_leaves_nothing(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    client = client_as("author")
    address, fields = button(client)
    fresh(article).delete()
    assert client.post(address, fields).status_code == 404
    publish(fresh(alfa), **with_the_use(alfa))
    again = published_article(bodies.text(f"<p>{WRONG}</p>"))
    publish(fresh(alfa), **without_the_use(alfa))
    assert [row.entry for row in PageToMend.objects.all()] == [again]
    fresh(alfa).delete()
    assert not PageToMend.objects.exists()


def test_cell_goes_though_another_row_has_the_same_words(client_as: ClientAs, alfa: Drug) -> None:
    published_drug(brand_name="Beta", generic_name="betamab")

    def table(months: str) -> Any:
        cells = (("Alfa", months), ("Beta", "7 months"))
        kind, value = bodies.table("Birth control", ("Medicine", "How long"), cells)
        return [{"type": kind, "value": value}]

    page = published_article(title="How long", body=table("7 months"))
    publish(alfa, pregnancy="Use birth control for 8 months.")
    client = client_as("author")
    assert list(rows(client)) == ["How long"]
    publish(page, body=table("8 months"))
    assert rows(client) == {}


def test_rule_on_the_page_of_a_side_effect_is_of_its_medicine(
    client_as: ClientAs, alfa: Drug
) -> None:
    effect = publish(SideEffectFactory(name="Cough"))
    publish(effect, medicine_rules=[medicine_rule(alfa, call="At the first cough.")])
    publish(fresh(alfa), call_team_now="A cough that is new")
    assert "At the first cough." in rows(client_as("author"))["Cough"]


def test_medicine_without_a_use_left_is_to_be_looked_for_everywhere(
    client_as: ClientAs, alfa: Drug
) -> None:
    choices = published_article(bodies.text("<p>You may hear of Alfa.</p>"), title="Choices")
    ended = {"status": "withdrawn", "withdrawn_on": "2026-11-01", "withdrawn_reason": "Why"}
    uses = [indication(**ended), indication(setting=("adjuvant",), **ended)]
    publish(alfa, indications=uses, status_note="Ended on 1 November 2026.")
    assert "You may hear of Alfa." in rows(client_as("author"))[str(choices)]


def test_old_contradiction_keeps_its_reason(client_as: ClientAs, alfa: Drug) -> None:
    words = "<p>Alfa is an infusion and is stored in the fridge.</p>"
    published_article(bodies.text(words), title="Cold")
    publish(alfa, storage="At room temperature.")
    assert "By the record Alfa is given as: tablets." in rows(client_as("author"))["Cold"]


def test_two_changes_after_another_add_up(
    client_as: ClientAs, alfa: Drug, article: Article, other: Article
) -> None:
    client = client_as("author")
    publish(alfa, **without_the_use(alfa))
    alfa = Drug.objects.get(pk=alfa.pk)
    publish(alfa, forms=[DrugForm(route="oral-capsule", form="capsule")])
    found = rows(client)
    assert sorted(found) == ["About Alfa", "Tablets at home"]
    assert WRONG in found["About Alfa"]
    assert "By the record Alfa is given as: capsules." in found["Tablets at home"]


def test_nothing_to_change_is_said_by_who_may_edit_the_page(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    client = client_as("author")
    address, fields = button(client)
    assert client_as("reviewer").post(address, fields).url == "/admin/"
    assert PageToMend.objects.exists()
    assert client.get(address).status_code == 405
    response = client.post(address, fields, follow=True)
    assert "Nothing to change: About Alfa" in response.text
    assert not PageToMend.objects.exists()
    (entry,) = ModelLogEntry.objects.filter(action="editorial.nothing-to-mend")
    assert (entry.object_id, entry.data["source"]) == (str(article.pk), str(alfa))
    assert client.post(address, fields).status_code == 404


def test_nothing_to_change_is_said_of_the_sentences_that_were_seen(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(article, body=paragraph(f"{TO_READ} Alfa is kept in the fridge."))
    publish(fresh(alfa), **without_the_use(alfa))
    client = client_as("author")
    seen = button(client)
    publish(fresh(alfa), storage="At room temperature.")
    response = client.post(*seen, follow=True)
    assert "read them again" in response.text
    assert "fridge" in rows(client)["About Alfa"]
    assert client.post(seen[0], {}).status_code == 302
    assert PageToMend.objects.exists()


def test_reviewer_reads_the_list_without_buttons(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    html = client_as("reviewer").get(REPORT).text
    assert "About Alfa" in html
    assert "nothing/" not in html


def test_page_off_the_site_waits_for_its_return(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    publish(alfa, **without_the_use(alfa))
    article = Article.objects.get(pk=article.pk)
    article.unpublish()
    client = client_as("author")
    assert rows(client) == {}
    publish(article)
    assert list(rows(client)) == ["About Alfa"]


def test_sentence_against_a_record_is_listed_though_nothing_changed(
    client_as: ClientAs, alfa: Drug
) -> None:
    published_article(bodies.text("<p>Alfa is an infusion.</p>"), title="Wrong from the start")
    found = rows(client_as("author"))
    assert "By the record Alfa is given as: tablets." in found["Wrong from the start"]


def test_list_takes_the_same_queries_for_one_page_and_for_five(
    client_as: ClientAs, alfa: Drug, article: Article
) -> None:
    client = client_as("author")
    publish(alfa, **without_the_use(alfa))
    for_one = queries_of_report(client, rows_expected=1)
    publish(fresh(alfa), **with_the_use(alfa))
    for _each in range(4):
        published_article(bodies.text(f"<p>{WRONG}</p>"))
    publish(fresh(alfa), **without_the_use(alfa))
    assert queries_of_report(client, rows_expected=5) == for_one


def queries_of_report(client: Client, rows_expected: int) -> int:
    """How many the report asks once what it keeps in memory is there."""
    html = client.get(REPORT).text
    assert html.count("Nothing to change:") == rows_expected
    with CaptureQueriesContext(connection) as queries:
        client.get(REPORT)
    return len(queries)


def test_spreadsheet_has_the_sentences(client_as: ClientAs, alfa: Drug, article: Article) -> None:
    publish(alfa, **without_the_use(alfa))
    response = client_as("author").get(f"{REPORT}?export=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert re.search(r"About Alfa.*Alfa is used after surgery", text, re.DOTALL)


def test_entry_of_a_kind_without_facts_asks_for_nothing(article: Article) -> None:
    entry: EditorialModel = Article.objects.get(pk=article.pk)
    publish(entry, summary="Other words.")
    assert not PageToMend.objects.exists()
