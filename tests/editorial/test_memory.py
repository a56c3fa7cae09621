"""Values made from published content: made once for each version of it."""

from __future__ import annotations

import threading

import pytest

from tgsite.editorial import memory
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import ContentVersion


@pytest.fixture
def version(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of the content, as a list of one that a test changes; no database."""
    number = [1]
    monkeypatch.setattr(ContentVersion, "current", lambda: number[0])
    # A value made here is forgotten with the test.
    monkeypatch.setattr(memory, "_all", [])
    return number


def test_value_is_made_once_for_each_version(version: list[int]) -> None:
    made: list[int] = []
    kept = Kept(lambda number: made.append(number) or [number])
    assert kept.current() is kept.current()
    version[0] = 2
    assert kept.current() == [2]
    assert made == [1, 2]


def test_value_that_cannot_be_made_is_tried_again(version: list[int]) -> None:
    outcomes = [0, 5]
    kept = Kept(lambda _number: 10 // outcomes.pop(0))
    with pytest.raises(ZeroDivisionError):
        kept.current()
    assert kept.current() == 2


def test_nothing_is_a_value_too(version: list[int]) -> None:
    made: list[int] = []
    kept = Kept(made.append)
    assert kept.current() is kept.current() is None
    assert made == [1]


def test_forgetting_reaches_every_value(version: list[int]) -> None:
    made: list[int] = []
    kept = Kept(made.append)
    kept.current()
    memory.forget_all()
    kept.current()
    assert made == [1, 1]


class ToldLock:
    """A lock that says when somebody comes to it."""

    def __init__(self, arrived: threading.Event) -> None:
        self._lock = threading.Lock()
        self._arrived = arrived
        self._first = True

    def __enter__(self) -> None:
        if not self._first:
            self._arrived.set()
        self._first = False
        self._lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


def test_two_threads_make_a_value_once(version: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second thread comes while the first is at work, waits, and gets the same value."""
    arrived, made, got = threading.Event(), [], []

    def make(number: int) -> object:
        made.append(number)
        if len(made) == 1:
            second.start()
            # Set by the second thread at the lock, or here where there is none.
            assert arrived.wait(timeout=10)
        else:
            arrived.set()
        return object()

    kept = Kept(make)
    second = threading.Thread(target=lambda: got.append(kept.current()))
    monkeypatch.setattr(kept, "_lock", ToldLock(arrived))
    first = kept.current()
    second.join(timeout=10)
    assert made == [1]
    assert got == [first]
