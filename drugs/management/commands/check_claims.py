"""`manage.py check_claims`: every sentence of a live page that the records contradict."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst

from drugs.claims.entries import contradicting_pages


class Command(BaseCommand):
    """For editors and for the build: prints what it finds, fails if there is anything."""

    help = (
        "Print every sentence of a live page that pairs a medicine with a subtype, setting, route "
        "or approval that its record does not have (rule C11). Ends with an error if there is one."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print. ``CommandError`` if a sentence contradicts a record."""
        pages = contradicting_pages()
        for page in pages:
            kind = capfirst(str(page.model._meta.verbose_name))
            for line in page.lines:
                self.stdout.write(
                    f"{kind} {page.name}, {line.place}: “{line.sentence}” {line.reason}"
                )
        if pages:
            raise CommandError(f"{len(pages)} pages contradict the records.")
        self.stdout.write("No page contradicts the records.")
