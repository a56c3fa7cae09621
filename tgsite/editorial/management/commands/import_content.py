"""`manage.py import_content DIR`: take an export in, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tgsite.editorial.content import ContentErrors, Outcome, Terms, kinds, take_in
from tgsite.editorial.content.documents import Documents, from_folder, from_zip


class Command(BaseCommand):
    """Reviewed entries go live as they are; others become drafts, unless asked for otherwise."""

    help = (
        "Read a folder or zip file that export_content or the admin wrote. Nothing is changed if "
        "any file has an error, and no entry that an editor changed since, unless it is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder or zip file, and what is allowed."""
        parser.add_argument("source", type=Path, help="Folder or zip file of an export.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Only list what would change, field by field."
        )
        parser.add_argument(
            "--live-unreviewed",
            action="store_true",
            help="Publish also what no clinician has reviewed: each page says so.",
        )
        parser.add_argument(
            "--overwrite",
            nargs="+",
            default=[],
            metavar="SLUG",
            help=(
                "Entries to replace although an editor changed them, by slug or as listed "
                '("drugs.Drug kadcyla"). What was ever signed becomes a draft.'
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and say what was done. ``CommandError`` listing every fault."""
        terms = Terms(
            live=settings.DEBUG or options["live_unreviewed"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
        )
        try:
            outcome = take_in(_documents(options["source"]), terms)
        except ContentErrors as errors:
            raise CommandError(
                f"Nothing was imported. {len(errors.errors)} faults:\n{errors}"
            ) from errors
        except OSError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self._say(outcome, dry_run=terms.dry_run)

    def _say(self, outcome: Outcome, *, dry_run: bool) -> None:
        for change in outcome.changes:
            if change.status == "kept" or (dry_run and change.status != "unchanged"):
                note = f" ({change.note})" if change.note else ""
                self.stdout.write(f"  {change.status}: {change.name}{note}")
                for one in change.fields:
                    self.stdout.write(f"    {one.place}: {one.old or '∅'} → {one.new or '∅'}")
        self.stdout.write(
            f"{len(outcome.added)} added, {len(outcome.changed)} changed, "
            f"{len(outcome.unchanged)} unchanged, {len(outcome.kept)} kept as editors left them"
            f"{': nothing was stored, this was a dry run' if dry_run else ''}."
        )


def _documents(source: Path) -> Documents:
    if source.is_dir():
        return from_folder(source, kinds())
    with source.open("rb") as file:
        return from_zip(file, kinds())
