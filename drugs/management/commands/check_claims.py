"""`manage.py check_claims`: every sentence of a live page that the records contradict."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst

from drugs.claims.entries import contradictions
from tgsite.editorial.checks.run import one_run
from tgsite.editorial.models import entry_models


class Command(BaseCommand):
    """For editors and for the build: prints what it finds, fails if there is anything."""

    help = (
        "Print every sentence of a live page that pairs a medicine with a subtype, setting, route "
        "or approval that its record does not have (rule C11). Ends with an error if there is one."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print. ``CommandError`` if a sentence contradicts a record."""
        pages = found = 0
        for model in entry_models():
            for entry in model.objects.live().order_by("slug"):
                pages += 1
                with one_run():
                    for one in contradictions(entry):
                        found += 1
                        kind = capfirst(str(model._meta.verbose_name))
                        self.stdout.write(
                            f"{kind} {entry.slug}, {one.passage.section}: “{one.sentence}” "
                            f"{one.reason}"
                        )
        self.stdout.write(f"{pages} pages, {found} sentences against the records.")
        if found:
            raise CommandError("Some pages contradict the records.")
