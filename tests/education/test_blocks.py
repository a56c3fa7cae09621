"""Each block on the public page: what it shows, and what it follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client

from drugs.models import Drug, DrugClass
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.education.bodies import (
    STEP_WORDS,
    Block,
    body_of,
    callout,
    class_card,
    drawn_in_steps,
    drug_card,
    emergency,
    every_block,
    faq,
    figure,
    heading,
    questions,
    shown,
    study,
    table,
    text,
    the,
    trial,
)
from tests.factories import (
    DrugFactory,
    publish,
    published_article,
    published_drug,
    published_term,
    trial_result,
)

pytestmark = pytest.mark.django_db


def test_heading_has_an_address_made_of_its_words(page: Page) -> None:
    part = the(body_of(page, heading("What is HER2, really?")), "h2")
    assert part["id"] == "section-what-is-her2-really"
    assert words(part) == "What is HER2, really?"


def test_two_headings_of_the_same_words_have_two_addresses(page: Page) -> None:
    """A page that gives one address to two places leads to the first only."""
    body = body_of(page, heading("Side effects"), text(), heading("Side effects"))
    first, second = (str(one["id"]) for one in body.select("h2"))
    assert first != second


def test_heading_without_letters_has_an_address(page: Page) -> None:
    part = the(body_of(page, heading("\u4ec0\u4e48?")), "h2")
    assert str(part["id"]).removeprefix("section-")


@pytest.mark.parametrize(
    "block",
    [heading, emergency, callout, faq, questions, table, figure, drawn_in_steps],
)
def test_block_used_twice_repeats_no_id(page: Page, block: Callable[..., Block]) -> None:
    other = heading("Another") if block is heading else block()
    page_ids = [
        str(one["id"])
        for one in page(published_article(block(), other).get_absolute_url()).select("[id]")
    ]
    assert len(page_ids) == len(set(page_ids)), sorted(page_ids)


def test_text_keeps_its_elements(page: Page) -> None:
    html = "<h3>A</h3><p>B <b>C</b> <i>D</i></p><ul><li>E</li></ul><ol><li>F</li></ol>"
    part = body_of(page, heading(), text(html))
    assert html in str(part)


def test_links_of_a_text_lead_on_and_those_to_other_sites_say_so(page: Page) -> None:
    published_drug(slug="alpha")
    here, there = body_of(
        page,
        text('<p><a href="/drugs/alpha/">A</a> <a href="https://www.fda.example/">B</a></p>'),
    ).select("a")
    assert (here["href"], here.get("rel")) == ("/drugs/alpha/", None)
    assert (there["href"], there["rel"]) == ("https://www.fda.example/", ["external"])


def test_callout_shows_heading_and_text(page: Page) -> None:
    part = the(body_of(page, callout("<p>An <b>aside</b>.</p>", "While you wait")), "aside")
    assert words(the(part, "h3")) == "While you wait"
    assert words(the(part, "p")) == "An aside ."
    assert the(part, "p b")


def test_callout_without_a_heading_has_none(page: Page) -> None:
    assert not body_of(page, callout(title="")).select("aside h3")


def test_emergency_block_prints_the_signs_of_every_page_and_its_own(page: Page) -> None:
    """B1, B2a: 911 first; the fever rule by itself."""
    part = the(body_of(page, text(), emergency("new cough", "yellow skin")), "section.help")
    shown_words = words(part)
    assert shown_words.startswith("When to get help Call 911 for:")
    assert the(part, 'a[href="tel:911"]')
    first, second, general = part.select("ul")
    assert "Pain, swelling or warmth in one leg or arm" in words(general)
    assert "Trouble breathing" in words(first)
    assert "Yellow skin" not in words(first)
    assert "A fever of 100.4 F (38 C) or more" in words(second)
    assert [words(one) for one in second.select("li")][1:] == ["New cough", "Yellow skin"]


def test_nothing_in_the_emergency_block_becomes_a_link_to_the_glossary(page: Page) -> None:
    published_term("cough")
    assert not body_of(page, text(), emergency("new cough")).select("a.term")


def test_own_signs_stand_before_those_of_every_page(page: Page) -> None:
    """B2a: what belongs to the subject is read first, and nothing is said twice."""
    block = emergency("new cough", call_911=("wheezing", "chest pain", "A seizure"))
    own, general, _team, _fold = the(body_of(page, text(), block), "section.help").select("ul")
    assert [words(one) for one in own.select("li")] == [
        "Wheezing",
        "Chest pain, pressure or tightness",
        "A seizure",
    ]
    assert "Chest pain" not in words(general)
    assert "A seizure" not in words(general)
    assert "Trouble breathing" in words(general)


def test_help_at_the_head_of_a_body_stands_before_the_contents(page: Page) -> None:
    """B1: signs come before general text, and before the way to the parts of the page."""
    parts = [part for name in "abc" for part in (heading(name), text())]
    soup = page(published_article(emergency("new cough"), *parts).get_absolute_url())
    found = [str(one.name) for one in soup.select("section.help, nav.contents, .body")]
    assert found == ["section", "nav", "div"]
    assert the(soup, "nav.contents a[href='#get-help']")
    assert the(soup, "#get-help")


def test_figure_has_a_drawing_a_caption_and_the_same_in_words(page: Page) -> None:
    part = the(body_of(page, figure(alternative="One.\n\nTwo & three.")), "figure")
    assert the(part, "svg")
    assert words(the(part, "figcaption")) == "The scores"
    assert [words(one) for one in part.select("details p")] == ["One.", "Two & three."]


def test_drawing_in_steps_is_an_ordered_list_of_pictures_with_words(page: Page) -> None:
    """Its words stand beside its pictures, and only there; nothing is hidden but buttons."""
    part = the(body_of(page, text(), drawn_in_steps()), "figure")
    steps = the(part, "ol").find_all("li", recursive=False)
    assert [words(the(one, "p")) for one in steps] == STEP_WORDS
    assert all(the(one, "svg[role=img] > title") for one in steps)
    assert words(the(part, "figcaption")) == "The way"
    assert not part.select("details")
    (hidden,) = [one for one in part.select("[hidden]") if not one.find_parent(hidden=True)]
    assert words(hidden) == "Show one step at a time Show all steps Back Next"


@pytest.mark.parametrize("written", [2, 7])
def test_draft_of_a_drawing_in_steps_shows_what_there_is(written: int) -> None:
    """Words that are missing, or one line too many, are seen before they are refused."""
    lines = [f"Line {number}." for number in range(written)]
    _type, value = drawn_in_steps(alternative="\n\n ".join(lines))
    html = render_to_string("education/blocks/figure.html", {"value": value, "address": "a"})
    steps = BeautifulSoup(html, "html.parser").select("figure ol > li")
    assert [words(the(one, "p")) for one in steps] == lines + [""] * (6 - written)
    assert len(BeautifulSoup(html, "html.parser").select("svg")) == 6


def test_table_has_caption_and_headings_of_columns_and_rows(page: Page) -> None:
    """G8."""
    part = the(body_of(page, table()), "table")
    assert words(the(part, "caption")) == "What scores mean"
    assert [words(one) for one in part.select('thead th[scope="col"]')] == ["Score", "Meaning"]
    assert [words(one) for one in part.select('tbody tr > th[scope="row"]:first-child')] == [
        "0",
        "3+",
    ]
    assert [words(one) for one in part.select("tbody td")] == ["negative", "positive"]


def test_cell_carries_the_heading_of_its_column_for_narrow_screens(page: Page) -> None:
    rows = (("0", "no", "negative"), ("3+", "much", "positive"))
    part = body_of(page, table(columns=("Score", "Stain", "Meaning"), rows=rows))
    labels = [cell["data-label"] for cell in part.select("tbody td")]
    assert labels == ["Stain", "Meaning"] * 2


def test_empty_cell_stays_in_its_place(page: Page) -> None:
    rows = (("0", "", "negative"),)
    part = body_of(page, table(columns=("Score", "Stain", "Meaning"), rows=rows))
    assert [words(one) for one in part.select("tbody td")] == ["", "negative"]


def test_questions_and_answers_stand_open_under_headings(page: Page) -> None:
    part = body_of(page, faq("<p>No, it <b>does not</b>.</p>", "Does it hurt?"))
    assert words(the(part, "h3")) == "Does it hurt?"
    assert words(the(part, ".faq__answer")) == "No, it does not ."
    assert not part.select("details")


def test_questions_to_ask_are_a_list(page: Page) -> None:
    part = body_of(page, questions("Which score?", "Which test?"))
    assert words(the(part, "h3")) == "Ask your team"
    assert [words(one) for one in part.select("li")] == ["Which score?", "Which test?"]


def test_card_of_a_medicine_shows_its_record(page: Page) -> None:
    """B5, C8."""
    like = published_drug(brand_name="Likely", generic_name="likelimab")
    drug = published_drug(
        slug="alpha",
        brand_name="Alpha",
        generic_name="alphamab",
        summary="Blocks one thing.",
        not_the_same_as=[like],
    )
    part = the(body_of(page, drug_card(drug)), "article")
    assert the(part, 'h3 a[href="/drugs/alpha/"]')
    for found in ("Alpha", "alphamab", "Blocks one thing.", "Approved in the United States (FDA)"):
        assert found in words(part)
    assert "Not the same as: Likely (likelimab)" in words(part)
    assert "Not yet reviewed by a clinician" in words(part)


def test_card_of_a_class_shows_its_live_medicines(page: Page, drug_class: DrugClass) -> None:
    published_drug(brand_name="Alpha", classes=[drug_class])
    published_drug(brand_name="Beta")
    DrugFactory(brand_name="Draftium", classes=[drug_class])
    part = the(body_of(page, class_card(drug_class)), "article")
    assert the(part, 'h3 a[href="/classes/blue/"]')
    assert "Blue medicines" in words(part)
    (only,) = part.select("li")
    assert "Alpha" in words(only)


def test_blocks_stand_in_the_order_of_the_editor(page: Page) -> None:
    part = words(body_of(page, text("<p>one</p>"), callout("<p>two</p>"), text("<p>three</p>")))
    assert part.index("one") < part.index("two") < part.index("three")


MARK = '<script>alert("1")</script>'
TEXT_BLOCKS = {
    "heading": heading(MARK),
    "callout": callout(title=MARK),
    "emergency": ("emergency", {"heading": MARK, "call_team": [MARK]}),
    "figure": figure(caption=MARK, alternative=MARK),
    "table": table(MARK, (MARK, MARK), ((MARK, MARK),)),
    "faq": faq(question=MARK),
    "questions": ("questions", {"heading": MARK, "questions": [f"{MARK}?"]}),
}


@pytest.mark.parametrize("block", TEXT_BLOCKS.values(), ids=TEXT_BLOCKS)
def test_plain_text_of_a_block_is_shown_as_text(client: Client, block: Block) -> None:
    article = published_article(block)
    source = client.get(article.get_absolute_url()).text
    assert "<script>alert(" not in source
    assert "&lt;script&gt;alert(&quot;1&quot;)" in source


def test_article_with_every_block_is_shown(page: Page, drug: Drug, drug_class: DrugClass) -> None:
    publish(drug, trial_results=[trial_result()])
    part = body_of(page, *every_block(drug, drug_class))
    kinds = ("h2", ".prose", "aside", ".help", "figure", "table", ".faq", ".questions")
    assert not [
        kind for kind in (*kinds, ".card--medicine", ".card--class") if not part.select(kind)
    ]


def test_link_to_an_entry_that_is_not_live_becomes_plain_text(page: Page, drug: Drug) -> None:
    links = '<a href="/drugs/herceptin/#uses">its page</a> or <a href="/drugs/">all</a>'
    article = published_article(("text", f"<p>See {links}.</p>"))
    assert page(article.get_absolute_url()).select("main a[href='/drugs/herceptin/#uses']")
    drug.unpublish()
    soup = page(article.get_absolute_url())
    assert not soup.select("main a[href^='/drugs/herceptin']")
    assert soup.select(".body a[href='/drugs/']")
    assert "its page" in words(soup.select_one(".body"))


def test_link_to_an_old_address_stays(page: Page, drug: Drug) -> None:
    text = '<p>Read on <a href="/drugs/herceptin/">its page</a>.</p>'
    article = published_article(("text", text))
    publish(drug, slug="herceptin-new")
    assert page(article.get_absolute_url()).select(".body a[href='/drugs/herceptin/']")


# --- Cards follow the record


def test_card_shows_the_new_text_of_its_medicine_at_the_next_request(page: Page) -> None:
    drug = published_drug(summary="The old text.")
    article = published_article(drug_card(drug))
    assert "The old text." in words(shown(page, article))
    publish(drug, summary="The new text.")
    assert "The new text." in words(shown(page, article))
    assert "The old text." not in words(shown(page, article))


def test_card_does_not_show_a_draft_of_its_medicine(page: Page) -> None:
    drug = published_drug(summary="The live text.")
    drug.summary = "A draft."
    drug.save_revision()
    assert "A draft." not in words(body_of(page, drug_card(drug)))


def test_card_of_a_class_shows_its_new_name_and_medicines_at_the_next_request(
    page: Page, drug_class: DrugClass
) -> None:
    article = published_article(class_card(drug_class))
    shown(page, article)
    publish(drug_class, name="Azure medicines")
    published_drug(brand_name="Newcomer", classes=[drug_class])
    assert "Azure medicines" in words(shown(page, article))
    assert "Newcomer" in words(shown(page, article))


@pytest.mark.parametrize(
    "remove",
    [lambda entry: entry.unpublish(), lambda entry: entry.delete()],
    ids=["unpublish", "delete"],
)
@pytest.mark.parametrize("card", [drug_card, class_card], ids=["medicine", "class"])
def test_card_of_an_entry_taken_off_is_gone_and_the_page_stays(
    page: Page,
    drug: Drug,
    drug_class: DrugClass,
    card: Callable[[Any], Block],
    remove: Callable[[Any], None],
) -> None:
    entry = drug if card is drug_card else drug_class
    article = published_article(text("<p>Before.</p>"), card(entry), text("<p>After.</p>"))
    assert shown(page, article).select("article")
    remove(entry)
    part = shown(page, article)
    assert not part.select("article")
    assert words(part) == "Before. After."


def test_card_of_a_medicine_that_is_only_a_draft_shows_nothing(page: Page) -> None:
    part = body_of(page, text(), drug_card(DrugFactory(brand_name="Draftium")))
    assert "Draftium" not in words(part)


# --- Trials and studies


def test_study_says_who_took_part_and_against_what(page: Page) -> None:
    shown_study = words(body_of(page, heading(), study()))
    for part in ("STUDY-1", "stayed away", "After menopause", "Going on as before"):
        assert part.casefold() in shown_study.casefold()


def test_trial_follows_the_record(page: Page, drug: Drug) -> None:
    """C11: the same fact in the same words; a figure is typed in one place only."""
    publish(drug, trial_results=[trial_result(with_value="20")])
    article = published_article(heading(), trial(drug))
    assert "20 months" in words(the(shown(page, article), ".trial table"))
    publish(drug, trial_results=[trial_result(with_value="21")])
    found = words(the(shown(page, article), ".trial"))
    assert "21 months" in found
    assert "20 months" not in found


def test_trial_shows_only_its_own_results(page: Page, drug: Drug) -> None:
    other = published_drug(trial_results=[trial_result(outcome="Not this one")])
    results = [trial_result(), trial_result(trial="TEST-2", outcome="Nor this one")]
    publish(drug, trial_results=results)
    found = words(body_of(page, heading(), trial(drug)))
    assert "The cancer did not grow for" in found
    assert "this one" not in found
    assert str(other) not in found


def test_how_long_people_lived_waits_for_a_choice(page: Page, drug: Drug) -> None:
    """E7."""
    publish(drug, trial_results=[trial_result(overall_survival=True, with_value="77")])
    fold = the(body_of(page, heading(), trial(drug)), ".trial details")
    assert "77 months" in words(fold)
    assert not fold.has_attr("open")


def test_trial_that_left_the_record_leaves_no_gap(page: Page, drug: Drug) -> None:
    publish(drug, trial_results=[trial_result()])
    article = published_article(heading(), text(), trial(drug))
    publish(drug, trial_results=[])
    assert not shown(page, article).select(".trial, table")


def test_trial_of_a_medicine_that_is_not_live_is_not_shown(page: Page, drug: Drug) -> None:
    publish(drug, trial_results=[trial_result()])
    article = published_article(heading(), text(), trial(drug))
    drug.unpublish()
    assert not shown(page, article).select(".trial")
