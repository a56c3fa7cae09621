"""No link leads the checker into the server's own network (A9)."""

from __future__ import annotations

import httpx
import pytest

from tests.editorial.recorded import Handler, answers
from tgsite.editorial.link_checking import PrivateAddress, PublicTransport, Visitor, is_public


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
