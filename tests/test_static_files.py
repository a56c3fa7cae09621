"""The style sheets become one file when static files are collected, and keep their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from pytest_django import Settings

STYLES = Path(configured.BASE_DIR) / "tgsite" / "static" / "css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);')


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """The folder into which the project's static files are collected as in production."""
    settings.STATIC_ROOT = tmp_path
    # Without those of Wagtail, thousands that are none of ours.
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [STYLES.parent]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "tgsite.static_files.BundledStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.mark.parametrize("sheet", ["site", "admin"])
def test_one_file_holds_every_imported_style_in_order(collected: Path, sheet: str) -> None:
    imported = IMPORT.findall((STYLES / f"{sheet}.css").read_text())
    assert len(imported) > 5
    bundles = list((collected / "css").glob(f"{sheet}*.css"))
    assert bundles
    for bundle in bundles:
        text = bundle.read_text()
        assert "@import" not in text
        places = [text.index((STYLES / name).read_text().strip()) for name in imported]
        assert places == sorted(places)


@pytest.mark.parametrize(("sheet", "folder"), [("site", "components"), ("admin", "admin")])
def test_every_component_s_style_is_imported(sheet: str, folder: str) -> None:
    imported = set(IMPORT.findall((STYLES / f"{sheet}.css").read_text()))
    there = {f"{folder}/{path.name}" for path in (STYLES / folder).glob("*.css")}
    assert there <= imported


def test_collecting_again_bundles_anew(collected: Path, settings: Settings) -> None:
    """A bundle that stands there is never taken for its source."""
    (collected / "css" / "site.css").write_text("stale")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert "stale" not in (collected / "css" / "site.css").read_text()
