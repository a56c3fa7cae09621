"""Reads YAML files into entries, and refuses what YAML would silently lose or let grow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.core.validators import slug_re

from tgsite.editorial.content import facts
from tgsite.editorial.content.documents import Document
from tgsite.editorial.content.errors import ContentError
from tgsite.editorial.content.facts import Facts
from tgsite.editorial.content.registry import ContentKind
from tgsite.editorial.content.streams import has_broken_text
from tgsite.editorial.models import EditorialModel

# A row of a block's part stands ten deep.
DEEPEST = 20
LONGEST_TEXT = 100_000  # characters


class _StrictLoader(yaml.SafeLoader):
    """Reads plain values only, each written where it stands.

    Refuses aliases (a few lines of them grow into gigabytes), tags, merge keys, deep nesting, and
    a key that stands twice in one mapping; YAML itself keeps only the last.
    """

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One value, unless it is of a sort that no content file needs."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse("aliases and anchors (& and *) are not read: write the text out", event)
        if getattr(event, "tag", None):
            self._refuse("tags (!) are not read", event)
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST_TEXT:
            self._refuse(f"a text has more than {LONGEST_TEXT} characters", event)
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse(f"more than {DEEPEST} levels deep", event)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    @staticmethod
    def _refuse(message: str, event: Any) -> None:
        raise yaml.composer.ComposerError(None, None, message, event.start_mark)


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _value_node in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            raise yaml.constructor.ConstructorError(
                None, None, "merge keys (<<) are not read: write the text out", key_node.start_mark
            )
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is not a word", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands here twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


def _text(loader: _StrictLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
# A date stays text here: the model's field reads it and names itself if it is wrong.
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _text)


@dataclass(frozen=True)
class Entry:
    """One entry of a file, with its slug known to be well formed; ``values`` without its facts.

    Of a kind without slugs ``slug`` is made of what tells its rows apart: ``tone battle``.
    """

    kind: ContentKind
    file: str
    slug: str
    values: dict[str, Any]
    facts: Facts = field(default_factory=Facts)

    @property
    def name(self) -> str:
        """How lists name it: ``drugs.Drug kadcyla``."""
        return f"{self.kind.label} {self.slug}"

    @property
    def identity(self) -> dict[str, str]:
        """Field -> value: what its row is found by."""
        return {name: self.values[name] for name in self.kind.identity}

    def error(self, field: str, message: str) -> ContentError:
        """A fault of this entry."""
        return ContentError(self.file, self.slug, field, message)


def read(documents: Iterable[Document]) -> tuple[list[Entry], list[ContentError]]:
    """Every entry of every file, and every fault found on the way; never raises for bad content."""
    entries: list[Entry] = []
    errors: list[ContentError] = []
    seen: dict[tuple[str, str], str] = {}
    for document in documents:
        for entry in _entries(document, errors):
            key = entry.kind.label, entry.slug
            if key in seen:
                errors.append(entry.error("slug", f"already stands in {seen[key]}"))
                continue
            seen[key] = document.name
            entries.append(entry)
    return entries, errors


def parse(content: bytes) -> Any:
    """The plain values of a file; ``ValueError`` with the fault and its line in words."""
    try:
        # A SafeLoader: builds plain values only.
        return yaml.load(content.decode("utf-8-sig"), Loader=_StrictLoader)  # noqa: S506
    except UnicodeDecodeError as error:
        raise ValueError(f"this is not text in UTF-8 (byte {error.start + 1})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        raise ValueError(f"{line}{error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())) from error


def _name(kind: ContentKind, values: Any) -> str | None:
    """What an entry is called by; nothing if that cannot be read."""
    if not isinstance(values, dict):
        return None
    found: list[Any] = [values.get(name) for name in kind.identity]
    if not all(isinstance(one, str) and one and not has_broken_text(one) for one in found):
        return None
    name = " ".join(found)
    return None if kind.has_slugs and not slug_re.match(name) else name


def _entries(document: Document, errors: list[ContentError]) -> Iterable[Entry]:
    try:
        content = parse(document.content)
    except ValueError as error:
        errors.append(ContentError(document.name, "", "", str(error)))
        return
    found = content if isinstance(content, list) else [content]
    for place, values in enumerate(found, start=1):
        kind = document.kind
        slug = _name(kind, values)
        if slug is None:
            wanted = "a slug" if kind.has_slugs else " and ".join(kind.identity)
            message = f"an entry is a mapping with {wanted}"
            errors.append(ContentError(document.name, f"entry {place}", kind.identity[-1], message))
            continue
        entry = Entry(kind, document.name, slug, values)
        if issubclass(kind.model, EditorialModel):
            known, faults = facts.read(values)
            errors.extend(entry.error(field, message) for field, message in faults)
            text = {name: value for name, value in values.items() if name not in facts.KEYS}
            entry = Entry(kind, document.name, slug, text, known)
        yield entry
