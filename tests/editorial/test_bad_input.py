"""What an editor's browser can send that must not be stored as it is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from drugs.models import Drug
from education.models import Article
from tests.conftest import ClientAs, Page
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import author, client_of, manager, reviewer, submitted
from tests.editorial.reviewing import NEW_WORDS, decide
from tests.factories import ArticleFactory, DrugFactory, published_article
from tgsite.editorial.models import EditorialModel, SignOff
from tgsite.editorial.publication import entry_published

ROLES = ["author", "reviewer", "manager", "administrator"]
REASON = "this guide takes no pictures and no documents"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FILES = {
    "svg-with-a-script": SimpleUploadedFile("a.svg", SVG, "image/svg+xml"),
    "page-called-a-picture": SimpleUploadedFile("a.png", b"<html><script>1</script>", "image/png"),
    "program-called-a-document": SimpleUploadedFile("a.pdf", b"MZ\x90\x00", "application/pdf"),
    "huge": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 4_000_000, "image/jpeg"),
}
ADDRESSES = [
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages_chooser:create",
    "wagtaildocs:add",
    "wagtaildocs:add_multiple",
    "wagtaildocs_chooser:create",
]


def latest(entry: EditorialModel) -> Any:
    """The last saved text, read anew."""
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


# --- Files


@pytest.mark.parametrize("role", ROLES)
def test_nobody_uploads_a_file(client_as: ClientAs, role: str) -> None:
    """Not by any address that takes one: not even an administrator, as in Wagtail's own."""
    client = client_as(role)
    for name in ADDRESSES:
        for file in FILES.values():
            file.seek(0)
            sent = {"file": file, "files[]": file, "title": "A", "collection": "1"}
            answer = client.post(reverse(name), sent, follow=True)
            assert REASON in answer.text, name
    assert not Image.objects.exists()
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("name", [*ADDRESSES, "wagtailimages:index", "wagtaildocs:index"])
def test_no_page_offers_an_upload(client_as: ClientAs, name: str) -> None:
    answer = client_as("administrator").get(reverse(name), follow=True)
    assert REASON in answer.text
    assert 'type="file"' not in answer.text


def test_a_script_that_uploads_is_refused(client_as: ClientAs) -> None:
    client = client_as("administrator")
    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": FILES["svg-with-a-script"]},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 403


def test_strangers_are_sent_to_the_login(client: Client, db: None) -> None:
    answer = client.post(reverse("wagtailimages:add"), {"file": FILES["huge"]})
    assert answer.status_code == 302 and "/login/" in answer["Location"]


def test_an_account_has_no_picture(client_as: ClientAs) -> None:
    client = client_as("author")
    page = client.get(reverse("wagtailadmin_account"))
    assert "Profile picture" not in page.text and 'type="file"' not in page.text
    data = {"name_email-first_name": "Ann", "name_email-last_name": "A"}
    data |= {"name_email-email": "author@example.org", "avatar-avatar": FILES["svg-with-a-script"]}
    data |= {"locale-preferred_language": "", "locale-current_time_zone": ""}
    data |= {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    client.post(reverse("wagtailadmin_account"), data)
    user = get_user_model().objects.get(username="author")
    profile = getattr(user, "wagtail_userprofile", None)
    assert profile is None or not profile.avatar


# --- Rich text


def contentstate(*texts: str, **entities: Any) -> str:
    """What the rich text editor sends for these paragraphs."""
    blocks = [
        {
            "key": f"k{number}",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 4, "key": 0}] if entities else [],
        }
        for number, text in enumerate(texts)
    ]
    return json.dumps({"blocks": blocks, "entityMap": {"0": entities} if entities else {}})


def typed(text: str) -> dict[str, str]:
    """The fields of a body with one rich text, as a browser sends them."""
    fields = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "text", "0-id": ""}
    return {f"body-{name}": value for name, value in (fields | {"0-value": text}).items()}


def saved(client: Client, article: Article, text: str, action: str = "") -> Any:
    """Save the article with this rich text by its edit screen; the answer."""
    data = form_data(client.get(address_of(article))) | typed(text)
    return client.post(address_of(article), data | ({action: "1"} if action else {}))


@pytest.fixture
def article(db: None) -> Article:
    """A live article."""
    return published_article()


