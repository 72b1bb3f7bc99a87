"""Who does not belong gets 401 or 403, leaves no row, and nothing is sent."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.slack.config import SlackConfig
from bot.channels.slack.inbound import receive_by
from bot.channels.slack.signature import Signatures
from tests.bot.channels.slack.receiving import Receiving, Wall, config_for, receiving
from tests.fakes.memory_arrivals import MemoryArrivals
from tests.fakes.slack.persona import url_verification
from tests.fakes.slack.requests import FORM, SlackRequest, sign
from tests.fakes.slack.server import FakeSlack

JSON = {"Content-Type": "application/json"}
Headers = dict[str, str]
Forge = Callable[[bytes], Headers]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
async def edge(slack: FakeSlack) -> AsyncIterator[Receiving]:
    async with receiving(slack) as running:
        yield running


def at(seconds: float) -> str:
    return str(int(time.time() + seconds))


def signed(body: bytes, timestamp: str, secret: str | None = None) -> Headers:
    return sign(body, timestamp=timestamp) if secret is None else sign(body, secret, timestamp)


def without(name: str) -> Forge:
    return lambda body: {key: value for key, value in sign(body).items() if key != name}


def with_signature(change: Callable[[str], str]) -> Forge:
    def forge(body: bytes) -> Headers:
        headers = sign(body)
        return headers | {"X-Slack-Signature": change(headers["X-Slack-Signature"])}

    return forge


def by_hand(body: bytes, timestamp: str, version: bytes = b"v0", method: Any = hashlib.sha256) -> Headers:
    text = version + b":" + timestamp.encode() + b":" + body
    digest = hmac.new(b"8f742231b10e8888abcd99yyyzzz85a5", text, method).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"{version.decode()}={digest}"}


FORGED: dict[str, Forge] = {
    "unsigned": lambda body: {},
    "without a signature": without("X-Slack-Signature"),
    "without a time": without("X-Slack-Request-Timestamp"),
    "an empty signature": with_signature(lambda _: ""),
    "garbage for a signature": with_signature(lambda _: "x" * 8_000),
    "a signature that is not ASCII": with_signature(lambda _: "v0=blåbær"),
    "the signature without its version": with_signature(lambda right: right.removeprefix("v0=")),
    "the signature in capitals": with_signature(str.upper),
    "the signature cut short": with_signature(lambda right: right[:-1]),
    "the signature and more": with_signature(lambda right: right + "0"),
    "one digit changed": with_signature(lambda right: right[:-1] + ("0" if right[-1] != "0" else "1")),
    "v1": with_signature(lambda right: "v1" + right[2:]),
    "signed as v1": lambda body: by_hand(body, at(0), b"v1"),
    "SHA-1": lambda body: by_hand(body, at(0), method=hashlib.sha1),
    "another secret": lambda body: signed(body, at(0), "another secret"),
    "no secret": lambda body: signed(body, at(0), ""),
    "another body's signature": lambda body: sign(body + b" "),
    "an empty body's signature": lambda body: sign(b""),
    "late by five minutes": lambda body: signed(body, at(-302)),
    "of yesterday": lambda body: signed(body, at(-86_400)),
    "ahead by five minutes": lambda body: signed(body, at(302)),
    "of next year": lambda body: signed(body, at(365 * 86_400)),
    "the time of another signature": lambda body: sign(body) | {"X-Slack-Request-Timestamp": at(-10)},
    "no number for a time": lambda body: signed(body, "now"),
    "an empty time": lambda body: signed(body, ""),
    "a fraction": lambda body: signed(body, f"{time.time():.2f}"),
    "a negative time": lambda body: signed(body, "-1"),
    "in milliseconds": lambda body: signed(body, str(int(time.time() * 1000))),
    "a time beyond all numbers": lambda body: signed(body, "9" * 400),
    "not a number": lambda body: signed(body, "nan"),
    "a time with an underscore": lambda body: signed(body, at(0)[:5] + "_" + at(0)[5:]),
    "a time with a sign": lambda body: signed(body, "+" + at(0)),
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_request_leaves_nothing(edge: Receiving, name: str) -> None:
    request = edge.slack.persona("kari").says("hemmelig")
    with capture_logs() as logs:
        status, answer = await edge.post(request.body(), FORGED[name](request.body()) | JSON)
    assert (status, answer) == (401, b"")
    assert edge.arrivals.rows == {}
    assert edge.handler.turns == []
    assert edge.slack.ledger.calls == []
    assert [entry["event"] for entry in logs] == ["slack_refused"]
    assert "hemmelig" not in repr(logs)
    assert "kari" not in repr(logs).lower()


async def test_the_same_request_with_the_right_signature_gets_in(edge: Receiving) -> None:
    request = edge.slack.persona("kari").says("hemmelig")
    assert await edge.post(request.body(), sign(request.body()) | JSON) == (200, b"")
    await edge.settled()
    assert len(edge.handler.turns) == len(edge.arrivals.rows) == 1


@pytest.mark.parametrize("name", ["command", "interaction"])
async def test_forms_are_signed_as_well(edge: Receiving, name: str) -> None:
    kari = edge.slack.persona("kari")
    request = kari.command("hjelp") if name == "command" else kari.shortcut("en sak")
    assert await edge.post(request.body(), signed(request.body(), at(0), "x") | {"Content-Type": FORM}) == (401, b"")
    assert edge.handler.turns == []


async def test_a_request_replayed_after_five_minutes_is_refused_and_within_them_has_no_second_effect(
    edge: Receiving,
) -> None:
    request = edge.slack.persona("kari").says("frister")
    headers = sign(request.body()) | JSON
    assert [(await edge.post(request.body(), headers))[0] for _ in range(2)] == [200, 200]
    edge.wall.forward(minutes=5, seconds=2)
    assert (await edge.post(request.body(), headers))[0] == 401
    await edge.settled()
    assert len(edge.handler.turns) == 1


async def test_two_signatures_are_none(edge: Receiving) -> None:
    body = edge.slack.persona("kari").says("frister").body()
    headers = [*sign(body).items(), *JSON.items(), ("X-Slack-Signature", "v0=0")]
    async with edge.session.post(edge.url, data=body, headers=headers) as response:
        assert response.status == 401


async def test_the_edges_of_the_window_belong_to_it() -> None:
    wall = Wall()
    signatures = Signatures("secret", wall)

    def refusal(seconds: int) -> str | None:
        stamp = str(int(wall.now().timestamp()) + seconds)
        headers = sign(b"{}", "secret", stamp)
        return signatures.refusal([stamp], [headers["X-Slack-Signature"]], b"{}")

    assert [refusal(seconds) for seconds in (-299, 0, 299)] == [None, None, None]
    assert [refusal(seconds) for seconds in (-302, 302)] == ["too_old", "ahead"]


async def test_another_workspace_is_refused(edge: Receiving) -> None:
    kari = edge.slack.persona("kari")
    other = edge.slack.persona("olga", team="T0ANOTHER")
    foreign = [
        SlackRequest("event", kari.says("hei").payload | {"team_id": "T0ANOTHER"}),
        other.says("hei"),
        kari.mentions("hei", user_team="T0ANOTHER"),
        SlackRequest("command", kari.command("hjelp").payload | {"team_id": "T0ANOTHER"}),
        other.shortcut("hei"),
    ]
    for request in foreign:
        assert await edge.post(request.body(), request.headers()) == (403, b"")
    assert edge.arrivals.rows == {}
    assert edge.handler.turns == []


async def test_a_body_that_is_none_of_slacks_is_told_so(edge: Receiving) -> None:
    bodies: list[tuple[bytes, str, int]] = [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "application/json", 400),
        (b'{"type":"event_callback"}', "application/json", 400),
        (b"payload=%7B", FORM, 400),
        (b"payload=\xff", FORM, 400),
        (b"a=1&" * 100, FORM, 400),
        (b"{}", "text/plain", 415),
        (b'"' + b"x" * 300_000 + b'"', "application/json", 413),
    ]
    for body, kind, expected in bodies:
        status, _ = await edge.post(body, sign(body) | {"Content-Type": kind})
        assert (body[:40], status) == (body[:40], expected)
    assert edge.arrivals.rows == {}


async def test_what_slack_asks_of_an_address_is_answered_where_it_is_signed(edge: Receiving) -> None:
    request = url_verification()
    status, answer = await edge.post(request.body(), request.headers())
    assert (status, answer.decode()) == (200, f'{{"challenge":"{request.payload["challenge"]}"}}')
    assert (await edge.post(request.body(), request.headers("another secret")))[0] == 401
    check = b"ssl_check=1&token=x"
    assert await edge.post(check, sign(check) | {"Content-Type": FORM}) == (200, b"")
    assert edge.arrivals.rows == {}


async def test_without_any_secret_nothing_is_opened(edge: Receiving) -> None:
    with pytest.raises(ValueError, match="signing secret"):
        receive_by(edge.handler, SlackConfig("T1", "xoxb", ""), edge.session, MemoryArrivals(), Wall(), Wall())


async def test_without_a_signing_secret_there_is_no_route(slack: FakeSlack) -> None:
    config = config_for(slack, signing_secret="", app_token="xapp-local-app")
    async with receiving(slack, config=config) as edge:
        request = slack.persona("kari").says("hei")
        assert (await edge.post(request.body(), request.headers()))[0] == 404
