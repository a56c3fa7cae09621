"""What an article or a glossary term must have before it is published, and the edit screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from drugs.models import Drug
from education.choices import Kind
from education.models import Article, ArticleSource, GlossaryTerm
from tests.conftest import ClientAs, Page
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import through_review
from tests.editorial.small_guide import words
from tests.education.bodies import Block, drug_card, questions, table, text
from tests.factories import (
    ArticleFactory,
    DrugFactory,
    GlossaryTermFactory,
    publish,
    published_article,
    published_drug,
    published_term,
)
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.rich_text import FEATURES
from tgsite.views import ABOUT_PAGES

pytestmark = pytest.mark.django_db
PUBLISH = "action-publish"


def stored(*body: Block) -> list[dict[str, Any]]:
    """A body as a StreamField stores it."""
    return [{"type": kind, "value": value} for kind, value in body]


def refusal(entry: EditorialModel, **changes: Any) -> list[str]:
    """Why ``entry`` cannot be published with ``changes``; it stays a draft."""
    with pytest.raises(ValidationError) as refused:
        publish(entry, **changes)
    assert not type(entry).objects.get(pk=entry.pk).live
    return list(refused.value.messages)


# --- Articles

# changes -> a word of what the editor reads
REFUSED_ARTICLES: dict[str, tuple[dict[str, Any], str]] = {
    "no-answer-C1": ({"summary": ""}, "summary: Give the answer in two lines."),
    "answer-of-spaces-C1": ({"summary": " \n "}, "summary: Give the answer in two lines."),
    "long-answer-C1": (
        {"summary": "word " * 61},
        "summary: At most 60 words; these are 61.",
    ),
    "six-key-points-G1": (
        {"key_points": "\n".join("abcdef")},
        "key_points: At most 5 key points of 90 words in all.",
    ),
    "long-key-points-G1": ({"key_points": "word " * 91}, "key_points: At most 5 key points"),
    "no-body": ({"body": []}, "body: Write the body."),
    "incomplete-block": (
        {"body": stored(text(), table(caption=""))},
        "body: Block 2 (Table): Give the table a caption.",
    ),
    "dead-link": (
        {"body": stored(text('<p><a href="/learn/no-such/">x</a></p>'))},
        "body: There is no page /learn/no-such/ on this site.",
    ),
    "no-title": ({"title": ""}, "title"),
    "long-title": ({"title": "x" * 121}, "title"),
    "unknown-kind": ({"kind": "gossip"}, "kind"),
    "unknown-topic": ({"topics": ("gossip",)}, "topics"),
    "no-source-A4": ({"sources": []}, "source"),
    "source-without-a-title-A4": ({"sources": [ArticleSource(title="")]}, "title"),
    "reserved-slug": ({"slug": "compare"}, "kept for another address"),
    "no-slug": ({"slug": None}, "slug"),
    "address-of-a-fixed-page": (
        {"kind": Kind.ABOUT, "slug": "privacy"},
        "slug: Another page about the guide has this address.",
    ),
}


@pytest.mark.parametrize(("changes", "reason"), REFUSED_ARTICLES.values(), ids=REFUSED_ARTICLES)
def test_article_is_refused_with_a_reason(changes: dict[str, Any], reason: str) -> None:
    messages = refusal(ArticleFactory(), **changes)
    assert any(reason in message for message in messages), messages


ACCEPTED_ARTICLES: dict[str, dict[str, Any]] = {
    "answer-of-sixty-words": {"summary": " ".join(["Four words in here."] * 15)},
    "five-key-points": {"key_points": "\n".join("abcde")},
    "key-points-of-ninety-words": {
        "key_points": "\n".join([" ".join(["Five words stand in here."] * 9)] * 2)
    },
    "no-key-points": {"key_points": ""},
    "no-topics": {"topics": ()},
    "every-kind-of-end": {"what_you_can_do": "Ask.", "not_known": "Much."},
    "fixed-address-under-learn": {"kind": Kind.EXPLAINER, "slug": "privacy"},
    "about-the-guide": {"kind": Kind.ABOUT, "slug": "our-team"},
    "link-to-itself": {
        "slug": "mine",
        "body": stored(text('<p><a href="/learn/mine/#sources">x</a></p>')),
    },
}


@pytest.mark.parametrize("changes", ACCEPTED_ARTICLES.values(), ids=ACCEPTED_ARTICLES)
def test_article_within_the_rules_is_published(changes: dict[str, Any], page: Page) -> None:
    article = published_article(**changes)
    assert words(page(article.get_absolute_url()).h1) == article.title


@pytest.mark.parametrize("slug", ABOUT_PAGES)
def test_no_article_takes_the_address_of_a_fixed_page(slug: str) -> None:
    (message,) = refusal(ArticleFactory(kind=Kind.ABOUT), slug=slug)
    assert message == "slug: Another page about the guide has this address."


def test_refusal_names_every_reason_at_once() -> None:
    messages = refusal(ArticleFactory(), summary="", body=stored(questions("Why")), sources=[])
    assert len(messages) == 3


def test_refused_change_leaves_the_live_article(page: Page) -> None:
    article = published_article(title="Live title")
    with pytest.raises(ValidationError):
        publish(article, title="New title", summary="")
    assert words(page(article.get_absolute_url()).h1) == "Live title"


def test_slug_of_another_article_is_refused_for_ever() -> None:
    publish(published_article(slug="first"), slug="second")
    messages = refusal(ArticleFactory(), slug="first")
    assert "belongs to another entry for ever" in " ".join(messages)


def test_term_and_article_may_have_the_same_slug() -> None:
    published_article(slug="her2")
    assert published_term("HER2", slug="her2").live


# --- Glossary terms

REFUSED_TERMS: dict[str, tuple[dict[str, Any], str]] = {
    "long-definition-F4": (
        {"definition": "word " * 26},
        "definition: At most 25 words; these are 26.",
    ),
    "no-definition": ({"definition": ""}, "definition"),
    "definition-too-long-for-a-line": ({"definition": "x" * 251}, "definition"),
    "no-term": ({"term": ""}, "term"),
    "no-source-A4": ({"sources": []}, "source"),
    "no-slug": ({"slug": ""}, "slug"),
    "term-of-another": ({"term": "biopsy"}, "“biopsy” is a name of the term “biopsy” already."),
    "term-of-another-in-another-case": ({"term": "Biopsy"}, "“biopsy” is a name"),
    "other-name-of-another": ({"term": "tissue test"}, "“tissue test” is a name"),
    "other-name-that-is-a-term": ({"other_names": "probe\nBIOPSY"}, "“biopsy” is a name"),
    "other-name-of-both": ({"other_names": "Tissue test"}, "“tissue test” is a name"),
    "word-of-three-letters": ({"term": "the"}, "term: “the” is too short"),
    "other-name-of-three-letters": ({"other_names": "arm"}, "other_names: “arm” is too short"),
    "name-of-a-medicine": ({"term": "herceptin"}, "term: “herceptin” is the name of a medicine"),
    "other-name-of-a-medicine": (
        {"other_names": "Trastuzumab"},
        "other_names: “Trastuzumab” is the name of a medicine",
    ),
}


@pytest.mark.parametrize(("changes", "reason"), REFUSED_TERMS.values(), ids=REFUSED_TERMS)
def test_term_is_refused_with_a_reason(changes: dict[str, Any], reason: str) -> None:
    published_term("biopsy", other_names="tissue test")
    published_drug(brand_name="Herceptin", generic_name="trastuzumab")
    messages = refusal(GlossaryTermFactory(), **changes)
    assert any(reason in message for message in messages), messages


def test_name_of_a_draft_is_taken_too() -> None:
    """Two drafts of one name must not both go live."""
    GlossaryTermFactory(term="biopsy")
    assert "“biopsy” is a name" in " ".join(refusal(GlossaryTermFactory(), term="biopsy"))


ACCEPTED_TERMS: dict[str, dict[str, Any]] = {
    "definition-of-25-words": {"definition": " ".join(["word"] * 25)},
    "part-of-another-name": {"term": "biopsy needle"},
    "other-names-of-its-own": {"other_names": "probe\nsample"},
    "search-words-of-another": {"search_aliases": "biopsy"},
    "not-linked": {"link_on_pages": False},
    "short-and-not-linked": {"term": "arm", "link_on_pages": False},
    "short-abbreviation": {"term": "PR"},
}


@pytest.mark.parametrize("changes", ACCEPTED_TERMS.values(), ids=ACCEPTED_TERMS)
def test_term_within_the_rules_is_published(changes: dict[str, Any], page: Page) -> None:
    published_term("biopsy", other_names="tissue test")
    term = publish(GlossaryTermFactory(), **changes)
    assert words(page(term.get_absolute_url()).h1) == str(term)


def test_term_may_be_published_again_with_its_own_names() -> None:
    term = published_term("biopsy", other_names="tissue test")
    assert publish(term, explanation="More.").live


# --- The edit screens


def body_form(*items: tuple[str, Any]) -> dict[str, Any]:
    """The form data of a body, as the browser sends it."""
    return nested_form_data({"body": streamfield(list(items))})


def rich(html: str) -> str:
    """Rich text as the editor's own format."""
    return str(rich_text(html, features=FEATURES))


