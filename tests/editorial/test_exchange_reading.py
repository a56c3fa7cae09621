"""What YAML loses, hides or lets grow is refused with its line; what is written is read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from hypothesis import example, given
from hypothesis import strategies as st

from drugs.models import Drug
from education.models import GlossaryTerm
from tests.editorial.exchange import import_from, write
from tests.editorial.states import everything
from tgsite.editorial.content import documents, reading
from tgsite.editorial.content.differences import differences
from tgsite.editorial.content.format import Builder
from tgsite.editorial.content.writing import WIDTH, as_yaml
from tgsite.editorial.plain import mapping

MARK = {"export.yaml": "format: 1\n"}
ALPHA = "drugs/medicines/alpha.yaml"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

# id -> a file, and what is said of it.
REFUSED: dict[str, tuple[bytes | str, str]] = {
    "bomb": (BOMB, "line 1: aliases and anchors"),
    "anchor": ("slug: &here alpha\n", "line 1: aliases and anchors"),
    "alias": ("slug: alpha\nsummary: *here\n", "line 2: aliases and anchors"),
    "merge-key": ("slug: alpha\n<<: {summary: x}\n", "line 2: merge keys"),
    "python-tag": ("slug: !!python/name:os.system x\n", "line 1: tags"),
    "python-object": ('slug: !!python/object/apply:os.system ["id"]\n', "line 1: tags"),
    "own-tag": ("slug: alpha\nsummary: !secret x\n", "line 2: tags"),
    "binary-tag": ("slug: alpha\nsummary: !!binary aGk=\n", "line 2: tags"),
    "tag-directive": ("%TAG ! tag:x,2000:\n---\nslug: !x alpha\n", "line 3: tags"),
    "deep": ("slug: " + "[" * 500 + "]" * 500, "line 1: more than 20 levels deep"),
    "deep-blocks": (
        "\n".join("  " * n + "a:" for n in range(30)),
        "line 20: more than 20 levels deep",
    ),
    "very-deep": ("[" * 200_000, "line 1: more than 20 levels deep"),
    "huge-text": ("slug: " + "x" * 100_001, "line 1: a text has more than 100000 characters"),
    "huge-number": ("slug: alpha\nfever_rule: " + "9" * 9_000, ""),
    "huge-file": (b"#" * (documents.LARGEST_FILE + 1), "is larger than"),
    "nul": (b"slug: alpha\nsummary: a\x00b\n", "#x0000"),
    "control-character": (b"slug: alpha\nsummary: a\x07b\n", "#x0007"),
    "utf-16": ("slug: alpha\n".encode("utf-16"), "not text in UTF-8 (byte 1)"),
    "utf-16-without-mark": ("slug: alpha\n".encode("utf-16-le"), "#x0000"),
    "latin-1": ("slug: alpha\nsummary: é\n".encode("latin-1"), "not text in UTF-8 (byte 22)"),
    "two-documents": ("slug: a\n---\nslug: b\n", "line 2"),
    "same-key-twice": ("slug: alpha\nslug: beta\n", "line 2: the key 'slug' stands here twice"),
    "number-for-a-key": ("slug: alpha\n1: x\n", "line 2: the key 1 is not a word"),
    "no-for-a-key": ("slug: alpha\nno: x\n", "line 2: the key False is not a word"),
    "mapping-for-a-key": ("slug: alpha\n{a: b}: x\n", "line 2"),
}


def refusal(source: Path) -> str:
    """What the refused import says; nothing was stored."""
    before = everything(Drug)
    with pytest.raises(CommandError) as refused:
        import_from(source)
    assert everything(Drug) == before
    return str(refused.value)


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_yaml_that_hides_something_is_refused(
    db: None, tmp_path: Path, content: bytes | str, said: str
) -> None:
    found = refusal(write(tmp_path / "one", MARK | {ALPHA: content}))
    assert ALPHA in found
    assert said in found
    assert len(found) < 500


def test_byte_order_mark_of_a_text_editor_is_no_fault() -> None:
    assert reading.parse(b"\xef\xbb\xbfslug: alpha\n") == {"slug": "alpha"}


def test_slug_that_stands_in_two_files_of_a_kind_is_refused(db: None, tmp_path: Path) -> None:
    files = MARK | {f"drugs/medicines/{one}.yaml": "slug: same\n" for one in ("a", "b")}
    assert "already stands in drugs/medicines/a.yaml" in refusal(write(tmp_path / "one", files))


def test_slug_of_a_class_may_be_that_of_a_term(db: None, tmp_path: Path) -> None:
    term = {"slug": "her2", "live": False, "term": "HER2"}
    drug_class = {"slug": "her2", "live": False, "name": "HER2"}
    files = {"education/glossary.yaml": [term], "drugs/classes.yaml": [drug_class]}
    assert "2 added" in import_from(write(tmp_path / "one", MARK | files))


# --- Folders


def test_folder_that_is_no_export_is_refused(db: None, tmp_path: Path) -> None:
    files = {ALPHA: {"slug": "alpha", "live": False}}
    assert "this is no export of a guide" in refusal(write(tmp_path / "one", files))


def test_strange_file_in_a_folder_is_named(db: None, tmp_path: Path) -> None:
    files = MARK | {"drugs/notes.txt": "x", "more/deep/down.yaml": "x"}
    said = refusal(write(tmp_path / "one", files))
    assert "drugs/notes.txt: is no file of an export" in said
    assert "more/deep/down.yaml: is no file of an export" in said


def test_what_begins_with_a_dot_is_left_alone(db: None, tmp_path: Path) -> None:
    files = MARK | {".git/config": "x", "drugs/.DS_Store": b"\x00"}
    assert "0 added" in import_from(write(tmp_path / "one", files))


def test_links_out_of_the_folder_are_refused(db: None, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"alpha.yaml": "slug: alpha\nlive: false\n"})
    folder = write(tmp_path / "one", MARK)
    (folder / "drugs").mkdir()
    (folder / "drugs" / "medicines").symlink_to(tmp_path / "elsewhere")
    (folder / "drugs" / "classes.yaml").symlink_to("/etc/passwd")
    said = refusal(folder)
    assert "drugs/medicines: is a link" in said
    assert "drugs/classes.yaml: is a link" in said


def test_pipe_is_not_waited_for(db: None, tmp_path: Path) -> None:
    folder = write(tmp_path / "one", MARK | {ALPHA: "x"})
    (folder / ALPHA).unlink()
    os.mkfifo(folder / ALPHA)
    assert f"{ALPHA}: is no file" in refusal(folder)


def test_folder_with_too_many_files_is_refused(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_FILES", 3)
    files = MARK | {f"drugs/medicines/m{one}.yaml": "x" for one in range(4)}
    assert "more than 3 files" in refusal(write(tmp_path / "one", files))


def test_folder_that_is_not_there_is_named(db: None, tmp_path: Path) -> None:
    assert "nowhere" in refusal(tmp_path / "nowhere")


# --- What is written is read again

NASTY = [
    "no",
    "1e3",
    "0x1F",
    "1_000",
    "12:30:45",
    "2026-05-15",
    "~",
    "null",
    "=",
    "<<",
    "",
    " ",
    "  leading",
    "trailing  ",
    "a: b",
    "a #b",
    "- a",
    "? a",
    "&a",
    "*a",
    "!!str a",
    "%TAG",
    "@a",
    "`a`",
    "'quoted'",
    '"quoted"',
    "\\n",
    "---",
    "...",
    "a\n",
    "a\n\n",
    "\na",
    "\n\n",
    "a\n  b\n c",
    "a \nb",
    "a\tb",
    "\ta",
    "a\r\nb",
    "a\x85b\u2028c\u2029d",
    "\ufeffa",
    "\xa0a\xa0",
    "a\xa0\nb",
    "€ é ß 漢字 עברית",
    "🎗️ 👩🏽‍⚕️",
    "x" * 5_000,
    "word " * 2_000,
    "a" * 150 + "\n" + "b " * 200,
    "#" * 150 + " a" * 90,
    "a\x07b\x1b[0m\x7f\x9f",
    "\ufffe\uffff",
    "[a, b]",
    "{a: b}",
    "| a",
    "> a",
    "a\n---\nb",
    "a\n...\n",
    "<p>One.</p> <p>Two: <b>three</b> &amp; four</p>" * 40,
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300),
    st.text(" \n:#-?*&!|>'\"%@`,[]{}ab\t", max_size=120),
    st.lists(st.sampled_from(["word", "a:", "#b", "-", "", "“c”"]), max_size=80).map(" ".join),
)
KEYS = st.text("abcdefgh_", min_size=1, max_size=10)
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-(10**9), 10**9)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_read_again_as_it_was(text: str) -> None:
    values = {"slug": "a", "text": text, "rows": [{"text": text}, [text]]}
    assert reading.parse(as_yaml(values)) == values


@given(VALUES)
@example({"a": [{}, [], [[]], {"b": []}]})
def test_values_are_read_again_as_they_were(values: Any) -> None:
    assert reading.parse(as_yaml({"values": values})) == {"values": values}


@given(VALUES)
def test_the_same_values_make_the_same_file(values: Any) -> None:
    assert as_yaml(reading.parse(as_yaml({"values": values}))) == as_yaml({"values": values})


@given(definition=TEXTS, names=st.lists(TEXTS, max_size=4), title=TEXTS)
def test_entry_is_built_again_as_it_was(definition: str, names: list[str], title: str) -> None:
    """mapping -> YAML -> instance -> mapping, whatever an editor typed."""
    term = GlossaryTerm(slug="term", term=title, definition=definition)
    term.other_names = GlossaryTerm._meta.get_field("other_names").to_python(names)
    first = mapping(term)
    again = GlossaryTerm(slug="term")
    builder = Builder(lambda _model, _slug: None)
    builder.fill(again, reading.parse(as_yaml(first)))
    assert not builder.errors
    assert mapping(again) == first


def test_long_prose_is_broken_for_reading_and_lists_are_indented() -> None:
    text = as_yaml({"summary": "Many words. " * 30, "notes": "One.\nTwo.", "rows": [{"a": "b"}]})
    lines = text.decode().splitlines()
    assert max(map(len, lines)) <= WIDTH + 12
    assert "notes: |-\n  One.\n  Two.\nrows:\n  - a: b\n" in text.decode()


# --- Differences


def test_rows_are_known_by_their_key() -> None:
    old = {"rows": [{"key": "1", "text": "a"}, {"key": "2", "text": "b"}]}
    new = {"rows": [{"key": "3", "text": "new"}, {"key": "1", "text": "A"}]}
    found = {(one.place, one.old, one.new) for one in differences(old, new)}
    assert found == {
        ("rows 1", "", '{"text": "new"}'),
        ("rows 2, text", "a", "A"),
        ("rows 2", '{"text": "b"}', ""),
    }


def test_block_put_before_others_is_one_difference() -> None:
    body = [{"text": "one"}, {"text": "two"}]
    (found,) = differences({"body": body}, {"body": [{"heading": "First"}, *body]})
    assert (found.place, found.old, found.new) == ("body 1", "", '{"heading": "First"}')


def test_long_texts_are_shown_from_where_they_part() -> None:
    same = "The same words. " * 40
    (found,) = differences({"summary": f"{same}old"}, {"summary": f"{same}new"})
    assert found.old.endswith("old")
    assert found.new.endswith("new")
    assert len(found.old) < 60


@given(VALUES, VALUES)
def test_there_is_a_difference_exactly_where_values_differ(one: Any, other: Any) -> None:
    found = differences({"values": one}, {"values": other})
    assert bool(found) == (not same(one, other))


def same(one: Any, other: Any) -> bool:
    """Equal, as files are: an empty list is as good as none."""
    return one == other or (one in ([], None) and other in ([], None))
