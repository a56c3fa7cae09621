"""An editor's text is never lost: two people, an ended session, a killed server, an old draft."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Revision

from drugs.models import Drug
from education.models import Article
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import author, client_of, manager, signed, submitted
from tests.education import bodies
from tests.factories import published_article, published_drug
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.sessions import csrf_failure

Spoil = Callable[[dict[str, Any]], None]
SCRIPT = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
HERE = {"Origin": "http://testserver"}


def latest(entry: EditorialModel) -> Any:
    """The last saved text, read anew."""
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


# --- Two people


def test_the_second_of_two_is_refused_and_sees_what_the_first_changed(drug: Drug) -> None:
    ann, bob = client_of(author()), client_of(author("bob"))
    opened = form_data(bob.get(address_of(drug)))
    submit(ann, address_of(drug), storage="Ann's words.")
    refused = bob.post(address_of(drug), opened | {"summary": "Bob's words."})
    assert "someone saved a newer version" in refused.text
    assert form_data(refused)["summary"] == ["Bob's words."]
    assert latest(drug).storage == "Ann's words."
    link = BeautifulSoup(refused.content, "html.parser").find("a", string="See what changed")
    assert link is not None
    compared = bob.get(str(link["href"])).text  # type: ignore[index]
    assert "Ann&#x27;s words." in compared
    # To save once more is a decision.
    bob.post(address_of(drug), form_data(refused))
    assert latest(drug).summary == "Bob's words."
    texts = [revision.content for revision in drug.revisions.all()]
    assert any(text["storage"] == "Ann's words." for text in texts)


@pytest.mark.parametrize("name", ["overwrite_revision_id", "loaded_revision_id"])
def test_a_form_that_names_no_kept_text_comes_back_with_what_was_typed(
    drug: Drug, name: str
) -> None:
    bob = client_of(author("bob"))
    opened = form_data(bob.get(address_of(drug)))
    submit(client_of(author()), address_of(drug), storage="Ann's words.")
    refused = bob.post(address_of(drug), opened | {"summary": "Bob's words.", name: "9" * 30})
    assert "someone saved a newer version" in refused.text
    assert "See what changed" not in refused.text
    assert form_data(refused)["summary"] == ["Bob's words."]


def test_an_autosave_over_a_colleague_s_text_is_refused_in_words(drug: Drug) -> None:
    ann, bob = client_of(author()), client_of(author("bob"))
    opened = form_data(bob.get(address_of(drug)))
    submit(ann, address_of(drug), storage="Ann's words.")
    answer = bob.post(address_of(drug), opened | {"summary": "Bob's."}, headers=SCRIPT)
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert "your text stays here" in answer.json()["error_message"]
    assert latest(drug).storage == "Ann's words."


def test_of_three_tabs_none_silently_replaces_another(drug: Drug) -> None:
    people = [client_of(author(name)) for name in ("ann", "bob", "cy")]
    opened = [form_data(client.get(address_of(drug))) for client in people]
    answers = [
        client.post(address_of(drug), form | {"summary": f"Words {number}."})
        for number, (client, form) in enumerate(zip(people, opened, strict=True))
    ]
    assert [answer.status_code for answer in answers] == [302, 200, 200]
    assert latest(drug).summary == "Words 0."
    assert [form_data(answer)["summary"] for answer in answers[1:]] == [["Words 1."], ["Words 2."]]


def test_an_autosave_from_an_old_tab_leaves_the_live_text_as_it_is(drug: Drug) -> None:
    ann = author()
    client = client_of(ann)
    opened = form_data(client.get(address_of(drug)))
    draft = latest(drug).save_revision(user=ann, clean=False)
    Drug.objects.get(pk=drug.pk).publish(draft, starter=True)
    stale = opened | {"summary": "Late.", "overwrite_revision_id": draft.pk}
    stale["loaded_revision_created_at"] = draft.created_at.isoformat()
    client.post(address_of(drug), stale, headers=SCRIPT)
    draft.refresh_from_db()
    assert draft.content["summary"] != "Late."


def test_an_autosave_from_an_old_tab_leaves_a_signed_text_as_it_is(drug: Drug) -> None:
    entry = signed(drug, summary="Signed words.")
    live = entry.live_revision
    assert live is not None
    client = client_of(author("other"))
    opened = form_data(client.get(address_of(drug)))
    client.post(
        address_of(drug),
        opened | {"summary": "Late.", "overwrite_revision_id": live.pk},
        headers=SCRIPT,
    )
    live.refresh_from_db()
    assert live.content["summary"] == "Signed words."


def test_an_autosave_from_an_old_tab_leaves_a_submitted_text_as_it_is(drug: Drug) -> None:
    ann = author()
    client = client_of(ann)
    opened = form_data(client.get(address_of(drug)))
    revision = submitted(drug, ann, summary="Submitted words.").revision
    client.post(
        address_of(drug),
        opened | {"summary": "Late.", "overwrite_revision_id": revision.pk},
        headers=SCRIPT,
    )
    revision.refresh_from_db()
    assert revision.content["summary"] == "Submitted words."


# --- A session that ends


def sign_out(client: Client) -> None:
    """End the session on the server; the browser does not hear of it."""
    Session.objects.filter(pk=client.session.session_key).delete()


def fields_of(page: Any) -> dict[str, list[str]]:
    """Name -> values of the hidden fields of the page that keeps the text."""
    found: dict[str, list[str]] = {}
    for field in BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]"):
        found.setdefault(str(field["name"]), []).append(str(field["value"]))
    return found


def test_a_form_that_comes_after_the_session_is_sent_again_after_signing_in(drug: Drug) -> None:
    """Wagtail's own answer is the login, and the text is gone."""
    ann = author()
    client = client_of(ann)
    typed = form_data(client.get(address_of(drug))) | {"summary": 'Typed "for an hour" <b>.'}
    sign_out(client)
    kept = client.post(address_of(drug), typed, headers=HERE)
    assert kept.status_code == 403
    assert "You were signed out before this was saved" in kept.text
    fields = fields_of(kept)
    assert "csrfmiddlewaretoken" in fields
    client.force_login(ann)
    assert client.post(address_of(drug), fields, headers=HERE).status_code == 302
    assert latest(drug).summary == 'Typed "for an hour" <b>.'


