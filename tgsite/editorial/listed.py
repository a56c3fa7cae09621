"""Live entries as other pages name them, found by kind and id in what is kept in memory.

The shared apps know no medicine and no article: each app registers its kinds in
``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from tgsite.editorial.models import EditorialModel
from tgsite.editorial.standing import Standing


class Listed(Protocol):
    """What every list knows of a live entry."""

    @property
    def url(self) -> str:
        """Its page."""

    @property
    def standing(self) -> Standing:
        """Its review and its safety notice."""


_finders: dict[str, Callable[[int], Listed | None]] = {}


def register(model: type[EditorialModel], find: Callable[[int], Listed | None]) -> None:
    """Let the live entries of ``model`` be found by their id; ``find`` asks no database."""
    _finders[model._meta.label_lower] = find


def listed(kind: str, pk: Any) -> Listed | None:
    """The live entry of a kind (``drugs.drug``) and id; nothing where there is none."""
    find = _finders.get(kind)
    return find(pk) if find else None
