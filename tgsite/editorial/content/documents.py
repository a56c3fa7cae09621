"""Where content files come from: the program itself, a folder, a zip file. Nothing is believed.

What is too large, too much, not ours or not what it says is refused before anybody parses it.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from tgsite.editorial.content.errors import ContentError
from tgsite.editorial.content.registry import ContentKind

# Says that a folder or zip file is an export, and in which format.
MARK = "export.yaml"
MARK_TEXT = "format: 1\n"
# Bytes; a medicine's file has some 20,000.
LARGEST_FILE = 2_000_000
LARGEST_TOTAL = 16_000_000
LARGEST_ZIP = 5_000_000
MOST_FILES = 5_000
LONGEST_NAME = 120

_ZIP_BEGINS = b"PK\x03\x04"
# What the library raises for archives that are broken or made to break it.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    IndexError,
)


@dataclass(frozen=True)
class Document:
    """One file of a kind; ``name`` is how a fault names it."""

    kind: ContentKind
    name: str
    content: bytes


Documents = tuple[list[Document], list[ContentError]]


def packaged(kinds: Iterable[ContentKind]) -> Documents:
    """The starter content: the files that came with the program."""
    found, errors = [], []
    for kind in kinds:
        for file in kind.files() if kind.starter else []:
            app = kind.path.parent.parent
            name = f"{app.name}/{file.relative_to(app)}"
            try:
                found.append(Document(kind, name, file.read_bytes()))
            except OSError as error:
                errors.append(ContentError(name, "", "", str(error)))
    return found, errors


def from_folder(folder: Path, kinds: Iterable[ContentKind]) -> Documents:
    """The files of an export in a folder; what begins with a dot is left alone."""
    intake = _Intake(kinds)
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *folders]):
            path = Path(parent, name)
            place = path.relative_to(folder).as_posix()
            if path.is_symlink():
                intake.refuse(place, _("is a link to another place"))
            elif name in files and not name.startswith(".") and intake.wants(place):
                intake.take(place, _read(path, intake, place))
        if intake.full:
            break
    return intake.done()


def _read(path: Path, intake: _Intake, place: str) -> bytes | None:
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
        intake.refuse(place, _("is no file"))
    except OSError as error:
        intake.refuse(place, str(error.strerror))
    return None


def from_zip(file: IO[bytes], kinds: Iterable[ContentKind]) -> Documents:
    """The files of an export in a zip file, whatever its name or its sender calls it."""
    intake = _Intake(kinds)
    begins = file.read(len(_ZIP_BEGINS))
    file.seek(0, os.SEEK_END)
    if begins != _ZIP_BEGINS:
        intake.refuse("", _("This is no zip file."))
    elif file.tell() > LARGEST_ZIP:
        intake.refuse("", _("The zip file is larger than %d bytes.") % LARGEST_ZIP)
    else:
        try:
            with zipfile.ZipFile(file) as archive:
                _unpack(archive, intake)
        except _BROKEN:
            intake.refuse("", _("The zip file is broken."))
    return intake.done()


def _unpack(archive: zipfile.ZipFile, intake: _Intake) -> None:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        intake.refuse("", _("There are more than %d files.") % MOST_FILES)
        return
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if member.is_dir() and name.rstrip("/") in intake.folders:
            continue
        reason = _reason_against(member)
        # Some file systems take names that differ in capitals for one.
        if name.casefold() in seen:
            reason = _("stands in the zip file twice")
        seen.add(name.casefold())
        if reason:
            intake.refuse(name, reason)
        elif intake.wants(name):
            # The size that a member claims is not believed.
            with archive.open(member) as stream:
                intake.take(name, stream.read(LARGEST_FILE + 1))
        if intake.full:
            break


def _reason_against(member: zipfile.ZipInfo) -> str:
    if member.filename != member.orig_filename:
        return _("has a name that cannot be read")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _("is a link to another place")
    if member.flag_bits & 0x1:
        return _("is encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("is packed in a way that is not read here")
    return ""


class _Intake:
    """Takes files one by one, and refuses what is too much or has no place in an export."""

    def __init__(self, kinds: Iterable[ContentKind]) -> None:
        self.kinds = {kind.place: kind for kind in kinds}
        self.folders = {place.split("/")[0] for place in self.kinds}
        self.folders |= {place for place, kind in self.kinds.items() if kind.is_folder}
        self.found: list[Document] = []
        self.errors: list[ContentError] = []
        self.marked = False
        self.total = self.count = 0

    @property
    def full(self) -> bool:
        """Whether to read no more."""
        return self.total > LARGEST_TOTAL or self.count > MOST_FILES

    def refuse(self, name: str, reason: str) -> None:
        """Note why a file is not taken, its name cut and made printable."""
        shown = name[:LONGEST_NAME]
        self.errors.append(
            ContentError(shown if shown.isprintable() else ascii(shown), "", "", reason)
        )

    def wants(self, name: str) -> bool:
        """Whether an export has a file of this name; faults are noted."""
        self.count += 1
        if self.count > MOST_FILES:
            self.refuse("", _("There are more than %d files.") % MOST_FILES)
            return False
        if name == MARK or self._kind(name):
            return True
        self.refuse(name, _("is no file of an export: the guide's own files only"))
        return False

    def take(self, name: str, content: bytes | None) -> None:
        """Keep the content of a wanted file."""
        if content is None:
            return
        self.total += len(content)
        if len(content) > LARGEST_FILE:
            self.refuse(name, _("is larger than %d bytes") % LARGEST_FILE)
        elif self.total > LARGEST_TOTAL:
            self.refuse("", _("All files together have more than %d bytes.") % LARGEST_TOTAL)
        elif name == MARK:
            self.marked = True
            if content.decode("utf-8", "replace").split() != MARK_TEXT.split():
                self.refuse(name, _("was made by another version of this program"))
        elif kind := self._kind(name):
            self.found.append(Document(kind, name, content))

    def _kind(self, name: str) -> ContentKind | None:
        kind = self.kinds.get(name)
        if kind is not None:
            return None if kind.is_folder else kind
        parent, _slash, file = name.rpartition("/")
        kind = self.kinds.get(parent)
        return kind if kind and kind.is_folder and file.endswith(".yaml") else None

    def done(self) -> Documents:
        """What was taken, by name, and every fault."""
        if not self.marked and not self.errors:
            self.refuse(MARK, _("is missing: this is no export of a guide"))
        # In the order of the kinds, as the program's own files.
        places = list(self.kinds)
        self.found.sort(key=lambda one: (places.index(one.kind.place), one.name))
        return self.found, self.errors
