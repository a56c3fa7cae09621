"""Export and import on the command line: what comes back, what is kept, what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from drugs.models import Drug, DrugClass
from education.models import Article
from tests.editorial.clock import go_to
from tests.editorial.exchange import (
    ALPHA,
    edit_the_lists,
    export_to,
    exported,
    import_from,
    pages,
    refusal,
    wipe,
    write,
)
from tests.editorial.people import (
    account,
    manager,
    notice_mark,
    reviewer,
    signed,
)
from tests.factories import (
    DrugFactory,
    publish,
    published_article,
    published_drug,
)
from tgsite.editorial import safety
from tgsite.editorial.models import (
    Contributor,
    Publication,
    PublishedSlug,
    RetiredPublisher,
    SignOff,
    WordRule,
)

pytestmark = pytest.mark.django_db


# --- Out and in again


def test_signed_entry_comes_back_live_with_its_reviewer(alpha: Drug, tmp_path: Path) -> None:
    """A signature lets a text through; what nobody signed stays a draft."""
    signed(alpha, summary="Signed words.")
    row = Drug.objects.get(slug="alpha")
    files = export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one")
    again = Drug.objects.get(slug="alpha")
    assert again.live
    assert not Drug.objects.get(slug="beta").live
    assert again.reviewed_by == Contributor.objects.get(slug="rita")
    assert (again.reviewed_on, again.review_due) == (row.reviewed_on, row.review_due)
    assert export_to(tmp_path / "two")[ALPHA] == files[ALPHA]


def test_check_that_the_reviewer_passed_is_not_asked_again(alpha: Drug, tmp_path: Path) -> None:
    """Their reason is on the site that wrote the file."""
    signed(alpha, summary="Call your team over 101 F.")
    assert SignOff.last_of(alpha).passed
    export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one")
    again = Drug.objects.get(slug="alpha")
    assert again.live
    assert again.reviewed_by.slug == "rita"


def test_small_correction_since_the_signature_comes_back_with_it(
    alpha: Drug, tmp_path: Path
) -> None:
    """The digest in the file belongs to the text in the file."""
    alpha = signed(alpha, summary="A medicine for grown people.")
    alpha.summary = "A medicine for grown persons."
    mia = account("mia", "administrator")
    alpha.publish(alpha.save_revision(user=mia), mia)
    files = export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one")
    assert Drug.objects.get(slug="alpha").reviewed_by.slug == "rita"
    assert export_to(tmp_path / "two")[ALPHA] == files[ALPHA]


def test_old_address_leads_on_after_the_import(alpha: Drug, tmp_path: Path) -> None:
    publish(alpha, slug="omega")
    export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    assert pages(["/drugs/alpha/"])["/drugs/alpha/"][:2] == (301, "/drugs/omega/")


def test_old_address_of_what_was_taken_off_the_site_stays_its_own(
    alpha: Drug, tmp_path: Path
) -> None:
    alpha.unpublish()
    export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    again = Drug.objects.get(slug="alpha")
    assert not again.live
    assert again.first_published_at
    assert PublishedSlug.objects.get(slug="alpha").entry == again


def test_draft_beside_live_text_is_left_out_and_named(alpha: Drug, tmp_path: Path) -> None:
    alpha.summary = "Secret draft."
    alpha.save_revision()
    DrugFactory(slug="draftium")
    out = StringIO()
    call_command("export_content", str(tmp_path / "one"), stdout=out)
    assert f"The draft beside the live text is not exported: {alpha}" in out.getvalue()
    files = exported()
    assert "Secret draft" not in str(files)
    assert files["drugs/medicines/draftium.yaml"]["live"] is False
    assert "live" not in files[ALPHA]


def test_account_of_a_person_is_in_no_file(alpha: Drug) -> None:
    signed(alpha)
    assert "user" not in exported()["editorial/people.yaml"][0]


def test_zip_of_the_admin_is_read_on_the_command_line(
    alpha: Drug, tmp_path: Path, client_as: Any
) -> None:
    signed(alpha)
    content = client_as("manager").get("/admin/exchange/export/").content
    (tmp_path / "guide.zip").write_bytes(content)
    wipe()
    import_from(tmp_path / "guide.zip")
    assert Drug.objects.get(slug="alpha").reviewed_by


# --- Folders


def test_folder_with_other_things_is_refused_and_left_alone(alpha: Drug, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"notes\.txt"):
        export_to(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_other_things_beside_an_earlier_export_are_refused(alpha: Drug, tmp_path: Path) -> None:
    export_to(tmp_path / "one")
    (tmp_path / "one" / ".git").mkdir()
    with pytest.raises(CommandError, match=r"\.git"):
        export_to(tmp_path / "one")


def test_force_replaces_whatever_is_there(alpha: Drug, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "notes.txt").write_text("mine")
    assert "notes.txt" not in export_to(tmp_path / "one", "--force")


def test_earlier_export_is_replaced_whole(alpha: Drug, tmp_path: Path) -> None:
    assert ALPHA in export_to(tmp_path / "one")
    publish(alpha, slug="omega")
    files = export_to(tmp_path / "one")
    assert ALPHA not in files
    assert "drugs/medicines/omega.yaml" in files
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_failed_export_leaves_the_earlier_one(
    alpha: Drug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = export_to(tmp_path / "one")
    publish(alpha, summary="New words.")

    def full(*_args: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(CommandError, match="disk full"):
            export_to(tmp_path / "one")
    again = {
        path.relative_to(tmp_path / "one").as_posix(): path.read_bytes()
        for path in (tmp_path / "one").rglob("*")
        if path.is_file()
    }
    assert again == files
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


# --- Reviews


def test_signed_text_with_another_word_is_refused(alpha: Drug, tmp_path: Path) -> None:
    signed(alpha)
    files = exported()
    files[ALPHA]["summary"] = "Other words."
    wipe()
    assert "the digest is another" in refusal(write(tmp_path / "changed", files))


def test_review_of_another_digest_survives_a_class_with_a_new_slug(
    alpha: Drug, tmp_path: Path
) -> None:
    """The digest is of the names in the files, whatever a class is called here by now."""
    signed(alpha)
    files = exported()
    wipe()
    import_from(write(tmp_path / "one", files), "--live-unreviewed")
    publish(DrugClass.objects.get(slug="blue"), slug="azure")
    said = import_from(tmp_path / "one", "--live-unreviewed")
    assert "0 added, 0 changed" in said


def test_starter_text_that_was_signed_elsewhere_gets_its_signature(
    alpha: Drug, tmp_path: Path
) -> None:
    before = exported()
    signed(alpha)
    after = exported()
    wipe()
    import_from(write(tmp_path / "one", before), "--live-unreviewed")
    assert not Drug.objects.get(slug="alpha").reviewed_by
    assert "1 changed" in import_from(write(tmp_path / "two", after), "--live-unreviewed")
    assert Drug.objects.get(slug="alpha").reviewed_by.slug == "rita"


# --- Traces


def test_import_stands_in_the_history_of_an_entry(alpha: Drug, tmp_path: Path) -> None:
    files = exported()
    wipe()
    import_from(write(tmp_path / "one", files))
    entry = Drug.objects.get(slug="alpha")
    log = ModelLogEntry.objects.for_instance(entry).values_list("action", flat=True)
    assert "editorial.import" in log


def test_dates_and_notes_of_publication_come_back(alpha: Drug, tmp_path: Path) -> None:
    publish(alpha, change_note="New dose.")
    long_ago = timezone.now() - timedelta(days=500)
    Drug.objects.filter(pk=alpha.pk).update(first_published_at=long_ago)
    before = Drug.objects.get(pk=alpha.pk)
    log = list(Publication.of(before).values_list("at", "kind", "name", "note"))
    export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    again = Drug.objects.get(slug="alpha")
    assert again.first_published_at == long_ago
    assert again.last_published_at == before.last_published_at
    assert list(Publication.of(again).values_list("at", "kind", "name", "note")) == log


def test_feed_names_its_entries_as_before(alpha: Drug, tmp_path: Path, client: Client) -> None:
    """A reader's program would show an entry with a new name once more."""

    def names() -> list[str]:
        return re.findall("<entry>.*?<id>(.*?)</id>", client.get("/drugs/alpha/feed/").text)

    publish(alpha, change_note="New dose.")
    before = names()
    assert len(before) == 2
    export_to(tmp_path / "one")
    wipe()
    published_drug(slug="first-here")
    import_from(tmp_path / "one", "--live-unreviewed")
    assert names() == before


