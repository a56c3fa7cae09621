"""Links inside the site: whether the page they lead to is there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve


def addresses(html: str) -> Iterator[str]:
    """Where the links of ``html`` lead."""
    for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        yield str(link["href"])


def page_at(address: str) -> ResolverMatch | None:
    """What answers at ``address`` on this site; nothing for other sites and other schemes.

    Raises ``Resolver404`` for an address of this site that nothing answers.
    """
    site = settings.SITE_URL + "/"
    if address.startswith(site):
        address = address[len(site) - 1 :]
    if not address.startswith("/"):
        return None
    try:
        return resolve(unquote(urlsplit(address).path))
    except ValueError as error:
        raise Resolver404 from error


def is_dead(address: str) -> bool:
    """Whether ``address`` is one of this site's and leads nowhere; other sites are not asked."""
    try:
        match = page_at(address)
    except Resolver404:
        return True
    view = getattr(match and match.func, "view_class", None)
    exists = getattr(view, "leads_somewhere", None)
    return match is not None and exists is not None and not exists(match.kwargs["slug"])
