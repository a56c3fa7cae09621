"""Pages of medicines and classes: what readers see, what they never see, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Drug, DrugClass
from tests.conftest import Counted, Page
from tests.editorial.small_guide import Guide, add_medicines, parsed, results, words
from tests.factories import ContributorFactory, indication, publish, published_drug
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("guide", "db")

PAGES = ("/", "/drugs/", "/drugs/?her2=negative", "/drugs/alpha/", "/classes/", "/classes/blue/")
# Pages that show medicines among other things, and at most the same number of queries.
OTHER_PAGES = (
    "/side-effects/",
    "/side-effects/rash/",
    "/learn/",
    "/learn/reading-a-report/",
    "/glossary/",
    "/glossary/protein/",
    "/contributors/wanda/",
)
# One entry of each kind.
ENTRIES = (
    "/drugs/alpha/",
    "/classes/blue/",
    "/side-effects/rash/",
    "/learn/reading-a-report/",
    "/glossary/protein/",
)
NO_REVIEW = "Not yet reviewed by a clinician"
IN_THE_US = "Approved in the United States (FDA)"
FORMER = "No longer approved for breast cancer"


def review(slug: str, due: date) -> None:
    """Put a whole review on the row of a medicine."""
    reviewer = ContributorFactory(name="Rita Reviewer", credentials="MD")
    Drug.objects.filter(slug=slug).update(
        reviewed_by=reviewer, reviewed_on=date(2024, 8, 6), review_due=due
    )


def section_with(soup: BeautifulSoup, heading: str) -> Tag:
    """The smallest part of the page that holds the heading with these words and what follows."""
    found = next(one for one in soup.find_all(["h2", "h3"]) if heading in words(one))
    assert isinstance(found.parent, Tag)
    return found.parent


# --- Only what is live


@pytest.mark.parametrize("address", [*PAGES, *OTHER_PAGES, "/drugs/gamma/", "/sitemap.xml"])
def test_page_shows_nothing_that_is_not_live(
    client: Client, guide: Guide, settings: Any, address: str
) -> None:
    settings.DEBUG = True  # The sitemap lists what was never reviewed only in development.
    text = client.get(address).content.decode()
    assert not [word for word in (*guide.hidden, *guide.hidden_words) if word in text]


def test_list_and_home_show_every_live_medicine(page: Page, guide: Guide) -> None:
    assert set(results(page("/drugs/"))) == set(guide.live)
    links = {str(link["href"]) for link in page("/").select("main a[href]")}
    assert {f"/drugs/{slug}/" for slug in guide.live} <= links


def test_class_page_shows_its_live_medicines(page: Page) -> None:
    links = {str(link["href"]) for link in page("/classes/blue/").select("main a[href]")}
    assert {"/drugs/alpha/", "/drugs/gamma/"} <= links
    assert "/drugs/beta/" not in links


def test_classes_stand_under_their_kind(page: Page) -> None:
    soup = page("/classes/")
    links = {str(link["href"]) for link in soup.select("main a[href]")}
    assert {"/classes/blue/", "/classes/green/"} <= links
    assert "/classes/secret/" not in links


@pytest.mark.parametrize(
    "address",
    [
        "/drugs/draftium/",
        "/drugs/unpublished/",
        "/drugs/no-such/",
        "/drugs/none/",
        "/drugs/ALPHA/",
        "/drugs/alpha/x/",
        "/drugs/a%00b/",
        "/drugs/%ff%fe/",
        "/drugs/" + "x" * 5000 + "/",
        "/drugs/alpha%0a/",
        "/classes/secret/",
        "/classes/no-such/",
        "/classes/alpha/",
        "/side-effects/secret/",
        "/side-effects/alpha/",
        "/learn/secret/",
        "/about/secret/",
        "/glossary/secret/",
        "/contributors/no-such/",
    ],
)
def test_what_is_not_live_is_not_found_and_the_page_has_a_way_on(
    client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    links = [str(link["href"]) for link in parsed(response).select("main a[href]")]
    assert "/drugs/" in links


def test_old_address_leads_to_the_new_one(client: Client) -> None:
    publish(Drug.objects.get(slug="alpha"), slug="alpha-two")
    response = client.get("/drugs/alpha/")
    assert (response.status_code, response["Location"]) == (301, "/drugs/alpha-two/")


# --- A medicine's page


@pytest.fixture
def alpha(page: Page) -> BeautifulSoup:
    """The page of Alpha."""
    return page("/drugs/alpha/")


def test_page_has_one_main_and_one_heading_with_the_full_name(alpha: BeautifulSoup) -> None:
    """B5."""
    assert len(alpha.find_all("main")) == len(alpha.find_all("h1")) == 1
    assert alpha.main is not None
    assert "Alpha" in words(alpha.h1)
    assert "alphamab" in words(alpha.main)


def test_page_says_where_the_medicine_is_approved(alpha: BeautifulSoup) -> None:
    """C8."""
    assert IN_THE_US in words(alpha.main)
    assert "never recommends" in words(alpha.body)


def test_page_names_look_alikes_in_full(page: Page) -> None:
    """B5."""
    main = words(page("/drugs/gamma/").main)
    assert "Not the same as: Alpha" in main
    assert main.index("alphamab", main.index("Not the same as")) > 0


def test_page_names_look_alikes_from_a_to_z_however_the_links_were_made(page: Page) -> None:
    """A link has no place: a database gives links to entries not yet named in any order."""
    zeta, acorn = published_drug(brand_name="Zeta"), published_drug(brand_name="Acorn")
    revision = published_drug(slug="middle", brand_name="Middle").live_revision
    for order in ([zeta.pk, acorn.pk], [acorn.pk, zeta.pk]):
        revision.content["not_the_same_as"] = order
        revision.save()
        forget()
        named = words(page("/drugs/middle/").select_one(".look-alikes"))
        assert named.index("Acorn") < named.index("Zeta")


def test_withdrawn_use_stands_apart_with_date_and_reason(alpha: BeautifulSoup) -> None:
    """C8."""
    part = words(section_with(alpha, "Withdrawn"))
    assert "Old use before surgery" in part
    assert "4 March 2019" in part
    assert "It did not help people live longer." in part
    assert "Metastatic HER2-positive cancer" not in part


def test_unconfirmed_use_stands_under_its_heading(alpha: BeautifulSoup) -> None:
    """C8, design section 4."""
    part = words(section_with(alpha, "Reported, not yet checked against the label"))
    assert "Rumoured early use" in part
    assert "Metastatic HER2-positive cancer" not in part


def test_emergency_signs_stand_before_the_uses(alpha: BeautifulSoup) -> None:
    """B1, B2a."""
    main = words(alpha.main)
    assert "911" in main
    assert main.index("Chest pain") < main.index("Metastatic HER2-positive cancer")
    assert main.index("Chest pain") < main.index("New cough")


def test_medicine_without_current_use_says_so_by_its_name(page: Page) -> None:
    """C8."""
    soup = page("/drugs/former/")
    main = words(soup.main)
    assert FORMER in main
    assert IN_THE_US not in main
    assert main.index(FORMER) < main.index("Old metastatic use")
    assert "The FDA took its breast-cancer approval back." in main


def test_parts_that_wait_for_a_check_are_not_shown(page: Page) -> None:
    publish(
        Drug.objects.get(slug="alpha"),
        storage="Keep it in the fridge.",
        pregnancy="Wait seven months.",
        unconfirmed=["storage"],
    )
    main = words(page("/drugs/alpha/").main)
    assert "Keep it in the fridge." not in main
    assert "Wait seven months." in main


def test_source_stands_on_the_page(alpha: BeautifulSoup) -> None:
    """A4."""
    assert "Prescribing information" in words(section_with(alpha, "Sources"))


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/classes/blue/"])
def test_what_editors_keep_to_themselves_is_never_shown(page: Page, address: str) -> None:
    model = Drug if "drugs" in address else DrugClass
    entry = model.objects.get(slug=address.split("/")[2])
    publish(entry, internal_notes="Only for editors", search_aliases="alfa misspelt")
    text = str(page(address))
    assert "Only for editors" not in text
    assert "alfa misspelt" not in text


def test_text_of_an_editor_is_shown_as_text(client: Client, unchecked: None) -> None:
    publish(Drug.objects.get(slug="alpha"), summary="<script>alert(1)</script>")
    for address in PAGES:
        assert b"<script>alert" not in client.get(address).content


# --- Reviews


@pytest.mark.parametrize("address", ENTRIES)
def test_entry_never_reviewed_says_so_before_anything_else(page: Page, address: str) -> None:
    """A2, A7."""
    soup = page(address)
    main = words(soup.main)
    assert main.index(NO_REVIEW) < 200
    assert "Not reviewed: check" in main


def test_result_never_reviewed_says_so(page: Page) -> None:
    """A8: in the list as well."""
    assert NO_REVIEW in words(page("/drugs/").find("article", attrs={"data-result": "alpha"}))


def test_reviewed_entry_names_reviewer_and_dates(page: Page) -> None:
    """A2, A3."""
    review("alpha", due=date(2999, 2, 6))
    text = words(page("/drugs/alpha/").main)
    assert NO_REVIEW not in text
    assert "Rita Reviewer, MD" in text
    assert "6 August 2024" in text
    assert "6 February 2999" in text


def test_entry_past_its_review_date_says_so_at_the_top_and_in_the_list(page: Page) -> None:
    """A8."""
    review("alpha", due=date(2025, 2, 6))
    publish(Drug.objects.get(slug="alpha"))
    main = words(page("/drugs/alpha/").main)
    assert main.index("overdue") < 200
    assert "6 February 2025" in main
    article = page("/drugs/").find("article", attrs={"data-result": "alpha"})
    assert "overdue" in words(article)


def test_entry_is_not_overdue_on_the_day_it_is_due(page: Page) -> None:
    review("alpha", due=timezone.localdate())
    assert "overdue" not in words(page("/drugs/alpha/").main)


def robots(soup: BeautifulSoup) -> str:
    """What the page asks of search engines."""
    found = soup.find("meta", attrs={"name": "robots"})
    return str(found["content"]) if isinstance(found, Tag) else ""


@pytest.mark.parametrize("address", ENTRIES)
def test_entry_never_reviewed_is_kept_from_search_engines(page: Page, address: str) -> None:
    assert "noindex" in robots(page(address))


def test_reviewed_entry_may_be_listed_by_search_engines(page: Page) -> None:
    review("alpha", due=date(2999, 2, 6))
    assert "noindex" not in robots(page("/drugs/alpha/"))


def test_development_keeps_nothing_from_search_engines(page: Page, settings: Any) -> None:
    settings.DEBUG = True
    assert "noindex" not in robots(page("/drugs/alpha/"))


# --- The list


def test_list_has_one_main_and_one_place_of_results(page: Page) -> None:
    soup = page("/drugs/")
    assert len(soup.find_all("main")) == len(soup.find_all(id="results")) == 1
    assert IN_THE_US in words(soup.main)


def test_result_says_why_it_is_listed(page: Page) -> None:
    article = page("/drugs/?her2=negative").find("article", attrs={"data-result": "gamma"})
    assert "With alphamab" in words(article)
    assert "Only with a PIK3CA change: ask about the test" in words(article)


def test_result_names_look_alikes_in_full(page: Page) -> None:
    """B5."""
    article = words(page("/drugs/").find("article", attrs={"data-result": "gamma"}))
    assert "Not the same as: Alpha" in article
    assert "alphamab" in article


def test_empty_list_says_that_there_may_be_treatment(page: Page) -> None:
    text = words(page("/drugs/?her2=positive&setting=neoadjuvant").find(id="results"))
    assert "That does not mean there is no treatment" in text
    assert "Ask your team" in text


def test_pages_of_results_lead_on_and_back_with_the_answers(client: Client) -> None:
    add_medicines(24)
    first = parsed(client.get("/drugs/?sort=name&her2=positive"))
    after = first.find("a", rel="next")
    assert isinstance(after, Tag)
    assert len(results(first)) == 24
    assert first.find("a", rel="prev") is None
    second = parsed(client.get("/drugs/" + str(after["href"])))
    assert len(results(second)) == 1
    assert not set(results(first)) & set(results(second))
    before = second.find("a", rel="prev")
    assert isinstance(before, Tag)
    assert "her2=positive" in str(before["href"])
    assert second.find("a", rel="next") is None


# --- Seen by the next request


def test_publication_is_seen_by_the_next_request(client: Client) -> None:
    for address in PAGES:
        client.get(address)
    publish(Drug.objects.get(slug="alpha"), brand_name="Renamed")
    for address in PAGES:
        if "her2" not in address:
            assert "Renamed" in words(client.get(address)), address


def test_new_use_is_matched_by_the_next_request(page: Page) -> None:
    assert "alpha" not in results(page("/drugs/?her2=ultralow"))
    publish(Drug.objects.get(slug="alpha"), indications=[indication(her2=("ultralow",))])
    assert "alpha" in results(page("/drugs/?her2=ultralow"))


def test_renamed_class_is_seen_by_the_next_request(page: Page) -> None:
    page("/drugs/")
    publish(DrugClass.objects.get(slug="blue"), name="Azure medicines")
    for address in ("/drugs/", "/classes/", "/classes/blue/", "/drugs/alpha/"):
        assert "Azure medicines" in words(page(address).main), address


@pytest.mark.parametrize(
    "remove",
    [lambda drug: drug.unpublish(), lambda drug: drug.delete()],
    ids=["unpublish", "delete"],
)
def test_entry_taken_off_is_gone_at_the_next_request(
    client: Client, page: Page, remove: Callable[[Drug], Any]
) -> None:
    assert "gamma" in results(page("/drugs/"))
    remove(Drug.objects.get(slug="gamma"))
    assert "gamma" not in results(page("/drugs/"))
    assert client.get("/drugs/gamma/").status_code == 404
    assert "Gamma" not in words(page("/classes/blue/").main)


def test_unpublished_class_is_gone_everywhere_at_the_next_request(page: Page) -> None:
    page("/drugs/")
    DrugClass.objects.get(slug="blue").unpublish()
    for address in ("/drugs/", "/classes/", "/drugs/alpha/"):
        assert "Blue medicines" not in words(page(address).main), address


def test_draft_is_never_seen(client: Client) -> None:
    before = [words(client.get(address)) for address in PAGES]
    drug = Drug.objects.get(slug="alpha")
    drug.brand_name = "Draft name"
    drug.indications = [indication(summary="Draft use", her2=("negative",))]
    drug.save_revision()
    assert [words(client.get(address)) for address in PAGES] == before


# --- What it costs


@pytest.mark.parametrize(
    "address", [*PAGES, *OTHER_PAGES, "/drugs/?page=99", "/drugs/no-such/", "/readyz"]
)
def test_page_takes_at_most_eight_queries_with_a_cold_catalogue(
    client: Client, django_assert_max_num_queries: Counted, address: str
) -> None:
    """Budget: design, section 10."""
    forget()
    with django_assert_max_num_queries(8):
        client.get(address)


def queries(client: Client, address: str) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def cold_and_warm(client: Client) -> dict[str, tuple[int, int]]:
    """For each page: queries with nothing in memory, and right after."""
    counts = {}
    for address in (*PAGES, *OTHER_PAGES, "/sitemap.xml"):
        forget()
        cold = queries(client, address)
        counts[address] = (cold, queries(client, address))
    return counts


def test_queries_do_not_grow_with_the_number_of_medicines(client: Client) -> None:
    """3 or so medicines, then 30."""
    few = cold_and_warm(client)
    add_medicines(25)
    assert Drug.objects.live().count() == 30
    assert cold_and_warm(client) == few


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 2),
        ("/drugs/", 1),
        ("/drugs/?her2=negative&setting=early", 1),
        ("/drugs/?her2=equivocal", 1),
        ("/classes/", 2),
        ("/classes/blue/", 3),
        ("/drugs/alpha/", 3),
        ("/side-effects/", 1),
        ("/side-effects/rash/", 3),
        ("/learn/", 3),
        ("/learn/reading-a-report/", 3),
        ("/glossary/", 1),
        ("/glossary/protein/", 2),
        ("/contributors/wanda/", 3),
        ("/about/privacy/", 1),
    ],
)
def test_warm_page_takes_few_queries(
    client: Client, django_assert_max_num_queries: Counted, address: str, most: int
) -> None:
    """With the content in memory, and the page not."""
    client.get("/drugs/?q=nothing")
    with django_assert_max_num_queries(most):
        client.get(address)


def test_page_from_memory_takes_one_query(
    client: Client, django_assert_num_queries: Counted
) -> None:
    first = client.get("/drugs/alpha/")
    with django_assert_num_queries(1):
        again = client.get("/drugs/alpha/")
    assert again.content == first.content
    assert again.headers == first.headers


def test_medicine_with_everything_on_it_takes_no_more_queries(client: Client) -> None:
    forget()
    few = queries(client, "/drugs/alpha/")
    many = [indication(summary=f"Use {n}", partners=list(Drug.objects.live())) for n in range(20)]
    published_drug(slug="omega", indications=many, classes=list(DrugClass.objects.live()))
    forget()
    assert queries(client, "/drugs/omega/") <= few


# --- What another HER2 result would add


@pytest.mark.parametrize(
    ("results_with", "sentence"),
    [
        (("low", "ultralow"), "HER2-low or HER2-ultralow would add: Lowly"),
        (("low",), "HER2-low would add: Lowly"),
        (("ultralow",), "HER2-ultralow would add: Lowly"),
    ],
    ids=["both", "low-only", "ultralow-only"],
)
def test_hint_names_the_result_that_would_add_a_medicine(
    page: Page, results_with: tuple[str, ...], sentence: str
) -> None:
    """A result that adds nothing is not said to add anything."""
    use = indication(setting=("neoadjuvant",), her2=results_with)
    published_drug(brand_name="Lowly", generic_name="lowmab", indications=[use])
    hint = page("/drugs/?her2=negative&setting=neoadjuvant").select_one(".hint:has(#low-hint)")
    (said,) = words(hint).split("With the same other answers, ")[1:]
    assert said.startswith(sentence)
