"""What a process keeps in memory of the content, between tests.

Content of many tests is made once a module, and read into memory once a module too.
"""

from __future__ import annotations

from typing import Any

from tgsite.editorial import memory
from tgsite.editorial.pages_in_memory import pages

_learned: dict[memory.Kept[Any], Any] = {}


def learn() -> None:
    """Read the content as it is now; every test until ``unlearn`` starts with it."""
    forget()
    for kept in memory._all:
        kept.current()
        _learned[kept] = kept._held


def unlearn() -> None:
    """The content goes: start with an empty memory again."""
    _learned.clear()
    forget()


def forget() -> None:
    """As in a process that has just started."""
    memory.forget_all()
    pages.forget()


def start() -> None:
    """As a test finds it: no page, and of the content what was learned, if anything."""
    forget()
    for kept, held in _learned.items():
        kept._held = held
