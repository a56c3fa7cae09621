"""Compare the pages of the medicines with a folder of fact files, by hand before a release.

``DEBUG=1 VAR_DIR=… python -m tests.against_facts FOLDER`` reads ``drugs-*.yaml`` and
``numbers-*.yaml`` of the folder and asks the site, as it is loaded in that VAR_DIR, for each page.
It prints what of the facts no page shows (uses, boxed warnings, forms, biosimilars, help with cost)
and every figure of a page that the facts do not hold, and ends with their number.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import yaml
from bs4 import BeautifulSoup, Tag

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tgsite.settings")
django.setup()

from django.test import Client  # noqa: E402  # Django is set up first

from drugs.models import Drug  # noqa: E402

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# The number to call, the fever limit, the likely range, and days that count the page's own text.
OF_THE_SITE = frozenset({"911", "100.4", "38", "95", "100"})
# Names, addresses, dates and telephone numbers, and drawings whose words stand beside them.
NO_FIGURES = (
    "#sources, #about-this-page, #labels, #cost, #someone-to-talk-to, #read-on, #what-changed, "
    ".breadcrumbs, .notice, .print-only, .print-line, .cycle, .definition"
)
Facts = dict[str, Any]


def read(folder: Path, pattern: str, key: str) -> dict[str, Facts]:
    """Slug -> facts of one medicine, every value as the text that stands in the file."""
    found: dict[str, Facts] = {}
    for path in sorted(folder.glob(pattern)):
        # The loader that turns nothing into a number: 92.0 stays 92.0.
        listed = yaml.load(path.read_text(), Loader=yaml.BaseLoader)[key]  # noqa: S506
        found |= {one["slug"]: one for one in listed}
    return found


def texts(value: Any) -> Iterator[str]:
    """Every text inside ``value``."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    else:
        yield str(value)


def figures(text: str) -> set[str]:
    """The numbers of ``text``, without commas."""
    return {one.replace(",", "").rstrip(".") for one in FIGURE.findall(text)}


def words(text: str) -> set[str]:
    """Its words of four letters and more."""
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def faults(drug: Drug, main: Tag, facts: Facts, known: set[str]) -> Iterator[str]:
    """What is missing on one page, and which of its figures nothing supports."""
    page = " ".join(main.get_text(" ").split()).lower()
    yield from _of_uses(drug, page, facts["indications"])
    box = main.find(id="boxed-warnings")
    shown = len(box.find_all("li")) or len(box.find_all("p")) - 1 if isinstance(box, Tag) else 0
    if shown < len(facts.get("boxed_warnings") or []):
        yield f"boxed warnings: {facts['boxed_warnings']}"
    routes = {form.route for form in drug.forms.all()}
    if routes != {form["route"] for form in facts["forms"]}:
        yield f"forms: {routes}"
    named = [one[key] for one in facts.get("biosimilars") or [] for key in ("brand", "generic")]
    named += [re.sub(r"\s*\(.*?\)", "", one["program"]) for one in facts.get("assistance") or []]
    yield from (f"not on the page: {name}" for name in named if name.strip().lower() not in page)
    yield from _unknown_figures(main, known)


def _of_uses(drug: Drug, page: str, facts: list[Facts]) -> Iterator[str]:
    uses = list(drug.indications.all())
    if len(uses) != len(facts):
        yield f"{len(facts)} uses in the facts, {len(uses)} in the record"
    for use, fact in zip(uses, facts, strict=False):
        for name in ("setting", "her2", "mutations"):
            if sorted(getattr(use, name)) != sorted(fact.get(name) or []):
                yield f"{use.summary}: {name}"
        if use.status != fact["status"] or use.summary.lower() not in page:
            yield f"{use.summary}: status, or not on the page"
        missing = words(" ".join(fact.get("given_with") or [])) - words(page)
        if missing:
            yield f"{use.summary}: given with {sorted(missing)}"


def _unknown_figures(main: Tag, known: set[str]) -> Iterator[str]:
    for part in main.select(NO_FIGURES):
        part.decompose()
    text = " ".join(main.get_text(" ").split())
    for figure in sorted(figures(text) - known - OF_THE_SITE):
        place = text.replace(",", "").find(figure)
        yield f"figure {figure}: {text[max(0, place - 60) : place + 40]}"


def main(folder: Path) -> int:
    """Print the faults of every medicine; their number."""
    facts = read(folder, "drugs-*.yaml", "drugs")
    numbers = read(folder, "numbers-*.yaml", "numbers")
    shared = {one for path in ("education.yaml", "classes.yaml") for one in _all(folder / path)}
    client, count = Client(headers={"host": "127.0.0.1"}), 0
    for drug in Drug.objects.live().order_by("brand_name"):
        page = BeautifulSoup(client.get(drug.get_absolute_url()).content, "html.parser").main
        assert page is not None
        known = shared | {
            one
            for source in (facts[drug.slug], numbers.get(drug.slug, {}))
            for text in texts(source)
            for one in figures(text)
        }
        found = list(faults(drug, page, facts[drug.slug], known))
        count += len(found)
        lines = [f"{drug.brand_name}: {len(found) or 'nothing missing, no figure of its own'}"]
        sys.stdout.write("\n    ".join([*lines, *found]) + "\n")
    return count


def _all(path: Path) -> set[str]:
    return figures(path.read_text())


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
