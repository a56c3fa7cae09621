"""Previews: the public page of what stands in the form, saved or not, complete or not."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from drugs.models import Drug
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of, form_data
from tests.editorial.people import author, client_of
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
)
from tgsite.middleware import PUBLIC_POLICY

FACTORIES = [
    DrugFactory,
    DrugClassFactory,
    SideEffectFactory,
    ArticleFactory,
    GlossaryTermFactory,
]
MARK = "Draft preview."


def ids(factory: Any) -> str:
    """The name of the kind."""
    return str(factory._meta.model.__name__)


def preview(client: Client, where: str, data: dict[str, Any]) -> BeautifulSoup:
    """The preview of a form with ``data``, by the address ``where``."""
    answer = client.post(where, data).json()
    assert answer == {"is_valid": True, "is_available": True}
    response = client.get(where)
    assert response.status_code == 200
    document = BeautifulSoup(response.content, "html.parser")
    assert MARK in document.get_text()
    return document


@pytest.mark.parametrize("factory", FACTORIES, ids=ids)
def test_an_entry_of_which_only_the_name_is_typed_has_a_preview(db: None, factory: Any) -> None:
    model = factory._meta.model
    client = client_of(author())
    data = form_data(client.get(address_of(model, "add")))
    data[model.name_field if model is not Drug else "brand_name"] = "Onlyaname"
    data["slug"], data["body-count"] = "", "0"
    found = preview(client, address_of(model, "preview_on_add"), data)
    assert "Onlyaname" in found.main.get_text()  # type: ignore[union-attr]
    assert not model.objects.exists()


@pytest.mark.parametrize("factory", FACTORIES, ids=ids)
def test_an_empty_form_has_a_preview(db: None, factory: Any) -> None:
    model = factory._meta.model
    client = client_of(author())
    data = form_data(client.get(address_of(model, "add"))) | {"body-count": "0"}
    found = preview(client, address_of(model, "preview_on_add"), data)
    assert len(found.select("main")) == 1


@pytest.mark.parametrize("factory", FACTORIES, ids=ids)
def test_a_live_entry_that_is_emptied_in_the_form_has_a_preview(db: None, factory: Any) -> None:
    entry = publish(factory())
    client = client_of(author())
    data = form_data(client.get(address_of(entry)))
    page = BeautifulSoup(client.get(address_of(entry)).content, "html.parser")
    for field in page.select(
        "#w-editor-form textarea[name], #w-editor-form input[type=text][name]"
    ):
        data[str(field["name"])] = ""
    data["body-count"] = "0"
    found = preview(client, address_of(entry, "preview_on_edit"), data)
    assert len(found.select("main")) == 1
    assert MARK not in client.get(entry.get_absolute_url()).text


UNSAVED = {
    "indications": {"summary": "An unsaved use", "hormone_receptor": "any", "line": "any"}
    | {"status": "approved", "setting": "metastatic", "her2": "positive", "confirmed": "on"},
    "side_effects": {"effect": "unsaved itching", "group": "common"},
    "forms": {"route": "oral-tablet", "form": "unsaved tablet"},
    "biosimilars": {"brand_name": "Unsavedsim", "generic_name": "unsaved-abcd"},
    "support_programs": {"name": "Unsaved help"},
    "sources": {"title": "An unsaved source", "publisher": "FDA"},
    "trial_results": {
        "trial": "T",
        "unit": "months",
        "uses": "An unsaved use",
        "finding": "Unsaved",
        "outcome": "Unsaved",
    }
    | {"source": "Label", "with_value": "9", "without_value": "5"},
    "label_sources": {"set_id": "11111111-2222-3333-4444-555555555555", "what": "Unsaved label"},
}


@pytest.mark.parametrize("relation", UNSAVED)
def test_an_unsaved_row_is_in_the_preview(drug: Drug, relation: str) -> None:
    """A template that asked the database would show the rows that are live."""
    client = client_of(author())
    data = form_data(client.get(address_of(drug)))
    number = int(data[f"{relation}-TOTAL_FORMS"][0])
    data[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    data |= {f"{relation}-{number}-{name}": value for name, value in UNSAVED[relation].items()}
    data[f"{relation}-{number}-ORDER"] = str(number + 1)
    found = preview(client, address_of(drug, "preview_on_edit"), data)
    assert "nsaved" in found.main.get_text()  # type: ignore[union-attr]
    assert "nsaved" not in client.get(drug.get_absolute_url()).text


def test_a_row_deleted_in_the_form_is_not_in_the_preview(drug: Drug) -> None:
    client = client_of(author())
    data = form_data(client.get(address_of(drug)))
    data["side_effects-0-DELETE"] = "1"
    found = preview(client, address_of(drug, "preview_on_edit"), data)
    assert "fatigue" not in found.main.get_text()  # type: ignore[union-attr]
    assert drug.side_effects.count() == 1


def test_the_preview_is_offered_as_wide_as_a_telephone_and_a_desktop(
    client_as: ClientAs, drug: Drug
) -> None:
    page = client_as("author").get(address_of(drug))
    buttons = BeautifulSoup(page.content, "html.parser").select("input[name=preview-size]")
    widths = {str(one["aria-label"]): one["data-device-width"] for one in buttons}
    assert widths == {"Phone": "390", "Tablet": "820", "Desktop": "1280"}


@pytest.mark.parametrize("path", ["/", "/drugs/", "/drugs/herceptin/", "/glossary/"])
def test_no_public_page_carries_the_mark_or_the_bar(
    client_as: ClientAs, drug: Drug, path: str
) -> None:
    client = client_as("manager")
    for _twice in range(2):
        text = client.get(path).text
        assert MARK not in text
        assert "preview.css" not in text
        assert "wagtail-userbar" not in text


def test_an_earlier_version_is_previewed_with_the_mark(drug: Drug) -> None:
    client = client_of(author())
    where = address_of(drug, "revisions_view", drug.latest_revision_id)
    text = client.get(where).text
    assert MARK in text and "Herceptin" in text


def test_what_two_people_type_is_not_mixed(drug: Drug) -> None:
    where = address_of(drug, "preview_on_edit")
    for person, words in ((author(), "Words of Ann."), (author("bob"), "Words of Bob.")):
        client = client_of(person)
        data = form_data(client.get(address_of(drug))) | {"summary": words}
        assert words in preview(client, where, data).get_text()
    assert "Words of Bob." not in client_of(author("cy")).get(where).text


def test_previews_send_the_policy_of_the_page_and_are_kept_nowhere(drug: Drug) -> None:
    client = client_of(author())
    where = address_of(drug, "preview_on_edit")
    preview(client, where, form_data(client.get(address_of(drug))))
    response = client.get(where)
    assert response["Content-Security-Policy"] == PUBLIC_POLICY
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in response["Cache-Control"]
