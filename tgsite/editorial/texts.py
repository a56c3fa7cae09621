"""What readers read of an entry, passage by passage: what checks and reading grades work on.

Every field of words is read unless an app says that it holds a name or is never shown, so that a
new field is checked from its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from tgsite.editorial.checks.run import once
from tgsite.editorial.fields import ChoiceSetField, KeyField, LinesField, PartialDateField
from tgsite.editorial.plain import content_fields, relations
from tgsite.editorial.rich_text import clean_html

# Of every entry: names, addresses, what is for editors.
NEVER_READ = frozenset({"slug", "search_aliases", "internal_notes"})
_NO_WORDS = (models.URLField, models.SlugField, models.EmailField, PartialDateField, KeyField)


class Form(Enum):
    """How a passage stands on the page."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    PHRASE = "phrase"
    """A few words that are no sentence: a cell, a caption, a name with a remark."""


@dataclass(frozen=True)
class Shape:
    """What an app says of a model's fields; ``tables``: its rows stand in a table."""

    names: frozenset[str] = frozenset()
    prose: frozenset[str] = frozenset()
    urgent: frozenset[str] = frozenset()
    sourced: frozenset[str] = frozenset()
    tables: bool = False


_shapes: dict[type[models.Model], Shape] = {}
_NO_SHAPE = Shape()


def describe(
    model: type[models.Model],
    *,
    names: Iterable[str] = (),
    prose: Iterable[str] = (),
    urgent: Iterable[str] = (),
    sourced: Iterable[str] = (),
    tables: bool = False,
) -> None:
    """Say of ``model`` which fields are ``names`` or never shown, and which are special.

    ``prose``: short texts that are sentences all the same. ``urgent`` fields are read in an
    emergency; ``sourced`` ones carry their source beside them, or rest on the record's own label;
    a row of a model of ``tables`` is a line of a table but for its ``prose``.
    """
    _shapes[model] = Shape(
        frozenset(names), frozenset(prose), frozenset(urgent), frozenset(sourced), tables
    )


def is_from_the_label(model: type[models.Model], field: str) -> bool:
    """Whether ``field`` rests on the record's own label or is read in an emergency."""
    shape = _shapes.get(model, _NO_SHAPE)
    return field in shape.urgent | shape.sourced


@dataclass(frozen=True, eq=False)
class Passage:
    """One paragraph, list item, heading or phrase, in plain words, and where it stands."""

    text: str
    form: Form
    field: str
    section: str
    relation: str = ""
    row: models.Model | None = None
    urgent: bool = False
    sourced: bool = False
    head: str = ""
    """Of a cell of a table: the first cell of its row."""
    column: str = ""
    """Of a cell of a table: the caption of the table and the heading of the column."""

    @property
    def is_prose(self) -> bool:
        """Whether it is made of sentences."""
        return self.form in (Form.PARAGRAPH, Form.ITEM)

    @property
    def sentences(self) -> list[str]:
        """Its sentences, each once, in their order."""
        return sentences(self.text)

    @property
    def place(self) -> dict[str, Any]:
        """Where a problem of it is shown: for ``Problem``."""
        return {"field": self.field, "relation": self.relation, "row": self.row}


def passages(entry: models.Model) -> list[Passage]:
    """Everything that readers read of ``entry``, in the order of its fields and rows."""
    return once(("passages", id(entry)), lambda: list(_of_entry(entry)))


def rich_texts(entry: models.Model) -> list[tuple[str, str]]:
    """The name of the field and the HTML of each rich text of ``entry``, as readers get it."""
    return once(("rich texts", id(entry)), lambda: list(_rich_texts(entry)))


def paragraphs(entry: models.Model) -> list[tuple[Passage, list[str]]]:
    """The passages that are prose, each with its sentences."""
    return once(
        ("paragraphs", id(entry)),
        lambda: [(one, one.sentences) for one in passages(entry) if one.is_prose],
    )


def stream_values(entry: models.Model) -> Iterator[tuple[str, blocks.Block, Any]]:
    """Field, block and value of every single block in the bodies of ``entry``."""
    for field in content_fields(type(entry)):
        if isinstance(field, StreamField):
            for child in getattr(entry, field.name):
                for block, value in single_blocks(child.block, child.value):
                    yield field.name, block, value