def questions_form(*asked: str) -> tuple[str, dict[str, Any]]:
    """The form data of a block of questions."""
    return "questions", {"heading": "Ask", "questions": streamfield_list(asked)}


def streamfield_list(values: tuple[str, ...]) -> dict[str, Any]:
    """The form data of a list of values."""
    items: dict[str, Any] = {
        str(number): {"value": value, "order": str(number), "deleted": "", "type": "item"}
        for number, value in enumerate(values)
    }
    return items | {"count": str(len(values))}


def test_an_article_goes_from_nothing_to_its_page(page: Page) -> None:
    drug = published_drug(brand_name="Alpha")
    response = through_review(
        address_of(Article, "add"),
        title="A new article",
        slug="a-new-article",
        kind="explainer",
        topics=["tests"],
        summary="The answer.",
        sources__TOTAL_FORMS="1",
        sources__0__title="Guideline",
        sources__0__kind="guideline",
        sources__0__ORDER="1",
        **body_form(
            ("heading", "First part"),
            ("text", rich('<p>Some <b>bold</b> text, <a href="/drugs/">and a link</a>.</p>')),
            questions_form("Which score?"),
            ("drug_card", str(drug.pk)),
        ),
    )
    assert response.status_code == 200
    body = page("/learn/a-new-article/").select_one(".body")
    assert words(body).startswith("First part Some bold text, and a link")
    assert "Which score?" in words(body)
    assert "Alpha" in words(body)
    assert 'text, <a href="/drugs/">and a link</a>' in str(body)


