"""What differs between two texts of an entry, in words: field by field, row by row, line by line.

Rows are recognised by their key, since a publication gives a row that is new in a draft another
id. Everything that a clinician signs is compared, also what no edit screen shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import (
    ChildObjectComparison,
    ChildRelationComparison,
    FieldComparison,
)
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from tgsite.editorial.blocks import EntryBlock
from tgsite.editorial.fields import ChoiceSetField, KeyField, LinesField
from tgsite.editorial.plain import content_fields, to_plain
from tgsite.editorial.rich_text import clean_html

# A number, a date or a word with a hyphen is one word.
_WORD = re.compile(r"\w+(?:[.,:/'\u2019-]\w+)*|\s+|[^\w\s]")
LITTLE_IN_COMMON = 0.4
# What happened to a piece of text ("equal", "addition", "deletion"), and the piece.
Change = tuple[str, str]


def comparison(before: models.Model, after: models.Model) -> list[Any]:
    """What ``after`` has otherwise than ``before``, in the order of the edit screen.

    Two instances of one kind of entry, their rows in memory, saved or not. Returns Wagtail's
    comparison objects, those with changes only: ``is_field`` tells one with ``field_label()`` and
    ``htmldiff()`` from rows with ``field_label()`` and ``get_child_comparisons()``.
    ``editorial/_comparison.html`` shows them.
    """
    screen = type(after).snippet_viewset.get_edit_handler()  # type: ignore[attr-defined]
    found = (compare(before, after) for compare in _comparisons(type(after), screen))
    return [one for one in found if one.has_changed()]


def _comparisons(model: type[models.Model], screen: Panel) -> list[Any]:
    """A function (before, after) -> comparison for each field and relation of ``model``."""
    shown = list(_panels(screen))
    of_fields = {one.field_name: one.db_field for one in shown if isinstance(one, FieldPanel)}
    rest = {field.name: field for field in content_fields(model)}
    fields = {
        name: partial(_kind(field), field)
        for name, field in (of_fields | rest).items()
        if name in rest and not isinstance(field, KeyField)
    }
    rows = {
        one.relation_name: partial(
            RowsComparison,
            one.db_field,
            _comparisons(one.db_field.related_model, one.child_edit_handler),
        )
        for one in shown
        if isinstance(one, InlinePanel)
    }
    order = [one.relation_name if isinstance(one, InlinePanel) else one.field_name for one in shown]
    known: dict[str, Any] = fields | rows
    return [known.pop(name) for name in order if name in known] + list(known.values())


def _panels(panel: Panel) -> Iterator[Any]:
    """The panels of fields and of rows beneath ``panel``, from top to bottom."""
    if isinstance(panel, FieldPanel | InlinePanel):
        yield panel
        return
    for child in getattr(panel, "children", []):
        yield from _panels(child)


class WordsComparison(FieldComparison):
    """A field as words, those that changed marked."""

    def words(self, value: Any) -> str:
        """The value as an editor reads it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        chosen = dict(getattr(self.field, "flatchoices", None) or [])
        # Browsers send line ends of their own.
        return "" if value is None else str(chosen.get(value, value)).replace("\r\n", "\n")

    def htmldiff(self) -> SafeString:
        """The old value and the new one: of a date or a number half of it would say nothing."""
        old, new = self.words(self.val_a), self.words(self.val_b)
        if old == new:
            return marked([("equal", new)])
        return marked([("deletion", old), ("addition", new)], between=" ")

    def has_changed(self) -> bool:
        """Whether an editor would read something else."""
        return self.words(self.val_a) != self.words(self.val_b)


class TextComparison(WordsComparison):
    """A text of one paragraph or several."""

    def htmldiff(self) -> SafeString:
        """Word by word."""
        return marked_words(self.words(self.val_a), self.words(self.val_b))


class LinkComparison(WordsComparison):
    """A link to another record, by its name."""

    def words(self, value: Any) -> str:
        """The name of the record."""
        return _name(self.field.related_model, value)

    def has_changed(self) -> bool:
        """Whether it leads to another record; asks for no name."""
        return bool(self.val_a != self.val_b)


class ItemsComparison(FieldComparison):
    """A list of texts, item by item."""

    def items(self, value: Any) -> list[str]:
        """The items in their order."""
        return LinesField().to_python(value).splitlines()

    def htmldiff(self) -> SafeString:
        """A list with the items that came or went marked, and the words within one."""
        return marked_lines(self.items(self.val_a), self.items(self.val_b))

    def has_changed(self) -> bool:
        """Whether an item differs."""
        return self.items(self.val_a) != self.items(self.val_b)


