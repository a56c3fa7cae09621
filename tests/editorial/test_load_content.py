"""Content files: all or nothing, every fault named, and never over an editor's work."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from drugs.models import Drug, DrugClass, Indication, OtherMedicine
from tests.editorial.content_files import Files, medicine
from tests.editorial.states import everything
from tests.factories import DrugFactory, publish, publish_revision
from tgsite.editorial.content import ContentErrors, load
from tgsite.editorial.models import ContentVersion, LoadRecord

MODELS = (Drug, DrugClass, OtherMedicine, Indication)


@pytest.fixture
def files(tmp_path: Path, db: None) -> Files:
    """A small guide in files of its own."""
    return Files(tmp_path)


@pytest.fixture
def command(files: Files, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command over the small guide; returns what it prints."""
    module = "tgsite.editorial.management.commands.load_content"
    monkeypatch.setattr(f"{module}.kinds", lambda: files.kinds)
    monkeypatch.setattr(f"{module}.load", lambda _kinds, live: files.load(live=live))

    def run(*arguments: str) -> str:
        out = StringIO()
        call_command("load_content", *arguments, stdout=out)
        return out.getvalue()

    return run


# --- The small guide


def test_first_load_adds_everything(files: Files) -> None:
    outcome = files.load()
    assert sorted(outcome.added) == [
        "drugs.Drug alpha",
        "drugs.Drug beta",
        "drugs.DrugClass anti-her2",
        "drugs.OtherMedicine tamoxifen",
    ]
    alpha = Drug.objects.live().get(slug="alpha")
    assert [one.slug for one in alpha.not_the_same_as.all()] == ["beta"]
    assert OtherMedicine.objects.get().nearest == alpha


def test_second_load_changes_nothing(files: Files) -> None:
    files.load()
    before = everything(*MODELS)
    assert len(files.load().unchanged) == 4
    assert everything(*MODELS) == before


def test_changed_file_updates_an_entry_that_no_editor_touched(files: Files) -> None:
    files.load()
    version, revisions = ContentVersion.current(), Revision.objects.count()
    files.medicines["alpha"]["summary"] = "New words."
    assert files.load().changed == ["drugs.Drug alpha"]
    alpha = Drug.objects.get(slug="alpha")
    assert alpha.summary == alpha.get_latest_revision_as_object().summary == "New words."
    assert alpha.live
    assert ContentVersion.current() == version + 1
    assert Revision.objects.count() == revisions + 1


def test_changed_file_keeps_the_identity_of_rows(files: Files) -> None:
    files.load()
    before = Indication.objects.filter(drug__slug="alpha").values("pk", "key").get()
    files.medicines["alpha"]["indications"][0]["summary"] = "New words"
    files.load()
    after = Indication.objects.filter(drug__slug="alpha").values("pk", "key", "summary").get()
    assert after == before | {"summary": "New words"}


def test_changed_file_of_a_medicine_not_covered_updates_it(files: Files) -> None:
    files.load()
    files.others[0]["kind"] = "estrogen blocker"
    assert files.load().changed == ["drugs.OtherMedicine tamoxifen"]
    assert OtherMedicine.objects.get().kind == "estrogen blocker"


# --- Editors' work


def edit_as_draft(alpha: Drug) -> None:
    """A draft beside the live text."""
    alpha.summary = "An editor's words."
    alpha.save_revision()


def edit_and_publish(alpha: Drug) -> None:
    """A new live text."""
    publish(alpha, summary="An editor's words.")


def edit_a_row(alpha: Drug) -> None:
    """A new live row."""
    row = alpha.indications.get()
    row.note = "Checked by telephone."
    publish(alpha, indications=[row])


def rename(alpha: Drug) -> None:
    """A new address."""
    publish(alpha, slug="gamma")