def test_a_form_with_an_old_token_is_kept_and_can_be_sent_again(drug: Drug) -> None:
    """After signing in anew the token of an open form does not count any more."""
    ann = author()
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    typed = form_data(client.get(address_of(drug))) | {"summary": "Typed before."}
    kept = client.post(address_of(drug), typed | {"csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    assert kept.status_code == 403
    assert "The page was older than your session" in kept.text
    assert latest(drug).summary != "Typed before."
    sent = client.post(address_of(drug), fields_of(kept), headers=HERE)
    assert sent.status_code == 302
    assert latest(drug).summary == "Typed before."


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
    ],
    ids=["unknown", "other-site", "hidden", "other-page"],
)
def test_the_fields_of_another_site_are_never_offered_to_be_sent(
    drug: Drug, headers: dict[str, str]
) -> None:
    """The page that keeps the text holds a token that counts."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(author())
    client.get(address_of(drug))
    answer = client.post(address_of(drug), {"summary": "From elsewhere"}, headers=headers)
    assert answer.status_code == 403
    assert "From elsewhere" not in answer.text
    stranger = Client().post(address_of(drug), {"summary": "From elsewhere"}, headers=headers)
    assert stranger.status_code == 302


def test_no_password_is_ever_in_the_answer(db: None) -> None:
    where = reverse("wagtailadmin_account")
    typed = {"password-old_password": "secret1", "name_email-first_name": "Ann"}
    kept = Client().post(where, typed, headers=HERE)
    assert "Ann" in kept.text
    assert "secret1" not in kept.text
    login = Client(enforce_csrf_checks=True).post(
        reverse("wagtailadmin_login"), {"username": "ann", "password": "secret1"}, headers=HERE
    )
    assert login.status_code == 403
    assert "secret1" not in login.text and "Send again" not in login.text


def test_signing_out_after_the_session_is_over_is_no_lost_text(db: None) -> None:
    answer = Client().post(reverse("wagtailadmin_logout"), headers=HERE)
    assert "Send again" not in answer.text


def test_a_public_form_gets_the_public_answer(db: None) -> None:
    request = RequestFactory().post("/feedback/", {"words": "Kept?"}, headers=HERE)
    answer = csrf_failure(request)
    assert answer.status_code == 403
    assert "Kept?" not in answer.content.decode()


def test_a_script_asks_whether_the_session_lasts(drug: Drug) -> None:
    client = client_of(author())
    where = reverse("editorial_session")
    answer = client.get(where, headers=SCRIPT)
    assert len(answer.json()["csrf_token"]) == 64
    assert "no-store" in answer["Cache-Control"]
    assert "You are signed in" in client.get(where, headers={"Accept": "text/html"}).text
    sign_out(client)
    assert client.get(where, headers=SCRIPT).status_code == 403


def test_every_edit_screen_loads_the_script(drug: Drug) -> None:
    page = client_of(author()).get(address_of(drug)).text
    assert "js/admin-session.js" in page
    assert 'id="session-notices"' in page


def test_a_medicine_with_very_many_rows_is_saved(drug: Drug) -> None:
    """Django refuses a form of more than a thousand fields, and its text with it."""
    client = client_of(author())
    data = form_data(client.get(address_of(drug)))
    for number in range(1, 200):
        prefix = f"side_effects-{number}"
        data |= {f"{prefix}-effect": f"effect {number}", f"{prefix}-group": "common"}
        data |= {f"{prefix}-ORDER": str(number + 1), f"{prefix}-how_common": ""}
        data |= {f"{prefix}-explained_by": "", f"{prefix}-id": "", f"{prefix}-key": ""}
    data["side_effects-TOTAL_FORMS"] = "200"
    assert len(data) > 1000
    assert client.post(address_of(drug), data).status_code == 302
    assert latest(drug).side_effects.count() == 200


# --- A server that is killed


class Site:
    """The site in processes of its own, on a database of its own."""

    def __init__(self, database: str, folder: Path) -> None:
        self.environment = os.environ | {"DATABASE_URL": database, "VAR_DIR": str(folder)}
        self.folder = folder

    def command(self, *words: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "tests.editorial.publishing", *words]

    def run(self, *words: str) -> dict[str, Any]:
        """Run to its end; what readers and editors have then."""
        done = subprocess.run(  # noqa: S603
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def kill_in_publication(self, point: str) -> None:
        """Publish, and kill the process at ``point`` as the system would."""
        marker = self.folder / f"at-{point}"
        process = subprocess.Popen(  # noqa: S603
            self.command("publish", point, str(marker)), env=self.environment
        )
        try:
            deadline = time.monotonic() + 60
            while not marker.exists():
                assert process.poll() is None, "it ended before it came to the point"
                assert time.monotonic() < deadline, "it never came to the point"
                time.sleep(0.05)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    """A real database as the migrations leave it: a file, or another one on the same server."""
    if connection.vendor == "sqlite":
        path = tmp_path / "guide.sqlite3"
        connection.ensure_connection()
        # `backup` would wait for the end of the test's own transaction.
        path.write_bytes(connection.connection.serialize())
        yield Site(f"sqlite:///{path}", tmp_path)
        return
    given = urlsplit(os.environ["DATABASE_URL"])
    name = "test_killed"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    found = Site(urlunsplit(given._replace(path=f"/{name}")), tmp_path)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=found.environment, check=True)  # noqa: S603
    yield found
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_publication_killed_in_the_middle_has_not_happened(site: Site) -> None:
    """Wagtail's own leaves the new name live beside the old rows, or none."""
    before = site.run("prepare")
    assert before["page"] == [True, False]
    for point in ("rows", "published"):
        site.kill_in_publication(point)
        assert site.run("look") == before
    after = site.run("publish")
    assert after["page"] == [False, True]
    assert after["row"][1] == "Newname"
    assert after["rows"] == [f"new effect {number}" for number in range(3)]
    assert [url for url, _title in after["search"]] != [url for url, _title in before["search"]]
    assert after["version"] > before["version"]
    assert after["publications"] == before["publications"] + 1


