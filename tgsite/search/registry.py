"""What the apps tell search in ``AppConfig.ready``: which kinds there are, and what they intend.

Suggestions are registered in `intents.py`. Search itself knows no medicine and no article, but the
ways in which words of the field are written (`words.py`) and end (`spelling.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tgsite.head import Text


@dataclass(frozen=True)
class Findable:
    """What one entry is found by. ``names`` are shown on its page, ``aliases`` never.

    ``body`` is its text, one passage an item; ``extra`` is kept for the suggestions of its kind.
    """

    title: str
    url: str
    subtitle: str = ""
    summary: str = ""
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of thing that search finds.

    ``heading`` stands over a group of its results, ``label`` beside one. ``notes`` makes, of a
    slug, what a result must also say. A question that names a subject
    (``is_subject``) is about it, whatever else it says. A kind that is no page (``is_page``) is
    known to search and its suggestions, and is never a result.
    """

    code: str
    model: type[models.Model]
    findable: Callable[[Any], Findable]
    heading: Text
    label: Text
    notes: Callable[[str], object] | None = None
    is_subject: bool = False
    is_page: bool = True


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let search find ``kind``; kinds registered first come first among equals."""
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """Every kind, in order."""
    return list(_kinds.values())


def pages() -> list[str]:
    """The codes of the kinds that are pages."""
    return [kind.code for kind in kinds() if kind.is_page]


def kind(code: str) -> Kind:
    """The kind of ``code``; ``KeyError`` if there is none."""
    return _kinds[code]


def place(code: str) -> int:
    """The kind's place among equals."""
    return list(_kinds).index(code)


def kind_of(model: type[models.Model]) -> Kind | None:
    """The kind of a model's rows."""
    return next((one for one in _kinds.values() if one.model is model), None)
