"""Recorded answers of other sites: nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tgsite.editorial.link_checking import Visitor

ADDRESS = "https://source.example.org/page"
Handler = Callable[[httpx.Request], httpx.Response]


def visitor(handler: Handler, waits: list[float] | None = None) -> Visitor:
    """One that asks recorded answers and only notes how long it would wait."""
    noted = [] if waits is None else waits
    return Visitor(httpx.MockTransport(handler), sleep=noted.append, clock=lambda: 0.0)


def answers(status: int, **headers: str) -> Handler:
    """The same answer to everything."""
    return lambda _request: httpx.Response(status, headers=headers)


def fails(error: Exception) -> Handler:
    """No answer but this error."""

    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    return handler


def redirects(steps: dict[str, tuple[int, str]]) -> Handler:
    """Path -> status and target; other paths answer 200."""

    def handler(request: httpx.Request) -> httpx.Response:
        status, target = steps.get(request.url.path, (200, ""))
        return httpx.Response(status, headers={"Location": target} if target else {})

    return handler
