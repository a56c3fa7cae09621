"""What holds for the whole site: headers, cookies, methods, errors, robots, sitemap, logs."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client, RequestFactory

from drugs import catalogue
from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tests.conftest import Page
from tests.editorial.people import account
from tests.editorial.small_guide import Guide, parsed, words
from tests.factories import ContributorFactory, publish
from tests.remembering import forget
from tgsite.editorial.models import EditorialModel
from tgsite.logs import FormatterWithoutQueries, without_query
from tgsite.views import ABOUT_PAGES

pytestmark = pytest.mark.usefixtures("guide", "db")

ABOUT = tuple(f"/about/{slug}/" for slug in ABOUT_PAGES)
HTML_PAGES = (
    "/",
    "/drugs/",
    "/drugs/?her2=negative&setting=early",
    "/drugs/?her2=equivocal",
    "/drugs/?page=99",
    "/drugs/alpha/",
    "/drugs/compare/",
    "/drugs/compare/?drug=alpha&drug=beta&drug=no-such",
    "/classes/",
    "/classes/blue/",
    "/side-effects/",
    "/side-effects/rash/",
    "/learn/",
    "/learn/?topic=tests",
    "/learn/?kind=no-such",
    "/learn/reading-a-report/",
    "/glossary/",
    "/glossary/protein/",
    "/contributors/wanda/",
    "/updates/",
    "/updates/?page=99",
    "/about/",
    *ABOUT,
)
FILES = (
    "/updates/feed/",
    "/drugs/alpha/feed/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
)
NOT_FOUND = (
    "/no-such/",
    "/drugs/no-such/",
    "/drugs/no-such/feed/",
    "/about/no-such/",
    "/classes/no-such/",
    "/side-effects/no-such/",
    "/learn/no-such/",
    "/glossary/no-such/",
    "/contributors/no-such/",
)
TOO_MUCH = "/drugs/?" + "&".join(["secretword=1"] * 6000)
ANSWERS = (*HTML_PAGES, *FILES, *NOT_FOUND, TOO_MUCH)


def short(address: object) -> str:
    """A readable id of a test."""
    return str(address)[:40]


# --- Headers and cookies


@pytest.mark.parametrize("address", ANSWERS, ids=short)
def test_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["form-action"] == policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")
    assert headers["X-Frame-Options"] in ("SAMEORIGIN", "DENY")
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/drugs/alpha/", "/drugs/no-such/"])
@pytest.mark.parametrize("debug", [False, True])
def test_security_headers_are_the_same_in_development(
    client: Client, settings: Any, address: str, debug: bool
) -> None:
    settings.DEBUG = debug
    headers = client.get(address).headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ANSWERS, ids=short)
def test_answer_sets_no_cookie_and_varies_on_none(client: Client, address: str) -> None:
    """J1: and so one cached page serves everybody."""
    response = client.get(address)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("address", HTML_PAGES, ids=short)
def test_page_is_the_same_for_an_editor(client: Client, address: str) -> None:
    """J1: a public page asks nobody who they are."""
    before = client.get(address)
    client.force_login(account("admin", "administrator"))
    forget()
    after = client.get(address)
    assert after.content == before.content
    assert "cookie" not in after.headers.get("Vary", "").lower()
    assert "Set-Cookie" not in after.headers


@pytest.mark.parametrize("address", [*HTML_PAGES, *NOT_FOUND, TOO_MUCH], ids=short)
def test_page_needs_nothing_that_its_policy_forbids(client: Client, address: str) -> None:
    """No inline script or style, no address of a third party (J1).

    A data block is no script: no browser runs it, and the policy does not ask about it.
    """
    soup = parsed(client.get(address))
    assert not soup.find_all("style")
    inline = [tag for tag in soup.find_all("script") if not tag.get("src")]
    assert not [tag for tag in inline if tag.attrs != {"type": "application/ld+json"}]
    assert len(inline) <= 1
    assert all(tag.get("type") == "module" for tag in soup.select("script[src]"))
    assert not [
        (tag.name, name)
        for tag in soup.find_all(True)
        for name in tag.attrs
        if name == "style" or name.startswith("on")
    ]
    loaded = [tag.get("src") for tag in soup.find_all(["script", "img", "iframe", "source"])]
    # A canonical address is a name that nothing fetches.
    loaded += [tag.get("href") for tag in soup.select("link:not([rel=canonical])")]
    assert all(str(one).startswith(("/", "data:")) for one in loaded if one)
    assert not [one for one in loaded if str(one).startswith("//")]


@pytest.mark.parametrize("address", [*HTML_PAGES, *NOT_FOUND], ids=short)
def test_page_has_language_title_and_one_main(client: Client, address: str) -> None:
    """I4 and the landmarks."""
    soup = parsed(client.get(address))
    assert soup.html is not None
    assert str(soup.html["lang"]).startswith("en")
    assert soup.title is not None
    assert words(soup.title)
    assert len(soup.find_all("main")) == len(soup.find_all("h1")) == 1


@pytest.mark.parametrize("address", HTML_PAGES, ids=short)
def test_every_link_of_a_page_leads_somewhere(client: Client, address: str) -> None:
    soup = parsed(client.get(address))
    inside = {str(link["href"]).partition("#")[0] for link in soup.select("a[href^='/']")}
    assert inside
    broken = [one for one in sorted(inside) if client.get(one).status_code != 200]
    assert not broken
    anchors = [str(link["href"])[1:] for link in soup.select("a[href^='#']")]
    assert not [name for name in anchors if not soup.find(id=name)]


# --- Methods


@pytest.mark.parametrize("address", [*HTML_PAGES, *FILES], ids=short)
def test_head_answers_like_get_without_a_body(client: Client, address: str) -> None:
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Type"] == client.get(address)["Content-Type"]


@pytest.mark.parametrize("checks", [True, False], ids=["with-csrf", "without-csrf"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/drugs/",
        "/drugs/alpha/",
        "/classes/blue/",
        "/side-effects/rash/",
        "/learn/",
        "/learn/reading-a-report/",
        "/glossary/",
        "/glossary/protein/",
        "/contributors/wanda/",
        "/updates/",
        "/updates/feed/",
        "/drugs/alpha/feed/",
        "/about/",
        "/about/where-to-ask/",
        "/robots.txt",
    ],
)
def test_public_page_refuses_to_be_written_to(method: str, address: str, checks: bool) -> None:
    client = Client(enforce_csrf_checks=checks)
    response = getattr(client, method)(address, {"q": "x"}, content_type="application/json")
    assert response.status_code in (403, 405)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("method", ["options", "trace"])
def test_other_methods_are_no_error(client: Client, method: str) -> None:
    for address in HTML_PAGES:
        assert getattr(client, method)(address).status_code in (200, 405)


def test_get_with_a_body_is_answered(client: Client) -> None:
    response = client.generic("GET", "/drugs/", b"her2=positive", "application/json")
    assert response.status_code == 200


# --- Errors


@pytest.mark.parametrize("address", [*NOT_FOUND, TOO_MUCH], ids=short)
def test_error_page_has_a_way_on(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    links = {str(link["href"]) for link in parsed(response).select("main a[href]")}
    assert links & {"/", "/drugs/"}
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/drugs//", "/%00", "/drugs", "/classes", "/%2e%2e/%2e%2e/etc/passwd", "/ÿ/", "/..;/"],
)
def test_strange_address_is_no_error(client: Client, address: str) -> None:
    assert client.get(address).status_code in (301, 302, 400, 404)


def test_unknown_host_is_a_bad_request(client: Client) -> None:
    assert client.get("/drugs/", headers={"host": "evil.example"}).status_code == 400


def test_failure_of_a_page_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("secretword")

    monkeypatch.setattr(catalogue, "current", fail)
    response = Client(raise_request_exception=False).get("/drugs/?q=x")
    assert response.status_code == 500
    assert "secretword" not in response.content.decode()
    assert len(parsed(response).find_all("h1")) == 1
    assert not response.cookies


# --- Home, health, robots, sitemap


def test_home_asks_for_the_diagnosis_and_leads_to_the_list(page: Page) -> None:
    soup = page("/")
    (form,) = [one for one in soup.find_all("form") if one.find(attrs={"name": "her2"})]
    assert form["action"] == "/drugs/"
    assert str(form.get("method", "get")).lower() == "get"
    names = {one.get("name") for one in form.find_all(["input", "select"])}
    assert {"hormone_receptor", "her2", "setting", "mutation"} <= names


def test_home_shows_the_three_newest_changes_the_last_first(page: Page) -> None:
    for slug in ("beta", "gamma", "delta"):
        publish(Drug.objects.get(slug=slug))
    soup = page("/")
    found = [words(one) for one in soup.select("section[aria-labelledby=updates] li")]
    assert [text.split()[0] for text in found] == ["Delta", "Gamma", "Beta"]
    assert soup.select("section[aria-labelledby=updates] a[href='/updates/']")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_checks_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_robots_keep_crawlers_from_the_admin_and_from_answers(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    answers = ("/drugs/?", "/drugs/compare/?", "/learn/?")
    assert {f"Disallow: {address}" for address in answers} <= set(lines)
    assert f"Sitemap: {site.SITE_URL}/sitemap.xml" in lines


def in_sitemap(client: Client) -> set[str]:
    """The addresses of the sitemap."""
    return set(re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode()))


def paths_in_sitemap(client: Client) -> set[str]:
    """The same without scheme and host."""
    return {address.removeprefix(site.SITE_URL) for address in in_sitemap(client)}


FIXED = {
    "/",
    "/drugs/",
    "/drugs/compare/",
    "/classes/",
    "/side-effects/",
    "/learn/",
    "/glossary/",
    "/updates/",
    "/about/",
    *ABOUT,
}
# One entry of each kind: its page and its row.
ENTRIES: dict[str, tuple[type[EditorialModel], str]] = {
    "/drugs/alpha/": (Drug, "alpha"),
    "/classes/blue/": (DrugClass, "blue"),
    "/side-effects/rash/": (SideEffect, "rash"),
    "/learn/reading-a-report/": (Article, "reading-a-report"),
    "/glossary/protein/": (GlossaryTerm, "protein"),
}


def test_sitemap_of_a_public_site_without_reviews_lists_the_fixed_pages(client: Client) -> None:
    assert paths_in_sitemap(client) == FIXED


@pytest.mark.parametrize("address", ENTRIES)
def test_sitemap_of_a_public_site_lists_reviewed_entries_only(client: Client, address: str) -> None:
    model, slug = ENTRIES[address]
    model.objects.filter(slug=slug).update(
        reviewed_by=ContributorFactory(), reviewed_on=date(2026, 1, 1), review_due=date(2026, 7, 1)
    )
    assert paths_in_sitemap(client) == FIXED | {address}


def test_sitemap_of_a_development_site_lists_every_live_entry(
    client: Client, guide: Guide, settings: Any
) -> None:
    settings.DEBUG = True
    paths = paths_in_sitemap(client)
    assert {f"/drugs/{slug}/" for slug in guide.live} | set(ENTRIES) <= paths
    assert not {f"/drugs/{slug}/" for slug in guide.hidden} & paths
    assert not [path for path in paths if path.endswith("/secret/")]


def test_sitemap_gives_an_article_about_the_guide_under_about(
    client: Client, settings: Any
) -> None:
    settings.DEBUG = True
    publish(Article.objects.get(slug="reading-a-report"), kind="about")
    assert "/about/reading-a-report/" in paths_in_sitemap(client)
    assert "/learn/reading-a-report/" not in paths_in_sitemap(client)


def test_sitemap_gives_the_public_address_of_the_site(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    found = re.findall(
        "<loc>(.*?)</loc>", client.get("/sitemap.xml", headers={"host": "localhost"}).text
    )
    assert found
    assert all(address.startswith(f"{site.SITE_URL}/") for address in found)


def test_every_address_of_the_sitemap_is_a_page(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    broken = [one for one in paths_in_sitemap(client) if client.get(one).status_code != 200]
    assert not broken


@pytest.mark.parametrize("address", ENTRIES)
def test_paper_gives_the_public_address_of_the_page(page: Page, address: str) -> None:
    """A8: where a fresh copy is, whatever host the request came by."""
    assert site.SITE_URL.removeprefix("https://") + address in words(page(address).main)


# --- Logs


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """What the site's own handler writes, through its filter and format."""
    handlers = logging.getLogger("django").handlers
    (handler,) = [one for one in handlers if type(one) is logging.StreamHandler]
    out = StringIO()
    before = handler.setStream(out)
    yield out
    handler.setStream(before or sys.stderr)


