"""Asking other sites' addresses, with recorded answers: nothing here leaves the machine (A9)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from education.models import ArticleSource
from tests.factories import published_article
from tgsite.editorial.link_checking import (
    Outcome,
    PrivateAddress,
    PublicTransport,
    Visitor,
    check_links,
    is_public,
)
from tgsite.editorial.models import LinkCheck, LinkState

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


# --- the server's own network -----------------------------------------------------------------


@pytest.mark.parametrize(
    "numeric",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.1.1",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_these_are_no_public_addresses(numeric: str) -> None:
    assert not is_public(numeric)


@pytest.mark.parametrize("numeric", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_these_are_public_addresses(numeric: str) -> None:
    assert is_public(numeric)


def guarded(handler: Handler, names: dict[str, list[str]]) -> PublicTransport:
    """The real guard, over recorded answers and a recorded name service."""

    def resolver(host: str) -> list[str]:
        if host not in names:
            raise OSError("unknown")
        return names[host]

    return PublicTransport(httpx.MockTransport(handler), resolver)


def test_a_name_that_stands_for_a_private_address_is_never_asked() -> None:
    transport = guarded(
        lambda _request: pytest.fail("it was asked"),
        {"inside.example": ["10.0.0.5"], "mixed.example": ["93.184.215.14", "127.0.0.1"]},
    )
    asking = Visitor(transport, sleep=lambda _seconds: None)
    for address in ("http://inside.example/", "http://mixed.example/"):
        answer = asking.ask(address)
        assert "private network" in answer.problem and answer.reached


def test_a_redirect_into_the_own_network_is_not_followed() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Host"])
        return httpx.Response(302, headers={"Location": "http://inside.example/secret"})

    names = {"outside.example": ["93.184.215.14"], "inside.example": ["169.254.169.254"]}
    answer = Visitor(guarded(handler, names), sleep=lambda _s: None).ask("http://outside.example/")
    assert "private network" in answer.problem
    assert asked == ["outside.example"]


def test_it_connects_to_the_very_address_it_looked_at() -> None:
    """Asked a second time, a name may stand for another address."""
    requests: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200)

    transport = guarded(handler, {"outside.example": ["93.184.215.14"]})
    Visitor(transport).ask("https://outside.example/page?a=b")
    sent = requests[0]
    assert str(sent.url) == "https://93.184.215.14/page?a=b"
    assert sent.headers["Host"] == "outside.example"
    assert sent.extensions["sni_hostname"] == "outside.example"


def test_a_name_nobody_knows_is_no_answer() -> None:
    answer = Visitor(guarded(answers(200), {})).ask("https://nowhere.example/")
    assert not answer.reached and "not known" in answer.problem


def test_the_refusal_of_a_private_address_is_an_error_of_its_own() -> None:
    transport = guarded(answers(200), {"inside.example": ["::1"]})
    with pytest.raises(PrivateAddress):
        transport.handle_request(httpx.Request("GET", "http://inside.example/"))


# --- what is kept -----------------------------------------------------------------------------


def run(handler: Handler, *addresses: str, limit: int | None = None) -> Outcome:
    """One run of the job over ``addresses``."""
    return check_links(addresses or (ADDRESS, GOOD), visitor(handler), limit)


GOOD = "https://good.example.org/"


def only_good(request: httpx.Request) -> httpx.Response:
    """The source's site is gone, the other one answers."""
    return httpx.Response(200 if request.url.host == "good.example.org" else 404)


def next_day() -> None:
    """As if every check had been made a day earlier."""
    for check in LinkCheck.objects.exclude(last_checked=None):
        check.last_checked -= timedelta(days=1)
        check.save()


def check_of(address: str = ADDRESS) -> LinkCheck:
    """What is kept of it."""
    return LinkCheck.objects.get(address=address)


@pytest.mark.django_db
def test_one_failure_is_never_dead_and_the_third_day_is() -> None:
    """A9."""
    states = []
    for _day in range(3):
        run(only_good)
        states.append(check_of().state)
        next_day()
    assert states == [LinkState.FAILING, LinkState.FAILING, LinkState.DEAD]
    assert check_of(GOOD).state == LinkState.FINE


@pytest.mark.django_db
def test_ten_runs_on_one_day_are_one_failure() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return only_good(request)

    for _run in range(10):
        run(handler)
    assert check_of().failures == 1
    assert asked.count(GOOD) == 1


@pytest.mark.django_db
def test_an_answer_ends_the_count() -> None:
    run(only_good)
    next_day()
    run(only_good)
    assert check_of().first_failed_on == timezone.localdate()
    next_day()
    run(answers(200))
    check = check_of()
    assert (check.state, check.failures, check.first_failed_on) == (LinkState.FINE, 0, None)


@pytest.mark.django_db
def test_a_moved_page_is_kept_with_its_new_address() -> None:
    run(redirects({"/page": (301, "/new")}))
    assert check_of().state == LinkState.MOVED
    assert check_of().moved_to == "https://source.example.org/new"