# form data of the body -> what the editor reads
REFUSED_IN_THE_FORM: dict[str, tuple[tuple[str, Any], str]] = {
    "question-without-mark": (
        questions_form("Which score"),
        "A question ends with a question mark.",
    ),
    "dead-link": (
        ("text", rich('<p><a href="/drugs/no-such/">x</a></p>')),
        "There is no page /drugs/no-such/ on this site.",
    ),
    "overlong-sign": (
        (
            "emergency",
            {
                "heading": "Help",
                "call_911": streamfield_list(()),
                "call_team": streamfield_list(("word " * 16,)),
            },
        ),
        "At most 15 words.",
    ),
}


@pytest.mark.parametrize(("block", "reason"), REFUSED_IN_THE_FORM.values(), ids=REFUSED_IN_THE_FORM)
def test_manager_is_told_what_is_wrong_with_the_body(
    client_as: ClientAs, block: tuple[str, Any], reason: str
) -> None:
    article = published_article(title="Before")
    response = submit(
        client_as("manager"),
        address_of(article),
        PUBLISH,
        title="Typed and not lost",
        **body_form(("text", rich("<p>x</p>")), block),
    )
    assert reason in response.text
    assert form_data(response)["title"] == ["Typed and not lost"]
    assert Article.objects.get(pk=article.pk).title == "Before"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"summary": "word " * 61}, "At most 60 words; these are 61."),
        ({"key_points": "\n".join("abcdef")}, "At most 5 key points"),
        ({"kind": "about", "slug": "privacy"}, "Another page about the guide has this address."),
        ({"sources__0__DELETE": "1"}, "Add at least one source."),
    ],
    ids=["summary", "key-points", "address", "sources"],
)
def test_manager_is_told_what_is_wrong_with_an_article(
    client_as: ClientAs, changes: dict[str, str], reason: str
) -> None:
    article = published_article()
    body = body_form(("text", rich("<p>x</p>")))
    changes = {"change_note": "Why."} | changes | body
    response = submit(client_as("manager"), address_of(article), PUBLISH, **changes)
    assert reason in response.text
    assert Article.objects.get(pk=article.pk).summary == article.summary


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"definition": "word " * 26}, "At most 25 words; these are 26."),
        ({"other_names": "Biopsy"}, "“biopsy” is a name of the term “biopsy” already."),
    ],
    ids=["definition", "other-names"],
)
def test_manager_is_told_what_is_wrong_with_a_term(
    client_as: ClientAs, changes: dict[str, str], reason: str
) -> None:
    published_term("biopsy")
    term = published_term("probe", definition="A small piece.")
    changes = {"change_note": "Why."} | changes
    response = submit(client_as("manager"), address_of(term), PUBLISH, **changes)
    assert reason in response.text
    assert GlossaryTerm.objects.get(pk=term.pk).definition == "A small piece."


