"""Export and import in the admin: who may, what is shown, what is refused, what becomes of it."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from drugs.models import Drug, OtherMedicine
from tests.conftest import ClientAs
from tests.editorial.exchange import exported, wipe, zipped
from tests.editorial.people import signed
from tests.editorial.small_guide import words
from tests.editorial.states import everything
from tests.factories import DrugFactory, publish, published_drug
from tgsite.editorial import views_exchange
from tgsite.editorial.content import documents
from tgsite.editorial.models import (
    ContentVersion,
    Contributor,
    LoadRecord,
    Publication,
    PublishedSlug,
    SignOff,
    SiteSettings,
    Upload,
    WordRule,
    entry_models,
)

pytestmark = pytest.mark.django_db

PAGE, CONFIRM, EXPORT = "/admin/exchange/", "/admin/exchange/import/", "/admin/exchange/export/"
TABLES = (*entry_models(), Contributor, OtherMedicine, SiteSettings, SignOff, Publication)
MARK = {"export.yaml": "format: 1\n"}
ALPHA = "drugs/medicines/alpha.yaml"
PERSON = {"slug": "rita", "name": "Rita", "credentials": "MD"}


@pytest.fixture
def manager(client_as: ClientAs) -> Client:
    """A managing editor at the admin."""
    return client_as("manager")


@pytest.fixture
def files(drug: Drug) -> dict[str, Any]:
    """A guide of one medicine as files, from a site that is empty now."""
    publish(drug, slug="alpha", brand_name="Alpha")
    found = exported()
    found["drugs/medicines/alpha.yaml"].pop("old_addresses")
    wipe()
    return found


def upload(client: Client, content: bytes, name: str = "guide.zip") -> HttpResponse:
    """Send a zip file to be looked at."""
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def confirm(client: Client, shown: HttpResponse) -> HttpResponse:
    """Press the button of the page that shows what would change."""
    form = BeautifulSoup(shown.content, "html.parser").select_one(f'form[action="{CONFIRM}"]')
    assert form, words(shown)
    plan = form.select_one("[name=plan]")
    assert plan
    return client.post(CONFIRM, {"plan": plan["value"]}, follow=True)


def refused(client: Client, content: bytes) -> str:
    """What the page says of an upload that it refuses; nothing was stored."""
    before = everything(*TABLES)
    response = upload(client, content)
    assert response.status_code == 200
    assert everything(*TABLES) == before
    assert not Upload.objects.exists()
    said = words(response)
    assert "Nothing was stored" in said
    return said


# --- Roles


@pytest.mark.parametrize("role", ["author", "reviewer"])
@pytest.mark.parametrize(
    ("method", "address"), [("get", PAGE), ("post", PAGE), ("get", EXPORT), ("post", CONFIRM)]
)
def test_others_are_refused(client_as: ClientAs, role: str, method: str, address: str) -> None:
    response = getattr(client_as(role), method)(address)
    assert response.status_code == 302
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_managing_editors_and_administrators_see_the_page(client_as: ClientAs, role: str) -> None:
    assert "Download everything" in words(client_as(role).get(PAGE))


@pytest.mark.parametrize(("role", "shown"), [("manager", True), ("author", False)])
def test_menu_leads_there_for_those_who_may(client_as: ClientAs, role: str, shown: bool) -> None:
    assert ("/admin/exchange/" in client_as(role).get("/admin/").content.decode()) is shown


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_import_nothing_with_a_plan_of_a_manager(
    client_as: ClientAs, files: dict[str, Any], role: str
) -> None:
    upload(client_as("manager"), zipped(files))
    client_as(role).post(CONFIRM, {"plan": Upload.objects.get().plan})
    assert not Drug.objects.exists()


# --- Out and in


def test_download_is_a_zip_of_everything(manager: Client, drug: Drug) -> None:
    response = manager.get(EXPORT)
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert f"drugs/medicines/{drug.slug}.yaml" in archive.namelist()
    assert manager.get(EXPORT).content == response.content


def test_upload_shows_fields_and_stores_nothing(manager: Client, files: dict[str, Any]) -> None:
    before = everything(*TABLES)
    said = words(upload(manager, zipped(files)))
    assert "1 added, 0 changed" in said
    assert "drugs.Drug alpha : added (as a draft)" in said
    assert "generic_name trastuzumab" in said
    assert everything(*TABLES) == before


def test_confirmed_import_makes_drafts_only(manager: Client, files: dict[str, Any]) -> None:
    confirm(manager, upload(manager, zipped(files)))
    entry = Drug.objects.get(slug="alpha")
    assert not entry.live
    assert entry.latest_revision.user.username == "manager"
    assert not Publication.objects.exists()
    assert not Upload.objects.exists()


def test_facts_of_the_other_site_are_not_believed(manager: Client, files: dict[str, Any]) -> None:
    """An upload takes no address, invents no history and plans no end."""
    files[ALPHA] |= {
        "old_addresses": ["herceptin"],
        "schedule": {"expire_at": "2999-01-01T12:00:00+00:00"},
    }
    shown = upload(manager, zipped(files))
    assert "2999" not in words(shown)
    confirm(manager, shown)
    assert not PublishedSlug.objects.exists()
    entry = Drug.objects.get()
    assert (entry.first_published_at, entry.expire_at) == (None, None)


def test_words_to_watch_change_at_once_when_confirmed(
    manager: Client, files: dict[str, Any]
) -> None:
    rule = next(one for one in files["editorial/words.yaml"] if one["phrase"] == "journey")
    rule["better"] = "months of treatment"
    shown = upload(manager, zipped(files))
    assert "editorial.WordRule tone journey : changed" in words(shown)
    known = WordRule.objects.filter(phrase="journey", better="months of treatment")
    assert not known.exists()
    confirm(manager, shown)
    assert known.exists()


def test_changed_text_of_a_live_entry_becomes_a_draft_beside_it(
    manager: Client, files: dict[str, Any]
) -> None:
    confirm(manager, upload(manager, zipped(files)))
    entry = Drug.objects.get(slug="alpha")
    entry.publish(entry.latest_revision, starter=True)
    # As if it had been loaded live.
    LoadRecord.objects.update(live=True)
    version = ContentVersion.current()
    files[ALPHA]["summary"] = "From a file."
    shown = upload(manager, zipped(files))
    assert "summary A medicine for tests. From a file." in words(shown)
    confirm(manager, shown)
    entry = Drug.objects.get(slug="alpha")
    assert (entry.live, entry.summary) == (True, "A medicine for tests.")
    assert entry.get_latest_revision_as_object().summary == "From a file."
    assert ContentVersion.current() == version


def test_edited_entry_is_kept(manager: Client, drug: Drug) -> None:
    files = exported()
    files[f"drugs/medicines/{drug.slug}.yaml"]["summary"] = "From a file."
    said = words(upload(manager, zipped(files)))
    assert "1 kept" in said
    assert "There is nothing to import." in said
    assert not Upload.objects.exists()


def test_forged_reviewer_is_refused_by_name(manager: Client, files: dict[str, Any]) -> None:
    review = {"by": "rita", "on": "2026-05-01", "due": "2026-11-01", "digest": "0" * 64}
    files[ALPHA]["review"] = review
    files["editorial/people.yaml"] = [PERSON]
    said = refused(manager, zipped(files))
    assert f"{ALPHA} , alpha, review: A review can be imported on the command line only." in said


def test_true_review_is_refused_in_the_admin_too(manager: Client, drug: Drug) -> None:
    signed(drug)
    said = refused(manager, zipped(exported()))
    assert "herceptin, review: A review can be imported on the command line only." in said


# --- Between looking and confirming


def test_site_that_changed_meanwhile_is_left_alone(manager: Client, files: dict[str, Any]) -> None:
    shown = upload(manager, zipped(files))
    DrugFactory(slug="alpha", brand_name="An editor's own")
    response = confirm(manager, shown)
    assert "Nothing was imported" in words(response)
    assert Drug.objects.get().brand_name == "An editor's own"


def test_plan_that_was_never_shown_is_refused(manager: Client, files: dict[str, Any]) -> None:
    upload(manager, zipped(files))
    manager.post(CONFIRM, {"plan": "0" * 64})
    assert not Drug.objects.exists()


def test_second_press_of_the_button_imports_nothing_again(
    manager: Client, files: dict[str, Any]
) -> None:
    shown = upload(manager, zipped(files))
    confirm(manager, shown)
    before = everything(*TABLES)
    assert "Nothing was imported" in words(confirm(manager, shown))
    assert everything(*TABLES) == before


def test_old_upload_is_not_imported_and_goes(manager: Client, files: dict[str, Any]) -> None:
    shown = upload(manager, zipped(files))
    Upload.objects.update(at=timezone.now() - timedelta(hours=1))
    assert "Nothing was imported" in words(confirm(manager, shown))
    upload(manager, b"no zip")
    assert not Upload.objects.exists()


def test_one_account_has_one_upload(manager: Client, files: dict[str, Any]) -> None:
    upload(manager, zipped(files))
    upload(manager, zipped(files))
    assert Upload.objects.count() == 1


def test_of_two_uploads_at_once_the_one_shown_last_waits(
    manager: Client, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double click: the second comes while the first is still looked at."""
    look = views_exchange.take_in

    def interrupted(*args: Any) -> Any:
        monkeypatch.setattr(views_exchange, "take_in", look)
        upload(manager, zipped(files | {ALPHA: files[ALPHA] | {"summary": "Of the second."}}))
        return look(*args)

    monkeypatch.setattr(views_exchange, "take_in", interrupted)
    confirm(manager, upload(manager, zipped(files)))
    assert Drug.objects.get().summary == files[ALPHA]["summary"]


