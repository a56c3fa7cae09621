"""The page for an unknown address, in development and production."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings


@pytest.mark.parametrize("debug", [True, False], ids=["development", "production"])
def test_an_unknown_address_shows_the_way_on(
    client: Client, db: None, settings: Settings, debug: bool
) -> None:
    settings.DEBUG = debug
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    links = {
        link["href"] for link in BeautifulSoup(response.content, "html.parser").select("main a")
    }
    assert {"/drugs/", "/classes/"} <= links