def single_blocks(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """The blocks of one value each inside ``block``, with their values."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from single_blocks(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from single_blocks(block.child_block, item)
    else:
        yield block, value


def _of_entry(entry: models.Model) -> Iterator[Passage]:
    yield from _of_fields(entry, NEVER_READ)
    for name, model in relations(type(entry)):
        # Sources are names and addresses of documents.
        if name == "sources":
            continue
        heading = capfirst(str(model._meta.verbose_name_plural))
        for row in getattr(entry, name).all():
            yield from _of_fields(row, frozenset(), relation=name, section=heading)


def _of_fields(
    instance: models.Model, left_out: frozenset[str], relation: str = "", section: str = ""
) -> Iterator[Passage]:
    shape = _shapes.get(type(instance), _NO_SHAPE)
    for field in content_fields(type(instance)):
        if field.name in left_out | shape.names or not _has_words(field):
            continue
        place: dict[str, Any] = {
            "field": field.name,
            "relation": relation,
            "row": instance if relation else None,
            "urgent": field.name in shape.urgent,
            "sourced": field.name in shape.sourced,
        }
        heading = section or capfirst(str(field.verbose_name))
        value = getattr(instance, field.name)
        if isinstance(field, StreamField):
            yield from _of_body(value, heading, place)
            continue
        form = _form(field, shape)
        lines = [str(value)] if form is Form.PHRASE else str(value).splitlines()
        for line in lines:
            if line.strip():
                yield Passage(line.strip(), form, section=heading, **place)


def _has_words(field: models.Field[Any, Any]) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField | StreamField)
        and not isinstance(field, (*_NO_WORDS, ChoiceSetField))
        and not field.choices
    )


def _form(field: models.Field[Any, Any], shape: Shape) -> Form:
    if field.name in shape.prose:
        return Form.PARAGRAPH
    if shape.tables:
        return Form.PHRASE
    if isinstance(field, LinesField):
        return Form.ITEM
    return Form.PARAGRAPH if isinstance(field, models.TextField) else Form.PHRASE


def _of_body(body: Any, section: str, place: dict[str, Any]) -> Iterator[Passage]:
    """The passages of a body; a heading begins a section."""
    for child in body:
        if child.block_type == "heading":
            section = str(child.value)
            yield Passage(section, Form.HEADING, section=section, **place)
            continue
        urgent = child.block_type == "emergency"
        where = {**place, "urgent": urgent}
        part = _("When to get help") if urgent else section
        if isinstance(child.block, TypedTableBlock):
            yield from (
                Passage(text, Form.PHRASE, section=part, head=head, column=column, **where)
                for text, head, column in _cells(child.value)
            )
            continue
        for block, value in single_blocks(child.block, child.value):
            yield from _of_block(block, value, part, where)


def _of_block(
    block: blocks.Block, value: Any, section: str, place: dict[str, Any]
) -> Iterator[Passage]:
    if isinstance(value, RichText):
        for form, text in _of_html(clean_html(value.source)):
            yield Passage(text, form, section=section, **place)
    elif isinstance(block, blocks.TextBlock):
        yield from (
            Passage(line.strip(), Form.PARAGRAPH, section=section, **place)
            for line in str(value or "").splitlines()
            if line.strip()
        )
    elif isinstance(block, blocks.CharBlock) and value:
        form = Form.ITEM if place["urgent"] else Form.PHRASE
        yield Passage(str(value), form, section=section, **place)


def _cells(table: Any) -> Iterator[tuple[str, str, str]]:
    """Each text, with the first cell of its row and its column: caption, headings, cells."""
    headings = [column["heading"] for column in table.columns]
    for text in (table.caption, *headings):
        if text:
            yield text, "", ""
    for row in table.row_data:
        cells = [str(cell or "") for cell in row["values"]]
        for place, (cell, heading) in enumerate(zip(cells, headings, strict=False)):
            if cell:
                yield cell, cells[0] if place else "", f"{table.caption} {heading}"


_FORMS = {"p": Form.PARAGRAPH, "li": Form.ITEM, "h3": Form.HEADING}


def _of_html(html: str) -> Iterator[tuple[Form, str]]:
    for tag in BeautifulSoup(html, "html.parser").find_all(list(_FORMS)):
        # A list inside an item is read by itself.
        own = [part for part in tag.descendants if _nearest(part) is tag]
        text = " ".join("".join(str(part) for part in own).split())
        if text:
            yield _FORMS[tag.name], text


def _nearest(part: Any) -> Any:
    """The paragraph, item or heading that a text stands in; nothing for a tag."""
    return None if part.name is not None else part.find_parent(list(_FORMS))


def _rich_texts(entry: models.Model) -> Iterator[tuple[str, str]]:
    for name, _block, value in stream_values(entry):
        if isinstance(value, RichText):
            yield name, str(clean_html(value.source))


# A full stop after these ends no sentence.
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|Dr|Mr|Mrs|Ms|St|No|approx|[A-Z])|\b[ap]\.m)\.$")
_END = re.compile(r"[.!?]+[\"')\]\u2019\u201d]*(?=\s+|$)")


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` in their order; together they are its words, none lost."""
    found, start = [], 0
    for end in _END.finditer(text):
        after = text[end.end() :].lstrip()
        upto = text[start : end.end()]
        begins = not after or not after[0].islower()
        if begins and not (after and _SHORTENED.search(upto)):
            found.append(upto.strip())
            start = end.end()
    rest = text[start:].strip()
    return [one for one in (*found, rest) if one]


_WORD = re.compile(r"[^\W_]+(?:['\u2019/.,+-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of ``text``; what hyphens and apostrophes join is one word."""
    return _WORD.findall(text)