# --- A draft older than a migration


def _without_new_fields(content: dict[str, Any]) -> None:
    for name in ("call_911", "questions", "unconfirmed", "trial_results", "fever_rule"):
        content.pop(name, None)
    for row in content["indications"]:
        for name in ("key", "line", "mutations", "sort_order"):
            row.pop(name)


def _with_fields_that_went(content: dict[str, Any]) -> None:
    content |= {"gone_text": "Old.", "gone_rows": [{"pk": 1, "words": "Old."}], "gone_flag": True}
    content["indications"][0]["gone"] = "Old."


def _with_an_old_choice(content: dict[str, Any]) -> None:
    content["indications"][0] |= {"status": "provisional", "line": "zeroth", "her2": ",maybe,"}
    content["forms"][0]["route"] = "leech"


def _with_a_link_to_what_is_gone(content: dict[str, Any]) -> None:
    content["classes"] = [987654]
    content["side_effects"][0]["explained_by"] = 987654
    content["indications"][0]["partners"] = [987654]


def _with_empty_values(content: dict[str, Any]) -> None:
    content |= {"slug": None, "also_known_as": "", "indications": [], "sources": []}


MEDICINES = {
    "fields-missing": _without_new_fields,
    "fields-too-many": _with_fields_that_went,
    "old-choice": _with_an_old_choice,
    "gone-links": _with_a_link_to_what_is_gone,
    "empty": _with_empty_values,
}


