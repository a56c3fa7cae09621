"""Finished pages in memory: kept while they are true, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.actions.unpublish import UnpublishAction

from drugs import catalogue
from drugs import views as drug_views
from drugs.models import Drug, DrugClass, OtherMedicine
from tests.conftest import ClientAs, Counted, Page
from tests.editorial.admin_form import address_of, form_data
from tests.editorial.clock import go_to_day
from tests.editorial.small_guide import parsed, words
from tests.factories import (
    ContributorFactory,
    DrugClassFactory,
    SideEffectFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)
from tests.remembering import forget
from tgsite.editorial import pages_in_memory
from tgsite.editorial.models import ContentVersion, SiteSettings
from tgsite.views import AboutIndexView

pytestmark = pytest.mark.django_db

Respond = Callable[[], HttpResponse | StreamingHttpResponse]
HERCEPTIN = "/drugs/herceptin/"


@pytest.fixture
def guide(drug: Drug) -> Drug:
    """A medicine with a class and a side effect; the medicine."""
    blue = publish(DrugClassFactory(slug="blue", name="Blue medicines"))
    publish(SideEffectFactory(slug="rash", name="Rash"))
    return publish(drug, classes=[blue])  # type: ignore[return-value]


# --- The same page again

PAGES = (
    "/",
    "/drugs/",
    "/drugs/?her2=positive",
    "/drugs/?her2=no-such",
    HERCEPTIN,
    "/classes/",
    "/classes/blue/",
    "/side-effects/",
    "/side-effects/rash/",
    "/learn/",
    "/glossary/",
    "/updates/",
    "/about/",
    "/about/privacy/",
)


@pytest.mark.parametrize("address", PAGES)
def test_second_request_costs_one_query_and_gives_the_same_bytes_and_headers(
    client: Client, guide: Drug, django_assert_num_queries: Counted, address: str
) -> None:
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert second.status_code == first.status_code == 200
    assert second.content == first.content
    assert second.headers == first.headers
    assert "Content-Security-Policy" in second.headers


def test_another_query_is_another_page(page: Page, drug: Drug) -> None:
    published_drug(slug="other", brand_name="Otherone")
    assert "Otherone" in words(page("/drugs/").find(id="results"))
    assert "Otherone" not in words(page("/drugs/?q=herceptin").find(id="results"))
    assert "Otherone" in words(page("/drugs/?q=otherone").find(id="results"))


def test_another_language_is_another_page(page: Page) -> None:
    found = []
    for language in ("en-us", "de", "en-us"):
        with translation.override(language):
            html = page("/about/").html
        assert html is not None
        found.append(html["lang"])
    assert found == ["en-us", "de", "en-us"]


# --- Fresh at the next request

FRESH: dict[str, tuple[str, Callable[[Drug], Any], str]] = {
    "publication": ("/", lambda drug: publish(drug, brand_name="Renamed"), "Renamed"),
    "publication-on-its-page": (
        HERCEPTIN,
        lambda drug: publish(drug, summary="Published anew."),
        "Published anew.",
    ),
    "publication-of-another-kind": (
        HERCEPTIN,
        lambda _drug: publish(DrugClass.objects.get(slug="blue"), name="Azure medicines"),
        "Azure medicines",
    ),
    "site-settings": (
        HERCEPTIN,
        lambda _drug: SiteSettings(disclaimer="Said anew.").save(),
        "Said anew.",
    ),
}


@pytest.mark.parametrize(("address", "change", "new"), FRESH.values(), ids=FRESH)
def test_change_is_seen_by_the_next_request(
    page: Page, guide: Drug, address: str, change: Callable[[Drug], Any], new: str
) -> None:
    assert new not in words(page(address).body)
    change(guide)
    assert new in words(page(address).body)


@pytest.mark.parametrize(
    "remove",
    [lambda drug: drug.unpublish(), lambda drug: drug.delete()],
    ids=["unpublication", "deletion"],
)
def test_page_taken_off_is_gone_at_the_next_request(
    client: Client, guide: Drug, remove: Callable[[Drug], Any]
) -> None:
    assert client.get(HERCEPTIN).status_code == 200
    assert "Herceptin" in words(client.get("/drugs/"))
    remove(guide)
    assert client.get(HERCEPTIN).status_code == 404
    assert "Herceptin" not in words(parsed(client.get("/drugs/")).main)


def test_second_change_of_the_site_s_texts_is_seen_as_well(page: Page) -> None:
    texts = SiteSettings.objects.create(disclaimer="Said once.")
    assert "Said once." in words(page("/").body)
    texts.disclaimer = "Said twice."
    texts.save()
    assert "Said twice." in words(page("/").body)


def test_new_name_of_a_medicine_not_covered_is_seen_by_the_next_request(
    client_as: ClientAs, page: Page
) -> None:
    """Nothing inside the name of a medicine is a link to the glossary; the list has no drafts."""
    published_term("protein", slug="protein")
    published_article(("text", "<p>Ask about protein blockers.</p>"), slug="reading")
    assert page("/learn/reading/").select("main a[href='/glossary/protein/']")
    response = client_as("manager").post(
        reverse("othermedicine:add"),
        {"generic_name": "protein blockers", "slug": "protein-blockers", "kind": "chemotherapy"},
        follow=True,
    )
    assert OtherMedicine.objects.filter(slug="protein-blockers").exists(), words(response)
    assert not page("/learn/reading/").select("main a[href='/glossary/protein/']")


def test_draft_leaves_pages_in_memory(
    client: Client, guide: Drug, django_assert_num_queries: Counted
) -> None:
    client.get(HERCEPTIN)
    guide.summary = "Only a draft."
    guide.save_revision()
    with django_assert_num_queries(1):
        client.get(HERCEPTIN)


def test_new_day_shows_that_a_review_is_overdue(
    page: Page, guide: Drug, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A8: nobody publishes at midnight."""
    Drug.objects.filter(pk=guide.pk).update(
        reviewed_by=ContributorFactory(), reviewed_on=date(2026, 1, 1), review_due=date(2026, 7, 1)
    )
    go_to_day(monkeypatch, date(2026, 7, 1))
    assert "overdue" not in words(page(HERCEPTIN).main)
    go_to_day(monkeypatch, date(2026, 7, 2))
    assert "overdue" in words(page(HERCEPTIN).main)


