"""Bodies in content files: there and back again, every fault named, and nothing changed twice."""

from __future__ import annotations

import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.models import Drug
from education.blocks import BodyBlock
from education.choices import Drawing
from education.models import Article
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.editorial.states import everything
from tests.education.bodies import load_article, shown
from tests.factories import DrugClassFactory, publish, published_drug, trial_result
from tgsite.editorial.content import ContentErrors
from tgsite.editorial.content.streams import StreamReader
from tgsite.editorial.models import LoadRecord
from tgsite.editorial.plain import mapping, to_plain
from tgsite.editorial.rich_text import clean_html

BODY = BodyBlock()
# Slug -> id of the entries that bodies may name here; no database is asked.
KNOWN = {"alpha": 7, "anti-her2": 8}


def find(_model: Any, slug: str) -> Any:
    """The entry of a slug, or nothing."""
    return SimpleNamespace(pk=KNOWN[slug]) if slug in KNOWN else None


def slug_of(entry: Any) -> str:
    """The slug of an entry."""
    return next(slug for slug, pk in KNOWN.items() if pk == entry.pk)


def back(plain: list[Any]) -> Any:
    """``plain`` as it is written after it was read, stored and shown to the program."""
    reader = StreamReader(find)
    stored = reader.stored(BODY, plain, "body")
    assert not reader.errors
    return to_plain(BODY, BODY.to_python(stored), slug_of)


# One block of each type as a content file writes it.
PLAIN: dict[str, Any] = {
    "heading": "What is HER2?",
    "text": "<p>A <b>B</b> &amp; C</p><ul><li>D</li></ul>",
    "callout": {"heading": "While you wait", "text": "<p>A</p>"},
    "emergency": {
        "heading": "Get help",
        "call_911": ["wheezing"],
        "call_team": ["new cough", "yellow skin"],
    },
    "figure": {"drawing": "her2-scores", "caption": "A", "alternative": "B\nC"},
    "table": {"caption": "A", "columns": ["B", "C"], "rows": [["1", ""], ["3", "4"]]},
    "faq": [{"question": "A?", "answer": "<p>B</p>"}, {"question": "C?", "answer": "<p>D</p>"}],
    "trial": {"medicine": "alpha", "trial": "TEST-1"},
    "study": {"name": "A", "people": "B", "compared_with": "C", "found": "D\nE"},
    "drug_card": "alpha",
    "class_card": "anti-her2",
    "questions": {"heading": "Ask", "questions": ["A?", "B?"]},
}


@pytest.mark.parametrize("kind", BODY.child_blocks)
def test_block_of_each_type_comes_back_as_it_was_written(kind: str) -> None:
    assert back([{kind: PLAIN[kind]}]) == [{kind: PLAIN[kind]}]


def test_blocks_keep_their_order_and_number() -> None:
    body = [{kind: PLAIN[kind]} for kind in (*PLAIN, *reversed(PLAIN), "text", "text")]
    assert back(body) == body


def test_empty_parts_of_a_block_are_left_out() -> None:
    assert back([{"callout": {"heading": "", "text": "<p>A</p>"}}]) == [
        {"callout": {"text": "<p>A</p>"}}
    ]


@pytest.mark.parametrize("kind", ["emergency", "questions"])
def test_heading_that_is_left_out_is_the_usual_one(kind: str) -> None:
    value = {name: part for name, part in PLAIN[kind].items() if name != "heading"}
    (found,) = (block[kind] for block in back([{kind: value}]))
    assert found["heading"] in ("When to get help", "Questions to ask your team")
    # A plain text, which files and fingerprints can hold.
    assert type(found["heading"]) is str


def test_text_is_clean_as_soon_as_it_is_read() -> None:
    stored = StreamReader(find).stored(BODY, [{"text": '<p class="x">A</p><script>B</script>'}], "")
    assert stored == [{"type": "text", "value": "<p>A</p>"}]


LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
RICH = (
    st.lists(
        st.sampled_from(
            ["<p>a</p>", "<p>", "b &amp; c", "<b>d</b>", "<ul><li>e</li></ul>", "<h1>f</h1>"]
        )
        | LINES,
        min_size=1,
        max_size=5,
    )
    .map(lambda pieces: str(clean_html("".join(pieces))))
    .filter(bool)
)


