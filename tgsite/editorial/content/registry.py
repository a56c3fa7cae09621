"""Which models have content files, and where."""

from dataclasses import dataclass
from pathlib import Path

from django.db import models


@dataclass(frozen=True)
class ContentKind:
    """A model with content files: a folder of one file an entry, or one file with a list.

    ``path`` is ``<app>/content/<name>``. A kind without ``starter`` content has no files there; it
    has a place in an export alone. ``identity``: the fields that tell its rows apart, where they
    have no slug; nothing refers to such rows.
    """

    model: type[models.Model]
    path: Path
    starter: bool = True
    identity: tuple[str, ...] = ("slug",)

    @property
    def label(self) -> str:
        """The model's label, e.g. ``drugs.Drug``."""
        return self.model._meta.label

    @property
    def has_slugs(self) -> bool:
        """Whether its rows are named by a slug, as entries are."""
        return self.identity == ("slug",)

    @property
    def is_folder(self) -> bool:
        """Whether each entry has a file of its own."""
        return not self.path.suffix

    @property
    def place(self) -> str:
        """The folder or file in an export: ``drugs/medicines``, ``drugs/classes.yaml``."""
        return f"{self.path.parent.parent.name}/{self.path.name}"

    def files(self) -> list[Path]:
        """The files that came with the program, in the order of their names."""
        return sorted(self.path.glob("*.yaml")) if self.path.is_dir() else [self.path]


_kinds: list[ContentKind] = []


def register(kind: ContentKind) -> None:
    """Add a kind; entries may refer to any registered kind, whatever the order."""
    if kind not in _kinds:
        _kinds.append(kind)


def kinds() -> tuple[ContentKind, ...]:
    """All kinds in the order in which they were registered."""
    return tuple(_kinds)
