"""`manage.py load_content`: load the content files of every app, all or nothing."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tgsite.editorial.content import ContentErrors, kinds, load
from tgsite.editorial.models import LoadRecord


class Command(BaseCommand):
    """Published in development; elsewhere as drafts, unless asked for otherwise."""

    help = (
        "Load the starter content from the YAML files. Nothing is changed if any file has an "
        "error, or if an editor changed the entry since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two switches."""
        parser.add_argument(
            "--if-empty", action="store_true", help="Only if nothing was ever loaded."
        )
        parser.add_argument(
            "--live-unreviewed",
            action="store_true",
            help=(
                "Publish outside development too, although no clinician has reviewed it: each "
                "page says so and asks search engines not to list it."
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and say what was done. ``CommandError`` listing every fault."""
        if options["if_empty"] and LoadRecord.objects.exists():
            self.stdout.write("Content is loaded already.")
            return
        live = settings.DEBUG or options["live_unreviewed"]
        try:
            outcome = load(kinds(), live=live)
        except ContentErrors as errors:
            raise CommandError(
                f"Nothing was loaded. {len(errors.errors)} faults:\n{errors}"
            ) from errors
        self.stdout.write(
            f"{len(outcome.added)} added, {len(outcome.changed)} changed, "
            f"{len(outcome.unchanged)} unchanged, {len(outcome.kept)} kept as editors left them "
            f"({'published' if live else 'as drafts'})."
        )
        for name in outcome.kept:
            self.stdout.write(f"  kept: {name}")