def tables(width: int) -> st.SearchStrategy[dict[str, Any]]:
    """Tables of one width; cells may be empty."""
    cell = st.one_of(st.just(""), LINES)
    row = st.lists(cell, min_size=width, max_size=width)
    return st.fixed_dictionaries(
        {"caption": cell, "columns": row, "rows": st.lists(row, max_size=3)}
    )


some = {"min_size": 1, "max_size": 3}
BLOCKS: dict[str, st.SearchStrategy[Any]] = {
    "heading": LINES,
    "text": RICH,
    "callout": st.fixed_dictionaries({"text": RICH}, optional={"heading": LINES}),
    "emergency": st.fixed_dictionaries({"heading": LINES, "call_team": st.lists(LINES, **some)}),
    "figure": st.fixed_dictionaries(
        {"drawing": st.sampled_from(Drawing.values), "caption": LINES, "alternative": LINES}
    ),
    "table": st.integers(1, 4).flatmap(tables),
    "faq": st.lists(st.fixed_dictionaries({"question": LINES, "answer": RICH}), **some),
    "trial": st.fixed_dictionaries({"medicine": st.sampled_from(sorted(KNOWN)), "trial": LINES}),
    "study": st.fixed_dictionaries(
        {"name": LINES, "people": LINES, "compared_with": LINES, "found": LINES}
    ),
    "drug_card": st.sampled_from(sorted(KNOWN)),
    "class_card": st.sampled_from(sorted(KNOWN)),
    "questions": st.fixed_dictionaries({"heading": LINES, "questions": st.lists(LINES, **some)}),
}
BODIES = st.lists(
    st.sampled_from(sorted(BLOCKS)).flatmap(
        lambda kind: st.fixed_dictionaries({kind: BLOCKS[kind]})
    ),
    max_size=4,
)


def test_every_type_of_block_is_generated() -> None:
    assert set(BLOCKS) == set(PLAIN) == set(BODY.child_blocks)


@given(BODIES)
@settings(max_examples=200, deadline=None)
def test_any_body_comes_back_as_it_was_written(body: list[Any]) -> None:
    before = copy.deepcopy(body)
    assert back(body) == before
    assert body == before


# --- Faults


def a_table(**changes: Any) -> list[Any]:
    """A body of one table with ``changes``."""
    return [{"table": PLAIN["table"] | changes}]


