"""Finished public pages kept in memory until the next publication.

A page is the same for every reader: it depends on its address, the published content, the day
(overdue notices) and the language. So the work of a page, its glossary links included, is done
once and not at each request. Nothing else about a request is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from tgsite.editorial.models import ContentVersion

MOST_PAGES = 400
LONGEST_ADDRESS = 400
Key = tuple[int, str, str, str]


@dataclass(frozen=True)
class _Page:
    content: bytes
    headers: dict[str, str]


class OneVersionMiddleware:
    """Every public request sees one version of the content and reads its number once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the inner layers."""
        if request.path.startswith("/admin/"):
            return self.get_response(request)
        with ContentVersion.one_version():
            return self.get_response(request)


class PagesInMemoryMiddleware:
    """Answers from memory where it can; else lets the view answer and remembers the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        if settings.DEBUG or not _is_page(request):
            return self.get_response(request)
        key = _key(request)
        page = pages.get(key)
        if page is None:
            response = self.get_response(request)
            if _can_be_kept(response):
                pages.keep(key, _Page(response.content, dict(response.headers)))
            return response
        return HttpResponse(page.content, headers=page.headers)


def _is_page(request: HttpRequest) -> bool:
    """Of the public site, no health check and no file, at an address that readers may use.

    Wagtail renders a preview by an invented request for "/" through all of the middleware: an
    unsaved draft must never become the home page, nor the home page a preview.
    """
    return (
        request.method == "GET"
        and not getattr(request, "is_dummy", False)
        and not getattr(request, "is_preview", False)
        and request.path.endswith("/")
        # What people look for is kept nowhere.
        and not request.GET.get("q")
        and not request.path.startswith("/admin/")
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _key(request: HttpRequest) -> Key:
    return (
        ContentVersion.current(),
        request.get_full_path(),
        timezone.localdate().isoformat(),
        translation.get_language() or "",
    )


def _can_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


class _Pages:
    """The pages used last, all of one version; safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Key, _Page] = OrderedDict()

    def get(self, key: Key) -> _Page | None:
        """The page, or nothing."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: _Page) -> None:
        """Remember the page; those of another version and the least used ones go."""
        with self._lock:
            # Not only a higher number: a restored backup brings a lower one back.
            if self._pages and next(reversed(self._pages))[0] != key[0]:
                self._pages.clear()
            self._pages[key] = page
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def forget(self) -> None:
        """Drop every page."""
        with self._lock:
            self._pages.clear()


pages = _Pages()
