"""Pages whose words rest on the facts of another entry: what an editor has to mend beside it.

The shared apps know no fact. An app that keeps some registers here, in ``AppConfig.ready``, how
to find the pages that speak of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tgsite.editorial.models import EditorialModel


@dataclass(frozen=True)
class Line:
    """A sentence of a page; ``reason``: why it would be wrong, empty if it is only to be read.

    ``head``: of a cell of a table the first cell of its row.
    """

    section: str
    sentence: str
    reason: str = ""
    head: str = ""

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.section}: {self.head}" if self.head else self.section

    @property
    def key(self) -> tuple[str, str]:
        """Tells it from the others of its page."""
        return self.head, self.sentence


class Told:
    """What has such sentences."""

    lines: tuple[Line, ...]

    @property
    def wrong(self) -> list[Line]:
        """Sentences that contradict a record."""
        return [line for line in self.lines if line.reason]

    @property
    def to_read(self) -> list[Line]:
        """Sentences that speak of what changed."""
        return [line for line in self.lines if not line.reason]


@dataclass(frozen=True)
class DependentPage(Told):
    """An entry that was ever published, with such sentences."""

    model: type[EditorialModel]
    pk: int
    name: str
    lines: tuple[Line, ...]
    live: bool = True
    edit_url: str = ""
    """For a list: where it is edited, for who may."""


# From the entry before and after, their rows in memory, to the other pages ever published.
Finder = Callable[[Any, Any], Iterable[DependentPage]]
_finders: dict[type[EditorialModel], Finder] = {}
# To the live pages that contradict the records as they are.
_contradictions: list[Callable[[], Iterable[DependentPage]]] = []


def register(model: type[EditorialModel], find: Finder) -> None:
    """Ask ``find`` for the pages that rest on the facts of an entry of ``model``."""
    _finders[model] = find


def register_contradictions(find: Callable[[], Iterable[DependentPage]]) -> None:
    """Ask ``find`` for the live pages that contradict a record."""
    _contradictions.append(find)


def contradicting_pages() -> list[DependentPage]:
    """The live pages that contradict a record, with the sentences that do."""
    return [page for find in _contradictions for page in find()]


def has_dependents(model: type[EditorialModel]) -> bool:
    """Whether pages may rest on the facts of entries of ``model``."""
    return model in _finders


def dependent_pages(before: EditorialModel, after: EditorialModel) -> list[DependentPage]:
    """The other pages to mend when ``after`` takes the place of ``before``.

    Also those that are off the site. Pages with a sentence that would be wrong come first.
    """
    find = _finders.get(type(after))
    pages = [page for page in find(before, after) if page.lines] if find else []
    return sorted(pages, key=lambda page: (not page.wrong, page.name.casefold()))


def live_pages_to_mend(entry: EditorialModel, text: EditorialModel) -> list[DependentPage]:
    """The live pages to mend once ``text`` takes the place of what is live of ``entry``."""
    live = entry.live_revision if entry.live and has_dependents(type(entry)) else None
    if live is None:
        return []
    return [page for page in dependent_pages(live.as_object(), text) if page.live]