# a body as a file may hold it -> the place that must be named
FAULTS: dict[str, tuple[Any, str]] = {
    "text-for-the-body": ("<p>x</p>", "body"),
    "mapping-for-the-body": ({"text": "<p>x</p>"}, "body"),
    "number-for-the-body": (5, "body"),
    "text-for-a-block": (["x"], "body 1"),
    "list-for-a-block": ([["text", "x"]], "body 1"),
    "nothing-for-a-block": ([None], "body 1"),
    "empty-block": ([{}], "body 1"),
    "two-blocks-in-one": ([{"heading": "A", "text": "B"}], "body 1"),
    "unknown-block": ([{"picture": "x"}], "body 1"),
    "second-block": ([{"heading": "A"}, {"picture": "x"}], "body 2"),
    "number-for-a-text": ([{"text": 5}], "body 1, text"),
    "nothing-for-a-text": ([{"text": None}], "body 1, text"),
    "yes-for-a-heading": ([{"heading": True}], "body 1, heading"),
    "list-for-a-heading": ([{"heading": ["x"]}], "body 1, heading"),
    "nul-in-a-text": ([{"text": "a\x00b"}], "body 1, text"),
    "nul-in-a-heading": ([{"heading": "a\x00b"}], "body 1, heading"),
    "nul-in-a-caption": (a_table(caption="\x00"), "body 1, table"),
    "nul-in-a-column": (a_table(columns=["a", "\x00"]), "body 1, table"),
    "nul-in-a-cell": (a_table(rows=[["a", "\x00"]]), "body 1, table"),
    "half-a-character-in-a-text": ([{"text": "a\ud800b"}], "body 1, text"),
    "half-a-character-in-a-heading": ([{"heading": "a\ud800b"}], "body 1, heading"),
    "half-a-character-in-a-cell": (a_table(rows=[["a", "\ud800"]]), "body 1, table"),
    "text-for-parts": ([{"callout": "x"}], "body 1, callout"),
    "list-for-parts": ([{"figure": ["x"]}], "body 1, figure"),
    "unknown-part": (
        [{"callout": {"text": "<p>x</p>", "colour": "red"}}],
        "body 1, callout, colour",
    ),
    "number-for-a-part": ([{"callout": {"text": 5}}], "body 1, callout, text"),
    "text-for-a-list": (
        [{"questions": {"questions": "Why?"}}],
        "body 1, questions, questions",
    ),
    "number-in-a-list": (
        [{"emergency": {"call_team": ["cough", 5]}}],
        "body 1, emergency, call_team 2",
    ),
    "mapping-for-questions": ([{"faq": {"question": "A?"}}], "body 1, faq"),
    "text-for-a-question": ([{"faq": ["A?"]}], "body 1, faq 1"),
    "number-for-an-answer": (
        [{"faq": [PLAIN["faq"][0], {"question": "A?", "answer": 5}]}],
        "body 1, faq 2, answer",
    ),
    "unknown-medicine": ([{"drug_card": "no-such"}], "body 1, drug_card"),
    "number-for-a-medicine": ([{"drug_card": 7}], "body 1, drug_card"),
    "unknown-class": ([{"class_card": "no-such"}], "body 1, class_card"),
    "text-for-a-table": ([{"table": "x"}], "body 1, table"),
    "table-without-rows": ([{"table": {"caption": "A", "columns": ["B"]}}], "body 1, table"),
    "table-with-more": (a_table(footer="x"), "body 1, table"),
    "number-for-a-caption": (a_table(caption=5), "body 1, table"),
    "text-for-columns": (a_table(columns="AB"), "body 1, table"),
    "number-for-a-column": (a_table(columns=["a", 5]), "body 1, table"),
    "text-for-rows": (a_table(rows="x"), "body 1, table"),
    "text-for-a-row": (a_table(rows=["ab"]), "body 1, table"),
    "short-row": (a_table(rows=[["a"]]), "body 1, table"),
    "long-row": (a_table(rows=[["a", "b", "c"]]), "body 1, table"),
    "number-for-a-cell": (a_table(rows=[["a", 3]]), "body 1, table"),
}


@pytest.mark.parametrize(("plain", "place"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_its_place(plain: Any, place: str) -> None:
    reader = StreamReader(find)
    reader.stored(BODY, plain, "body")
    assert [where for where, _message in reader.errors] == [place]
    assert all(message for _where, message in reader.errors)


def test_every_fault_of_a_body_is_named_at_once() -> None:
    reader = StreamReader(find)
    reader.stored(BODY, [{"text": 5}, {"picture": "x"}, {"callout": {"a": 1, "b": 2}}], "body")
    assert [where for where, _message in reader.errors] == [
        "body 1, text",
        "body 2",
        "body 3, callout, a",
        "body 3, callout, b",
    ]


def test_fault_names_what_is_not_there() -> None:
    reader = StreamReader(find)
    reader.stored(BODY, [{"picture": "x"}, {"drug_card": "no-such"}], "body")
    (_place, block), (_other, card) = reader.errors
    assert "picture" in block
    assert "no-such" in card


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "<p>b</p>", "alpha", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*PLAIN, "heading", "text", "rows", "columns", "caption", "question"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(PLAIN)), JSON, max_size=1) | JSON, max_size=3)
)
@settings(max_examples=300, deadline=None)
def test_whatever_a_file_holds_is_stored_or_named(plain: Any) -> None:
    reader = StreamReader(find)
    stored = reader.stored(BODY, plain, "body")
    if not reader.errors:
        again = to_plain(BODY, BODY.to_python(stored), slug_of)
        assert [next(iter(block)) for block in again] == [next(iter(block)) for block in plain]


# --- Through the loader


@pytest.fixture
def named_entries(db: None) -> None:
    """The entries that the bodies name."""
    published_drug(slug="alpha", brand_name="Alpha", trial_results=[trial_result()])
    publish(DrugClassFactory(slug="anti-her2"))


BODY_OF_A_FILE = [{kind: value} for kind, value in PLAIN.items()]


