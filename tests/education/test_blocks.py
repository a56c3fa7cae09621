"""Each block on the public page: what it shows, what it follows, and what never gets through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from django.core.exceptions import ValidationError
from django.test import Client

from drugs.models import Drug, DrugClass
from education.models import Article
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.education.bodies import (
    Block,
    body_of,
    callout,
    class_card,
    drug_card,
    emergency,
    every_block,
    faq,
    figure,
    heading,
    load_article,
    questions,
    shown,
    table,
    text,
)
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def drug_class() -> DrugClass:
    """A live class."""
    return publish(DrugClassFactory(slug="blue", name="Blue medicines"))  # type: ignore[return-value]


def the(part: Tag, selector: str) -> Tag:
    """The one element of ``part`` that ``selector`` names."""
    (found,) = part.select(selector)
    return found


# --- What each block shows


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


@pytest.mark.parametrize("block", [heading, emergency, callout, faq, questions, table, figure])
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
    part = the(body_of(page, emergency("new cough", "yellow skin")), "section.help")
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
    assert not body_of(page, emergency("new cough")).select("a.term")


def test_figure_has_a_drawing_a_caption_and_the_same_in_words(page: Page) -> None:
    part = the(body_of(page, figure(alternative="One.\n\nTwo & three.")), "figure")
    assert the(part, "svg")
    assert words(the(part, "figcaption")) == "The scores"
    assert [words(one) for one in part.select("details p")] == ["One.", "Two & three."]


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


# --- What is refused


def refusal(*body: Block) -> list[str]:
    """The reasons why an article with this body cannot be published."""
    article = ArticleFactory()
    with pytest.raises(ValidationError) as refused:
        publish(article, body=[{"type": kind, "value": value} for kind, value in body])
    assert not Article.objects.get(pk=article.pk).live
    return list(refused.value.messages)


REFUSED: dict[str, tuple[Block, str]] = {
    "table-without-caption": (table(caption=" "), "Give the table a caption."),
    "table-of-five-columns": (
        table(columns=tuple("abcde"), rows=(tuple("vwxyz"),)),
        "At most 4 columns.",
    ),
    "table-without-rows": (table(rows=()), "at least one column and one row"),
    "table-without-columns": (table(columns=(), rows=()), "at least one column and one row"),
    "table-with-a-column-without-heading": (
        table(columns=("Score", " ")),
        "Give each column a heading.",
    ),
    "table-with-an-overlong-cell": (table(rows=(("0", "x" * 401),)), "400"),
    "question-without-mark": (questions("Which score"), "ends with a question mark"),
    "one-question-of-two-without-mark": (questions("A?", "B."), "ends with a question mark"),
    "eight-questions": (questions(*["Why?"] * 8), "7"),
    "no-questions": (("questions", {"heading": "Ask", "questions": []}), ""),
    "overlong-sign": (emergency("word " * 16), "At most 15 words."),
    "nine-signs": (emergency(*["new cough"] * 9), "8"),
    "empty-sign": (emergency(""), "required"),
    "heading-too-long": (heading("x" * 91), "90"),
    "empty-heading": (heading(""), "required"),
    "empty-text": (text(""), "required"),
    "text-without-a-word": (text("<p> </p>"), ""),
    "text-of-nothing-that-stays": (text("<script>alert(1)</script>"), ""),
    "callout-without-text": (callout(""), "required"),
    "faq-without-answer": (faq(""), "required"),
    "faq-without-question": (faq(question=""), "required"),
    "faq-without-items": (("faq", []), ""),
    "unknown-drawing": (figure(drawing="no-such"), ""),
    "figure-without-words": (figure(alternative=""), "required"),
    "figure-without-caption": (figure(caption=""), "required"),
    "card-of-nothing": (("drug_card", None), "required"),
    "card-of-a-medicine-that-never-was": (("drug_card", 999_999_999), "was deleted"),
    "card-of-a-class-that-never-was": (("class_card", 999_999_999), "was deleted"),
    "dead-link-in-a-text": (text('<p><a href="/drugs/no-such/">x</a></p>'), "/drugs/no-such/"),
    "dead-link-in-a-callout": (callout('<p><a href="/no-such/">x</a></p>'), "/no-such/"),
    "dead-link-in-an-answer": (faq('<p><a href="/learn/no-such/">x</a></p>'), "/learn/no-such/"),
}


@pytest.mark.parametrize(("block", "reason"), REFUSED.values(), ids=REFUSED)
def test_incomplete_block_is_refused_at_the_body_with_a_reason(block: Block, reason: str) -> None:
    messages = refusal(text(), block)
    assert all(message.startswith("body: ") for message in messages)
    assert any(reason in message for message in messages), messages
    assert all(len(message) > len("body: Block 2 (Text): ") for message in messages)


def test_refusal_names_the_place_and_the_kind_of_the_block() -> None:
    (message,) = refusal(text(), heading(), questions("Which score"))
    assert message.startswith("body: Block 3 (Questions to ask):")


def test_empty_body_is_refused() -> None:
    article = ArticleFactory()
    with pytest.raises(ValidationError, match=r"body: Write the body\."):
        publish(article, body=[])


def test_each_faulty_block_is_named() -> None:
    messages = refusal(questions("Which"), text(), table(caption=""))
    assert [message.split("(")[0] for message in messages] == ["body: Block 1 ", "body: Block 3 "]


def test_card_of_a_medicine_deleted_since_is_refused() -> None:
    drug = published_drug()
    article = published_article(text(), drug_card(drug))
    drug.delete()
    with pytest.raises(ValidationError, match="body: A card names an entry that was deleted"):
        publish(article, title="Anew")


ACCEPTED: dict[str, Block] = {
    "four-columns": table(columns=tuple("abcd"), rows=(tuple("wxyz"),)),
    "sign-of-fifteen-words": emergency(" ".join(["word"] * 15)),
    "eight-signs": emergency(*["new cough"] * 8),
    "seven-questions": questions(*["Why?"] * 7),
    "question-with-a-space-behind": questions("Why? "),
    "cell-of-nothing": table(rows=(("0", ""),)),
    "callout-without-heading": callout(title=""),
    "link-to-another-site": text('<p><a href="https://other.example/drugs/no-such/">x</a></p>'),
    "link-inside-the-page": text('<p><a href="#sources">x</a></p>'),
    "link-by-telephone": text('<p><a href="tel:18002274633">x</a></p>'),
}


@pytest.mark.parametrize("block", ACCEPTED.values(), ids=ACCEPTED)
def test_complete_block_is_published(page: Page, block: Block) -> None:
    assert body_of(page, block).contents


def test_link_to_a_draft_is_accepted() -> None:
    """Two entries that link to each other must be able to go live one by one."""
    DrugFactory(slug="draftium")
    GlossaryTermFactory(slug="drafted")
    ArticleFactory(slug="drafted")
    html = "".join(
        f'<p><a href="{address}">to {address}</a></p>'
        for address in ("/drugs/draftium/", "/glossary/drafted/", "/learn/drafted/#sources")
    )
    assert published_article(text(html)).live


def test_card_of_a_draft_is_accepted() -> None:
    assert published_article(text(), drug_card(DrugFactory())).live


# --- What never gets through, whichever way it came in

WORD_PROCESSOR = (
    '<h1 style="mso-outline-level:1">Over</h1><div class="WordSection1">'
    '<!--[if gte mso 9]><xml>hidden</xml><![endif]--><p class="MsoNormal" style="margin:0cm">'
    '<span lang="EN-US" style="font-family:Calibri">Kept<o:p></o:p></span></p></div>'
    "<style>p.MsoNormal {color:red}</style><p><o:p>&nbsp;</o:p></p>"
)
# what was written -> the words that stay, and what must not be in the body
DIRT: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "word-processor": (
        WORD_PROCESSOR,
        "Over Kept",
        ("style", "class=", "Mso", "<o:p", "<span", "<h1", "<div", "hidden", "<!--", "lang="),
    ),
    "script": ("<p>Kept</p><script>alert(1)</script>", "Kept", ("script", "alert")),
    "script-in-capitals": ("<p>Kept</p><SCRIPT>alert(1)</SCRIPT>", "Kept", ("alert",)),
    "script-in-pieces": ("<p>Kept</p><scr<script>ipt>alert(1)</script>", "Kept", ("<script",)),
    "script-in-a-marked-section": (
        "<p>Kept</p><![CDATA[><script>alert(1)</script>]]>",
        "Kept",
        ("alert", "CDATA"),
    ),
    "handler": ('<p onclick="alert(1)">Kept</p>', "Kept", ("onclick", "alert")),
    "handler-of-a-picture": ("<p>Kept<img src=x onerror=alert(1)></p>", "Kept", ("img", "alert")),
    "script-link": ('<p><a href="javascript:alert(1)">Kept</a></p>', "Kept", ("<a", "alert")),
    "script-link-in-disguise": (
        '<p><a href=" jAva&#10;script&colon;alert(1)">Kept</a></p>',
        "Kept",
        ("<a", "alert"),
    ),
    "data-link": ('<p><a href="data:text/html,x">Kept</a></p>', "Kept", ("<a",)),
    "frame": ('<p>Kept</p><iframe src="https://x.example">In</iframe>', "Kept", ("iframe", "In")),
    "page-of-the-library": (
        '<p><a linktype="page" id="3">Kept</a></p>',
        "Kept",
        ("<a", "linktype"),
    ),
    "picture-of-the-library": ('<p>Kept<embed embedtype="image" id="3"/></p>', "Kept", ("embed",)),
    "address-without-a-scheme": ('<p><a href="other.example/x">Kept</a></p>', "Kept", ("<a",)),
    "address-of-another-host": ('<p><a href="//other.example/">Kept</a></p>', "Kept", ("<a",)),
    "opens-a-window": (
        '<p><a href="https://x.example/" target="_blank" onclick="a()">Kept</a></p>',
        "Kept",
        ("target", "onclick"),
    ),
    "form": ('<form action="/x"><p>Kept</p><input name="q"></form>', "Kept", ("form", "input")),
    "drawing": ("<p>Kept</p><svg onload=alert(1)><text>In</text></svg>", "Kept", ("svg", "alert")),
    "conditional-comment": ("<p>Kept</p><!-- <b>secret</b> -->", "Kept", ("secret", "<!--")),
}
RICH: dict[str, tuple[Callable[[str], Block], str]] = {
    "text": (text, ".prose"),
    "callout": (callout, ".callout__body"),
    "answer": (faq, ".faq__answer"),
}


def from_a_revision(_folder: Path, block: Block) -> Article:
    """An article whose revision was written without a form."""
    return published_article(heading(), block)


def from_a_file(folder: Path, block: Block) -> Article:
    """An article loaded from a content file."""
    kind, value = block
    load_article(folder, [{"heading": "What is it?"}, {kind: value}])
    return Article.objects.get(slug="loaded")


@pytest.mark.parametrize("written", [from_a_revision, from_a_file], ids=["revision", "file"])
@pytest.mark.parametrize(("block", "place"), RICH.values(), ids=RICH)
@pytest.mark.parametrize(("html", "kept", "gone"), DIRT.values(), ids=DIRT)
def test_reader_gets_clean_text_only(
    page: Page,
    tmp_path: Path,
    written: Callable[[Path, Block], Article],
    block: Callable[[str], Block],
    place: str,
    html: str,
    kept: str,
    gone: tuple[str, ...],
) -> None:
    article = written(tmp_path, block(html))
    source = the(shown(page, article), place).decode_contents()
    assert not [piece for piece in gone if piece in source], source
    assert kept.split() == [
        word for word in words(the(shown(page, article), place)).split() if word in kept.split()
    ]


def test_search_engines_get_clean_answers_only(client: Client) -> None:
    article = published_article(faq("<p>Kept</p><script>alert(1)</script><style>p {a}</style>"))
    source = client.get(article.get_absolute_url()).text
    assert '"text": "Kept"' in source
    assert "alert(1)" not in source


def test_text_from_a_file_is_clean_in_the_database_too(tmp_path: Path) -> None:
    article = from_a_file(tmp_path, text(WORD_PROCESSOR))
    stored = str(article.body.get_prep_value())
    assert "Mso" not in stored
    assert "<script" not in stored


def test_article_with_every_block_is_shown(page: Page, drug: Drug, drug_class: DrugClass) -> None:
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
