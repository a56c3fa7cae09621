"""The editorial base shared by every kind of content."""

from pathlib import Path

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """Registers the checks that hold for every entry."""

    name = "tgsite.editorial"
    label = "editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        """Called once at start."""
        from tgsite.editorial import content, review_mails, signals
        from tgsite.editorial.checks import for_every_entry
        from tgsite.editorial.models import Contributor

        for_every_entry.register_all()
        people = Path(__file__).parent / "content" / "people.yaml"
        # No contributor is invented: starter content has none.
        content.register(content.ContentKind(Contributor, people, starter=False))
        signals.connect()
        review_mails.connect()
