"""Teams as one way to reach people, outside any turn; and the two counters that need no server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from board.delivery import Address
from bot.channels.base import Channel, Halted, Retry, Sent
from bot.channels.pace import Pace
from bot.channels.teams.exchange import HttpAnswer
from bot.channels.teams.flights import Flights
from cards.message import Message
from tests.bot.channels.teams.support import Edge, MovableClock
from tests.fakes.faults import Fault
from tests.fakes.teams import BOT


async def test_a_notice_is_sent_and_redrawn(edge: Edge) -> None:
    channel: Channel = edge.outbound.channel
    address = await channel.open("tenant", edge.persona(2).user, edge.platform.url + "/")
    assert isinstance(address, Address)
    assert (address.conversation, address.scope, address.bot) == (f"a:{edge.persona(2).user}", "personal", BOT)
    (created,) = edge.platform.ledger.calls
    assert created.payload["tenantId"] == "tenant"
    sent = await channel.send(address, Message("first"))
    assert isinstance(sent, Sent)
    assert await channel.update(address, sent.message_id, Message("second", summary="short")) == sent
    card = edge.platform.ledger.latest_card(address.conversation)
    assert card["body"][0]["text"] == "second"
    assert edge.platform.ledger.calls[-1].payload["summary"] == "short"
    assert edge.platform.ledger.doubled() == []


async def test_one_try_a_call(edge: Edge) -> None:
    address = Address("teams", "t", edge.platform.url, "c", "personal", BOT)
    edge.platform.faults.add(Fault(status=429, retry_after="3"), Fault(status=403))
    assert await edge.outbound.channel.send(address, Message("x")) == Retry(3.0, throttled=True, detail="http 429")
    refused = await edge.outbound.channel.open("t", "u", edge.platform.url)
    assert refused == Halted("forbidden", "http 403")
    gone = await edge.outbound.channel.update(address, "nothing", Message("x"))
    assert gone == Halted("gone", "http 404")


def test_a_pace_fills_up_evenly_and_survives_a_clock_set_back() -> None:
    clock = MovableClock()
    pace = Pace(60, clock)
    person = ("t", "u")
    assert [pace.take(person) for _ in range(62)] == ["go"] * 60 + ["tell", "silent"]
    clock.forward(hours=-1)
    assert pace.take(person) == "tell"
    clock.forward(seconds=1)
    assert [pace.take(person) for _ in range(2)] == ["go", "silent"]
    clock.forward(hours=5)
    assert [pace.take(person) for _ in range(61)].count("go") == 60


def test_a_pace_of_nothing_is_off() -> None:
    pace = Pace(0, MovableClock())
    assert {pace.take(("t", "u")) for _ in range(1000)} == {"go"}


async def test_work_that_breaks_is_not_remembered() -> None:
    flights = Flights(MovableClock())
    started = 0

    async def breaks(_: Callable[[HttpAnswer], None]) -> None:
        nonlocal started
        started += 1
        raise RuntimeError

    for _ in range(2):
        assert (await flights.join("k", breaks)).status == 200
        assert await flights.drain(5)
    assert started == 2


async def test_a_drain_gives_up_in_time() -> None:
    flights = Flights(MovableClock())
    gate = asyncio.Event()

    async def waits(_: Callable[[HttpAnswer], None]) -> None:
        await gate.wait()

    flights.join(None, waits)
    assert not await flights.drain(0.01)
    gate.set()
    assert await flights.drain(5)
