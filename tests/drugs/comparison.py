"""Medicines of the small guide side by side: what the page shows and keeps."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

from drugs.models import Drug
from tests.editorial.small_guide import words
from tests.factories import publish

EMPTY = "/drugs/compare/"
PAIR = "/drugs/compare/?drug=alpha&drug=gamma"


def change(slug: str, /, **changes: Any) -> Drug:
    """Publish a medicine of the guide with ``changes``."""
    return publish(Drug.objects.get(slug=slug), **changes)  # type: ignore[return-value]


def shown(soup: BeautifulSoup) -> list[str]:
    """The medicines side by side, by brand and generic name, in order."""
    return [words(th) for th in soup.select("#names thead th")]


def cells(soup: BeautifulSoup, section: str) -> list[str]:
    """What one topic says of each medicine, with its name first."""
    return [words(td) for td in soup.select(f"#{section} > table td")]


def section(soup: BeautifulSoup, key: str) -> Tag:
    """One topic."""
    found = soup.find(id=key)
    assert isinstance(found, Tag)
    return found


def message(soup: BeautifulSoup) -> str:
    """What the page says of the address."""
    found = soup.select_one(".masthead .notice")
    return words(found) if found else ""


def hidden_inputs(soup: BeautifulSoup) -> list[str]:
    """The medicines that the form keeps."""
    return [str(one["value"]) for one in soup.select("form input[type=hidden][name=drug]")]


def options(soup: BeautifulSoup) -> list[str]:
    """The medicines that the form offers."""
    return [str(one["value"]) for one in soup.select("select[name=drug] option") if one["value"]]