DAMAGED = {
    "nothing": "",
    "no-json": "Typed by hand for an hour",
    "half": '{"blocks": [{"text": "Typed by hand for an hour"',
    "html": "<p>Typed by hand for an hour</p>",
    "list": "[1, 2]",
    "number": "7",
    "null": "null",
    "no-blocks": "{}",
    "blocks-of-another-kind": '{"blocks": 7, "entityMap": {}}',
    "block-without-anything": '{"blocks": [{}], "entityMap": {}}',
    "unknown-entity": contentstate("Typed by hand").replace(
        '"entityRanges": []', '"entityRanges": [{"offset": 0, "length": 3, "key": 9}]'
    ),
    "deep": "[" * 100_000,
    "nul": contentstate("Typed \x00 by hand"),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_rich_text_is_never_an_error_of_the_server(article: Article, text: str) -> None:
    client = client_of(author())
    for headers in ({}, {"Accept": "application/json"}):
        data = form_data(client.get(address_of(article))) | typed(text)
        assert client.post(address_of(article), data, headers=headers).status_code in (
            200,
            302,
            400,
        )
    preview = address_of(article, "preview_on_edit")
    assert client.post(preview, data).status_code == 200


@pytest.mark.parametrize("name", ["no-json", "half", "html"])
def test_a_damaged_rich_text_is_refused_in_words_and_stays_in_the_form(
    article: Article, name: str
) -> None:
    answer = saved(client_of(author()), article, DAMAGED[name])
    assert answer.status_code == 200
    assert "This text came damaged" in answer.text
    assert "Typed by hand for an hour" in answer.text
    assert "Typed by hand" not in str(latest(article).body)


WORD = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><font face="Calibri" color="red">Words'
    "</font><o:p></o:p></p>"
)
LINKS = {
    "script": "javascript:alert(1)",
    "hidden-script": " java\tscript:alert(1)",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript": "vbscript:x",
    "other-host": "//evil.example/",
}


@pytest.mark.parametrize("url", LINKS.values(), ids=LINKS)
def test_no_link_of_a_form_does_anything_but_lead(article: Article, url: str, page: Page) -> None:
    text = contentstate("Read this.", type="LINK", mutability="MUTABLE", data={"url": url})
    client = client_of(author())
    assert saved(client, article, text).status_code == 302
    stored = latest(article).body[0].value.source
    assert "Read this." in stored.replace("<a>", "").replace("</a>", "")
    assert "href" not in stored


def test_markup_in_the_words_of_a_rich_text_stays_words(article: Article) -> None:
    saved(client_of(author()), article, contentstate("<script>alert(1)</script> onclick=x"))
    preview = latest(article)
    assert "<script>" not in preview.body[0].value.source
    assert "<script>" not in str(preview.body[0].render())


def test_an_image_in_the_editor_s_json_is_not_stored(article: Article) -> None:
    entity = {
        "type": "IMAGE",
        "mutability": "IMMUTABLE",
        "data": {"src": "data:image/png;base64,AA"},
    }
    answer = saved(client_of(author()), article, contentstate("Look here", **entity))
    assert answer.status_code in (200, 302)
    assert "data:image" not in str(latest(article).body)


# --- Plain fields


@pytest.mark.parametrize(
    "pasted",
    [
        WORD,
        "<script>alert(1)</script>",
        'A <span style="color:red">B</span>',
        "A<!--[if gte mso 9]><xml></xml><![endif]-->",
        '<img src="data:image/png;base64,AA" onerror="x">',
        '<a href="javascript:x" onclick="y">A</a>',
    ],
    ids=["word", "script", "style", "comment", "picture", "link"],
)
def test_markup_in_a_plain_field_is_saved_as_a_draft_and_never_published(
    drug: Drug, page: Page, pasted: str
) -> None:
    client = client_of(manager())
    submit(client, address_of(drug), summary=pasted, side_effects__0__effect=pasted)
    entry = latest(drug)
    assert entry.summary == pasted
    changes = {"change_note": "A correction.", "summary": pasted}
    refused = submit(client, address_of(drug), "action-publish", **changes)
    assert "readers would see" in refused.text
    assert form_data(refused)["summary"] == [pasted]
    with pytest.raises(Exception, match="readers would see"):
        Drug.objects.get(pk=drug.pk).publish(entry.latest_revision, starter=True)
    assert "<script>alert" not in str(page(drug.get_absolute_url()).main)


