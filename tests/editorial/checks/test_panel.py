"""The content checks beside the edit form, and the list alone."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from drugs.models import Drug, DrugSource
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    whole_term,
)
from tgsite.editorial.models import EditorialModel

pytestmark = pytest.mark.django_db
KINDS = [DrugFactory, DrugClassFactory, SideEffectFactory, ArticleFactory, GlossaryTermFactory]


def list_of(entry: Any) -> str:
    """The address of the list alone."""
    content_type = ContentType.objects.get_for_model(entry)
    return reverse("editorial_checks", args=[content_type.pk, entry.pk])


def edit_screen(client: Client, entry: EditorialModel) -> BeautifulSoup:
    """The edit screen, parsed."""
    response = client.get(address_of(entry))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def panel(screen: BeautifulSoup) -> Tag:
    """The panel of content checks."""
    found = screen.select_one('[data-side-panel="content-checks"]')
    assert isinstance(found, Tag), "no panel of content checks"
    return found


@pytest.mark.parametrize("factory", KINDS)
def test_every_kind_of_entry_has_the_panel(client_as: ClientAs, factory: Any) -> None:
    """A1: every entry of the factories lacks an author."""
    screen = edit_screen(client_as("author"), factory())
    assert "Name who wrote it." in panel(screen).text


def test_panel_says_what_why_how_and_which_rule(client_as: ClientAs) -> None:
    """F2."""
    drug = DrugFactory()
    drug.summary = "word " * 36
    drug.save_revision(clean=False)
    words = " ".join(panel(edit_screen(client_as("author"), drug)).text.split())
    assert "A sentence of 36 words" in words
    assert "After 25 words the beginning of a sentence is forgotten." in words
    assert "Make two sentences of it; one idea each." in words
    assert "Short sentences and paragraphs F2" in words
    assert "Of the draft saved on" in words


def test_problems_stand_by_level_the_strictest_first(client_as: ClientAs) -> None:
    drug = DrugFactory(call_911="", summary="Your journey.")
    groups = panel(edit_screen(client_as("author"), drug)).select(".checks__group")
    assert [str(group["class"][-1]).rpartition("-")[2] for group in groups] == [
        "final",
        "block",
        "warn",
    ]


def test_link_of_a_problem_names_its_row_and_field(client_as: ClientAs) -> None:
    """A5."""
    drug = DrugFactory()
    drug.sources = [DrugSource(title="Paper")]
    drug.save()
    screen = edit_screen(client_as("author"), drug)
    link = panel(screen).select_one('a[data-check-relation="sources"]')
    assert isinstance(link, Tag)
    key = Drug.objects.get(pk=drug.pk).sources.get().key
    assert (link["data-check-row"], link["data-check-field"]) == (str(key), "kind")
    hidden = screen.select_one("input[name=sources-0-key]")
    assert isinstance(hidden, Tag)
    assert hidden["value"] == str(key)


def test_button_counts_what_stands_in_the_way(client_as: ClientAs) -> None:
    """A1 and nothing else; what is worth a look does not count."""
    term = whole_term(definition="A common word.")
    term.authors = []
    term.save()
    screen = edit_screen(client_as("author"), term)
    button = screen.select_one('[data-side-panel-toggle="content-checks"]')
    assert isinstance(button, Tag)
    assert button.text.strip() == "1"


def test_list_alone_is_of_the_newest_draft(client_as: ClientAs) -> None:
    drug, client = DrugFactory(), client_as("author")
    assert "A sentence of 36 words" not in client.get(list_of(drug)).text
    drug.summary = "word " * 36
    drug.save_revision(clean=False)
    assert "A sentence of 36 words" in client.get(list_of(drug)).text


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_reads_the_list(client_as: ClientAs, role: str) -> None:
    assert client_as(role).get(list_of(DrugFactory())).status_code == 200


def test_nobody_else_reads_the_list(client: Client) -> None:
    assert client.get(list_of(DrugFactory())).status_code == 302


def test_text_in_the_list_is_no_markup(client_as: ClientAs) -> None:
    drug = DrugFactory(summary="<script>alert(1)</script> " + "word " * 36)
    assert "<script>alert" not in client_as("author").get(list_of(drug)).text


@pytest.mark.parametrize("pk", [0, 999_999])
def test_list_of_what_is_not_there_is_not_found(client_as: ClientAs, pk: int) -> None:
    content_type = ContentType.objects.get_for_model(Drug)
    address = reverse("editorial_checks", args=[content_type.pk, pk])
    assert client_as("author").get(address).status_code == 404


def test_list_of_what_is_no_entry_is_not_found(client_as: ClientAs) -> None:
    assert client_as("administrator").get(list_of(ContributorFactory())).status_code == 404
