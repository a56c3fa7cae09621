"""What each answer of another site's address means for a link (A9)."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pytest_django import Settings

from tests.editorial.recorded import ADDRESS, answers, fails, redirects, visitor


@pytest.mark.parametrize("status", [200, 204, 206, 304])
def test_an_answer_without_error_is_fine(status: int) -> None:
    answer = visitor(answers(status)).ask(ADDRESS)
    assert (answer.status, answer.problem, answer.moved_to) == (status, "", "")


@pytest.mark.parametrize("status", [400, 404, 410, 418, 500, 503])
def test_an_error_is_a_problem_with_its_number(status: int) -> None:
    answer = visitor(answers(status)).ask(ADDRESS)
    assert answer.status == status and str(status) in answer.problem
    assert answer.reached


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_moved_for_good_names_its_new_address(status: int) -> None:
    answer = visitor(redirects({"/page": (status, "/new")})).ask(ADDRESS)
    assert (answer.moved_to, answer.problem) == ("https://source.example.org/new", "")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_detour_of_today_is_fine(status: int) -> None:
    answer = visitor(redirects({"/page": (status, "/today")})).ask(ADDRESS)
    assert (answer.moved_to, answer.problem) == ("", "")


def test_only_the_part_of_the_way_that_is_for_good_is_called_moved() -> None:
    steps = {"/page": (301, "https://other.example.net/a"), "/a": (302, "/b"), "/b": (301, "/c")}
    assert visitor(redirects(steps)).ask(ADDRESS).moved_to == "https://other.example.net/a"


def test_a_page_moved_to_where_nothing_is_is_a_failure() -> None:
    steps = {"/page": (301, "/gone"), "/gone": (404, "")}
    answer = visitor(redirects(steps)).ask(ADDRESS)
    assert answer.moved_to == "" and "404" in answer.problem


def test_a_loop_ends() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(301, headers={"Location": "/page"})

    assert "never ends" in visitor(handler).ask(ADDRESS).problem
    assert len(asked) <= 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "javascript:1"])
def test_a_redirect_to_what_is_no_web_page_is_not_followed(target: str) -> None:
    asked: list[str] = []
    handler = redirects({"/page": (302, target)})

    def noting(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return handler(request)

    assert visitor(noting).ask(ADDRESS).problem
    assert asked == [ADDRESS]


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.ConnectTimeout("slow"),
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired"),
        httpx.RemoteProtocolError("Server disconnected"),
        httpx.ReadError("reset"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_answer_is_told_apart_from_a_bad_one(error: Exception) -> None:
    answer = visitor(fails(error)).ask(ADDRESS)
    assert answer.problem and answer.status is None and not answer.reached


@pytest.mark.parametrize(
    "address", ["https://", "http://[::1", "mailto:a@example.org", "https://x:99999/", "a" * 2000]
)
def test_what_is_no_address_is_a_problem_and_no_crash(address: str) -> None:
    assert visitor(answers(200)).ask(address).problem


def test_a_server_that_knows_no_head_is_asked_by_get() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        return httpx.Response(405 if request.method == "HEAD" else 200)

    assert visitor(handler).ask(ADDRESS).problem == ""
    assert asked == ["HEAD", "GET"]


def test_a_server_that_hangs_up_on_head_is_asked_by_get() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.method == "HEAD":
            raise httpx.RemoteProtocolError("Server disconnected")
        return httpx.Response(200)

    assert visitor(handler).ask(ADDRESS).problem == ""


class Endless(httpx.SyncByteStream):
    """A body that never ends; reading any of it fails the test."""

    def __iter__(self) -> Iterator[bytes]:
        pytest.fail("the body was read")


def test_a_huge_body_is_not_read() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.method == "HEAD":
            return httpx.Response(501)
        return httpx.Response(200, stream=Endless())

    assert visitor(handler).ask(ADDRESS).problem == ""


def test_the_site_names_itself(settings: Settings) -> None:
    agents: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        agents.append(request.headers["User-Agent"])
        return httpx.Response(200)

    visitor(handler).ask(ADDRESS)
    assert settings.SITE_URL in agents[0]


def test_two_requests_to_one_site_are_kept_apart_and_two_sites_are_not() -> None:
    waits: list[float] = []
    asking = visitor(answers(200), waits)
    asking.ask(ADDRESS)
    asking.ask("https://other.example.net/")
    assert waits == []
    asking.ask(ADDRESS + "/2")
    assert waits == [1.0]