def test_safety_notice_comes_back(alpha: Drug, tmp_path: Path) -> None:
    columns = {
        "safety_notice": "Call your team.",
        "safety_notice_source": "FDA",
        "safety_notice_url": "https://www.fda.gov/x",
        "safety_notice_since": date(2026, 5, 1),
        "safety_notice_until": date(2026, 5, 15),
    }
    Drug.objects.filter(pk=alpha.pk).update(**columns)
    export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    assert Drug.objects.filter(slug="alpha", **columns).exists()


def test_confirmed_notice_comes_back_confirmed(alpha: Drug, tmp_path: Path) -> None:
    """It has no end; the log says that a clinician agreed, though nobody signed the text."""
    safety.put_notice(alpha, manager(), "Call your team.", "FDA")
    safety.confirm_notice(alpha, reviewer(), notice_mark(alpha))
    files = export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    again = Drug.objects.get(slug="alpha")
    assert (again.safety_notice, again.safety_notice_until) == ("Call your team.", None)
    assert export_to(tmp_path / "two")[ALPHA] == files[ALPHA]


def test_correction_after_the_import_is_no_clinical_review(alpha: Drug, tmp_path: Path) -> None:
    """The signature of a day is not later than the publication of its morning."""
    alpha = signed(alpha)
    morning = timezone.localtime(days(-3)).replace(hour=0, minute=15)
    SignOff.objects.update(signed_at=morning)
    kind = Publication.Kind
    Publication.of(alpha).filter(kind=kind.REVIEWED).update(at=morning)
    Publication.of(alpha).exclude(kind=kind.REVIEWED).update(at=days(-9))
    Drug.objects.filter(pk=alpha.pk).update(
        reviewed_on=morning.date(), last_published_at=morning, first_published_at=days(-9)
    )
    files = export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one")
    assert export_to(tmp_path / "two")[ALPHA] == files[ALPHA]
    again = Drug.objects.get(slug="alpha")
    again.search_aliases = "alfa"
    mia = account("mia", "administrator")
    again.publish(again.save_revision(user=mia), mia)
    kinds = list(Publication.of(again).values_list("kind", flat=True))
    assert kinds == [kind.MINOR, kind.REVIEWED, kind.STARTER]