def test_confirming_by_a_link_is_no_way(manager: Client) -> None:
    assert manager.get(CONFIRM).status_code == 405


# --- Zip files that lie


def archive(*members: tuple[Any, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members, beside the mark of an export."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        made.writestr("export.yaml", "format: 1\n")
        for name, content in members:
            made.writestr(name, content)
    return buffer.getvalue()


def linked() -> bytes:
    """A member that is a symbolic link to the password file."""
    member = zipfile.ZipInfo(ALPHA)
    member.create_system, member.external_attr = 3, 0o120777 << 16
    return archive((member, b"/etc/passwd"))


def encrypted() -> bytes:
    """A member that says it is encrypted, in both of its headers."""
    content = bytearray(archive((ALPHA, b"slug: alpha\n")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rindex(mark) + offset
        struct.pack_into("<H", content, at, 1)
    return bytes(content)


def bomb() -> bytes:
    """A few kilobytes that grow to more than one file may have."""
    return archive((ALPHA, b"#" * (documents.LARGEST_FILE + 1)))


def many_bombs() -> bytes:
    """Files that may each be as large as they are, and not all together."""
    number = documents.LARGEST_TOTAL // documents.LARGEST_FILE + 2
    size = documents.LARGEST_FILE - 10
    return archive(*((f"drugs/medicines/m{one}.yaml", b"#" * size) for one in range(number)))


def lying_about_its_size() -> bytes:
    """A member that claims to be small: what comes out is counted, not what is claimed."""
    content = bytearray(bomb())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.rindex(mark) + offset, 10)
    return bytes(content)


def twice() -> bytes:
    """The same name in other capitals."""
    return archive((ALPHA, b"slug: alpha\n"), (ALPHA.replace("alpha", "ALPHA"), b"slug: a\n"))


WHOLE = archive((ALPHA, b"slug: alpha\n"))
ZIPS = {
    "no-zip": (b"<html>", "This is no zip file."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is no zip file."),
    "empty-zip": (b"PK\x05\x06" + bytes(18), "This is no zip file."),
    "cut-off": (WHOLE[:-30], "The zip file is broken."),
    "garbage-behind-the-magic": (b"PK\x03\x04" + bytes(200), "The zip file is broken."),
    "wrong-sum": (WHOLE.replace(b"PK\x01\x02", b"PK\x01\x03"), "The zip file is broken."),
    "bomb": (bomb(), "is larger than"),
    "many-bombs": (many_bombs(), "All files together"),
    "lying-about-its-size": (lying_about_its_size(), ""),
    "path-upwards": (archive(("../../etc/cron.d/x", b"x")), "is no file of an export"),
    "path-inside-upwards": (archive(("drugs/../../x.yaml", b"x")), "is no file of an export"),
    "absolute-path": (archive(("/etc/passwd", b"x")), "is no file of an export"),
    "drive": (archive(("C:\\x.yaml", b"x")), "is no file of an export"),
    "folder-not-ours": (archive(("guide/" + ALPHA, b"x")), "is no file of an export"),
    "deeper": (archive(("drugs/medicines/new/x.yaml", b"x")), "is no file of an export"),
    "empty-folder-not-ours": (archive(("other/", b"")), "is no file of an export"),
    "other-ending": (archive(("drugs/medicines/x.py", b"x")), "is no file of an export"),
    "link": (linked(), "is a link to another place"),
    "encrypted": (encrypted(), "is encrypted"),
    "twice": (twice(), "stands in the zip file twice"),
    "other-packing": (
        archive((ALPHA, b"slug: alpha\n"), compression=zipfile.ZIP_LZMA),
        "is packed in a way",
    ),
    "no-mark": (zipped({ALPHA: "slug: alpha\n"}), "this is no export of a guide"),
    "other-version": (zipped({"export.yaml": "format: 7\n"}), "another version"),
    "nul-in-a-file": (zipped(MARK | {ALPHA: b"slug: alpha\nbrand_name: \x00"}), ALPHA),
}


@pytest.mark.parametrize(("content", "said"), ZIPS.values(), ids=ZIPS)
def test_zip_that_lies_is_refused_with_a_reason(manager: Client, content: bytes, said: str) -> None:
    assert said in refused(manager, content)


def test_folders_of_an_export_may_stand_in_its_zip(manager: Client, files: dict[str, Any]) -> None:
    """Most programs that zip a folder write a member for each folder."""
    made = archive(("drugs/", b""), ("drugs/medicines/", b""), (ALPHA, zipfile_bytes(files[ALPHA])))
    assert "1 added" in words(upload(manager, made))


def zipfile_bytes(values: Any) -> bytes:
    """One file as an export has it."""
    with zipfile.ZipFile(io.BytesIO(zipped({"x": values}))) as made:
        return made.read("x")


def test_too_many_files_are_refused(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_FILES", 3)
    members = [(f"drugs/medicines/m{one}.yaml", b"x") for one in range(4)]
    assert "more than 3 files" in refused(manager, archive(*members))


def test_too_large_an_upload_is_refused_before_it_is_opened(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tgsite.editorial.views_exchange.LARGEST_ZIP", 50)
    response = upload(manager, WHOLE)
    assert "larger than 50 bytes" in words(response)


def test_form_without_a_file_says_so(manager: Client) -> None:
    assert "This field is required." in words(manager.post(PAGE))


def test_names_of_files_are_shown_and_never_run(manager: Client) -> None:
    response = upload(manager, archive(("<script>alert(1)</script>", b"x")))
    assert b"<script>alert(1)" not in response.content


def test_unfinished_draft_may_come_in_as_a_draft(manager: Client) -> None:
    """As an author may save it."""
    values = {"slug": "alpha", "live": False, "brand_name": "Alpha"}
    confirm(manager, upload(manager, zipped(MARK | {ALPHA: values})))
    assert not Drug.objects.get().live


def test_unfinished_text_that_is_marked_as_no_draft_is_refused(manager: Client) -> None:
    said = refused(manager, zipped(MARK | {ALPHA: {"slug": "alpha", "brand_name": "Alpha"}}))
    assert "call_911" in said


def test_published_drug_is_in_the_export_of_today(manager: Client) -> None:
    published_drug(slug="omega", brand_name="Omega")
    content = manager.get(EXPORT).content
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert b"Omega" in made.read("drugs/medicines/omega.yaml")
