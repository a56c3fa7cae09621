"""`manage.py rebuild_search`: write the table of search anew from what is live."""

from typing import Any

from django.core.management.base import BaseCommand

from tgsite.search.index import rebuild


class Command(BaseCommand):
    """For a restored backup, or after a change of what entries are found by."""

    help = "Write the search index anew from the live entries, all or nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rebuild, and say how many rows there are."""
        self.stdout.write(f"{rebuild()} entries can be found.")
