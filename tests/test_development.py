"""The page that shows every component: complete, and in development only."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.test.signals import template_rendered
from pytest_django import Settings

ADDRESS = "/development/components/"
COMPONENTS = Path(configured.BASE_DIR) / "templates" / "components"


def test_it_is_not_there_outside_development(client: Client, db: None) -> None:
    assert client.get(ADDRESS).status_code == 404


def test_it_shows_every_component(
    client: Client, settings: Settings, starter_content: None
) -> None:
    settings.DEBUG = True
    shown: set[str] = set()

    def note(template: object, **_kwargs: object) -> None:
        shown.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    try:
        response = client.get(ADDRESS)
    finally:
        template_rendered.disconnect(note)
    assert response.status_code == 200
    there = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert there - shown == set()


@pytest.mark.django_db
def test_it_stands_without_any_content(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    assert client.get(ADDRESS).status_code == 200