def test_entry_taken_off_in_the_admin_is_gone_everywhere_at_the_next_request(
    client: Client, client_as: ClientAs
) -> None:
    drug = published_drug(slug="harmful", brand_name="Harmful")
    for address in ("/", "/drugs/", "/drugs/harmful/"):
        assert "Harmful" in client.get(address).content.decode(), address
    address = address_of(drug, "safety")
    data = {"do": "off", "reason": "A dose was wrong."}
    assert client_as("manager").post(address, data).status_code == 302
    for address in ("/", "/drugs/"):
        assert "Harmful" not in client.get(address).content.decode(), address
    assert client.get("/drugs/harmful/").status_code == 404


def test_expired_entry_is_gone_at_the_next_request(client: Client) -> None:
    drug = published_drug(slug="harmful", brand_name="Harmful")
    assert client.get("/drugs/harmful/").status_code == 200
    UnpublishAction(drug, set_expired=True).execute()
    assert client.get("/drugs/harmful/").status_code == 404
    assert "Harmful" not in client.get("/drugs/").content.decode()


# --- What is not kept


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Respond]:
    """How /about/ answers: the first of the list each time, taken off as it is called."""
    waiting: list[Respond] = []

    def get(_view: Any, _request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return waiting.pop(0)()

    monkeypatch.setattr(AboutIndexView, "get", get)
    return waiting


def with_cookie() -> HttpResponse:
    """A page that sets a cookie."""
    response = HttpResponse("a page")
    response.set_cookie("seen", "1")
    return response


NOT_KEPT: dict[str, Respond] = {
    "not-found": lambda: HttpResponse("not there", status=404),
    "bad-request": lambda: HttpResponse("unreadable", status=400),
    "gone": lambda: HttpResponse("gone", status=410),
    "failure": lambda: HttpResponse("failed", status=500),
    "redirect": lambda: HttpResponseRedirect("/drugs/"),
    "cookie": with_cookie,
    "streamed": lambda: StreamingHttpResponse(iter([b"a page"])),
    "no-page": lambda: HttpResponse("a,b", content_type="text/csv"),
}


def plain() -> HttpResponse:
    """A page that may be kept."""
    return HttpResponse("a page")


@pytest.mark.parametrize("respond", NOT_KEPT.values(), ids=NOT_KEPT)
def test_answer_that_is_no_plain_page_is_not_kept(
    client: Client, answers: list[Respond], respond: Respond
) -> None:
    answers += [respond, plain]
    client.get("/about/")
    assert client.get("/about/").content == b"a page"
    assert not answers


def test_plain_page_is_kept(client: Client, answers: list[Respond]) -> None:
    answers += [plain]
    assert client.get("/about/").content == client.get("/about/").content == b"a page"


def test_page_not_found_is_looked_for_again(client: Client, drug: Drug) -> None:
    assert client.get("/drugs/later/").status_code == 404
    # Without a publication: what is not there is never remembered.
    Drug.objects.filter(pk=drug.pk).update(slug="later")
    assert client.get("/drugs/later/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_page_in_memory_answers_no_other_method(client: Client, method: str) -> None:
    assert client.get("/about/").status_code == 200
    assert getattr(client, method)("/about/").status_code == 405


def test_head_is_neither_kept_nor_answered_from_memory(
    client: Client, answers: list[Respond]
) -> None:
    answers += [plain, plain, plain]
    client.head("/about/")
    client.get("/about/")
    client.head("/about/")
    assert not answers


def test_development_keeps_no_page(client: Client, answers: list[Respond], settings: Any) -> None:
    """There a changed template is to be seen at once."""
    settings.DEBUG = True
    answers += [plain, plain]
    client.get("/about/")
    client.get("/about/")
    assert not answers


@pytest.mark.parametrize(("length", "asked"), [(400, 1), (401, 2)], ids=["longest", "longer"])
def test_very_long_address_is_not_kept(
    client: Client, answers: list[Respond], length: int, asked: int
) -> None:
    answers += [plain] * 2
    address = "/about/?u=".ljust(length, "x")
    client.get(address)
    client.get(address)
    assert len(answers) == 2 - asked


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml"])
def test_files_and_health_checks_are_not_kept(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get(address)
    kept: list[Any] = []
    monkeypatch.setattr(pages_in_memory.pages, "keep", lambda *page: kept.append(page))
    assert client.get(address).content == before.content
    assert not kept


def test_health_check_reads_the_database_each_time(
    client: Client, django_assert_num_queries: Counted
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


Preview = Callable[[str], str]


@pytest.fixture
def preview(client_as: ClientAs, drug: Drug) -> Preview:
    """Type a summary in the edit screen and look at the preview, without saving."""
    client = client_as("author")
    data = form_data(client.get(address_of(drug)))
    address = address_of(drug, "preview_on_edit")

    def look(summary: str) -> str:
        assert client.post(address, data | {"summary": summary}).json()["is_valid"]
        return client.get(address).text

    return look


def test_preview_in_the_admin_is_not_kept(preview: Preview) -> None:
    assert "Typed first." in preview("Typed first.")
    assert "Typed second." in preview("Typed second.")


@pytest.mark.parametrize("address", ["/", "/drugs/", HERCEPTIN])
def test_preview_is_never_what_readers_get(preview: Preview, page: Page, address: str) -> None:
    """The admin makes a preview by a request to "/" that it invents."""
    assert "Only typed." in preview("Only typed.")
    soup = page(address)
    assert "Only typed." not in words(soup.body)
    assert soup.select(f"link[rel=canonical][href$='{address}']")


@pytest.mark.parametrize("address", ["/", "/drugs/", HERCEPTIN])
def test_preview_is_never_a_page_that_readers_got(
    preview: Preview, page: Page, address: str
) -> None:
    page(address)
    assert "Only typed." in preview("Only typed.")


# --- How much is kept


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses under /about/ that were not answered from memory; two pages are kept."""
    found: list[str] = []

    def get(_view: Any, request: HttpRequest) -> HttpResponse:
        found.append(request.GET["n"])
        return HttpResponse(request.GET["n"])

    monkeypatch.setattr(AboutIndexView, "get", get)
    monkeypatch.setattr(pages_in_memory, "MOST_PAGES", 2)
    return found


@pytest.mark.parametrize(
    ("visits", "made"),
    [("1212", "12"), ("12312", "12312"), ("12131", "123"), ("12132", "1232"), ("12323", "123")],
    ids=["two-fit", "three-do-not-fit", "used-stays", "unused-goes", "newest-stay"],
)
def test_least_used_page_makes_room(
    client: Client, asked: list[str], visits: str, made: str
) -> None:
    for number in visits:
        assert client.get(f"/about/?n={number}").content.decode() == number
    assert "".join(asked) == made


@pytest.mark.parametrize("step", [1, -1], ids=["publication", "restored-backup"])
def test_pages_of_another_version_take_no_room(client: Client, step: int) -> None:
    """Nobody can ask for them any more."""
    ContentVersion.advance()
    for number in "123":
        client.get(f"/about/?n={number}")
    ContentVersion.objects.update(number=ContentVersion.current() + step)
    client.get("/about/?n=4")
    assert len(pages_in_memory.pages._pages) == 1


# --- One version a request


def test_publication_in_the_middle_of_a_request_does_not_mix(
    client: Client, guide: Drug, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is of one version: medicines, classes and the texts at its foot."""
    made = drug_views.drug_page
    SiteSettings.objects.create(disclaimer="Old words.")
    before = client.get(HERCEPTIN).content
    forget_pages_only()

    def page_then_publication(*args: Any) -> Any:
        found = made(*args)
        publish(DrugClass.objects.get(slug="blue"), name="Azure medicines")
        texts = SiteSettings.objects.get()
        texts.disclaimer = "New words."
        texts.save()
        return found

    monkeypatch.setattr(drug_views, "drug_page", page_then_publication)
    assert client.get(HERCEPTIN).content == before
    monkeypatch.setattr(drug_views, "drug_page", made)
    after = words(client.get(HERCEPTIN))
    assert "Azure medicines" in after
    assert "New words." in after
    assert "Blue medicines" not in after


def forget_pages_only() -> None:
    """Drop the finished pages, not the content that they are made from."""
    pages_in_memory.pages.forget()


def test_number_of_the_content_is_read_once_a_request(client: Client, guide: Drug) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get(HERCEPTIN)
    table = ContentVersion._meta.db_table
    assert len([query for query in captured if table in query["sql"]]) == 1


def test_number_of_the_content_is_read_anew_by_the_next_request(client: Client) -> None:
    with ContentVersion.one_version():
        before = ContentVersion.current()
        ContentVersion.advance()
        assert ContentVersion.current() == before
    assert ContentVersion.current() == before + 1


def test_failing_request_leaves_no_number_behind(
    guide: Drug, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError

    client = Client(raise_request_exception=False)
    monkeypatch.setattr(drug_views, "drug_page", fail)
    assert client.get(HERCEPTIN).status_code == 500
    version = ContentVersion.current()
    publish(guide)
    assert ContentVersion.current() == version + 1


def test_admin_request_that_publishes_sees_its_own_publication(
    client_as: ClientAs, drug: Drug, page: Page
) -> None:
    """The admin is outside: what a request changed is what it goes on with."""
    client = client_as("manager")
    address = address_of(drug)
    data = form_data(client.get(address)) | {"slug": "renamed", "action-publish": "1"}
    numbers: list[int] = []
    made = Drug.publish

    def publish_and_ask(*args: Any, **kwargs: Any) -> None:
        numbers.append(catalogue.current().version)
        made(*args, **kwargs)
        numbers.append(catalogue.current().version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drug, "publish", publish_and_ask)
        client.post(address, data)
    assert numbers == [numbers[0], numbers[0] + 1]


def test_everything_is_forgotten_between_tests(client: Client, drug: Drug) -> None:
    """Databases of tests number their versions alike."""
    client.get(HERCEPTIN)
    forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(HERCEPTIN)
    assert len(captured) > 1
