"""Addresses of the reports, below the admin's."""

from typing import Any

from django.urls import path

from tgsite.editorial.reports.freshness import FreshnessReport
from tgsite.editorial.reports.links import IgnoreLinkView, LinksReport, StopIgnoringView
from tgsite.editorial.reports.mending import MendingReport, NothingToChangeView
from tgsite.editorial.reports.readability import ReadabilityReport

app_name = "editorial_reports"


def _report(name: str, view: Any) -> list[Any]:
    """The page, and its table alone for filters that act at once."""
    return [
        path(f"{name}/", view.as_view(), name=name),
        path(f"{name}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


urlpatterns = [
    *_report("freshness", FreshnessReport),
    *_report("links", LinksReport),
    *_report("mending", MendingReport),
    *_report("readability", ReadabilityReport),
    path("mending/<int:pk>/nothing/", NothingToChangeView.as_view(), name="nothing_to_change"),
    path("links/<int:pk>/ignore/", IgnoreLinkView.as_view(), name="ignore_link"),
    path("links/<int:pk>/stop-ignoring/", StopIgnoringView.as_view(), name="stop_ignoring_link"),
]