EDITS = {
    "draft": edit_as_draft,
    "published": edit_and_publish,
    "row": edit_a_row,
    "unpublished": lambda alpha: alpha.unpublish(),
    "renamed": rename,
    "deleted": lambda alpha: alpha.delete(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("file_changed", [False, True], ids=["same-file", "changed-file"])
def test_entry_that_an_editor_touched_is_kept_and_named(
    files: Files, edit: Callable[[Drug], None], file_changed: bool
) -> None:
    files.load()
    edit(Drug.objects.get(slug="alpha"))
    before = [
        list(rows)
        for rows in (
            Drug.objects.order_by("pk").values(),
            Drug.objects.get(slug="beta").indications.values(),
            Revision.objects.order_by("pk").values(),
        )
    ]
    if file_changed:
        files.medicines["alpha"]["summary"] = "New words."
    assert "drugs.Drug alpha" in files.load().kept
    after = [
        list(rows)
        for rows in (
            Drug.objects.order_by("pk").values(),
            Drug.objects.get(slug="beta").indications.values(),
            Revision.objects.order_by("pk").values(),
        )
    ]
    assert after == before


def test_new_file_that_names_a_deleted_entry_is_refused_and_does_not_revive_it(
    files: Files,
) -> None:
    files.load()
    Drug.objects.get(slug="beta").delete()
    files.add("delta", medicine("delta", not_the_same_as=["beta"]))
    assert named(refusal(files), "medicines/delta.yaml", "delta", "not_the_same_as")
    assert not Drug.objects.filter(slug="beta").exists()


def test_renamed_entry_is_not_made_twice(files: Files) -> None:
    files.load()
    rename(Drug.objects.get(slug="alpha"))
    files.load()
    assert set(Drug.objects.values_list("slug", flat=True)) == {"gamma", "beta"}


def test_other_files_find_a_renamed_entry_by_its_old_slug(files: Files) -> None:
    files.load()
    rename(Drug.objects.get(slug="alpha"))
    files.add("delta", medicine("delta", not_the_same_as=["alpha"]))
    files.load()
    assert Drug.objects.get(slug="delta").not_the_same_as.get().slug == "gamma"


def test_renamed_class_leaves_its_medicines_to_their_files(files: Files) -> None:
    """Nobody edited alpha: a new slug of its class must not freeze it."""
    files.load()
    publish(DrugClass.objects.get(), slug="her2-targeted")
    files.medicines["alpha"]["summary"] = "New words."
    assert files.load().changed == ["drugs.Drug alpha"]
    assert Drug.objects.get(slug="alpha").summary == "New words."


def test_entry_that_an_editor_made_with_the_same_slug_is_kept(files: Files) -> None:
    DrugFactory(slug="alpha", brand_name="An editor's own")
    assert files.load().kept == ["drugs.Drug alpha"]
    assert Drug.objects.get(slug="alpha").brand_name == "An editor's own"


def test_edited_medicine_not_covered_is_kept(files: Files) -> None:
    files.load()
    OtherMedicine.objects.update(kind="An editor's words")
    files.others[0]["kind"] = "estrogen blocker"
    assert files.load().kept == ["drugs.OtherMedicine tamoxifen"]
    assert OtherMedicine.objects.get().kind == "An editor's words"


def test_command_names_what_it_kept(files: Files, command: Callable[..., str]) -> None:
    command("--live-unreviewed")
    edit_as_draft(Drug.objects.get(slug="alpha"))
    assert "kept: drugs.Drug alpha" in command("--live-unreviewed")


# --- Live or draft


def live() -> int:
    """How many entries readers may see."""
    return Drug.objects.live().count() + DrugClass.objects.live().count()


def test_outside_development_everything_is_loaded_as_draft(
    files: Files, command: Callable[..., str]
) -> None:
    """A7: imported text does not go live by itself."""
    command()
    assert (live(), Drug.objects.count(), DrugClass.objects.count()) == (0, 2, 1)


def test_in_development_everything_is_loaded_live(
    files: Files, command: Callable[..., str], settings: Any
) -> None:
    settings.DEBUG = True
    command()
    assert live() == 3


def test_live_unreviewed_publishes_outside_development(
    files: Files, command: Callable[..., str]
) -> None:
    command("--live-unreviewed")
    assert live() == 3
    assert not Drug.objects.exclude(reviewed_on=None).exists()


def test_later_live_unreviewed_publishes_the_drafts_loaded_before(
    files: Files, command: Callable[..., str]
) -> None:
    command()
    command("--live-unreviewed")
    assert live() == 3


def test_later_load_as_draft_leaves_live_entries_live(
    files: Files, command: Callable[..., str]
) -> None:
    command("--live-unreviewed")
    command()
    assert live() == 3


def test_live_unreviewed_leaves_an_edited_draft_a_draft(
    files: Files, command: Callable[..., str]
) -> None:
    command()
    edit_as_draft(Drug.objects.get(slug="alpha"))
    command("--live-unreviewed")
    assert not Drug.objects.get(slug="alpha").live


def test_live_unreviewed_leaves_an_unpublished_entry_unpublished(
    files: Files, command: Callable[..., str]
) -> None:
    command("--live-unreviewed")
    Drug.objects.get(slug="alpha").unpublish()
    command("--live-unreviewed")
    assert not Drug.objects.get(slug="alpha").live


def test_live_unreviewed_leaves_a_draft_that_was_published_and_taken_off(
    files: Files, command: Callable[..., str]
) -> None:
    command()
    drug = Drug.objects.get(slug="alpha")
    publish_revision(drug.get_latest_revision())
    Drug.objects.get(pk=drug.pk).unpublish()
    command("--live-unreviewed")
    assert not Drug.objects.get(pk=drug.pk).live


def test_rows_of_the_same_text_keep_their_keys_at_each_load(files: Files) -> None:
    row = {"route": "iv-infusion", "form": "infusion"}
    files.medicines["alpha"]["forms"] = [row, dict(row)]
    files.load()
    assert files.load().changed == []


def test_if_empty_loads_only_the_first_time(files: Files, command: Callable[..., str]) -> None:
    command("--if-empty")
    files.medicines["alpha"]["summary"] = "New words."
    assert "loaded already" in command("--if-empty")
    assert Drug.objects.get(slug="alpha").summary == "A medicine for tests."


def test_if_empty_loads_nothing_after_everything_was_deleted(
    files: Files, command: Callable[..., str]
) -> None:
    command("--if-empty")
    Drug.objects.all().delete()
    command("--if-empty")
    assert not Drug.objects.exists()


# --- Faults


def row(name: str, **changes: Any) -> dict[str, Any]:
    """A change of the first row of relation ``name``."""
    return {name: [medicine("x")[name][0] | changes]}


def text(**changes: Any) -> str:
    """A medicine's file as text."""
    return yaml.safe_dump(medicine("faulty", **changes), sort_keys=False)


# id -> the file's content, and the field that must be named; None: a fault of the file as a whole.
FAULTS: dict[str, tuple[dict[str, Any] | bytes | str, str | None]] = {
    "yaml-syntax": ("slug: [unclosed\nbrand_name: }", None),
    "yaml-tag-of-python": ("slug: !!python/object:os.system x", None),
    "duplicate-yaml-key": (text() + "brand_name: Again\n", None),
    "binary-garbage": (bytes(range(256)) * 4, None),
    "half-a-utf8-character": (text().encode() + b"storage: \xc3\n", None),
    "unknown-field": ({"colour": "red"}, "colour"),
    "unknown-field-of-a-row": (row("forms", colour="red"), "forms 1, colour"),
    "field-that-only-the-program-sets": ({"reviewed_on": "2026-01-01"}, "reviewed_on"),
    "number-for-text": ({"summary": 5}, "summary"),
    "text-for-lines": ({"call_911": "chest pain"}, "call_911"),
    "numbers-for-lines": ({"call_911": [1, 2]}, "call_911"),
    "text-for-yes-or-no": ({"fever_rule": "maybe"}, "fever_rule"),
    "text-for-codes": (row("indications", her2="positive"), "indications 1, her2"),
    "mapping-for-rows": ({"forms": {"route": "oral-tablet"}}, "forms"),
    "texts-for-rows": ({"forms": ["oral-tablet"]}, "forms"),
    "number-for-a-slug": ({"classes": [7]}, "classes"),
    "unknown-code": ({"unconfirmed": ["everything"]}, "unconfirmed"),
    "unknown-code-of-a-row": (row("forms", route="by-mouth"), "forms 1, route"),
    "unknown-setting": (row("indications", setting=["sometimes"]), "indications 1, setting"),
    "unknown-status": (row("indications", status="rumoured"), "indications 1, status"),
    "unknown-class": ({"classes": ["no-such-class"]}, "classes"),
    "unknown-partner": (row("indications", partners=["no-such"]), "indications 1, partners"),
    "missing-required-field": ({"brand_name": None}, "brand_name"),
    "missing-field-of-a-row": (row("sources", title=""), "sources 1, title"),
    "bad-date": (row("indications", approved_on="2026-13"), "indications 1, approved_on"),
    "bad-day": (row("sources", read_on="2026-02-30"), "sources 1, read_on"),
    "bare-day-that-is-none": (
        text(sources=[{"title": "L", "kind": "trial", "read_on": "X"}]),
        "read_on",
    ),
    "bare-year-for-a-day": (row("sources", read_on=2026), "sources 1, read_on"),
    "list-for-a-day": (row("sources", read_on=["2026-01-01"]), "sources 1, read_on"),
    "over-long-name": ({"brand_name": "x" * 81}, "brand_name"),
    "over-long-text-of-a-row": (row("indications", summary="x" * 251), "indications 1, summary"),
    "bad-address": (row("sources", url="example dot org"), "sources 1, url"),
    "bad-key": (row("indications", key="first"), "indications 1, key"),
    "bad-set-id": (row("label_sources", set_id="none"), "label_sources 1, set_id"),
    "no-emergency-signs-B1": ({"call_911": None}, "call_911"),
    "withdrawn-without-date-C8": (
        row("indications", status="withdrawn", withdrawn_reason="No benefit.")
        | {"status_note": "Withdrawn."},
        "indications 1, withdrawn_on",
    ),
    "text-that-no-database-holds": (text(storage="X"), "storage"),
}
_BARE = FAULTS["bare-day-that-is-none"]
FAULTS["bare-day-that-is-none"] = (str(_BARE[0]).replace("X", "2026-02-30"), "read_on")
_LONE = FAULTS["text-that-no-database-holds"]
FAULTS["text-that-no-database-holds"] = (
    str(_LONE[0]).replace("storage: X", 'storage: "\\ud800"'),
    "storage",
)
NAMELESS = {
    "list-of-words": "- just\n- words\n",
    "one-word": "words",
    "number": "42",
    "empty-file": "",
    "mapping-without-slug": yaml.safe_dump(medicine("x", slug=None)),
    "slug-with-spaces": yaml.safe_dump(medicine("x y")),
    "slug-that-is-a-list": "slug: [a, b]\n",
    "list-in-a-list": "- - a\n  - b\n",
}


def faulty(content: dict[str, Any] | bytes | str, slug: str) -> dict[str, Any] | bytes | str:
    """The content of a medicine's file with one fault."""
    if isinstance(content, dict):
        return medicine(slug, **content)
    return content.replace("slug: faulty", f"slug: {slug}") if isinstance(content, str) else content


def refusal(files: Files) -> list[str]:
    """The faults in words; the load must be refused and leave the database untouched."""
    before = everything(*MODELS)
    with pytest.raises(ContentErrors) as refused:
        files.load()
    assert everything(*MODELS) == before
    return [str(error) for error in refused.value.errors]


def named(errors: list[str], file: str, entry: str, field: str | None) -> bool:
    """Whether one of ``errors`` names file, entry and field; of a whole file only the file."""
    return any(
        file in error and (field is None or (entry in error and field in error)) for error in errors
    )


@pytest.mark.parametrize(("content", "field"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_by_file_entry_and_field(
    files: Files, content: dict[str, Any] | bytes | str, field: str | None
) -> None:
    files.add("faulty", faulty(content, "faulty"))
    errors = refusal(files)
    assert named(errors, "content/medicines/faulty.yaml", "faulty", field), errors
    assert len(errors) == 1


@pytest.mark.parametrize("content", NAMELESS.values(), ids=NAMELESS)
def test_file_without_an_entry_is_named(files: Files, content: str) -> None:
    files.add("faulty", content)
    assert named(refusal(files), "medicines/faulty.yaml", "", None)


def test_duplicate_yaml_key_is_named(files: Files) -> None:
    files.add("faulty", text() + "brand_name: Again\n")
    (error,) = refusal(files)
    assert "brand_name" in error


def test_duplicate_slug_is_named_with_both_files(files: Files) -> None:
    files.add("zeta", medicine("alpha"))
    (error,) = refusal(files)
    assert "medicines/zeta.yaml: alpha: slug" in error
    assert "medicines/alpha.yaml" in error


@pytest.mark.parametrize("slug", ["compare", "x" * 81], ids=["reserved", "over-long"])
def test_slug_that_cannot_be_one_is_named(files: Files, slug: str) -> None:
    files.add("faulty", medicine(slug))
    assert named(refusal(files), "medicines/faulty.yaml", slug, "")


def test_slug_that_another_entry_once_had_is_named(files: Files) -> None:
    publish(publish(DrugFactory(slug="alpha")), slug="theta")
    assert named(refusal(files), "medicines/alpha.yaml", "alpha", "slug")


def test_missing_file_is_named(files: Files) -> None:
    files.load()
    before = everything(*MODELS)
    (files.folder / "classes.yaml").unlink()
    with pytest.raises(ContentErrors, match=r"classes\.yaml"):
        load(files.kinds, live=True)
    assert everything(*MODELS) == before


# What the project asks to be found in one run: each kind of fault once.
ONE_OF_EACH = (
    "yaml-syntax",
    "duplicate-yaml-key",
    "binary-garbage",
    "unknown-field",
    "number-for-text",
    "unknown-code",
    "unknown-class",
    "missing-required-field",
    "bad-date",
    "over-long-name",
)


def test_every_fault_of_every_file_is_named_in_one_run(files: Files) -> None:
    for name in ONE_OF_EACH:
        files.add(name, faulty(FAULTS[name][0], name))
    files.add("zeta", medicine("alpha"))
    files.add("not-a-mapping", "- just\n- words\n")
    files.classes.append({"slug": "second", "name": "Second", "kind": "colour"})
    files.others.append({"slug": "third", "generic_name": "third", "nearest": "nothing"})
    errors = refusal(files)
    expected = {name: (f"medicines/{name}.yaml", name, FAULTS[name][1]) for name in ONE_OF_EACH}
    expected["duplicate-slug"] = ("medicines/zeta.yaml", "alpha", "slug")
    expected["not-a-mapping"] = ("medicines/not-a-mapping.yaml", "", None)
    expected["class"] = ("classes.yaml", "second", "kind")
    expected["other"] = ("other_medicines.yaml", "third", "nearest")
    missing = [name for name, place in expected.items() if not named(errors, *place)]
    assert not missing, errors


def test_faults_of_structure_are_all_named_in_one_run(files: Files) -> None:
    """Those that are found before any rule of the models is asked."""
    names = ("yaml-syntax", "unknown-field", "number-for-text", "unknown-class", "bad-day")
    for name in names:
        files.add(name, faulty(FAULTS[name][0], name))
    errors = refusal(files)
    assert all(named(errors, f"{name}.yaml", name, FAULTS[name][1]) for name in names)


def test_faults_of_rules_are_all_named_in_one_run(files: Files) -> None:
    """Those that the models' own rules and the content checks find."""
    names = ("unknown-code", "missing-required-field", "bad-date", "over-long-name")
    for name in names:
        files.add(name, faulty(FAULTS[name][0], name))
    errors = refusal(files)
    assert all(named(errors, f"{name}.yaml", name, FAULTS[name][1]) for name in names)


def test_command_lists_every_fault(files: Files, command: Callable[..., str]) -> None:
    files.add("one", medicine("one", colour="red"))
    files.add("two", medicine("two", summary=5))
    with pytest.raises(CommandError, match=r"(?s)Nothing was loaded. 2 faults:.*colour.*summary"):
        command()
    assert not LoadRecord.objects.exists()


def test_fault_in_a_changed_file_leaves_the_loaded_text(files: Files) -> None:
    files.load()
    files.medicines["alpha"]["summary"] = "New words."
    files.medicines["beta"]["colour"] = "red"
    refusal(files)
    assert Drug.objects.get(slug="alpha").summary == "A medicine for tests."
