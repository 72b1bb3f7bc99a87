"""The Connector calls: what happened comes back as a value, and the token goes where it may go."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.channels.base import Halted, Outcome, Retry, Sent
from bot.channels.teams.auth import TokenUnavailable
from bot.channels.teams.config import Secret, TeamsConfig
from bot.channels.teams.connector import Connector, Opened, Response, open_session
from bot.channels.teams.outcomes import read_outcome, read_retry_after
from tests.bot.channels.teams.support import MovableClock
from tests.fakes.certificates import tls_for
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import APP_ID, TENANT
from tests.fakes.faults import Fault
from tests.fakes.serving import Served

HOST = "smba.trafficmanager.net"
MESSAGE = {"type": "message", "summary": "x"}


@asynccontextmanager
async def connector_for(**changes: Any) -> AsyncIterator[Connector]:
    config = TeamsConfig(APP_ID, TENANT, local=True, **changes)
    async with open_session(config) as session:
        yield Connector(session, config, MovableClock())


@pytest.fixture
async def connector() -> AsyncIterator[Connector]:
    async with connector_for() as running:
        yield running


async def test_the_calls_arrive_as_they_should(platform: FakeConnector, connector: Connector) -> None:
    sent = await connector.send(platform.url, "19:a;messageid=1", MESSAGE)
    assert isinstance(sent, Sent)
    card = {"type": "message", "attachments": [{"content": {"n": 1}}]}
    replied = await connector.reply(platform.url, "19:a;messageid=1", "17/0?x", card)
    assert isinstance(replied, Sent)
    assert await connector.update(platform.url, "19:a;messageid=1", replied.message_id, card) == replied
    assert await connector.delete(platform.url, "19:a;messageid=1", replied.message_id) == replied
    await connector.typing(platform.url, "19:a;messageid=1", "28:bot")
    kinds = [call.kind for call in platform.ledger.of("19:a;messageid=1")]
    assert kinds == ["send", "reply", "update", "delete", "send"]
    assert platform.ledger.calls[-1].is_typing
    assert all(call.authorization == "" for call in platform.ledger.calls)


async def test_conversations_and_members(platform: FakeConnector, connector: Connector) -> None:
    opened = await connector.create(platform.url + "/", {"members": [{"id": "u"}]})
    assert opened == Opened("a:u", platform.url + "/")
    platform.members["a:u"] = [{"id": "29:u", "aadObjectId": "u"}]
    assert await connector.members(platform.url, "a:u") == Response(platform.members["a:u"])
    assert await connector.member(platform.url, "a:u", "u") == Response(platform.members["a:u"][0])
    assert await connector.member(platform.url, "a:u", "v") == Halted("gone", "http 404")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(), Sent("m1")),
        (Fault(status=200), Sent("")),
        (Fault(status=400), Halted("refused", "http 400")),
        (Fault(status=401), Retry(None, throttled=False, detail="http 401")),
        (Fault(status=403), Halted("forbidden", "http 403")),
        (Fault(status=404), Halted("gone", "http 404")),
        (Fault(status=412), Retry(None, throttled=False, detail="http 412")),
        (Fault(status=413), Halted("refused", "http 413")),
        (Fault(status=429, retry_after="7"), Retry(7.0, throttled=True, detail="http 429")),
        (Fault(status=429), Retry(None, throttled=True, detail="http 429")),
        (Fault(status=429, retry_after="soon"), Retry(None, throttled=True, detail="http 429")),
        (Fault(status=500), Retry(None, throttled=False, detail="http 500")),
        (Fault(status=502), Retry(None, throttled=False, detail="http 502")),
        (Fault(status=503, retry_after="2"), Retry(2.0, throttled=False, detail="http 503")),
        (Fault(status=504), Retry(None, throttled=False, detail="http 504")),
        (Fault(reset="before"), Retry(None, throttled=False, detail="ServerDisconnectedError")),
        (Fault(reset="after"), Retry(None, throttled=False, detail="ServerDisconnectedError")),
    ],
    ids=str,
)  # fmt: skip
async def test_what_happened_is_a_value(
    fault: Fault, expected: Outcome, platform: FakeConnector, connector: Connector
) -> None:
    platform.faults.add(fault)
    outcome = await connector.send(platform.url, "c", MESSAGE)
    if isinstance(expected, Retry) and "Disconnected" in expected.detail:
        assert isinstance(outcome, Retry)
        assert "Disconnected" in outcome.detail or "Reset" in outcome.detail or "OSError" in outcome.detail
    else:
        assert outcome == expected
    accepted = fault.reset == "after" or not (fault.status or fault.reset)
    assert len(platform.ledger.calls) == accepted


async def test_an_update_of_a_message_that_is_gone(platform: FakeConnector, connector: Connector) -> None:
    assert await connector.update(platform.url, "c", "m404", MESSAGE) == Halted("gone", "http 404")


async def test_a_platform_that_hangs(platform: FakeConnector) -> None:
    platform.faults.add(Fault(delay=5))
    async with connector_for(send_timeout=0.05) as connector:
        assert await connector.send(platform.url, "c", MESSAGE) == Retry(None, throttled=False, detail="timeout")


async def test_a_platform_that_is_not_there(connector: Connector) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    outcome = await connector.send(f"http://127.0.0.1:{port}", "c", MESSAGE)
    assert isinstance(outcome, Retry)
    assert not outcome.throttled


@pytest.mark.parametrize(
    "url", ["https://smba.trafficmanager.net/emea", "http://10.0.0.1/", "http://localhost.evil.example/", "", "x" * 600]
)
async def test_local_mode_never_leaves_the_machine(url: str, connector: Connector) -> None:
    assert isinstance(await connector.send(url, "c", MESSAGE), Halted)


def test_outside_local_mode_there_must_be_tokens() -> None:
    config = TeamsConfig(APP_ID, TENANT, Secret("s"))
    with pytest.raises(ValueError, match="needs tokens"):
        Connector(object(), config, MovableClock(), None)  # type: ignore[arg-type]  # refused before it is used


def test_retry_after_as_a_date_is_seconds_from_now() -> None:
    now = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert read_retry_after("Mon, 02 Mar 2026 07:00:30 GMT", now) == 30.0
    assert read_retry_after("Mon, 02 Mar 2026 06:00:00 GMT", now) == 0.0
    assert read_retry_after("nan", now) is None
    assert read_retry_after("1e9", now) == 3600.0
    assert read_outcome(302, "", None, now) == Halted("refused", "http 302")


class Numbered:
    """Tokens that count."""

    def __init__(self) -> None:
        self.issued = 1

    async def get(self) -> str:
        return f"t{self.issued}"

    def drop(self, value: str) -> None:
        assert value == f"t{self.issued}"
        self.issued += 1


class Unavailable(Numbered):
    async def get(self) -> str:
        raise TokenUnavailable("invalid_client")


class Here(AbstractResolver):
    """Every name is a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": self._port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self) -> None:
        """Nothing to close."""


