"""The edit screens through their addresses, role by role."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from drugs.models import Drug, DrugClass
from tests.conftest import ClientAs, Page
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import through_review
from tests.factories import ContributorFactory, DrugFactory, published_drug
from tgsite.editorial.models import Contributor

LIST = address_of(Drug, "list")
ADD_CLASS = address_of(DrugClass, "add")
PUBLISH = "action-publish"
# So near to what the factory writes that no clinician need read it.
COLLEAGUE = "A medicine for our tests."


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_sees_the_list_of_medicines(client_as: ClientAs, drug: Drug, role: str) -> None:
    response = client_as(role).get(LIST)
    assert response.status_code == 200
    assert drug.brand_name in response.text


def test_strangers_are_sent_to_the_login(client: object, drug: Drug) -> None:
    response = client.get(address_of(drug))  # type: ignore[attr-defined]
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_an_approved_change_of_a_medicine_and_of_a_use_is_public(drug: Drug, page: Page) -> None:
    through_review(
        address_of(drug),
        summary="A sentence that was changed in the admin.",
        indications__0__for_whom="people who took part in this test",
    )
    text = page(drug.get_absolute_url()).get_text()
    assert "A sentence that was changed in the admin." in text
    assert "people who took part in this test" in text


def test_a_draft_does_not_touch_the_page(client_as: ClientAs, drug: Drug, page: Page) -> None:
    submit(client_as("author"), address_of(drug), summary="Only a draft.")
    assert "Only a draft." not in page(drug.get_absolute_url()).get_text()
    assert drug.get_latest_revision_as_object().summary != "Only a draft."
    drug.refresh_from_db()
    assert drug.get_latest_revision_as_object().summary == "Only a draft."


def test_an_author_who_forges_publication_only_saves_a_draft(
    client_as: ClientAs, drug: Drug, page: Page
) -> None:
    submit(client_as("author"), address_of(drug), PUBLISH, summary="Forged.")
    assert "Forged." not in page(drug.get_absolute_url()).get_text()


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_only_managers_unpublish(client_as: ClientAs, drug: Drug, role: str) -> None:
    client_as(role).post(address_of(drug, "unpublish"))
    drug.refresh_from_db()
    assert drug.live


@pytest.mark.parametrize("role", ["author", "reviewer", "manager"])
def test_nobody_but_administrators_deletes_a_medicine(
    client_as: ClientAs, drug: Drug, role: str
) -> None:
    client_as(role).post(address_of(drug, "delete"))
    assert Drug.objects.filter(pk=drug.pk).exists()


def test_a_reviewer_cannot_edit(client_as: ClientAs, drug: Drug) -> None:
    response = client_as("reviewer").get(address_of(drug))
    assert response.status_code == 302


def test_a_blocked_publication_names_the_row_and_keeps_what_was_typed(
    client_as: ClientAs, drug: Drug
) -> None:
    """C8: a withdrawn use carries its date and reason."""
    response = submit(
        client_as("manager"),
        address_of(drug),
        PUBLISH,
        indications__0__status="withdrawn",
        summary="Typed and not lost.",
    )
    assert "Give the date of the withdrawal." in response.text
    assert form_data(response)["summary"] == ["Typed and not lost."]
    drug.refresh_from_db()
    assert drug.indications.get().status == "approved"


def test_a_draft_is_saved_with_whatever_is_missing(client_as: ClientAs, drug: Drug) -> None:
    submit(
        client_as("author"),
        address_of(drug),
        generic_name="",
        call_911="",
        indications__0__summary="",
        indications__0__setting=[],
    )
    drug.refresh_from_db()
    assert drug.live and drug.generic_name == "trastuzumab"
    assert drug.get_latest_revision_as_object().generic_name == ""


def test_a_new_class_goes_from_nothing_to_its_page(page: Page) -> None:
    response = through_review(
        ADD_CLASS,
        name="Test inhibitors",
        slug="test-inhibitors",
        summary="They block a test.",
        how_it_works="They block it.",
        sources__TOTAL_FORMS="1",
        sources__0__title="A label",
        sources__0__kind="regulator",
        sources__0__publisher="FDA",
        sources__0__ORDER="1",
    )
    assert response.status_code == 200
    assert "They block a test." in page("/classes/test-inhibitors/").get_text()


def test_rows_keep_their_keys_through_the_edit_form(client_as: ClientAs, drug: Drug) -> None:
    before = drug.indications.get().key
    submit(client_as("manager"), address_of(drug), PUBLISH, summary="Once more.")
    assert drug.indications.model.objects.get(drug=drug).key == before


def test_a_taken_slug_is_refused_at_its_field(client_as: ClientAs, drug: Drug) -> None:
    other = published_drug(slug="other")
    response = submit(client_as("manager"), address_of(other), PUBLISH, slug=drug.slug)
    assert "already exists" in response.text
    other.refresh_from_db()
    assert other.slug == "other"


def test_renaming_in_the_admin_leaves_a_redirect(client_as: ClientAs, drug: Drug) -> None:
    client = client_as("manager")
    submit(client, address_of(drug), PUBLISH, slug="herceptin-new")
    response = client.get("/drugs/herceptin/")
    assert (response.status_code, response["Location"]) == (301, "/drugs/herceptin-new/")


def test_the_preview_shows_the_unsaved_text(client_as: ClientAs, drug: Drug) -> None:
    client = client_as("author")
    data = form_data(client.get(address_of(drug)))
    data["summary"] = "Typed a moment ago."
    data["indications-0-for_whom"] = "people in a preview"
    address = address_of(drug, "preview_on_edit")
    assert client.post(address, data).json()["is_valid"]
    text = client.get(address).text
    assert "Typed a moment ago." in text
    assert "people in a preview" in text
    # Without the bar the admin's panel of checks reports no issue whatever the page holds.
    assert "wagtail-userbar" in text
    assert "wagtail-userbar" not in client.get(drug.get_absolute_url()).text


def test_the_comparison_shows_sets_of_codes_in_words(client_as: ClientAs, drug: Drug) -> None:
    client = client_as("manager")
    submit(client, address_of(drug), indications__0__her2=["positive", "low"])
    drug.refresh_from_db()
    address = address_of(drug, "revisions_compare", "live", drug.latest_revision_id)
    assert "HER2-low" in client.get(address).text


def test_the_menu_has_no_page_tree(client_as: ClientAs, drug: Drug) -> None:
    response = client_as("administrator").get("/admin/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert "/admin/images/" not in str(soup.find(id="wagtail-sidebar-props"))
    assert "/admin/snippets/drugs/drug/" in str(soup.find(id="wagtail-sidebar-props"))


def test_the_list_searches_names_and_filters_by_class(client_as: ClientAs, drug: Drug) -> None:
    published_drug(brand_name="Otherone")
    response = client_as("author").get(LIST, {"q": "hercep"})
    assert "Herceptin" in response.text
    assert "Otherone" not in response.text


@pytest.mark.parametrize("query", ['"', " ", "\x00", "%", "'; drop"], ids=repr)
def test_no_search_in_the_admin_is_an_error(client_as: ClientAs, drug: Drug, query: str) -> None:
    assert client_as("author").get(LIST, {"q": query}).status_code == 200


def test_drafts_never_published_are_not_public(client: object, db: None) -> None:
    draft = DrugFactory(slug="only-a-draft")
    assert client.get(draft.get_absolute_url()).status_code == 404  # type: ignore[attr-defined]


def test_a_stale_tab_does_not_publish_over_a_newer_version(
    client_as: ClientAs, drug: Drug, page: Page
) -> None:
    client = client_as("manager")
    stale = form_data(client.get(address_of(drug)))
    submit(client, address_of(drug), PUBLISH, summary=COLLEAGUE, change_note="Typo.")
    response = client.post(
        address_of(drug), stale | {"summary": "From the stale tab.", PUBLISH: "1"}
    )
    assert "someone saved a newer version" in response.text
    assert form_data(response)["summary"] == ["From the stale tab."]
    text = page(drug.get_absolute_url()).get_text()
    assert COLLEAGUE in text
    assert "From the stale tab." not in text


def test_what_was_ever_published_is_never_deleted(client_as: ClientAs, drug: Drug) -> None:
    client = client_as("administrator")
    client.post(address_of(drug, "delete"))
    client.post(reverse("wagtail_bulk_action", args=["drugs", "drug", "delete"]) + f"?id={drug.pk}")
    assert Drug.objects.filter(pk=drug.pk).exists()
    draft = DrugFactory()
    client.post(address_of(draft, "delete"))
    assert not Drug.objects.filter(pk=draft.pk).exists()


def test_a_reviewer_s_name_is_not_deleted(client_as: ClientAs, drug: Drug) -> None:
    person = ContributorFactory()
    Drug.objects.filter(pk=drug.pk).update(
        reviewed_by=person, reviewed_on="2026-01-02", review_due="2026-07-02"
    )
    response = client_as("manager").post(f"/admin/contributor/delete/{person.pk}/", follow=True)
    assert "so the name stays" in response.text
    assert Contributor.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status_note": "Approved since 2018."}, "only for a medicine without a current use"),
        ({"summary": "word " * 61}, "At most 60 words"),
        ({"indications__0__DELETE": "1"}, "Add at least one use"),
    ],
    ids=["status-note", "long-summary", "no-use"],
)
def test_what_a_page_must_say_blocks_publication(
    client_as: ClientAs, drug: Drug, changes: dict[str, str], words: str
) -> None:
    """C1, C8."""
    changes = {"change_note": "Why."} | changes
    response = submit(client_as("manager"), address_of(drug), PUBLISH, **changes)
    assert words in response.text


def test_an_autosave_still_on_its_way_does_not_stop_the_publication(
    client_as: ClientAs, drug: Drug, page: Page
) -> None:
    client = client_as("manager")
    opened = form_data(client.get(address_of(drug)))
    submit(client, address_of(drug), summary="Autosaved.")
    changes = {"summary": COLLEAGUE, "change_note": "Typo.", PUBLISH: "1"}
    client.post(address_of(drug), opened | changes)
    assert COLLEAGUE in page(drug.get_absolute_url()).get_text()


def test_a_colleague_s_newer_draft_is_not_buried(client_as: ClientAs, drug: Drug) -> None:
    author, manager = client_as("author"), client_as("manager")
    stale = form_data(manager.get(address_of(drug)))
    submit(author, address_of(drug), summary="A colleague's draft.")
    response = manager.post(address_of(drug), stale | {"summary": "Mine.", PUBLISH: "1"})
    assert "someone saved a newer version" in response.text
    drug.refresh_from_db()
    assert drug.get_latest_revision_as_object().summary == "A colleague's draft."
