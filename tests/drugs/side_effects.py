"""Medicines that can cause a side effect, and what its page says of them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from drugs.models import DrugSideEffect, SideEffect

RASH = "/side-effects/rash/"


def causing(effect: SideEffect | None, text: str = "skin rash", **changes: Any) -> list[Any]:
    """The side effects of a medicine: one row with ``text``, explained by ``effect``."""
    return [DrugSideEffect(effect=text, explained_by=effect, **changes)]


def medicines_on(soup: BeautifulSoup) -> list[str]:
    """The addresses of the medicines that can cause it, in the order of the page."""
    return [str(link["href"]) for link in soup.select("#medicines a[href^='/drugs/']")]