ASKED = {
    "not-found": ("get", "/drugs/no-such/?q=secretword"),
    "too-many-parameters": ("get", TOO_MUCH),
    "refused-method": ("delete", "/drugs/?q=secretword"),
    "no-page": ("get", "/no-such/?her2=secretword&x='secretword'"),
}


@pytest.mark.parametrize(("method", "address"), ASKED.values(), ids=ASKED)
def test_log_of_a_refused_request_holds_no_query(
    client: Client, logged: StringIO, method: str, address: str
) -> None:
    """J2: what a reader looks for never reaches a log."""
    assert getattr(client, method)(address).status_code >= 400
    assert logged.getvalue()
    assert "secretword" not in logged.getvalue()


def test_log_of_a_request_without_csrf_token_holds_no_query(logged: StringIO) -> None:
    """J2."""
    client = Client(enforce_csrf_checks=True)
    client.post("/drugs/?q=secretword", headers={"referer": "https://x.example/?q=secretword"})
    assert "secretword" not in logged.getvalue()


def test_log_of_a_failure_holds_no_query(logged: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """J2: an error's own words and its traceback count as well."""
    from drugs.views import DrugListView

    def fail(view: Any, **_kwargs: Any) -> None:
        raise RuntimeError(f"cannot answer {view.request.get_full_path()}")

    monkeypatch.setattr(DrugListView, "get_context_data", fail)
    Client(raise_request_exception=False).get("/drugs/?q=secretword&her2=secretword")
    assert "RuntimeError" in logged.getvalue()
    assert "secretword" not in logged.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "GET /drugs/?q=secretword HTTP/1.1",
        "GET /drugs/?q=a%20secretword&her2=secretword HTTP/1.1",
        "GET /drugs/?q=it's+secretword HTTP/1.1",
        'GET /drugs/?q="secretword" HTTP/1.1',
        "GET /drugs/?q=a?b=secretword HTTP/1.1",
        "GET /drugs/?secretword HTTP/1.1",
    ],
)
def test_log_line_of_the_server_holds_no_query(logged: StringIO, line: str) -> None:
    """J2: as Django's own server logs each request."""
    logging.getLogger("django.server").info('"%s" %s %s', line, "200", "5000")
    assert "/drugs/" in logged.getvalue()
    assert "secretword" not in logged.getvalue()


