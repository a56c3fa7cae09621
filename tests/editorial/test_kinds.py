"""Side effects, articles and glossary terms in the admin, role by role, through their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.conftest import ClientAs, Page
from tests.editorial.admin_form import form_data, submit
from tests.editorial.people import approved, reviewer
from tests.editorial.small_guide import parsed, words
from tests.factories import ArticleFactory, GlossaryTermFactory, SideEffectFactory, publish
from tgsite.editorial import review
from tgsite.editorial.models import EditorialModel

pytestmark = pytest.mark.django_db

ROLES = ("author", "reviewer", "manager", "administrator")
PUBLISH, SUBMIT = "action-publish", "action-submit"


def body(heading: str = "Typed heading") -> dict[str, str]:
    """The body of an article with one heading, as a browser sends it."""
    fields = {"deleted": "", "order": "0", "type": "heading", "id": "", "value": heading}
    return {"body__count": "1"} | {f"body__0__{name}": value for name, value in fields.items()}


@dataclass(frozen=True)
class Kind:
    """One kind of entry: how it is made, where it stands, and which field a test changes."""

    make: Callable[..., Any]
    model: str
    folder: str
    name: str
    text: str
    # What the form cannot be sent without, beside what it was rendered with.
    fields: dict[str, str] = field(default_factory=dict)
    # What an entry has so that sending the form changes nothing else.
    row: dict[str, Any] = field(default_factory=dict)

    def admin(self, view: str, entry: EditorialModel | None = None) -> str:
        """The address of an admin view, of ``entry`` where it is about one."""
        return reverse(f"wagtailsnippets_{self.model}:{view}", args=[entry.pk] if entry else [])

    def submit(
        self, client: Client, view: str, entry: Any = None, action: str = "", **changes: Any
    ) -> HttpResponse:
        """Open a form, change fields, press the button of ``action``."""
        return submit(client, self.admin(view, entry), action, **(self.fields | changes))


KINDS = {
    "side-effect": Kind(
        SideEffectFactory, "drugs_sideeffect", "/side-effects/", "name", "description"
    ),
    "article": Kind(
        ArticleFactory,
        "education_article",
        "/learn/",
        "title",
        "summary",
        fields=body(),
        row={"body": [{"type": "heading", "value": "Typed heading"}]},
    ),
    "term": Kind(
        GlossaryTermFactory, "education_glossaryterm", "/glossary/", "term", "explanation"
    ),
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind in turn."""
    found: Kind = request.param
    return found


@pytest.fixture
def entry(kind: Kind) -> Any:
    """A live entry of the kind."""
    return publish(kind.make(slug="one"), **(kind.row | {kind.text: "Published text."}))


def anew(entry: Any) -> Any:
    """The row as it is now."""
    return type(entry).objects.get(pk=entry.pk)


def drafted(entry: Any, kind: Kind) -> str:
    """The text that stands in the newest draft."""
    text: str = getattr(anew(entry).get_latest_revision_as_object(), kind.text)
    return text


# --- Seeing


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_the_list(client_as: ClientAs, kind: Kind, entry: Any, role: str) -> None:
    response = client_as(role).get(kind.admin("list"))
    assert response.status_code == 200
    assert str(getattr(entry, kind.name)) in response.text


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_the_kind_in_its_menu(client_as: ClientAs, kind: Kind, role: str) -> None:
    menu = str(parsed(client_as(role).get("/admin/")).find(id="wagtail-sidebar-props"))
    assert kind.admin("list") in menu


@pytest.mark.parametrize("view", ["list", "add", "edit", "unpublish", "delete", "history"])
def test_strangers_are_sent_to_the_login(client: Client, kind: Kind, entry: Any, view: str) -> None:
    address = kind.admin(view, None if view in ("list", "add") else entry)
    for method in (client.get, client.post):
        response = method(address)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_dashboard_names_a_live_entry_that_nobody_reviewed(
    client_as: ClientAs, kind: Kind, entry: Any
) -> None:
    """A2."""
    draft = kind.make(slug="draft")
    links = parsed(client_as("manager").get("/admin/")).select("main a[href]")
    found = [words(link) for link in links]
    assert str(entry) in found
    assert str(draft) not in found


