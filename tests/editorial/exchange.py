"""Exports of a site, a site emptied, and imports: what the tests of the exchange share."""

from __future__ import annotations

import io
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, WorkflowState

from tests.conftest import forget
from tgsite.editorial.content import kinds
from tgsite.editorial.content.exporting import export
from tgsite.editorial.content.writing import as_yaml
from tgsite.editorial.models import (
    Contributor,
    LoadRecord,
    Publication,
    PublishedSlug,
    SignOff,
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
