"""The page for an unknown address, in development and production."""

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from tgsite.wsgi import application


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
@pytest.mark.parametrize("query", ["/drugs/?q=her", "/sitemap.xml?p=1"])
def test_a_claimed_charset_is_no_error(db: None, query: str, charset: str) -> None:
    path, query_string = query.split("?")
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query_string,
        "CONTENT_TYPE": f"text/html; charset={charset}; x=1",
        "HTTP_HOST": "testserver",
    }
    setup_testing_defaults(environ)
    statuses: list[str] = []
    list(application(environ, lambda status, *_rest: statuses.append(status)))
    assert statuses == ["200 OK"]


def test_a_post_from_elsewhere_shows_the_way_on(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/drugs/")
    assert response.status_code == 403
    assert 'href="/drugs/"' in response.text