TABLE_WITHOUT_CAPTION = {
    "caption": "",
    "column-count": "1",
    "row-count": "1",
    "column": {"0": {"type": "text", "heading": "Score", "order": "0", "deleted": ""}},
    "row": {"0": {"order": "0", "deleted": ""}},
    "cell": {"0": {"0": "3+"}},
}
UNFINISHED: dict[str, tuple[str, Any]] = {
    "empty-heading": ("heading", ""),
    "empty-text": ("text", "null"),
    "callout-without-text": ("callout", {"heading": "x", "text": "null"}),
    "figure-without-words": ("figure", {"drawing": "", "caption": "", "alternative": ""}),
    "empty-card": ("drug_card", ""),
    "question-without-mark": questions_form("Why"),
    "overlong-sign": (
        "emergency",
        {
            "heading": "Help",
            "call_911": streamfield_list(()),
            "call_team": streamfield_list(("word " * 16,)),
        },
    ),
    "table-without-caption": ("table", TABLE_WITHOUT_CAPTION),
}


@pytest.mark.parametrize("block", UNFINISHED.values(), ids=UNFINISHED)
def test_draft_of_an_article_is_saved_with_whatever_is_missing(
    client_as: ClientAs, page: Page, block: tuple[str, Any]
) -> None:
    article = published_article(title="Live")
    submit(
        client_as("author"),
        address_of(article),
        title="Draft",
        summary="",
        **body_form(block),
    )
    draft = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert (draft.title, draft.body[0].block_type) == ("Draft", block[0])
    assert words(page(article.get_absolute_url()).h1) == "Live"


def test_text_pasted_into_the_form_is_clean_on_the_page(page: Page) -> None:
    article = published_article()
    pasted = '<p class="MsoNormal">Kept <b onclick="a()">text</b></p><p></p>'
    through_review(address_of(article), **body_form(("text", rich(pasted))))
    found = page(article.get_absolute_url()).select_one(".prose")
    assert found is not None
    assert found.decode_contents() == "<p>Kept <b>text</b></p>"


