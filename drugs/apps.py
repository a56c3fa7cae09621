"""Medicines, their classes and uses; the finder that matches a diagnosis with them."""

from django.apps import AppConfig


class DrugsConfig(AppConfig):
    """Registers this app's content checks, loaders, live entries, dependent pages, and search."""

    name = "drugs"
    verbose_name = "Medicines"

    def ready(self) -> None:
        """Called once at start."""
        from drugs import catalogue, checks, loaders, search
        from drugs.claims.changes import pages_resting_on
        from drugs.claims.entries import contradicting_pages
        from drugs.models import Drug
        from tgsite.editorial import dependents

        catalogue.register_all()
        checks.register_all()
        loaders.register_all()
        search.register_all()
        dependents.register(Drug, pages_resting_on)
        dependents.register_contradictions(contradicting_pages)
