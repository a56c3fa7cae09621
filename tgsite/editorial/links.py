"""Links inside the site: whether the page they lead to is there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import Resolver404, resolve

from tgsite.editorial.models import PublishedSlug
from tgsite.editorial.views import EntryView


def addresses(html: str) -> Iterator[str]:
    """Where the links of ``html`` lead."""
    for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        yield str(link["href"])


def is_dead(address: str) -> bool:
    """Whether ``address`` is one of this site's and leads nowhere; other sites are not asked."""
    site = settings.SITE_URL + "/"
    if address.startswith(site):
        address = address[len(site) - 1 :]
    if not address.startswith("/"):
        return False
    try:
        match = resolve(unquote(urlsplit(address).path))
    except Resolver404:
        return True
    view = getattr(match.func, "view_class", None)
    if view is None or not issubclass(view, EntryView):
        return False
    slug = match.kwargs["slug"]
    # A draft counts: two entries that link to each other must be able to go live one by one.
    return not (
        view.model._default_manager.filter(slug=slug).exists()
        or PublishedSlug.objects.filter(
            content_type=ContentType.objects.get_for_model(view.model), slug=slug
        ).exists()
    )
