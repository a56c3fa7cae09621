"""On what terms content files come in, and what an import did or would do."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from tgsite.editorial.content.differences import Difference

ADDED, CHANGED, UNCHANGED, KEPT = "added", "changed", "unchanged", "kept"


@dataclass(frozen=True)
class Terms:
    """What an import may do.

    ``live``: publish what no clinician has reviewed, with its notice. ``trusted``: on the command
    line; elsewhere everything becomes a draft, and a review is refused. ``overwrite``: entries
    (``kadcyla`` or ``drugs.Drug kadcyla``) that are replaced although an editor changed them.
    ``plan``: the fingerprint of the only plan that may be carried out.
    """

    live: bool = False
    trusted: bool = True
    overwrite: Collection[str] = ()
    user: Any = None
    dry_run: bool = False
    plan: str = ""


@dataclass
class Change:
    """What happens to one entry: ``name`` as "kind slug", a status, a reason or remark, fields."""

    name: str
    status: str
    note: str = ""
    fields: list[Difference] = field(default_factory=list)


@dataclass
class Outcome:
    """What an import did or would do."""

    changes: list[Change] = field(default_factory=list)

    def names(self, status: str) -> list[str]:
        """The entries of one status, as "kind slug"."""
        return [change.name for change in self.changes if change.status == status]

    @property
    def added(self) -> list[str]:
        """New entries."""
        return self.names(ADDED)

    @property
    def changed(self) -> list[str]:
        """Entries with a new text, or live where they were drafts."""
        return self.names(CHANGED)

    @property
    def unchanged(self) -> list[str]:
        """Entries that are as the files say."""
        return self.names(UNCHANGED)

    @property
    def kept(self) -> list[str]:
        """Left alone, because an editor changed, unpublished, deleted or made them."""
        return self.names(KEPT)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: 64 hexadecimal digits."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()


class PlanChanged(Exception):
    """The site changed since the plan was shown; nothing was stored."""
