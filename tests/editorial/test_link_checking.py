"""What is kept of the links from one day to the next, and the command that asks them (A9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
from tests.editorial.recorded import ADDRESS, Handler, answers, fails, redirects, visitor
from tests.factories import published_article
from tgsite.editorial.link_checking import Outcome, check_links
from tgsite.editorial.models import LinkCheck, LinkState


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


SILENT = ["https://a.example.org/", "https://b.example.org/"]


def only_good_speaks(request: httpx.Request) -> httpx.Response:
    """The other sites are silent, which is no fault of ours."""
    if request.url.host != "good.example.org":
        raise httpx.ConnectError("refused")
    return httpx.Response(200)


@pytest.mark.django_db
def test_silent_sites_are_blamed_when_one_that_answered_before_still_does() -> None:
    """A second run on a day asks nothing but the new links."""
    run(only_good_speaks, GOOD)
    assert not run(only_good_speaks, *SILENT, GOOD).network_down
    assert [check_of(one).failures for one in SILENT] == [1, 1]


@pytest.mark.django_db
def test_silent_sites_do_not_keep_the_others_from_being_asked() -> None:
    """None ever answered, and a run asks no more than they are."""
    run(only_good_speaks, *SILENT, GOOD, limit=2)
    run(only_good_speaks, *SILENT, GOOD, limit=2)
    assert check_of(GOOD).state == LinkState.FINE


@pytest.mark.django_db
def test_a_new_link_is_not_blamed_when_those_that_answered_are_silent_too() -> None:
    run(answers(200), GOOD)
    assert run(fails(httpx.ConnectError("Network is unreachable")), *SILENT, GOOD).network_down
    assert [check_of(one).failures for one in (*SILENT, GOOD)] == [0, 0, 0]


@pytest.mark.django_db
def test_one_silent_site_among_others_is_a_failure() -> None:
    assert not run(only_good_speaks).network_down
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


# --- The command, against a server on this machine


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