@pytest.mark.django_db
@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_site_that_lets_no_program_in_is_not_called_dead(status: int) -> None:
    for _day in range(4):
        run(answers(status))
        next_day()
    assert check_of().state == LinkState.REFUSED
    assert LinkCheck.objects.in_trouble().count() == 0


@pytest.mark.django_db
def test_when_nobody_answers_no_link_is_blamed(caplog: pytest.LogCaptureFixture) -> None:
    run(only_good)
    next_day()
    outcome = run(fails(httpx.ConnectError("Network is unreachable")))
    assert outcome.network_down
    assert check_of().failures == 1
    assert check_of(GOOD).state == LinkState.FINE
    assert "Could not check" in check_of(GOOD).problem
    # The same day, with the network back, they are asked after all.
    assert run(only_good).asked == 2
    assert check_of(GOOD).problem == ""


@pytest.mark.django_db
def test_one_silent_site_among_others_is_a_failure() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.host != "good.example.org":
            raise httpx.ConnectError("refused")
        return httpx.Response(200)

    assert not run(handler).network_down
    assert check_of().state == LinkState.FAILING


@pytest.mark.django_db
def test_one_failure_of_any_sort_does_not_stop_the_rest() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.host == "good.example.org":
            return httpx.Response(200)
        raise httpx.ReadError("reset")

    outcome = run(handler, "http://[::1", "https://x:99999/", ADDRESS, GOOD)
    assert (outcome.asked, outcome.failed) == (4, 3)
    assert check_of(GOOD).state == LinkState.FINE


@pytest.mark.django_db
def test_the_limit_asks_first_what_waits_longest() -> None:
    addresses = [f"https://site-{number}.example/" for number in range(5)]
    assert run(answers(200), *addresses, limit=2).asked == 2
    assert run(answers(200), *addresses, limit=2).asked == 2
    assert run(answers(200), *addresses, limit=2).asked == 1
    assert run(answers(200), *addresses, limit=2).asked == 0
    assert LinkCheck.objects.filter(last_checked=None).count() == 0


@pytest.mark.django_db
def test_an_address_that_no_page_leads_to_any_more_is_forgotten() -> None:
    run(answers(200))
    run(answers(200), GOOD)
    assert list(LinkCheck.objects.values_list("address", flat=True)) == [GOOD]


@pytest.mark.django_db
def test_a_run_leaves_alone_what_a_managing_editor_writes_meanwhile() -> None:
    run(only_good)
    next_day()

    def handler(request: httpx.Request) -> httpx.Response:
        LinkCheck.objects.update(ignored_reason="Works here.", ignored_until=date(2099, 1, 1))
        return only_good(request)

    run(handler)
    assert check_of().ignored_reason == "Works here."


# --- the command, against a server on this machine ----------------------------------------------


class _Source(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_HEAD(self) -> None:
        type(self).asked.append(self.path)
        self.send_response({"/gone": 410, "/moved": 301}.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/fine")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def source_site() -> Iterator[str]:
    """The address of a site on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Source)
    _Source.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def with_sources(site: str) -> None:
    """A live article with three sources on that site."""
    paths = ("fine", "gone", "moved")
    published_article(
        sources=[
            ArticleSource(kind="guideline", title=path, url=f"{site}/{path}") for path in paths
        ]
    )


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tgsite.editorial.link_checking.SECONDS_BETWEEN", 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_waiting")
def test_the_command_asks_a_real_server(source_site: str, settings: Settings) -> None:
    settings.LINK_CHECK_PRIVATE_ADDRESSES = True
    with_sources(source_site)
    out = StringIO()
    call_command("check_links", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["states"] == {"failing": 1, "fine": 1, "moved": 1}
    assert check_of(f"{source_site}/moved").moved_to == f"{source_site}/fine"
    asked = len(_Source.asked)
    call_command("check_links", stdout=out)
    assert len(_Source.asked) == asked


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_waiting")
def test_the_command_stays_out_of_the_own_network_unasked(source_site: str) -> None:
    with_sources(source_site)
    call_command("check_links", stdout=StringIO())
    assert _Source.asked == []
    assert "private network" in check_of(f"{source_site}/fine").problem


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_waiting")
def test_the_command_ends_with_an_error_when_nobody_answers(settings: Settings) -> None:
    settings.LINK_CHECK_PRIVATE_ADDRESSES = True
    with_sources("http://127.0.0.1:9")
    with pytest.raises(CommandError, match="could not check"):
        call_command("check_links", stdout=StringIO())
    assert LinkCheck.objects.exclude(failures=0).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["0", "-1"])
def test_the_command_refuses_a_limit_that_means_nothing(limit: str) -> None:
    with pytest.raises(CommandError):
        call_command("check_links", f"--limit={limit}")