# --- Words to watch, retired publishers


def set_up_again() -> None:
    """A site as migrations leave it: the words of the program, as nobody edited them."""
    wipe()
    WordRule.objects.filter(phrase="game-over").delete()
    WordRule.objects.filter(phrase="journey").update(reason="As it came.", better="As it came.")
    ModelLogEntry.objects.all().delete()


def test_lists_of_editors_come_back(alpha: Drug, tmp_path: Path) -> None:
    """New words, other wording of the program's own, and publishers that are retired."""
    edit_the_lists()
    files = export_to(tmp_path / "one")
    set_up_again()
    said = import_from(tmp_path / "one", "--live-unreviewed", "--dry-run")
    assert "added: editorial.WordRule tone game-over" in said
    assert "better: As it came. → months of treatment" in said
    assert "added: editorial.RetiredPublisher old.example" in said
    assert not RetiredPublisher.objects.exists()
    import_from(tmp_path / "one", "--live-unreviewed")
    assert WordRule.objects.get(phrase="journey").better == "months of treatment"
    assert RetiredPublisher.objects.get().since == date(2026, 5, 1)
    assert export_to(tmp_path / "two") == files
    assert "0 added, 0 changed" in import_from(tmp_path / "one", "--live-unreviewed")


def test_word_that_an_editor_changed_here_is_kept_and_named(alpha: Drug, tmp_path: Path) -> None:
    files = exported()
    edit_the_lists()
    assert "kept: editorial.WordRule tone journey (edited since)" in import_from(
        write(tmp_path / "one", files), "--live-unreviewed"
    )
    assert WordRule.objects.get(phrase="journey").better == "months of treatment"
    import_from(tmp_path / "one", "--overwrite", "tone journey")
    assert WordRule.objects.get(phrase="journey").better != "months of treatment"


