"""The whole content as files: what `import_content` reads, byte for byte the same each time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tgsite.editorial.content import facts, reading
from tgsite.editorial.content.documents import MARK, MARK_TEXT
from tgsite.editorial.content.registry import ContentKind
from tgsite.editorial.content.writing import as_yaml
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.plain import mapping

# The earliest day a zip file knows: the same content makes the same file.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


class ExportError(Exception):
    """Nothing was written; the message says why."""


@dataclass
class Export:
    """Path in the export -> its bytes, by kind; ``notes`` say what is not in it."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    entries: int = 0
    # What stands in the folder itself, beside the mark.
    tops: set[str] = field(default_factory=set)


def export(kinds: Iterable[ContentKind]) -> Export:
    """Every entry of ``kinds``: of a live one the live text, of others the last draft.

    ``ExportError`` if a file would not be read again as it is.
    """
    made = Export({MARK: MARK_TEXT.encode()})
    for kind in kinds:
        made.tops.add(kind.place.split("/")[0])
        found = sorted(
            (_values(kind, row, made) for row in kind.model._default_manager.order_by("pk")),
            key=itemgetter(*kind.identity),
        )
        made.entries += len(found)
        if kind.is_folder:
            for values in found:
                _add(made, f"{kind.place}/{values['slug']}.yaml", values)
        elif found:
            _add(made, kind.place, found)
    return made


def _add(made: Export, name: str, values: Any) -> None:
    if name in made.files:
        raise ExportError(_("Two entries would have the file %s.") % name)
    content = as_yaml(values)
    try:
        same = reading.parse(content) == values
    except ValueError as error:
        raise ExportError(f"{name}: {error}") from error
    if not same:
        raise ExportError(_("%s would not be read again as it is.") % name)
    made.files[name] = content


def slug_of(entry: Any) -> str:
    """What an entry is named by in a file; a draft without an address is named by its number."""
    return str(entry.slug or f"draft-{entry.pk}")


def _values(kind: ContentKind, row: models.Model, made: Export) -> dict[str, Any]:
    if not kind.has_slugs:
        return mapping(row)
    text: Any = row
    more: dict[str, Any] = {}
    if isinstance(row, EditorialModel):
        text = _text(row)
        more = facts.written(row, text, slug_of)
        waiting = row.scheduled_revision
        if waiting and (row.live or waiting.pk != row.latest_revision_id):
            made.notes.append(
                _("The approved text that waits for its day is not exported: %s.") % row
            )
        elif row.live and row.has_unpublished_changes:
            made.notes.append(_("The draft beside the live text is not exported: %s.") % row)
        if not row.slug:
            made.notes.append(
                _("A draft without an address gets one: %(entry)s, %(slug)s.")
                % {"entry": row, "slug": slug_of(row)}
            )
    values = mapping(text, slug_of)
    first = {"slug": slug_of(row)} | ({"live": False} if "live" in more else {})
    # The address is the row's: what others link to, whatever a draft proposes.
    return first | {name: value for name, value in (values | more).items() if name not in first}


def _text(row: EditorialModel) -> EditorialModel:
    """The live text, or the last draft of what is not live."""
    revision = row.live_revision if row.live else row.latest_revision
    text: EditorialModel = revision.as_object() if revision else row
    return text


def as_zip(made: Export) -> bytes:
    """One zip file; the same content gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.files.items():
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def write_folder(made: Export, folder: Path, *, force: bool = False) -> None:
    """Put the files in ``folder``, in the place of an earlier export: all of them or none.

    ``ExportError`` for a folder that holds anything else, unless ``force`` gives it up.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ExportError(_("%s is no folder.") % folder)
    strange = _not_ours(made, folder)
    if strange and not force:
        raise ExportError(
            _("%(folder)s holds what no export wrote: %(names)s. Choose another folder.")
            % {"folder": folder, "names": ", ".join(strange)}
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as work:
        new, old = Path(work, "new"), Path(work, "old")
        for name, content in made.files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _swap(new, folder, old)


def _not_ours(made: Export, folder: Path) -> list[str]:
    """Names in ``folder`` that no export writes; all of them where there is no mark."""
    found = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if MARK not in found:
        return found[:5]
    return [name for name in found if name not in {MARK, *made.tops}][:5]


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put ``new`` in the place of ``folder``; put that back if it fails."""
    there = folder.exists()
    if there:
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if there:
            old.rename(folder)
        raise
