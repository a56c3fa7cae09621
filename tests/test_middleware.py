"""The page for an unknown address, in development and production."""

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from bs4 import BeautifulSoup
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from pytest_django import Settings

from tgsite.wsgi import application, without_charset


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


@pytest.mark.parametrize("charset", ["base64", "rot13", "punycode", "undefined", "utf-16"])
def test_a_claimed_charset_is_no_error(charset: str) -> None:
    environ: dict[str, Any] = {
        "QUERY_STRING": "q=her",
        "CONTENT_TYPE": f"text/html; charset={charset}; x=1",
    }
    setup_testing_defaults(environ)
    read: list[dict[str, str]] = []

    def reader(environ: dict[str, Any], _start: Any) -> list[bytes]:
        read.append(WSGIRequest(environ).GET.dict())
        return []

    without_charset(reader)(environ, lambda *_args: None)
    assert read == [{"q": "her"}]


def test_the_site_is_served_behind_that_guard() -> None:
    assert application.__qualname__.startswith(without_charset.__name__)


def test_a_post_from_elsewhere_shows_the_way_on(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/drugs/")
    assert response.status_code == 403
    assert 'href="/drugs/"' in response.text