def test_edit_screen_opens_with_a_card_of_a_deleted_medicine(client_as: ClientAs) -> None:
    drug = published_drug()
    article = published_article(text(), drug_card(drug))
    drug.delete()
    assert client_as("manager").get(address_of(article)).status_code == 200


@pytest.mark.parametrize("model", [Article, GlossaryTerm])
def test_screens_of_a_new_entry_and_of_the_list_open(
    client_as: ClientAs, model: type[EditorialModel]
) -> None:
    published_article(title="In the list")
    published_term("in the list")
    client = client_as("author")
    assert client.get(address_of(model, "add")).status_code == 200
    assert "in the list" in client.get(address_of(model, "list")).text.lower()


def test_preview_shows_the_unsaved_article(client_as: ClientAs) -> None:
    article = published_article()
    client = client_as("author")
    data = form_data(client.get(address_of(article)))
    data |= {"title": "Typed a moment ago"} | body_form(("text", rich("<p>Unsaved words</p>")))
    preview = address_of(article, "preview_on_edit")
    assert client.post(preview, data).json()["is_valid"]
    found = client.get(preview).text
    assert "Typed a moment ago" in found
    assert "Unsaved words" in found


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Article, {"title": "Brand new", "kind": "explainer"}),
        (GlossaryTerm, {"term": "Brand new", "definition": "A sentence."}),
    ],
    ids=["article", "term"],
)
def test_preview_of_a_new_entry_without_an_address(
    client_as: ClientAs, model: type[EditorialModel], values: dict[str, str]
) -> None:
    client = client_as("author")
    data = form_data(client.get(address_of(model, "add"))) | values
    data |= body_form() if model is Article else {}
    preview = address_of(model, "preview_on_add")
    assert client.post(preview, data).json()["is_valid"]
    assert "Brand new" in client.get(preview).text


def test_card_of_a_draft_shows_in_the_chooser_of_the_edit_screen(client_as: ClientAs) -> None:
    article = published_article(text(), drug_card(DrugFactory(brand_name="Draftium")))
    assert "Draftium" in client_as("author").get(address_of(article)).text


@pytest.mark.parametrize("model", [Article, GlossaryTerm])
@pytest.mark.parametrize(("role", "may"), [("author", True), ("reviewer", False)])
def test_authors_write_and_reviewers_do_not(
    client_as: ClientAs, model: type[EditorialModel], role: str, may: bool
) -> None:
    entry = ArticleFactory() if model is Article else GlossaryTermFactory()
    response = client_as(role).get(address_of(entry))
    assert (response.status_code == 200) == may


def test_author_who_forges_publication_only_saves_a_draft(client_as: ClientAs) -> None:
    article = ArticleFactory()
    form = body_form(("text", rich("<p>x</p>")))
    submit(client_as("author"), address_of(article), PUBLISH, title="Forged", **form)
    article = Article.objects.get(pk=article.pk)
    assert article.get_latest_revision_as_object().title == "Forged"
    assert not article.live


@pytest.mark.parametrize("name", ["the", "a", "er"])
def test_name_that_would_become_a_link_everywhere_is_refused(db: None, name: str) -> None:
    with pytest.raises(ValidationError, match="too short"):
        publish(GlossaryTermFactory(), other_names=name)


@pytest.mark.parametrize("name", ["Herceptin", "TRASTUZUMAB"])
def test_name_of_a_medicine_is_no_name_of_a_term(drug: Drug, name: str) -> None:
    with pytest.raises(ValidationError, match="name of a medicine"):
        publish(GlossaryTermFactory(), other_names=name)


def test_short_name_in_capitals_is_accepted(db: None) -> None:
    assert publish(GlossaryTermFactory(), other_names="IHC").live
