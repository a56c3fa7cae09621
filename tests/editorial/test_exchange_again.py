"""Imports into a site that has the entries: what is kept, replaced, refused, and only listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drugs.models import Drug
from tests.editorial.exchange import (
    ALPHA,
    TABLES,
    export_to,
    exported,
    import_from,
    pages,
    refusal,
    wipe,
    write,
)
from tests.editorial.people import (
    author,
    signed,
    submitted,
)
from tests.editorial.states import everything
from tests.factories import (
    publish,
    published_article,
)
from tgsite.editorial.models import (
    ContentVersion,
)

pytestmark = pytest.mark.django_db


# --- Again, and over editors' work


def test_import_of_the_same_site_changes_nothing(alpha: Drug, tmp_path: Path) -> None:
    export_to(tmp_path / "one")
    before = everything(*TABLES)
    assert "0 added, 0 changed" in import_from(tmp_path / "one", "--live-unreviewed")
    assert everything(*TABLES) == before


def test_entry_that_was_renamed_elsewhere_is_renamed_here(alpha: Drug, tmp_path: Path) -> None:
    """It is known by its old address, and not made twice."""
    before = exported()
    publish(alpha, slug="omega")
    after = exported()
    wipe()
    import_from(write(tmp_path / "one", before), "--live-unreviewed")
    pk = Drug.objects.get(slug="alpha").pk
    assert "0 added, 1 changed" in import_from(write(tmp_path / "two", after))
    assert Drug.objects.get(slug="omega").pk == pk
    assert "0 added, 0 changed" in import_from(tmp_path / "two")
    assert pages(["/drugs/alpha/"])["/drugs/alpha/"][:2] == (301, "/drugs/omega/")


def changed(files: dict[str, Any], tmp_path: Path) -> Path:
    """The files with another summary of Alpha."""
    files[ALPHA].pop("review", None)
    return write(tmp_path / "changed", files | {ALPHA: files[ALPHA] | {"summary": "From a file."}})


def test_edited_entry_is_kept_and_named(alpha: Drug, tmp_path: Path) -> None:
    source = changed(exported(), tmp_path)
    assert "kept: drugs.Drug alpha" in import_from(source, "--live-unreviewed")
    assert Drug.objects.get(slug="alpha").summary == "A medicine for tests."


def test_overwrite_replaces_what_was_never_signed(alpha: Drug, tmp_path: Path) -> None:
    import_from(changed(exported(), tmp_path), "--overwrite", "alpha")
    again = Drug.objects.get(slug="alpha")
    assert (again.summary, again.live, again.reviewed_by) == ("From a file.", True, None)


def test_overwrite_of_a_signed_entry_makes_a_draft(alpha: Drug, tmp_path: Path) -> None:
    """Nobody makes a clinical change live except by approval, on the command line either."""
    signed(alpha)
    version = ContentVersion.current()
    source = changed(exported(), tmp_path)
    import_from(source, "--live-unreviewed", "--overwrite", "alpha")
    again = Drug.objects.get(slug="alpha")
    assert again.summary == "A medicine for tests."
    assert again.get_latest_revision_as_object().summary == "From a file."
    assert again.has_unpublished_changes
    assert ContentVersion.current() == version


def test_overwrite_of_what_no_file_has_is_refused(alpha: Drug, tmp_path: Path) -> None:
    export_to(tmp_path / "one")
    assert "no file has this entry" in refusal(tmp_path / "one", "--overwrite", "omega")


def test_overwrite_that_means_two_entries_is_refused(alpha: Drug, tmp_path: Path) -> None:
    published_article(slug="alpha")
    export_to(tmp_path / "one")
    said = refusal(tmp_path / "one", "--overwrite", "alpha")
    assert "drugs.Drug alpha, education.Article alpha" in said


def test_text_under_review_is_not_overwritten(alpha: Drug, tmp_path: Path) -> None:
    source = changed(exported(), tmp_path)
    submitted(alpha, author())
    assert "clinical review" in refusal(source, "--overwrite", "alpha")


# --- Dry run


def test_dry_run_lists_fields_and_stores_nothing(alpha: Drug, tmp_path: Path) -> None:
    first = exported()
    wipe()
    import_from(write(tmp_path / "one", first), "--live-unreviewed")
    first[ALPHA]["summary"] = "A medicine for grown people."
    first[ALPHA]["indications"][0]["note"] = "Ask for the test."
    first["drugs/classes.yaml"].append(
        first["drugs/classes.yaml"][0] | {"slug": "red", "name": "Red", "old_addresses": []}
    )
    source = write(tmp_path / "two", first)
    before = everything(*TABLES)
    said = import_from(source, "--dry-run", "--live-unreviewed")
    assert everything(*TABLES) == before
    assert "changed: drugs.Drug alpha (live, not reviewed)" in said
    assert "summary: A medicine for tests. → A medicine for grown people." in said
    assert "indications 1, note: ∅ → Ask for the test." in said
    assert "added: drugs.DrugClass red" in said
    assert "1 added, 1 changed" in said


def test_dry_run_and_import_list_the_same(alpha: Drug, tmp_path: Path) -> None:
    source = write(tmp_path / "one", exported())
    wipe()
    numbers = import_from(source, "--dry-run").splitlines()[-1].split(": nothing")[0]
    assert import_from(source).splitlines()[-1].startswith(numbers.removesuffix("."))


def test_dry_run_leaves_nothing_in_memory_for_a_later_version(
    alpha: Drug, tmp_path: Path, client: Any
) -> None:
    """The numbers that were given up come again, for other content."""
    files = exported()
    files["drugs/other_medicines.yaml"] = [{"slug": "x", "generic_name": "x", "kind": "x"}]
    import_from(write(tmp_path / "one", files), "--dry-run")
    publish(alpha, summary="Words of the next version.")
    assert b"Words of the next version." in client.get("/drugs/").content