def test_list_is_searched_by_name(client_as: ClientAs, kind: Kind) -> None:
    wanted = publish(kind.make(**{kind.name: "Wanted thing"}))
    kind.make(**{kind.name: "Otherone"})
    text = client_as("author").get(kind.admin("list"), {"q": "wanted"}).text
    assert str(wanted) in text
    assert "Otherone" not in text


# --- Writing


def test_an_author_s_change_is_a_draft_that_readers_do_not_see(
    client_as: ClientAs, page: Page, kind: Kind, entry: Any
) -> None:
    kind.submit(client_as("author"), "edit", entry, **{kind.text: "Only a draft."})
    assert drafted(entry, kind) == "Only a draft."
    assert "Only a draft." not in words(page(entry.get_absolute_url()))
    assert anew(entry).has_unpublished_changes


def test_an_author_who_forges_publication_only_saves_a_draft(
    client_as: ClientAs, page: Page, kind: Kind, entry: Any
) -> None:
    kind.submit(client_as("author"), "edit", entry, PUBLISH, **{kind.text: "Forged."})
    assert drafted(entry, kind) == "Forged."
    assert "Forged." not in words(page(entry.get_absolute_url()))


def test_a_reviewer_neither_opens_nor_sends_the_form(
    client_as: ClientAs, kind: Kind, entry: Any
) -> None:
    reviewer = client_as("reviewer")
    for view, of in (("edit", entry), ("add", None)):
        assert reviewer.get(kind.admin(view, of)).status_code == 302
        reviewer.post(kind.admin(view, of), {kind.name: "Forged", kind.text: "Forged.", PUBLISH: 1})
    assert drafted(entry, kind) == "Published text."
    assert [str(one) for one in type(entry).objects.all()] == [str(entry)]


def test_a_minor_edit_is_what_readers_see_at_the_next_request(
    client_as: ClientAs, page: Page, kind: Kind, entry: Any
) -> None:
    assert "Published text." in words(page(entry.get_absolute_url()))
    changes = {kind.text: "Published anew.", "change_note": "Typo."}
    kind.submit(client_as("manager"), "edit", entry, PUBLISH, **changes)
    assert "Published anew." in words(page(entry.get_absolute_url()))


NEW = {
    "slug": "fresh",
    "summary": "What to do first.",
    "definition": "One sentence that stands alone.",
    "sources__TOTAL_FORMS": "1",
    "sources__0__title": "A leaflet",
    "sources__0__kind": "charity",
    "sources__0__publisher": "NCI",
    "sources__0__ORDER": "1",
}


def test_an_author_s_new_entry_waits_as_a_draft(
    client_as: ClientAs, client: Client, kind: Kind
) -> None:
    kind.submit(client_as("author"), "add", None, PUBLISH, **(NEW | {kind.name: "New thing"}))
    (made,) = kind.make._meta.model.objects.filter(slug="fresh")
    assert not made.live
    assert client.get(f"{kind.folder}fresh/").status_code == 404


def test_a_new_entry_goes_from_nothing_to_its_page(
    client_as: ClientAs, page: Page, kind: Kind
) -> None:
    changes = NEW | {kind.name: "New thing"}
    response = kind.submit(client_as("author"), "add", None, SUBMIT, **changes)
    assert response.status_code == 200
    approved(review.waiting().get(), reviewer())
    assert "New thing" in words(page(f"{kind.folder}fresh/").h1)
    assert "New thing" in words(page(kind.folder).main)


