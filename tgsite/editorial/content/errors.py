"""What can be wrong with content files, always named by file, entry and field."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ContentError:
    """One fault: the file, the entry's slug or place in it, the field, and words."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.entry, self.field) if part)
        return f"{place}: {self.message}"


class ContentErrors(Exception):
    """Nothing was loaded; ``errors`` lists everything that is wrong."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))
