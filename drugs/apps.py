"""Medicines, their classes and uses; the finder that matches a diagnosis with them."""

from django.apps import AppConfig


class DrugsConfig(AppConfig):
    """Registers this app's content checks, loaders, live entries, and what search knows of it."""

    name = "drugs"
    verbose_name = "Medicines"

    def ready(self) -> None:
        """Called once at start."""
        from drugs import catalogue, checks, loaders, search

        catalogue.register_all()
        checks.register_all()
        loaders.register_all()
        search.register_all()
