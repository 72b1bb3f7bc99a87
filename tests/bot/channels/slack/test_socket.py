"""Socket Mode: the same arrivals, the same handler, over a connection that the bot opens and keeps open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels.base import Said, Turn
from bot.channels.slack.inbound import SlackInbound
from bot.channels.slack.socket import SocketMode
from tests.bot.channels.slack.receiving import Receiving, receiving, socket_config
from tests.bot.channels.slack.test_receiving import MODAL
from tests.fakes.faults import Fault
from tests.fakes.memory_arrivals import MemoryArrivals
from tests.fakes.slack.persona import seen
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
async def edge(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiving]:
    monkeypatch.setattr(SocketMode.__init__, "__defaults__", (0.05,))
    async with receiving(slack, config=socket_config(slack)) as running:
        await slack.sockets.connected()
        yield running


async def test_words_come_in_and_are_acknowledged(edge: Receiving) -> None:
    ack = await edge.slack.sockets.deliver(edge.slack.persona("kari").says("frister"))
    assert ack.problems == []
    await edge.settled()
    (turn,) = edge.handler.turns
    assert isinstance(turn, Said)
    assert turn.text == "frister"
    assert edge.slack.violations == []


async def test_commands_presses_and_modals_as_well(edge: Receiving) -> None:
    kari = edge.slack.persona("kari")
    edge.handler.answer = {"response_action": "errors", "errors": {"title": "Skriv en tittel"}}
    assert (await edge.slack.sockets.deliver(kari.command("frister"))).problems == []
    assert (await edge.slack.sockets.deliver(kari.shortcut("en sak"))).problems == []
    request = kari.submits(seen(MODAL, kari.id), {"title": "x"})
    status = await edge.slack.sockets.deliver(request)
    assert b'"errors"' in status.body
    await edge.settled()
    assert len(edge.handler.turns) == 3


async def test_the_same_event_over_both_ways_has_one_effect(edge: Receiving) -> None:
    request = edge.slack.persona("kari").says("frister")
    await asyncio.gather(
        edge.slack.sockets.deliver(request),
        edge.post(request.body(), request.headers()),
        edge.slack.sockets.deliver(request),
    )
    await edge.settled()
    assert len(edge.handler.turns) == 1


async def test_another_workspace_is_acknowledged_and_leaves_nothing(edge: Receiving) -> None:
    payload = edge.slack.persona("kari").says("hei").payload | {"team_id": "T0ANOTHER"}
    with capture_logs() as logs:
        ack = await edge.slack.sockets.deliver(SlackRequest("event", payload))
    assert ack.problems == []
    assert edge.arrivals.rows == {}
    assert [entry["event"] for entry in logs] == ["slack_refused"]


async def test_a_refreshed_connection_is_replaced(edge: Receiving) -> None:
    (old,) = edge.slack.sockets.open
    await edge.slack.sockets.refresh()
    await edge.slack.wait_for(lambda _: old not in edge.slack.sockets.open)
    await edge.slack.sockets.connected()
    await edge.slack.sockets.deliver(edge.slack.persona("kari").says("frister"))
    await edge.settled()
    assert len(edge.handler.turns) == 1


async def test_a_broken_connection_is_opened_anew_also_when_slack_is_away_for_a_while(edge: Receiving) -> None:
    edge.slack.faults.add(Fault(status=500), Fault(reset="before"), Fault(error="internal_error"))
    with capture_logs() as logs:
        await edge.slack.sockets.drop()
        await edge.slack.wait_for(lambda _: calls_for_an_address(edge) == 2)
        await edge.slack.sockets.connected()
    await edge.slack.sockets.deliver(edge.slack.persona("kari").says("frister"))
    await edge.settled()
    assert len(edge.handler.turns) == 1
    assert {entry["event"] for entry in logs} == {"slack_socket_failed"}


async def test_an_address_that_is_used_up_is_not_tried_again(edge: Receiving, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client would try the same one for ever: here its first connection is refused, its ticket spent."""
    real = edge.session.ws_connect
    refused: list[str] = []

    async def refuse_first(url: str, **options: Any) -> Any:
        if not refused:
            refused.append(url)
            raise aiohttp.ClientConnectionError("hemmelig")
        assert url not in refused
        return await real(url, **options)

    monkeypatch.setattr(edge.session, "ws_connect", refuse_first)
    with capture_logs() as logs:
        await edge.slack.sockets.drop()
        await edge.slack.wait_for(lambda _: calls_for_an_address(edge) >= 3)
        await edge.slack.sockets.connected()
    assert refused
    assert "hemmelig" not in repr(logs)


async def test_what_slack_holds_against_the_token_is_in_the_log_once(slack: FakeSlack) -> None:
    config = socket_config(slack)
    with capture_logs() as logs:
        async with receiving(slack, config=type(config)(**(as_dict(config) | {"app_token": "xapp-wrong"}))) as edge:
            assert edge.inbound.socket is not None
            await wait_until(lambda: bool(logs))
            assert edge.slack.sockets.open == []
    assert [(entry["event"], entry["problem"]) for entry in logs] == [("slack_socket_failed", "invalid_auth")]


def as_dict(config: Any) -> dict[str, Any]:
    return {name: getattr(config, name) for name in config.__slots__}


async def test_what_comes_while_stopping_is_left_to_others(edge: Receiving) -> None:
    edge.slack.sockets.patience = 0.2
    socket = edge.inbound.socket
    assert socket is not None
    socket.stop_taking()
    ack = await edge.slack.sockets.deliver(edge.slack.persona("kari").command("frister"))
    assert ack.problems == ["timeout"]
    assert edge.arrivals.rows == {}


async def test_the_acknowledgement_of_what_is_under_way_still_goes_out_at_a_stop(edge: Receiving) -> None:
    go_on, begun = asyncio.Event(), asyncio.Event()

    async def wait(_: Turn) -> None:
        begun.set()
        await go_on.wait()

    edge.handler.meanwhile = wait
    kari = edge.slack.persona("kari")
    delivered = asyncio.create_task(edge.slack.sockets.deliver(kari.submits(seen(MODAL, kari.id), {"title": "x"})))
    await begun.wait()
    closing = asyncio.create_task(edge.inbound.close(10))
    await asyncio.sleep(0)
    go_on.set()
    assert (await delivered).problems == []
    assert await closing
    await edge.slack.sockets.connected(0)


async def test_it_starts_also_where_slack_is_not_to_be_reached(slack: FakeSlack) -> None:
    config = socket_config(slack)
    away = type(config)(**(as_dict(config) | {"api_url": "http://127.0.0.1:9/api/"}))
    async with receiving(slack, MemoryArrivals(), away) as edge:
        assert isinstance(edge.inbound, SlackInbound)
        request = edge.slack.persona("kari").says("hei")
        assert (await edge.post(request.body(), request.headers()))[0] == 200


async def wait_until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # what is waited for is a log line: nothing tells of it
            await asyncio.sleep(0.01)


def calls_for_an_address(edge: Receiving) -> int:
    return sum(call.method == "apps.connections.open" for call in edge.slack.ledger.calls)
