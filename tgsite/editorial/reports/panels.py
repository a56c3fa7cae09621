"""What the reports put on the admin's home."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from tgsite.editorial.reports.base import may_read_reports
from tgsite.editorial.reports.chart import ReviewChart
from tgsite.editorial.reports.links import links_that_need_work


class FreshnessPanel(Component):
    """The picture of the reviews to come."""

    name = "freshness"
    order = 60
    template_name = "editorial/reports/freshness_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The chart, for who may open its report: one query."""
        if not may_read_reports(parent_context["request"].user):
            return {"chart": None}
        return {"chart": ReviewChart.now(timezone.localdate())}


class LinksPanel(Component):
    """How many links are a task for an editor."""

    name = "links"
    order = 70
    template_name = "editorial/reports/links_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Pairs of a state and its number of addresses, for who may open the report."""
        if not may_read_reports(parent_context["request"].user):
            return {"counts": []}
        return {"counts": list(links_that_need_work().items())}
