"""The system's Chromium, for tests and pictures."""

from __future__ import annotations

import shutil

# The shell is Chromium without its own windows, which cost as much as the pages do.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
MISSING = "Chromium is not installed (Debian: apt-get install chromium-headless-shell)"


def chromium_path() -> str | None:
    """Where it is, if anywhere."""
    return next(filter(None, map(shutil.which, _NAMES)), None)
