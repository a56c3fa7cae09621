"""The glossary, its pages, and its words in the texts of other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from drugs.models import Biosimilar, Drug, DrugClass, OtherMedicine
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.small_guide import results, words
from tests.education.bodies import shown, text
from tests.education.library import links, terms_of
from tests.factories import publish, published_article, published_drug, published_term
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("library", "db")


def test_glossary_lists_every_live_term_a_to_z_with_its_definition(page: Page) -> None:
    published_term("adjuvant", slug="adjuvant")
    soup = page("/glossary/")
    assert results(soup) == ["adjuvant", "cell", "her2"]
    term = soup.find("article", attrs={"data-result": "cell"})
    assert words(term) == "cell Also called: body cell The smallest part."


def test_terms_stand_under_their_letters_and_the_letters_lead_there(page: Page) -> None:
    published_term("Chemotherapy")
    soup = page("/glossary/")
    assert links(soup, "nav.letters a") == ["#letter-c", "#letter-h"]
    assert [words(one) for one in soup.select("#results h2")] == ["C", "H"]
    group = soup.select("#results section")[0]
    assert [words(one) for one in group.select("h3")] == ["cell", "Chemotherapy"]
    assert len(soup.select("nav.letters li")) == 26


@pytest.mark.parametrize("word", ["(neo)adjuvant", "-omics", "5-FU", "\u00c9tude", "\u4e2d", "+"])
def test_letter_heads_one_group_whatever_a_term_begins_with(page: Page, word: str) -> None:
    for other in ("nodule", "omen", "5 alpha"):
        published_term(other)
    published_term(word, slug="odd")
    soup = page("/glossary/")
    letters = [words(one) for one in soup.select("#results h2")]
    assert len(letters) == len(set(letters))
    assert "odd" in results(soup)


def test_empty_glossary_says_so(page: Page) -> None:
    for term in GlossaryTerm.objects.live():
        term.unpublish()
    assert "No terms yet." in words(page("/glossary/").find(id="results"))


def test_page_of_a_term_shows_all_of_it(page: Page) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), explanation="Cells divide.")
    main = words(page("/glossary/cell/").main)
    for part in ("Also called: body cell", "The smallest part.", "Cells divide.", "Dictionary"):
        assert part in main
    assert "her-TOO" in words(page("/glossary/her2/").main)


def test_page_of_a_term_leads_to_the_glossary(page: Page) -> None:
    assert "/glossary/" in links(page("/glossary/cell/"), "main p a")


def test_page_of_a_term_links_other_terms_but_not_itself(page: Page) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), explanation="A cell has HER2. Body cell.")
    assert terms_of(page("/glossary/cell/")) == ["HER2"]


def test_lists_link_no_term(page: Page) -> None:
    publish(Article.objects.get(slug="coping"), summary="HER2 on a cell.")
    assert not terms_of(page("/glossary/"))
    assert not terms_of(page("/learn/"))


# --- Words on pages


def test_first_use_in_the_text_is_linked_and_defined_at_the_end(reading: BeautifulSoup) -> None:
    link = reading.select_one("a.term")
    assert isinstance(link, Tag)
    assert (link.get_text(), link["href"]) == ("cell", "/glossary/cell/")
    box = reading.find(id=str(link["data-term"]))
    assert isinstance(box, Tag)
    assert "The smallest part." in words(box)
    assert links(box, "a") == ["/glossary/cell/"]
    assert terms_of(reading) == ["cell"]


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/classes/blue/"])
def test_terms_are_linked_on_pages_of_other_apps(page: Page, address: str) -> None:
    for entry in (Drug.objects.get(slug="alpha"), DrugClass.objects.get(slug="blue")):
        publish(entry, summary="It docks to a cell.")
    assert "cell" in terms_of(page(address))


def test_address_printed_on_paper_is_no_use_of_a_term(page: Page) -> None:
    """The line is not seen on the screen: a link in it would take the link from the text."""
    published_term("breast tumor", slug="breast-tumor")
    published_article(text("<p>A breast tumor.</p>"), slug="breast-tumors")
    (link,) = page("/learn/breast-tumors/").select("a.term")
    assert link.find_parent(class_="print-only") is None


def test_definition_is_shown_as_text(client: Client, unchecked: None) -> None:
    publish(GlossaryTerm.objects.get(slug="cell"), definition="<script>alert(1)</script>")
    for address in ("/learn/reading/", "/glossary/", "/glossary/cell/"):
        assert "<script>alert(1)" not in client.get(address).text


@pytest.mark.parametrize(
    "change",
    [
        lambda term: publish(term, link_on_pages=False),
        lambda term: term.unpublish(),
        lambda term: term.delete(),
    ],
    ids=["not-linked", "unpublished", "deleted"],
)
def test_term_taken_off_is_no_link_at_the_next_request(
    page: Page, change: Callable[[GlossaryTerm], Any]
) -> None:
    assert terms_of(page("/learn/reading/")) == ["cell"]
    change(GlossaryTerm.objects.get(slug="cell"))
    soup = page("/learn/reading/")
    assert not terms_of(soup)
    assert "The smallest part." not in words(soup)


def test_new_definition_is_seen_by_the_next_request(page: Page) -> None:
    page("/learn/reading/")
    publish(GlossaryTerm.objects.get(slug="cell"), definition="Said anew.")
    assert "Said anew." in words(page("/learn/reading/"))


def test_no_word_in_the_name_of_any_medicine_is_linked(page: Page) -> None:
    """Brand, generic, other and biosimilar names, and medicines that have no page here."""
    for word in ("booster", "receptor", "twin", "plain", "marker", "helper"):
        published_term(word, slug=word)
    published_drug(
        brand_name="Tumor Booster",
        generic_name="alpha-receptor mab",
        also_known_as="Old helper",
        biosimilars=[Biosimilar(brand_name="Twin One", generic_name="mab-marker")],
    )
    OtherMedicine.objects.create(
        slug="other", generic_name="plain drug", brand_names="Plain Brand", kind="hormone therapy"
    )
    published_article(
        text(
            "<p>TUMOR BOOSTER, alpha-receptor mab, old helper, Twin One, mab-marker, plain drug,"
            " Plain brand.</p>"
        ),
        slug="names",
    )
    forget()
    assert not terms_of(page("/learn/names/"))


def test_word_is_linked_beside_the_name_of_a_medicine(page: Page) -> None:
    published_term("booster", slug="booster")
    published_drug(brand_name="Tumor Booster")
    article = published_article(text("<p>Tumor Booster is a booster.</p>"))
    (link,) = shown(page, article).select("a.term")
    assert link.get_text() == "booster"
