"""The editorial base shared by every kind of content."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """Registers the checks that hold for every entry."""

    name = "tgsite.editorial"
    label = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        """Called once at start."""
        from tgsite.editorial.checks import for_every_entry
        from tgsite.editorial.signals import connect

        for_every_entry.register_all()
        connect()
