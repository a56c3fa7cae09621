"""A process of its own that publishes, to be killed in the middle: run as a module.

``prepare``: a live medicine and a draft of it. ``publish POINT MARKER``: publish the draft; at
POINT write the file MARKER and wait. ``publish``: publish it. ``look``: nothing. Each prints at its
end what readers and editors have then, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db.models.signals import post_save  # noqa: E402
from django.test import Client  # noqa: E402

from drugs.models import Drug, DrugSideEffect  # noqa: E402
from tests.factories import published_drug  # noqa: E402
from tgsite.editorial.models import ContentVersion, Publication  # noqa: E402
from tgsite.editorial.publication import entry_published  # noqa: E402
from tgsite.search.models import SearchDocument  # noqa: E402

SLUG = "killed-in-the-middle"
SECONDS_TO_WAIT = 120


def prepare() -> None:
    """A live medicine with a draft that changes words, rows and the address."""
    entry: Any = published_drug(slug=SLUG, brand_name="Oldname", summary="Old words.")
    entry.brand_name, entry.summary, entry.slug = "Newname", "New words.", f"{SLUG}-new"
    entry.side_effects = [DrugSideEffect(effect=f"new effect {n}", sort_order=n) for n in range(3)]
    entry.save_revision(clean=False)


def publish(point: str = "", marker: str = "") -> None:
    """Publish the draft; with a ``point`` never get beyond it."""

    def stop(**_kwargs: Any) -> None:
        Path(marker).write_text(point)
        time.sleep(SECONDS_TO_WAIT)

    if point == "rows":
        post_save.connect(stop, sender=DrugSideEffect, weak=False)
    elif point == "published":
        entry_published.connect(stop, weak=False)
    entry = Drug.objects.get()
    assert entry.latest_revision is not None
    entry.publish(entry.latest_revision, starter=True)


def print_state() -> None:
    """What readers and editors have."""
    entry = Drug.objects.get()
    draft: Any = entry.get_latest_revision_as_object()
    page = Client().get(f"/drugs/{entry.slug}/")
    found = {
        "row": [entry.slug, entry.brand_name, entry.summary, entry.live_revision_id],
        "rows": list(entry.side_effects.values_list("effect", flat=True)),
        "page": ["Old words." in page.text, "New words." in page.text],
        "search": list(SearchDocument.objects.values_list("url", "title")),
        "version": ContentVersion.current(),
        "publications": Publication.of(entry).count(),
        "draft": [draft.summary, [row.effect for row in draft.side_effects.all()]],
        "locked": entry.locked,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1] != "look":
        {"prepare": prepare, "publish": publish}[sys.argv[1]](*sys.argv[2:])
    print_state()
