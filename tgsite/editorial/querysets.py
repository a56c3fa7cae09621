"""The words other apps filter entries with."""

from __future__ import annotations

from typing import Any

from django.db import models


class EntryQuerySet(models.QuerySet[Any]):
    """Queries on anything that has drafts beside its live text."""

    def live(self) -> EntryQuerySet:
        """What readers may see. An unpublished row keeps its last text, so always ask this."""
        return self.filter(live=True)