def test_the_preview_of_pasted_markup_runs_nothing(drug: Drug) -> None:
    client = client_of(author())
    submit(client, address_of(drug), summary='<script>alert(1)</script><img src="x" onerror="y">')
    where = address_of(drug, "revisions_view", latest(drug).latest_revision_id)
    text = client.get(where).text
    assert "<script>alert" not in text and '<img src="x"' not in text


@pytest.mark.parametrize("words", ["<1 in 100", "ER <10% or PR >= 1%", "a < b and c > d", "5 <mg"])
def test_signs_that_labels_print_are_no_markup(db: None, words: str) -> None:
    article = ArticleFactory(summary=words)
    article.publish(article.save_revision(clean=False), starter=True)
    article.refresh_from_db()
    assert article.live


def test_a_nul_in_a_plain_field_is_refused(drug: Drug) -> None:
    answer = submit(client_of(author()), address_of(drug), summary="A\x00B")
    assert "Null characters are not allowed" in answer.text
    assert "\x00" not in latest(drug).summary


# --- What only the database refuses


def breaks_a_rule(entry: EditorialModel, **_kwargs: Any) -> None:
    """A follower whose row the database does not take."""
    type(entry).objects.filter(pk=entry.pk).update(safety_notice="Without a source.")


@pytest.fixture
def _follower_at_fault(drug: Drug) -> Iterator[None]:
    entry_published.connect(breaks_a_rule)
    yield
    entry_published.disconnect(breaks_a_rule)


@pytest.fixture
def taken_meanwhile(monkeypatch: pytest.MonkeyPatch, db: None) -> str:
    """A slug that another entry got after it was looked for and before it was written."""
    monkeypatch.setattr(Drug, "validate_unique", lambda *_args, **_kwargs: None)
    return str(DrugFactory(slug="taken").slug)


@pytest.mark.usefixtures("_follower_at_fault")
def test_a_rule_that_the_database_kept_is_logged_and_not_called_a_slug(
    drug: Drug, caplog: pytest.LogCaptureFixture
) -> None:
    answer = submit(
        client_of(manager()), address_of(drug), "action-publish", search_aliases="Heceptin"
    )
    assert "saved as a draft" in answer.text and "The database refused it" in answer.text
    assert "same slug" not in answer.text
    assert "notice_is_whole" in caplog.text
    assert latest(drug).search_aliases == "Heceptin"


def test_a_slug_that_was_taken_meanwhile_is_named(drug: Drug, taken_meanwhile: str) -> None:
    answer = submit(client_of(manager()), address_of(drug), "action-publish", slug=taken_meanwhile)
    assert "Another entry was published with the same slug" in answer.text
    assert Drug.objects.get(pk=drug.pk).slug == "herceptin"


@pytest.mark.usefixtures("_follower_at_fault")
def test_the_review_screen_keeps_what_was_typed_when_the_database_refuses(
    drug: Drug, caplog: pytest.LogCaptureFixture
) -> None:
    task_state = submitted(drug, author(), summary=NEW_WORDS)
    text = decide(client_of(reviewer()), task_state, "approve", comment="Typed.")
    assert "The database refused it" in text and "Typed." in text
    assert "notice_is_whole" in caplog.text
    assert not SignOff.objects.exists()


def test_the_review_screen_names_a_slug_that_was_taken_meanwhile(
    drug: Drug, taken_meanwhile: str
) -> None:
    task_state = submitted(drug, author(), slug=taken_meanwhile)
    text = decide(client_of(reviewer()), task_state, "approve", comment="Typed.")
    assert "Another entry was published with the same slug" in text and "Typed." in text


def test_no_file_comes_with_the_form_of_an_entry(drug: Drug) -> None:
    client = client_of(author())
    data = form_data(client.get(address_of(drug)))
    data["summary"] = io.BytesIO(SVG)
    client.post(address_of(drug), data)
    assert "svg" not in latest(drug).summary


@pytest.mark.parametrize("damage", [{}, {"body-count": "abc"}, {"body-count": "3"}])
def test_form_that_lost_a_part_on_its_way_stores_nothing(db: None, damage: dict[str, str]) -> None:
    """An empty body would take the place of the text."""
    article = published_article()
    client = client_of(author())
    where = address_of(article)
    data = form_data(client.get(where)) | {"title": "Changed"} | damage
    assert client.post(where, data).status_code == 400
    assert article.revisions.count() == 1
