"""Which models have content files, and where."""

from dataclasses import dataclass
from pathlib import Path

from django.db import models


@dataclass(frozen=True)
class ContentKind:
    """A model with content files: a folder of one file an entry, or one file with a list."""

    model: type[models.Model]
    path: Path

    @property
    def label(self) -> str:
        """The model's label, e.g. ``drugs.Drug``."""
        return self.model._meta.label

    def files(self) -> list[Path]:
        """The files in the order of their names."""
        return sorted(self.path.glob("*.yaml")) if self.path.is_dir() else [self.path]


_kinds: list[ContentKind] = []


def register(kind: ContentKind) -> None:
    """Add a kind; entries may refer to any registered kind, whatever the order."""
    if kind not in _kinds:
        _kinds.append(kind)


def kinds() -> tuple[ContentKind, ...]:
    """All kinds in the order in which they were registered."""
    return tuple(_kinds)