class CodesComparison(ItemsComparison):
    """Codes of a closed list, by their labels; one that left the list by itself."""

    def items(self, value: Any) -> list[str]:
        """The label of each code."""
        labels = {code: str(label) for code, label in self.field.codes}
        return [labels.get(code, code) for code in self.field.to_python(value)]


class LinksComparison(ItemsComparison):
    """Links to several records, by their names; their order means nothing."""

    def items(self, value: Any) -> list[str]:
        """The names, A to Z."""
        return sorted(str(one) for one in value)


class BodyComparison(ItemsComparison):
    """The body of an article, block by block and line by line, addresses of links included."""

    def items(self, value: Any) -> list[str]:
        """A line for each paragraph, heading, item and row."""
        found = []
        for child in value or ():
            label = str(child.block.label)
            found += [f"{label}: {line}" for line in _lines(child.block, child.value)]
        return found


class RowsComparison(ChildRelationComparison):
    """The rows of an entry, each with the row of the same key."""

    def field_label(self) -> str:
        """What the rows are."""
        return capfirst(str(self.field.related_model._meta.verbose_name_plural))

    def get_mapping(
        self, objs_a: Sequence[Any], objs_b: Sequence[Any]
    ) -> tuple[dict[int, int], dict[int, int], list[int], list[int]]:
        """Indices old to new, new to old, of the rows that came, and of those that went."""
        forwards: dict[int, int] = {}
        # A revision older than the keys has the ids; a row made anew may still say the same.
        for same in (
            lambda a, b: a.key == b.key,
            lambda a, b: a.pk is not None and a.pk == b.pk,
            lambda a, b: not self.get_child_comparison(a, b).has_changed(),
        ):
            for i, a in enumerate(objs_a):
                found = (
                    j for j, b in enumerate(objs_b) if j not in forwards.values() and same(a, b)
                )
                if i not in forwards and (j := next(found, None)) is not None:
                    forwards[i] = j
        backwards = {j: i for i, j in forwards.items()}
        added = [j for j in range(len(objs_b)) if j not in backwards]
        return forwards, backwards, added, [i for i in range(len(objs_a)) if i not in forwards]

    def get_child_comparison(self, obj_a: Any, obj_b: Any) -> RowComparison:
        """The comparison of two rows, one of which may be missing."""
        return RowComparison(self.field.related_model, self.field_comparisons, obj_a, obj_b)

    def get_child_comparisons(self) -> list[RowComparison]:
        """The rows that came, went, moved or changed: in the new order, those that went last."""
        old, new = list(self.val_a.all()), list(self.val_b.all())
        _forwards, backwards, _added, gone = self.get_mapping(old, new)
        stayed = _in_order([backwards[j] for j in sorted(backwards)])
        found = [
            self.get_child_comparison(old[backwards[j]] if j in backwards else None, row)
            for j, row in enumerate(new)
        ]
        for j, i in backwards.items():
            found[j].is_moved = i not in stayed
        found += [self.get_child_comparison(old[i], None) for i in gone]
        return [row for row in found if row.state]

    def has_changed(self) -> bool:
        """Whether any row came, went, moved or changed."""
        return bool(self.get_child_comparisons())


class RowComparison(ChildObjectComparison):
    """One row, in both texts or in one."""

    is_moved = False

    @property
    def state(self) -> str:
        """What happened to the row, in a word; empty when nothing did."""
        if self.is_addition():
            return _("Added")
        if self.is_deletion():
            return _("Removed")
        if self.has_changed():
            return _("Changed and moved") if self.is_moved else _("Changed")
        return _("Moved") if self.is_moved else ""

    def title(self) -> str:
        """The row's name."""
        return str(self.obj_b or self.obj_a)

    def get_field_comparisons(self) -> list[Any]:
        """The fields that changed; of a row that came or went those that say something."""
        one, other = self.obj_a or self.obj_b, self.obj_b or self.obj_a
        found = [compare(one, other) for compare in self.field_comparisons]
        if one is other:
            return [field for field in found if field.val_b not in (None, "", (), [], False)]
        return [field for field in found if field.has_changed()]


