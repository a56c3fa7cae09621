"""Exports of a site, a site emptied, and imports: what the tests of the exchange share."""

from __future__ import annotations

import io
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, WorkflowState

from drugs.models import OtherMedicine
from tests.editorial.people import client_of, manager
from tests.editorial.states import everything
from tests.factories import (
    ContributorFactory,
    DrugClassFactory,
    publish,
    published_article,
    published_drug,
)
from tests.remembering import forget
from tgsite.editorial.content import kinds
from tgsite.editorial.content.exporting import export
from tgsite.editorial.content.writing import as_yaml
from tgsite.editorial.models import (
    Contributor,
    LoadRecord,
    Publication,
    PublishedSlug,
    RetiredPublisher,
    SignOff,
    SiteSettings,
    WordRule,
    entry_models,
)

FIXED = [
    "home",
    "drugs:drug_list",
    "drugs:compare",
    "drugs:class_list",
    "drugs:side_effect_list",
    "education:article_list",
    "education:glossary",
    "about",
    "updates",
]


ALPHA = "drugs/medicines/alpha.yaml"
TABLES = (*entry_models(), Contributor, OtherMedicine, SiteSettings, SignOff, Publication)
TABLES += (WordRule, RetiredPublisher)
WORDS, RETIRED = "editorial/words.yaml", "editorial/retired_publishers.yaml"


def export_to(folder: Path, *arguments: str) -> dict[str, bytes]:
    """Run the command; path in the export -> its bytes."""
    call_command("export_content", str(folder), *arguments, stdout=StringIO())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def import_from(source: Path, *arguments: str) -> str:
    """Run the command; returns what it prints."""
    out = StringIO()
    call_command("import_content", str(source), *arguments, stdout=out)
    return out.getvalue()


def exported() -> dict[str, Any]:
    """Path in an export of the site as it is -> the values of the file."""
    return {name: yaml.safe_load(content) for name, content in export(kinds()).files.items()}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write an export: bytes and texts as they stand, other values as YAML."""
    for name, values in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(values))
    return folder


def as_bytes(values: Any) -> bytes:
    """A file's bytes."""
    if isinstance(values, bytes):
        return values
    return values.encode() if isinstance(values, str) else as_yaml(values)


def zipped(files: dict[str, Any]) -> bytes:
    """An export as one zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, values in files.items():
            archive.writestr(name, as_bytes(values))
    return buffer.getvalue()


def wipe() -> None:
    """A site without any content, as if it was just set up: the word lists come with it."""
    for bookkeeping in (SignOff, Publication, PublishedSlug, LoadRecord, WorkflowState):
        bookkeeping.objects.all().delete()
    for kind in kinds():
        if kind.model not in (Contributor, WordRule):
            kind.model._default_manager.all().delete()
    Contributor.objects.all().delete()
    Revision.objects.all().delete()
    forget()


def make_small_site() -> None:
    """A live medicine that no clinician has read, in a guide of a few entries."""
    blue = publish(DrugClassFactory(slug="blue"))
    for slug in ("beta", "delta"):
        published_drug(slug=slug)
    published_article(slug="reading-a-report", authors=[ContributorFactory(slug="wanda")])
    published_drug(slug="alpha", classes=[blue])


def refusal(source: Path, *arguments: str) -> str:
    """What the refused import says; nothing was stored."""
    before = everything(*TABLES)
    with pytest.raises(CommandError) as refused:
        import_from(source, *arguments)
    assert everything(*TABLES) == before
    return str(refused.value)


def edit_the_lists() -> None:
    """In the admin: another word, a word that came with the program changed, a publisher gone."""
    client = client_of(manager())
    word = {"word_list": "tone", "phrase": "game-over", "reason": "It frightens.", "better": "end"}
    assert client.post(reverse("wordrule:add"), word).status_code == 302
    known = WordRule.objects.get(word_list="tone", phrase="journey")
    values = word | {"phrase": "journey", "better": "months of treatment"}
    assert client.post(reverse("wordrule:edit", args=[known.pk]), values).status_code == 302
    gone = {"domain": "old.example", "reason": "It closed.", "since": "2026-05-01"}
    assert client.post(reverse("retired_publishers:add"), gone).status_code == 302


def public_addresses() -> list[str]:
    """Every public page: the fixed ones, each live entry and person, old addresses, the sitemap."""
    found = [reverse(name) for name in FIXED]
    for model in entry_models():
        found += [entry.get_absolute_url() for entry in model.objects.live()]
    found += [one.get_absolute_url() for one in Contributor.objects.all()]
    for one in PublishedSlug.objects.all():
        entry: Any = one.entry
        # The same address with the other slug.
        found.append(entry.get_absolute_url().replace(entry.slug, one.slug))
    return sorted({*found, "/sitemap.xml", "/about/this-guide/", "/about/where-to-ask/"})


def pages(addresses: list[str]) -> dict[str, tuple[int, str, bytes]]:
    """Address -> status, where it leads and the page, each made anew."""
    forget()
    client = Client()
    found = {}
    for address in addresses:
        response = client.get(address)
        found[address] = (
            response.status_code,
            response.headers.get("Location", ""),
            response.content,
        )
    return found
