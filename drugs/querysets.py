"""Queries on medicines with names of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from tgsite.editorial.querysets import EntryQuerySet
from tgsite.editorial.standing import NOTICE_COLUMNS, REVIEW_COLUMNS


class DrugQuerySet(EntryQuerySet):
    """Queries on medicines."""

    def for_catalogue(self) -> QuerySet[Any]:
        """Live medicines with only the columns that lists show."""
        return self.live().only(
            "slug",
            "brand_name",
            "generic_name",
            "also_known_as",
            "search_aliases",
            "summary",
            "status_note",
            "targets",
            "last_published_at",
            *REVIEW_COLUMNS,
            *NOTICE_COLUMNS,
        )

    def for_comparison(self, pks: Iterable[int]) -> QuerySet[Any]:
        """The live medicines among ``pks`` with only the columns that stand side by side."""
        return (
            self.live()
            .filter(pk__in=list(pks))
            .select_related("reviewed_by")
            .only(
                "slug",
                "brand_name",
                "generic_name",
                "boxed_warnings",
                "checks",
                "pregnancy",
                "unconfirmed",
                "reviewed_by",
                "reviewed_on",
                "review_due",
                "last_published_at",
            )
        )
