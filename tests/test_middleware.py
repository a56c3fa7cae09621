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


@pytest.mark.parametrize(
    "charset", ["base64", "rot13", "punycode", "undefined", "utf-16", "x" * 99]
)
@pytest.mark.parametrize("address", ["/drugs/?q=her", "/sitemap.xml?p=1"])
def test_a_claimed_charset_is_no_error(
    client: Client, db: None, address: str, charset: str
) -> None:
    response = client.get(address, headers={"Content-Type": f"text/html; charset={charset}"})
    assert response.status_code == 200


def test_a_post_from_elsewhere_shows_the_way_on(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/drugs/")
    assert response.status_code == 403
    assert 'href="/drugs/"' in response.text
