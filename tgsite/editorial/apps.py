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
        from tgsite.editorial.models import Contributor, RetiredPublisher, WordRule

        for_every_entry.register_all()
        folder = Path(__file__).parent / "content"
        # No contributor is invented: starter content has none. Migrations bring the words.
        for model, file, identity in (
            (Contributor, "people.yaml", ("slug",)),
            (WordRule, "words.yaml", ("word_list", "phrase")),
            (RetiredPublisher, "retired_publishers.yaml", ("domain",)),
        ):
            kind = content.ContentKind(model, folder / file, starter=False, identity=identity)
            content.register(kind)
        signals.connect()
        review_mails.connect()
