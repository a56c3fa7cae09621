"""`make quality`: how well search answers the queries of this folder, by kind.

Everything runs on this machine, on the starter content, in a database that is thrown away.
"""

from __future__ import annotations

import os
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import tests.environment  # noqa: F401


def main() -> None:
    """Prepare a site, ask every query, print the table of each set and what is not first."""
    with TemporaryDirectory(prefix="guide-quality-") as directory:
        os.environ["VAR_DIR"] = directory
        Path(directory, "static").mkdir()
        os.environ["DATABASE_URL"] = f"sqlite:///{directory}/guide.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tgsite.settings"
        _measure()


def _measure() -> None:
    import django

    django.setup()
    from bs4 import BeautifulSoup
    from django.core.management import call_command
    from django.test import Client

    from tests.search_quality.scoring import SETS, queries, score, table

    _say("Preparing a site with the starter content ...")
    call_command("migrate", verbosity=0)
    call_command("load_content", live_unreviewed=True, stdout=StringIO())
    client = Client()

    def fetch(address: str) -> BeautifulSoup:
        response = client.get(address, headers={"host": "localhost"})
        return BeautifulSoup(response.content, "html.parser")

    for name in SETS:
        scores, misses = score(queries(name), fetch)
        _say(f"\nQueries that were {name} while search was built:")
        for line in [*table(scores), *misses]:
            _say(line)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
