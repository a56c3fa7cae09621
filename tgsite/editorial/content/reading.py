"""Reads YAML files into entries, and refuses what YAML would silently lose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.validators import slug_re

from tgsite.editorial.content.errors import ContentError
from tgsite.editorial.content.registry import ContentKind


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping; YAML itself keeps only the last."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _value_node in node.value:
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
    """One entry of a file, with its slug known to be well formed."""

    kind: ContentKind
    file: str
    slug: str
    values: dict[str, Any]

    def error(self, field: str, message: str) -> ContentError:
        """A fault of this entry."""
        return ContentError(self.file, self.slug, field, message)


def read(kinds: Iterable[ContentKind]) -> tuple[list[Entry], list[ContentError]]:
    """Every entry of every file, and every fault found on the way; never raises for bad content."""
    entries: list[Entry] = []
    errors: list[ContentError] = []
    for kind in kinds:
        seen: dict[str, str] = {}
        for file in kind.files():
            name = f"{kind.path.parent.parent.name}/{file.relative_to(kind.path.parent.parent)}"
            for entry in _entries(kind, file, name, errors):
                if entry.slug in seen:
                    errors.append(entry.error("slug", f"already stands in {seen[entry.slug]}"))
                    continue
                seen[entry.slug] = name
                entries.append(entry)
    return entries, errors


def _entries(
    kind: ContentKind, file: Path, name: str, errors: list[ContentError]
) -> Iterable[Entry]:
    try:
        # A SafeLoader: builds plain values only.
        content = yaml.load(file.read_bytes(), Loader=_StrictLoader)  # noqa: S506
    except (OSError, UnicodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        errors.append(ContentError(name, "", "", " ".join(str(error).split())))
        return
    found = content if isinstance(content, list) else [content]
    for place, values in enumerate(found, start=1):
        slug = values.get("slug") if isinstance(values, dict) else None
        if not isinstance(slug, str) or not slug_re.match(slug):
            errors.append(
                ContentError(name, f"entry {place}", "slug", "an entry is a mapping with a slug")
            )
            continue
        yield Entry(kind, name, slug, values)
