"""Asks the addresses of other sites whether they still answer, and keeps what they said."""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tgsite.editorial.models.links import MAX_ADDRESS, REFUSES_PROGRAMS, LinkCheck

logger = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(15, connect=10)  # seconds
MAX_HOPS = 5
SECONDS_BETWEEN = 1.0  # two requests to the same host
_WITNESSES = 3  # asked before the fault is said to be ours
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
# Addresses in which a gateway hides another one.
_TRANSLATED = [ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48")]

# A host's name -> the numeric addresses it stands for. Raises ``OSError``.
Resolver = Callable[[str], list[str]]


class PrivateAddress(httpx.TransportError):
    """The address lies in the server's own network: an editor's text must not lead us there."""


def resolve(host: str) -> list[str]:
    """What the name service says."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(numeric: str) -> bool:
    """Whether a numeric address belongs to the public internet."""
    ip = ipaddress.ip_address(numeric)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or any(ip in net for net in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast


class PublicTransport(httpx.BaseTransport):
    """Connects to the very numeric address that it has looked at, so that no name changes sides."""

    def __init__(self, inner: httpx.BaseTransport, resolver: Resolver = resolve) -> None:
        self.inner = inner
        self.resolver = resolver

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``; ``PrivateAddress`` before anything is sent to a private one."""
        host = request.url.host
        try:
            numeric = self.resolver(host)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(_("The name of the site is not known.")) from error
        private = [one for one in numeric if not is_public(one)]
        if not settings.LINK_CHECK_PRIVATE_ADDRESSES and (private or not numeric):
            raise PrivateAddress(_("An address of a private network is not asked."))
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=numeric[0])
        return self.inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self.inner.close()


def _no_line_kept() -> httpx.BaseTransport:
    """A line is known by its numeric address, which many encrypted sites share: use it once."""
    return httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True)
class Answer:
    """What an address said: status, the new address of one moved for good, what is wrong."""

    status: int | None = None
    moved_to: str = ""
    problem: str = ""
    # False when nobody answered, which can be the fault of our own network.
    reached: bool = True


