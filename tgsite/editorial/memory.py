"""Published content kept in memory, made anew by the next request after a publication."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from tgsite.editorial.models.records import ContentVersion

Value = TypeVar("Value")
_all: list[Kept] = []  # type: ignore[type-arg]


class Kept(Generic[Value]):
    """One value made from published content, for as long as the content version stands.

    ``make`` is called with the number of the version, by one thread at a time.
    """

    def __init__(self, make: Callable[[int], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._held: tuple[int, Value] | None = None
        _all.append(self)

    def current(self) -> Value:
        """The value for the content as it is published now."""
        version = ContentVersion.current()
        held = self._held
        if held is not None and held[0] == version:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != version:
                self._held = version, self._make(version)
            return self._held[1]

    def forget(self) -> None:
        """Drop the value; the next call makes it anew."""
        self._held = None


def forget_all() -> None:
    """Drop every value: when what is read next may be another content of the same number.

    So it is after a transaction that is given up, and between the databases of tests.
    """
    for kept in _all:
        kept.forget()
