"""The small guide, and an entry that is not finished, go out and come in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from drugs.models import Drug
from tests.editorial.exchange import (
    export_to,
    import_from,
    pages,
    public_addresses,
    wipe,
)
from tests.editorial.small_guide import make_guide

pytestmark = pytest.mark.django_db


def test_guide_comes_back_the_same(tmp_path: Path) -> None:
    """Files byte for byte, and public pages."""
    make_guide()
    addresses = public_addresses()
    before, files = pages(addresses), export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    assert export_to(tmp_path / "two") == files
    assert pages(addresses) == before


def test_unfinished_draft_comes_back_unfinished(tmp_path: Path) -> None:
    """An export never fails for what an author has not written yet."""
    Drug(brand_name="Halfway", live=False).save()
    files = export_to(tmp_path / "one")
    wipe()
    import_from(tmp_path / "one", "--live-unreviewed")
    assert not Drug.objects.get(brand_name="Halfway").live
    assert export_to(tmp_path / "two") == files