@asynccontextmanager
async def public_connector(tmp_path: Path, tokens: Numbered) -> AsyncIterator[tuple[Connector, FakeConnector]]:
    """A connector that speaks https to the platform's public name, served from here."""
    server, client = tls_for(HOST, tmp_path)
    config = TeamsConfig(APP_ID, TENANT, Secret("s"))
    async with FakeConnector(tls=server) as platform:
        to_here = aiohttp.TCPConnector(resolver=Here(platform.port), ssl=client)
        async with open_session(config, to_here) as session:
            yield Connector(session, config, MovableClock(), tokens), platform


async def test_the_token_is_sent_and_renewed_once_when_refused(tmp_path: Path) -> None:
    async with public_connector(tmp_path, Numbered()) as (connector, platform):
        platform.unauthorized.add("Bearer t1")
        assert await connector.send(f"https://{HOST}/emea/", "c", MESSAGE) == Sent("m1")
        assert platform.ledger.calls[0].authorization == "Bearer t2"


async def test_a_token_that_is_always_refused_is_not_tried_forever(tmp_path: Path) -> None:
    async with public_connector(tmp_path, Numbered()) as (connector, platform):
        platform.unauthorized.update({"Bearer t1", "Bearer t2"})
        outcome = await connector.send(f"https://{HOST}/emea/", "c", MESSAGE)
        assert outcome == Retry(None, throttled=False, detail="http 401")


async def test_without_a_token_nothing_is_sent(tmp_path: Path) -> None:
    async with public_connector(tmp_path, Unavailable()) as (connector, platform):
        outcome = await connector.send(f"https://{HOST}/emea/", "c", MESSAGE)
        assert outcome == Retry(None, throttled=False, detail="token: invalid_client")
        assert platform.ledger.calls == []


async def test_no_redirect_is_followed(connector: Connector) -> None:
    visited = asyncio.Event()

    async def elsewhere(_: web.Request) -> web.Response:
        visited.set()
        return web.Response()

    async def redirect(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"{request.scheme}://{request.host}/elsewhere"})

    app = web.Application()
    app.router.add_post("/v3/conversations/c/activities", redirect)
    app.router.add_post("/elsewhere", elsewhere)
    served = Served(app)
    await served.start()
    try:
        assert await connector.send(served.url, "c", MESSAGE) == Halted("refused", "http 307")
        assert not visited.is_set()
    finally:
        await served.stop()