def test_a_new_entry_without_a_source_is_not_sent_to_review(
    client_as: ClientAs, client: Client, kind: Kind
) -> None:
    """A4."""
    changes = NEW | {kind.name: "New thing", "sources__TOTAL_FORMS": "0"}
    response = kind.submit(client_as("author"), "add", None, SUBMIT, **changes)
    assert "Add at least one source." in response.text
    assert form_data(response)[kind.name] == ["New thing"]
    assert client.get(f"{kind.folder}fresh/").status_code == 404


# --- Taking off


@pytest.mark.parametrize(
    ("role", "may"),
    [("author", False), ("reviewer", False), ("manager", True), ("administrator", True)],
)
def test_only_managers_take_off(
    client_as: ClientAs, client: Client, kind: Kind, entry: Any, role: str, may: bool
) -> None:
    client_as(role).post(kind.admin("safety", entry), {"do": "off", "reason": "A dose was wrong."})
    assert anew(entry).live is not may
    assert client.get(entry.get_absolute_url()).status_code == (404 if may else 200)


@pytest.mark.parametrize("role", ["author", "reviewer", "manager"])
def test_nobody_but_administrators_deletes_a_draft(
    client_as: ClientAs, kind: Kind, role: str
) -> None:
    draft = kind.make()
    client_as(role).post(kind.admin("delete", draft))
    assert anew(draft)


def test_administrators_delete_drafts_and_never_what_was_published(
    client_as: ClientAs, kind: Kind, entry: Any
) -> None:
    administrator, draft = client_as("administrator"), kind.make()
    for one in (draft, entry):
        administrator.post(kind.admin("delete", one))
    bulk = reverse("wagtail_bulk_action", args=[*kind.model.split("_"), "delete"])
    administrator.post(f"{bulk}?id={entry.pk}")
    assert list(type(entry).objects.all()) == [entry]


# --- Looking before saving


def test_the_preview_shows_the_unsaved_text(client_as: ClientAs, kind: Kind, entry: Any) -> None:
    client = client_as("author")
    data = form_data(client.get(kind.admin("edit", entry)))
    data |= {name.replace("__", "-"): value for name, value in kind.fields.items()}
    address = kind.admin("preview_on_edit", entry)
    answer = client.post(address, data | {kind.text: "Typed a moment ago."}).json()
    assert answer["is_valid"]
    text = words(client.get(address))
    assert "Typed a moment ago." in text
    assert "Published text." not in text
    assert drafted(entry, kind) == "Published text."


def test_the_preview_of_a_new_entry_shows_the_unsaved_text(client_as: ClientAs, kind: Kind) -> None:
    """Nothing is in the database yet: neither a slug nor an id."""
    client = client_as("author")
    data = form_data(client.get(kind.admin("add")))
    data |= {name.replace("__", "-"): value for name, value in kind.fields.items()}
    data |= {kind.name: "Brand new", kind.text: "Typed a moment ago."}
    address = kind.admin("preview_on_add")
    assert client.post(address, data).json()["is_valid"]
    response = client.get(address)
    assert response.status_code == 200
    assert "Brand new" in words(parsed(response).h1)
    assert "Typed a moment ago." in words(response)


def test_a_reviewer_has_no_preview_of_the_form(client_as: ClientAs, kind: Kind, entry: Any) -> None:
    """The form is not theirs to fill in."""
    address = kind.admin("preview_on_edit", entry)
    assert client_as("reviewer").get(address).status_code in (302, 403)


# --- Addresses


def test_renaming_in_the_admin_leaves_a_redirect(
    client_as: ClientAs, client: Client, kind: Kind, entry: Any
) -> None:
    kind.submit(client_as("manager"), "edit", entry, PUBLISH, slug="two")
    response = client.get(f"{kind.folder}one/")
    assert (response.status_code, response["Location"]) == (301, f"{kind.folder}two/")


def test_a_taken_slug_is_refused_at_its_field(client_as: ClientAs, kind: Kind, entry: Any) -> None:
    other = publish(kind.make(slug="two"))
    response = kind.submit(client_as("manager"), "edit", other, PUBLISH, slug="one")
    assert "already exists" in response.text
    assert anew(other).slug == "two"