@pytest.mark.usefixtures("named_entries")
def test_loaded_body_is_shown_and_written_as_in_its_file(tmp_path: Path, page: Page) -> None:
    load_article(tmp_path, BODY_OF_A_FILE)
    article = Article.objects.get(slug="loaded")
    assert mapping(article)["body"] == BODY_OF_A_FILE
    body = words(shown(page, article))
    assert "What is HER2?" in body
    assert "Alpha" in body


@pytest.mark.usefixtures("named_entries")
def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    load_article(tmp_path, BODY_OF_A_FILE)
    before = everything(Article)
    assert load_article(tmp_path, BODY_OF_A_FILE).unchanged == ["education.Article loaded"]
    assert everything(Article) == before


@pytest.mark.usefixtures("named_entries")
def test_new_ids_of_blocks_are_no_edit(tmp_path: Path) -> None:
    load_article(tmp_path, BODY_OF_A_FILE)
    article = Article.objects.get(slug="loaded")
    same = [
        {"type": block["type"], "value": block["value"]} for block in article.body.get_prep_value()
    ]
    old = [block.id for block in article.body]
    article = publish(article, body=same)  # type: ignore[assignment]
    assert not {block.id for block in article.body} & set(old)
    assert not load_article(tmp_path, BODY_OF_A_FILE).kept
    changed = load_article(tmp_path, [{"heading": "New words"}, {"text": "<p>x</p>"}])
    assert changed.changed == ["education.Article loaded"]


@pytest.mark.usefixtures("named_entries")
def test_renamed_medicine_is_no_edit_of_the_article_with_its_card(tmp_path: Path) -> None:
    load_article(tmp_path, [{"drug_card": "alpha"}])
    publish(Drug.objects.get(slug="alpha"), slug="alpha-two")
    assert not load_article(tmp_path, [{"drug_card": "alpha-two"}]).kept


@pytest.mark.usefixtures("named_entries", "unchecked")
@pytest.mark.parametrize("number", range(len(BODY_OF_A_FILE)), ids=list(PLAIN))
def test_edited_block_is_kept(tmp_path: Path, number: int) -> None:
    load_article(tmp_path, BODY_OF_A_FILE)
    article = Article.objects.get(slug="loaded")
    body = list(article.body.get_prep_value())
    del body[number]
    publish(article, body=body)
    outcome = load_article(tmp_path, [{"text": "<p>New words</p>"}])
    assert outcome.kept == ["education.Article loaded"]
    assert len(Article.objects.get(slug="loaded").body) == len(PLAIN) - 1


@pytest.mark.usefixtures("named_entries")
@pytest.mark.parametrize("kind", ["emergency", "questions"])
def test_block_without_its_heading_is_loaded(tmp_path: Path, kind: str) -> None:
    value = {name: part for name, part in PLAIN[kind].items() if name != "heading"}
    assert load_article(tmp_path, [{kind: value}]).added == ["education.Article loaded"]
    assert load_article(tmp_path, [{kind: value}]).unchanged == ["education.Article loaded"]


@pytest.mark.usefixtures("named_entries")
@pytest.mark.parametrize(
    ("body", "place"),
    [
        *(FAULTS[name] for name in ("unknown-block", "number-for-an-answer", "unknown-medicine")),
        *(FAULTS[name] for name in ("short-row", "nul-in-a-cell", "half-a-character-in-a-text")),
        ([{"questions": {"questions": ["Why"]}}], "body"),
        ([{"text": '<p><a href="/drugs/no-such/">x</a></p>'}], "body"),
        ([], "body"),
    ],
    ids=[
        *("unknown-block", "number", "unknown-medicine", "short-row", "nul", "half-a-character"),
        *("rule-of-a-block", "dead-link", "empty"),
    ],
)
def test_file_with_a_fault_loads_nothing_and_is_named(
    tmp_path: Path, body: list[Any], place: str
) -> None:
    with pytest.raises(ContentErrors) as refused:
        load_article(tmp_path, body)
    (error,) = refused.value.errors
    assert error.file.endswith("articles/loaded.yaml")
    assert (error.entry, error.field) == ("loaded", place)
    assert not Article.objects.exists()
    assert not LoadRecord.objects.exists()