class Visitor:
    """Asks addresses one after the other, politely, and reads no body."""

    def __init__(
        self,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._next_at: dict[str, float] = {}
        self._client = httpx.Client(
            transport=transport or PublicTransport(_no_line_kept()),
            timeout=TIMEOUT,
            trust_env=False,
            follow_redirects=False,
            headers={
                "User-Agent": f"{settings.WAGTAIL_SITE_NAME} link check (+{settings.SITE_URL})",
                "Accept": "*/*",
            },
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_error: Any) -> None:
        self._client.close()

    def ask(self, address: str) -> Answer:
        """Where ``address`` leads. Raises nothing: whatever goes wrong is an answer."""
        try:
            return self._follow(address)
        except PrivateAddress as error:
            return Answer(problem=str(error))
        except httpx.TimeoutException:
            return Answer(problem=_("No answer in time."), reached=False)
        except httpx.TransportError as error:
            return Answer(problem=_clip(str(error) or type(error).__name__), reached=False)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
            return Answer(problem=_clip(_("Not an address: %(why)s") % {"why": error}))

    def _follow(self, address: str) -> Answer:
        url = httpx.URL(address)
        moved_to, permanent = "", True
        for _hop in range(MAX_HOPS + 1):
            if url.scheme not in ("http", "https") or not 0 < (url.port or 80) < 65536:
                return Answer(problem=_("It leads to something that is no web page."))
            status, target = self._status(url)
            if target is None:
                return _judged(status, moved_to)
            url = url.join(target)
            permanent = permanent and status in _PERMANENT
            if permanent:
                moved_to = str(url)
        return Answer(status=status, problem=_("It leads from page to page and never ends."))

    def _status(self, url: httpx.URL) -> tuple[int, str | None]:
        """Status and, of a redirect, its target. HEAD first; GET where HEAD is not understood."""
        try:
            response = self._send("HEAD", url)
            if response.status_code < 400:
                return response.status_code, _target(response)
        except httpx.RemoteProtocolError:
            pass  # some servers hang up on HEAD
        response = self._send("GET", url)
        return response.status_code, _target(response)

    def _send(self, method: str, url: httpx.URL) -> httpx.Response:
        wait = self._next_at.get(url.host, 0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            # The headers say all that is asked for: a body, however large, is never read.
            with self._client.stream(method, url) as response:
                return response
        finally:
            self._next_at[url.host] = self._clock() + SECONDS_BETWEEN


def _target(response: httpx.Response) -> str | None:
    target = response.headers.get("Location")
    return target if response.status_code in _REDIRECTS and target else None


def _judged(status: int, moved_to: str) -> Answer:
    if status < 400:
        return Answer(status=status, moved_to=moved_to[:MAX_ADDRESS])
    if status in REFUSES_PROGRAMS:
        return Answer(status=status, problem=_("It lets no program in (%d).") % status)
    return Answer(status=status, problem=_("It answers with an error (%d).") % status)


def _clip(text: str) -> str:
    return text.replace("\x00", "")[:200]


@dataclass
class Outcome:
    """How a run went: addresses asked, those that failed, and whether anybody answered at all."""

    asked: int = 0
    failed: int = 0
    network_down: bool = False


def check_links(addresses: Iterable[str], visitor: Visitor, limit: int | None = None) -> Outcome:
    """Ask what was not asked today, longest waiting first; forget what no page leads to any more.

    When nobody answers at all, not even who did before, the fault is ours: no address gets a
    failure for it.
    """
    known = _known(set(addresses))
    today = timezone.localdate()
    due = [
        check
        for check in known
        if check.last_checked is None or timezone.localdate(check.last_checked) < today
    ]
    outcome = Outcome()
    silent: list[tuple[LinkCheck, Answer]] = []
    for check in due[:limit]:
        answer = visitor.ask(check.address)
        outcome.asked += 1
        if answer.reached:
            _keep(check, answer)
        else:
            silent.append((check, answer))
        outcome.failed += bool(answer.problem and answer.status not in REFUSES_PROGRAMS)
    if silent and len(silent) == outcome.asked:
        outcome.network_down = _network_is_down(
            known, [check for check, _answer in silent], visitor
        )
    for check, answer in silent:
        if outcome.network_down:
            check.problem = _("Could not check: no address answered, so the fault is here.")
            check.save(update_fields=["problem"])
        else:
            _keep(check, answer)
    if outcome.network_down:
        logger.warning("check_links: none of %d addresses answered", outcome.asked)
    return outcome


def _network_is_down(known: list[LinkCheck], silent: list[LinkCheck], visitor: Visitor) -> bool:
    """Whether those who answered last before are silent too, or there is nobody else to ask."""
    others = [check for check in known if check not in silent and check.status_code is not None]
    if not others:
        return len(silent) == len(known)
    return not any(visitor.ask(check.address).reached for check in others[-_WITNESSES:])


def _known(addresses: set[str]) -> list[LinkCheck]:
    """A row for each address, those never checked first; rows of addresses gone are deleted."""
    addresses = {one for one in addresses if len(one) <= MAX_ADDRESS}
    kept = set(LinkCheck.objects.values_list("address", flat=True))
    gone = [one.pk for one in LinkCheck.objects.all() if one.address not in addresses]
    LinkCheck.objects.filter(pk__in=gone).delete()
    LinkCheck.objects.bulk_create(
        [LinkCheck(address=one) for one in sorted(addresses - kept)], ignore_conflicts=True
    )
    return list(LinkCheck.objects.order_by(F("last_checked").asc(nulls_first=True), "address"))


def _keep(check: LinkCheck, answer: Answer) -> None:
    """Write down one answer; a day on which it fails counts once."""
    now = timezone.now()
    check.last_checked = now
    check.status_code = answer.status
    check.moved_to = answer.moved_to
    check.problem = answer.problem
    if answer.problem and answer.status not in REFUSES_PROGRAMS:
        check.failures += 1
        check.first_failed_on = check.first_failed_on or timezone.localdate(now)
    else:
        check.failures, check.first_failed_on = 0, None
        if not answer.problem:
            check.last_succeeded = now
    # Not what a managing editor may be writing at this moment.
    check.save(
        update_fields=[
            "last_checked",
            "last_succeeded",
            "failures",
            "first_failed_on",
            "status_code",
            "moved_to",
            "problem",
        ]
    )