RECORDS: dict[str, tuple[Any, ...]] = {
    "message": ("Not Found: /drugs/?q=secretword",),
    "argument": ("%s: %s", "Not Found", "/drugs/?q=secretword"),
    "mapping": ("%(path)s", {"path": "/drugs/?q=secretword"}),
    "request": ("bad %r", RequestFactory().get("/drugs/", {"q": "secretword"})),
    "error": ("bad: %s", ValueError("/drugs/?q=secretword")),
    "two-addresses": ("%s from %s", "/drugs/?q=secretword", "/?q=secretword"),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_record_of_any_shape_holds_no_query(logged: StringIO, record: tuple[Any, ...]) -> None:
    """J2."""
    logging.getLogger("django.request").warning(*record)
    assert logged.getvalue()
    assert "secretword" not in logged.getvalue()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/drugs/?q=x", "/drugs/"),
        ("/drugs/", "/drugs/"),
        ("GET /drugs/?q=x&her2=low HTTP/1.1", "GET /drugs/ HTTP/1.1"),
        ("", ""),
    ],
)
def test_address_is_logged_without_its_query(text: str, kept: str) -> None:
    assert without_query(text) == kept


def test_formatter_keeps_the_rest_of_the_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s %d", ("/a/?b", 200), None)
    assert FormatterWithoutQueries().format(record) == "/a/ 200"


def test_every_handler_of_the_site_cuts_queries() -> None:
    handlers = site.LOGGING["handlers"].values()
    assert all(handler["formatter"] == "no_query" for handler in handlers)


def test_admin_has_a_policy_of_its_own(client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy
