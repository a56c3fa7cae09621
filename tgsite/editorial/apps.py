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
        from tgsite.editorial import checks, content, review_mails, signals
        from tgsite.editorial.checks import general, values
        from tgsite.editorial.models import Contributor, EditorialModel

        for check in (
            general.has_slug_of_its_own,
            general.has_sources,
            general.keys_are_unique,
            general.one_fever_rule,
            values.choices_are_known,
            values.has_no_markup,
        ):
            checks.register(EditorialModel, check)
        people = Path(__file__).parent / "content" / "people.yaml"
        # No contributor is invented: starter content has none.
        content.register(content.ContentKind(Contributor, people, starter=False))
        signals.connect()
        review_mails.connect()
