"""Which blocks are refused, with a reason at their place, and which are not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from education.models import Article
from tests.conftest import Page
from tests.education.bodies import (
    Block,
    body_of,
    callout,
    drawn_in_steps,
    drug_card,
    emergency,
    faq,
    figure,
    heading,
    questions,
    study,
    table,
    text,
)
from tests.factories import (
    ArticleFactory,
    DrugFactory,
    GlossaryTermFactory,
    publish,
    published_article,
    published_drug,
)

pytestmark = pytest.mark.django_db


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
    "steps-without-words": (drawn_in_steps(alternative="A.\nB.\n\n"), "each of the 6 steps, not 2"),
    "figure-without-caption": (figure(caption=""), "required"),
    "study-without-people": (study(people=""), "required"),
    "study-compared-with-nothing": (study(compared_with=" "), "required"),
    "trial-of-no-medicine": (("trial", {"medicine": None, "trial": "TEST-1"}), "required"),
    "trial-of-a-medicine-that-never-was": (
        ("trial", {"medicine": 999_999_999, "trial": "TEST-1"}),
        "was deleted",
    ),
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
    assert body_of(page, heading(), block).select_one("h2 ~ *")


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