# --- Days to come


def days(number: int) -> Any:
    """The moment that is as many days from now, in whole seconds as a form sends it."""
    return timezone.now().replace(microsecond=0) + timedelta(days=number)


def test_live_entry_leaves_the_site_on_its_day_after_the_import(
    alpha: Drug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = days(3)
    publish(alpha, expire_at=end)
    files = export_to(tmp_path / "one")
    wipe()
    said = import_from(tmp_path / "one", "--live-unreviewed", "--dry-run")
    assert f"schedule, expire_at: ∅ → {end.isoformat()}" in said
    import_from(tmp_path / "one", "--live-unreviewed")
    assert export_to(tmp_path / "two") == files
    go_to(monkeypatch, days(4))
    call_command("publish_due", stdout=StringIO())
    assert not Drug.objects.get(slug="alpha").live


def test_approved_text_goes_live_on_its_day_after_the_import(
    alpha: Drug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves on its day, with the signature that it had; not earlier, whatever is asked."""
    draft = DrugFactory(slug="next", classes=[DrugClass.objects.get()])
    start, end = days(2), days(9)
    signed(draft, go_live_at=start, expire_at=end)
    files = export_to(tmp_path / "one")
    wipe()
    said = import_from(tmp_path / "one", "--live-unreviewed", "--dry-run")
    assert f"schedule, go_live_at: ∅ → {start.isoformat()}" in said
    import_from(tmp_path / "one", "--live-unreviewed")
    assert not Drug.objects.get(slug="next").live
    assert export_to(tmp_path / "two") == files
    assert "0 added, 0 changed" in import_from(tmp_path / "one", "--live-unreviewed")
    go_to(monkeypatch, days(3))
    call_command("publish_due", stdout=StringIO())
    again = Drug.objects.get(slug="next")
    assert (again.live, again.reviewed_by.slug, again.expire_at) == (True, "rita", end)
    assert Publication.of(again).get().kind == Publication.Kind.REVIEWED


def test_schedule_that_was_cancelled_is_in_no_file(alpha: Drug) -> None:
    draft = DrugFactory(slug="next")
    signed(draft, go_live_at=days(2), expire_at=days(9))
    draft.revisions.update(approved_go_live_at=None)
    assert "schedule" not in exported()["drugs/medicines/next.yaml"]


def test_text_that_waits_beside_the_live_one_is_left_out_and_named(
    alpha: Drug, tmp_path: Path
) -> None:
    signed(alpha, summary="Of the day after tomorrow.", go_live_at=days(2))
    out = StringIO()
    call_command("export_content", str(tmp_path / "one"), stdout=out)
    assert f"The approved text that waits for its day is not exported: {alpha}." in out.getvalue()
    assert "schedule" not in exported()[ALPHA]


def test_text_may_link_to_an_old_address_of_an_entry_that_comes_with_it(
    alpha: Drug, tmp_path: Path
) -> None:
    """A link that readers can follow on one site does not keep its text off another."""
    published_article(("text", '<p><a href="/drugs/alpha/">Alpha</a></p>'), slug="reading")
    publish(alpha, slug="alpha-two")
    export_to(tmp_path)
    wipe()
    import_from(tmp_path, "--dry-run")
    assert not PublishedSlug.objects.exists()
    import_from(tmp_path)
    assert Article.objects.filter(slug="reading").exists()
    assert PublishedSlug.objects.filter(slug="alpha").exists()
