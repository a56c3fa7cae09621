"""What the checks of one entry share while they run: nothing is read or asked twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from tgsite.editorial.models.records import ContentVersion

Value = TypeVar("Value")
_found: ContextVar[dict[Hashable, Any] | None] = ContextVar("checks_run", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """Within this block ``once`` makes each value a single time."""
    token = _found.set({})
    try:
        with ContentVersion.one_version():
            yield
    finally:
        _found.reset(token)


def once(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value of ``make``; inside a run the one that was made first under ``key``."""
    found = _found.get()
    if found is None:
        return make()
    if key not in found:
        found[key] = make()
    value: Value = found[key]
    return value
