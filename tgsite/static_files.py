"""Static files for production: hashed, compressed, and the style sheets in one file.

Each component has a style sheet of its own, and `css/site.css` imports them in order. A browser
would ask for each; so `collectstatic` puts them into the one file that imports them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css", "css/admin.css")
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, with imported style sheets inlined."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """As usual, after the bundles were made. ``paths``: name -> (storage, path) of a source."""
        if not dry_run:
            for name in BUNDLES:
                if name in paths:
                    bundle = self._bundled(name, paths)
                    self.delete(name)
                    self.save(name, ContentFile(bundle.encode()))
                    paths = paths | {name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)

    def _bundled(self, name: str, paths: dict[str, Any]) -> str:
        """The style sheet with each import replaced by what it names.

        ``ValueError`` for a missing file, or for an address in an imported one, which would be
        read from another folder.
        """
        storage, path = paths[name]
        with storage.open(path) as file:
            text: str = file.read().decode()

        def imported(match: re.Match[str]) -> str:
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
            if other not in paths:
                raise ValueError(f"{name} imports {match[1]}, which is not there")
            inner = self._bundled(other, paths)
            if "url(" in inner:
                raise ValueError(f"{other} names a file by url(): bundling would break it")
            return inner

        return _IMPORT.sub(imported, text)
