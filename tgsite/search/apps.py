"""Site search: one table of what is live, and an understanding of what people type."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Keeps the table in step with publication."""

    name = "tgsite.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Called once at start."""
        from tgsite.search.signals import connect

        connect()
