"""`manage.py export_content DIR`: the whole content as YAML files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tgsite.editorial.content import kinds
from tgsite.editorial.content.exporting import ExportError, export, write_folder


class Command(BaseCommand):
    """Into a new or empty folder, or in the place of an earlier export."""

    help = (
        "Write the whole content as YAML files, which import_content reads. Of a live entry the "
        "live text, of others the last draft; a draft beside a live text is named and left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and a switch."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--force",
            action="store_true",
            help="Replace the folder whatever it holds: all that is in it is deleted.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, and say what. ``CommandError`` when nothing was written."""
        try:
            made = export(kinds())
            write_folder(made, options["folder"], force=options["force"])
        except (ExportError, OSError) as error:
            raise CommandError(f"Nothing was exported. {error}") from error
        self.stdout.write(f"{made.entries} entries in {len(made.files)} files.")
        for note in made.notes:
            self.stdout.write(f"  {note}")
