"""Reviews and safety notices put on the rows of live entries."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories import ContributorFactory
from tgsite.editorial.models import ContentVersion, Contributor, EditorialModel

WARNING = "New warning about the liver. Ask your team before the next dose."
SINCE, LAST_DAY = date(2026, 8, 6), date(2026, 8, 20)


def put_notice(entry: EditorialModel, **changes: Any) -> None:
    """A safety notice on the row of ``entry``, shown until ``LAST_DAY``, with ``changes``."""
    columns = {
        "safety_notice": WARNING,
        "safety_notice_source": "FDA Drug Safety Communication",
        "safety_notice_url": "https://www.fda.gov/notice",
        "safety_notice_since": SINCE,
        "safety_notice_until": LAST_DAY,
    }
    type(entry).objects.filter(pk=entry.pk).update(**(columns | changes))
    ContentVersion.advance()


def put_review(entry: EditorialModel, due: date = date(2999, 2, 6), **person: Any) -> Contributor:
    """A whole review of 6 August 2024 on the row of ``entry``; the reviewer."""
    known: dict[str, Any] = {"slug": "rita", "name": "Rita Reviewer", "role": "Oncologist"}
    reviewer: Contributor = ContributorFactory(**(known | person))
    type(entry).objects.filter(pk=entry.pk).update(
        reviewed_by=reviewer, reviewed_on=date(2024, 8, 6), review_due=due
    )
    ContentVersion.advance()
    return reviewer
