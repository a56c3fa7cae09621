"""What a first visit to a page transfers: the page and everything that it names."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from http.client import HTTPConnection

from bs4 import BeautifulSoup, Tag

from tests.performance.server import HOST

WEIGHED = (
    "/",
    "/drugs/",
    "/drugs/enhertu/",
    "/classes/anti-her2/",
    "/side-effects/diarrhea/",
    "/learn/her2-and-its-tests/",
    "/learn/",
    "/glossary/",
)


@dataclass(frozen=True)
class Weight:
    """Requests of a first visit, and their bodies together, packed, in KiB."""

    address: str
    requests: int
    kib: float


def weigh(port: int, address: str) -> Weight:
    """Ask for the page and for its files as a browser does that keeps nothing yet.

    The page itself is packed here with gzip, as the proxy in front of the site does it.
    """
    page, _packed = _body(port, address)
    parts = [len(gzip.compress(page, 6))]
    for file in _files(BeautifulSoup(page, "html.parser")):
        body, packed = _body(port, file)
        parts.append(len(body) if packed else min(len(body), len(gzip.compress(body, 6))))
    return Weight(address, len(parts), sum(parts) / 1024)


def _files(page: BeautifulSoup) -> list[str]:
    """Addresses of style sheets, scripts, pictures and the icon, each once."""
    tags: list[Tag] = page.select("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
    return list(dict.fromkeys(str(tag.get("href") or tag.get("src")) for tag in tags))


def _body(port: int, address: str) -> tuple[bytes, bool]:
    """The body as it was sent, and whether the server had packed it."""
    connection = HTTPConnection(HOST, port)
    connection.request("GET", address, headers={"Accept-Encoding": "br, gzip"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}, so there is nothing to weigh.")
    return body, bool(response.headers.get("Content-Encoding"))