def _kind(field: models.Field[Any, Any]) -> Any:
    """The comparison class for the values of ``field``."""
    if isinstance(field, ChoiceSetField):
        return CodesComparison
    if isinstance(field, LinesField):
        return ItemsComparison
    if isinstance(field, StreamField):
        return BodyComparison
    if isinstance(field, models.ManyToManyField):
        return LinksComparison
    if isinstance(field, models.ForeignKey):
        return LinkComparison
    text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return TextComparison if text else WordsComparison


def _name(model: Any, pk: Any) -> str:
    if pk is None:
        return ""
    found = model._default_manager.filter(pk=pk).first()
    return str(found) if found else _("deleted since (number %(pk)s)") % {"pk": pk}


def _lines(block: blocks.Block, value: Any) -> list[str]:
    """The value of a block as lines of plain text."""
    if isinstance(block, blocks.StructBlock):
        return [
            f"{child.label}: {line}"
            for name, child in block.child_blocks.items()
            for line in _lines(child, value.get(name))
        ]
    if isinstance(block, blocks.ListBlock):
        return [line for item in value or () for line in _lines(block.child_block, item)]
    if isinstance(block, TypedTableBlock):
        table = to_plain(block, value, str)
        rows = [[table["caption"]], table["columns"], *table["rows"]]
        return [" | ".join(str(cell or "") for cell in row) for row in rows]
    if isinstance(block, EntryBlock):
        return [_name(block.model_class, value.pk)] if value else []
    if isinstance(block, blocks.RichTextBlock):
        return _lines_of_html(value.source if value else "")
    if isinstance(block, blocks.ChoiceBlock):
        labels = dict(block.field.choices)
        return [str(labels.get(value, value))] if value else []
    return str(value).splitlines() if value else []


def _lines_of_html(html: str) -> list[str]:
    """A line a paragraph, heading or item; the address of each link after its words."""
    document = BeautifulSoup(clean_html(html), "html.parser")
    for link in document.find_all("a"):
        link.append(f" [{link.get('href')}]")
    for tag in document.find_all(["h3", "b", "i"]):
        # Otherwise a heading that became a paragraph, or bold that went, would not show.
        tag.insert(0, {"h3": "### ", "b": "**", "i": "_"}[tag.name])
        tag.append({"h3": "", "b": "**", "i": "_"}[tag.name])
    for tag in document.find_all("li"):
        tag.insert(0, "1. " if tag.parent and tag.parent.name == "ol" else "• ")
    for tag in document.find_all(["p", "h3", "li", "br"]):
        tag.append("\n")
    lines = (" ".join(line.split()) for line in document.get_text().splitlines())
    return [line for line in lines if line]


def marked(changes: Iterable[Change], between: str = "") -> SafeString:
    """Text with what went in ``<del>`` and what came in ``<ins>``."""
    patterns = {"equal": "{}", "deletion": "<del>{}</del>", "addition": "<ins>{}</ins>"}
    pieces = [format_html(patterns[kind], text) for kind, text in changes if text]
    return format_html_join(between, "{}", ((piece,) for piece in pieces))


def marked_words(before: str, after: str) -> SafeString:
    """``after`` with its new words marked, and those that went where they stood.

    Two texts with little in common stand whole, one after the other.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LITTLE_IN_COMMON:
        return marked([("deletion", before), ("addition", after)], between=" ")
    changes: list[Change] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            changes.append(("equal", "".join(new[k:m])))
        else:
            changes += [("deletion", "".join(old[i:j])), ("addition", "".join(new[k:m]))]
    return marked(changes)


def marked_lines(before: Sequence[str], after: Sequence[str]) -> SafeString:
    """A list of the lines of both, in order, each marked as it went, came or changed."""
    found: list[SafeString] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[i:j], after[k:m]
        if kind == "equal":
            found += [marked([("equal", line)]) for line in new]
            continue
        pairs = min(len(old), len(new))
        for one, other in zip(old[:pairs], new[:pairs], strict=True):
            found.append(marked_words(one, other))
        found += [marked([("deletion", line)]) for line in old[pairs:]]
        found += [marked([("addition", line)]) for line in new[pairs:]]
    items = format_html_join("", "<li>{}</li>", ((line,) for line in found))
    return format_html("<ul>{}</ul>", items)


def _in_order(indices: Sequence[int]) -> set[int]:
    """Most of ``indices`` such that they rise: the others are those that moved."""
    matcher = SequenceMatcher(None, sorted(indices), indices, autojunk=False)
    return {
        indices[block.b + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