def _spoil_body(*blocks: dict[str, Any]) -> Spoil:
    def spoil(content: dict[str, Any]) -> None:
        content["body"] = json.dumps(json.loads(content["body"]) + list(blocks))

    return spoil


ARTICLES = {
    "unknown-block": _spoil_body({"type": "carousel", "value": {"pictures": [1]}, "id": "1"}),
    "gone-card": _spoil_body({"type": "drug_card", "value": 987654, "id": "2"}),
    "block-with-parts-missing": _spoil_body({"type": "callout", "value": {}, "id": "3"}),
    "block-with-parts-too-many": _spoil_body(
        {"type": "callout", "value": {"text": "<p>A</p>", "tone": "red"}, "id": "4"}
    ),
    "old-drawing": _spoil_body(
        {"type": "figure", "value": {"drawing": "gone", "caption": "C", "alternative": "A"}}
    ),
    "no-body": lambda content: content.pop("body"),
}


def old_draft(entry: EditorialModel, spoil: Spoil) -> Revision:
    """A draft of ``entry`` as another version of the program left it."""
    revision: Revision = latest(entry).save_revision(clean=False)
    spoil(revision.content)
    revision.save()
    return revision


def opens_everywhere(entry: EditorialModel, revision: Revision) -> None:
    """Edit screen, preview, earlier version, history and comparison answer with a page."""
    client = client_of(manager())
    pages = (
        address_of(entry),
        address_of(entry, "revisions_view", revision.pk),
        address_of(entry, "history"),
        address_of(entry, "revisions_compare", "live", revision.pk),
        address_of(entry, "revisions_compare", "earliest", "latest"),
    )
    for page in pages:
        assert client.get(page).status_code == 200, page
    data = form_data(client.get(address_of(entry))) | {"body-count": "0"}
    preview = address_of(entry, "preview_on_edit")
    assert client.post(preview, data).status_code == 200
    assert client.get(preview).status_code == 200
    answer = client.post(address_of(entry), data | {"action-publish": "1"}, follow=True)
    assert answer.status_code == 200


def is_published_or_refused_in_words(entry: EditorialModel, revision: Revision) -> None:
    """The gate takes the draft whole or says why not."""
    try:
        type(entry).objects.get(pk=entry.pk).publish(revision, starter=True)
    except ValidationError as error:
        assert all(error.messages)
    entry.refresh_from_db()
    assert entry.live
    assert Client().get(entry.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("spoil", MEDICINES.values(), ids=MEDICINES)
def test_an_old_draft_of_a_medicine_opens_and_is_published_or_refused(
    drug: Drug, spoil: Spoil
) -> None:
    revision = old_draft(drug, spoil)
    is_published_or_refused_in_words(drug, revision)
    opens_everywhere(drug, revision)


@pytest.mark.parametrize("spoil", ARTICLES.values(), ids=ARTICLES)
def test_an_old_draft_of_an_article_opens_and_is_published_or_refused(
    db: None, spoil: Spoil
) -> None:
    article: Article = published_article(bodies.heading(), bodies.text())
    revision = old_draft(article, spoil)
    is_published_or_refused_in_words(article, revision)
    opens_everywhere(article, revision)


def test_a_choice_that_is_gone_is_named(db: None) -> None:
    entry = published_drug()
    revision = old_draft(entry, _with_an_old_choice)
    with pytest.raises(ValidationError) as refused:
        entry.publish(revision, starter=True)
    words = " ".join(refused.value.messages)
    for choice in ("'provisional' is not", "zeroth", "list: maybe", "'leech' is not"):
        assert choice in words
