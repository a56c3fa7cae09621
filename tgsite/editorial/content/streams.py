"""From the lists and mappings of a content file to a StreamField's value; `plain.py` goes back.

In a file a block is a mapping of one key, its type, to its value; an entry is named by its slug;
a table is its caption, columns and rows of texts. Ids of blocks are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from tgsite.editorial.rich_text import clean_html

BROKEN = "holds a character that cannot be stored"
# A model and a slug -> the instance or nothing.
Finder = Callable[[Any, str], Any]


class StreamReader:
    """Turns the lists and mappings of a file into what a StreamField stores, collecting faults.

    ``errors`` are pairs of a place (``body 3, faq 1, question``) and words.
    """

    def __init__(self, find: Finder) -> None:
        self.find = find
        self.errors: list[tuple[str, str]] = []

    def stored(self, block: blocks.Block, plain: Any, place: str) -> Any:
        """The stored form of ``plain`` for ``block``; ``None`` where it cannot be read."""
        if isinstance(block, blocks.StreamBlock):
            return self._stream(block, plain, place)
        if isinstance(block, TypedTableBlock):
            return self._table(block, plain, place)
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, plain, place)
        if isinstance(block, blocks.ListBlock):
            if not isinstance(plain, list):
                return self._fault(place, "write a list")
            return [
                self.stored(block.child_block, item, f"{place} {number}")
                for number, item in enumerate(plain, start=1)
            ]
        if not isinstance(plain, str):
            return self._fault(place, "write text, in quotes if it looks like something else")
        if has_broken_text(plain):
            return self._fault(place, BROKEN)
        if isinstance(block, ChooserBlock):
            found = self.find(block.model_class, plain)
            kind = block.model_class._meta.verbose_name
            return found.pk if found else self._fault(place, f"there is no {kind} {plain}")
        return str(clean_html(plain)) if isinstance(block, blocks.RichTextBlock) else plain

    def _fault(self, place: str, message: str) -> Any:
        """Note what is wrong; the value that stands for a part which cannot be read."""
        self.errors.append((place, message))
        return None

    def _stream(self, block: blocks.StreamBlock, plain: Any, place: str) -> list[Any]:
        if not isinstance(plain, list):
            self._fault(place, "write a list of blocks")
            return []
        found = []
        for number, item in enumerate(plain, start=1):
            where = f"{place} {number}"
            if not isinstance(item, dict) or len(item) != 1:
                self._fault(where, "a block is a mapping of one key, its type")
                continue
            ((kind, value),) = item.items()
            child = block.child_blocks.get(kind)
            if child is None:
                self._fault(where, f"there is no block “{kind}”")
                continue
            found.append({"type": kind, "value": self.stored(child, value, f"{where}, {kind}")})
        return found

    def _struct(self, block: blocks.StructBlock, plain: Any, place: str) -> dict[str, Any]:
        if not isinstance(plain, dict):
            self._fault(place, "write a mapping")
            return {}
        for name in sorted(set(plain) - set(block.child_blocks)):
            self._fault(f"{place}, {name}", "there is no such part")
        return {
            name: self.stored(child, plain[name], f"{place}, {name}")
            for name, child in block.child_blocks.items()
            if name in plain
        }

    def _table(self, block: TypedTableBlock, plain: Any, place: str) -> dict[str, Any] | None:
        (kind,) = block.child_blocks
        if not isinstance(plain, dict) or set(plain) != {"caption", "columns", "rows"}:
            return self._fault(place, "a table has caption, columns and rows")
        columns, rows = plain["columns"], plain["rows"]
        if not _texts(columns) or not isinstance(plain["caption"], str):
            return self._fault(
                place, "write the caption as text and the columns as a list of texts"
            )
        if not isinstance(rows, list) or not all(
            _texts(row) and len(row) == len(columns) for row in rows
        ):
            return self._fault(place, "each row is a list of as many texts as there are columns")
        if any(
            map(has_broken_text, [plain["caption"], *columns, *(c for row in rows for c in row)])
        ):
            return self._fault(place, BROKEN)
        return {
            "caption": plain["caption"],
            "columns": [{"type": kind, "heading": heading} for heading in columns],
            "rows": [{"values": row} for row in rows],
        }


def has_broken_text(text: str) -> bool:
    """Whether ``text`` holds half a character or a NUL, which databases refuse."""
    return "\x00" in text or (
        not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
