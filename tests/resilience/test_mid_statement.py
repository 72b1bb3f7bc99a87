"""The one that plans is stopped within a statement: PostgreSQL calls its session active, and no timeout counts."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from datetime import timedelta
from time import monotonic
from typing import Any

import aiohttp
import asyncpg
import pytest

from storage.engine import driver_url
from storage.postgres import OURS, STOPPED_CLIENT, PostgresDatabase
from tests.fakes.connector import FakeConnector
from tests.resilience.crowd import all_sent, personas, query, until
from tests.resilience.owing import owe
from tests.resilience.wire import BETWEEN_MESSAGES, a_wire
from tests.resilience.zygote import Child, Zygote
from tests.storage.server import Server

PEOPLE = 20
OPENING = "2026-03-17T08:00"
TURN = b"pg_try_advisory_xact_lock"
GO_ON_WITHIN = STOPPED_CLIENT.total_seconds() + 10.0
"""Seconds, with two ticks and the start of a process."""
_HOLDERS = """
SELECT a.state, a.wait_event FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()
"""


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("where", BETWEEN_MESSAGES)
async def test_another_one_goes_on(where: str, postgres_server: Server, postgres_url: str, zygote: Zygote) -> None:
    people, bots = personas(PEOPLE), list[Child]()

    def stop() -> None:
        bots[0].signal(signal.SIGSTOP)

    wired = a_wire(postgres_server.folder, TURN, BETWEEN_MESSAGES[where], stop)
    async with FakeConnector() as platform, wired as wire:
        await owe(postgres_url, people, 1, platform.url)
        bots.append(await zygote.serve(wire.url(postgres_url), OPENING))
        await asyncio.wait_for(wire.held.wait(), 30)
        stopped = monotonic()
        await until(lambda: _waits_within_a_statement(postgres_url), 5)
        bots.append(await zygote.serve(postgres_url, OPENING))
        await platform.wait_for(lambda ledger: len(ledger.messages) >= PEOPLE, GO_ON_WITHIN)
        went_on = monotonic() - stopped
        wire.release()
        bots[0].signal(signal.SIGCONT)
        await until(lambda: _ready(bots[0]), 15)
        await until(lambda: all_sent(postgres_url), 15)
        came = Counter(call.conversation for call in platform.ledger.messages)
        print(f"\nstopped where {where}: the other one had delivered after {went_on:.1f} s")
        assert came == {persona.chat: 1 for persona in people}


@pytest.mark.postgres
async def test_nobody_else_is_ended(postgres_url: str) -> None:
    database = PostgresDatabase(driver_url(postgres_url).render_as_string(hide_password=False), 1)
    stuck, between, busy = [await _session(postgres_url, OURS) for _ in range(3)]
    foreign = await _session(postgres_url, "somebody else")
    for one in (stuck, foreign):
        await one.execute("BEGIN")
        await one.prepare("SELECT 1")  # and no more: as the driver leaves it until the statement is run
    await between.execute("BEGIN")
    working = asyncio.create_task(busy.execute("SELECT pg_sleep(1)"))
    await until(lambda: _sleeps(postgres_url), 5)
    assert await database.end_stopped() == 0, "not after so short a time"
    assert await database.end_stopped(timedelta(0)) == 1
    await until(lambda: asyncio.sleep(0, stuck.is_closed()), 5)
    await working
    for one in (between, busy, foreign):
        assert await one.fetchval("SELECT 7") == 7
        await one.close()
    await database.close()


async def _session(url: str, name: str) -> Any:
    return await asyncpg.connect(url, server_settings={"application_name": name})


async def _sleeps(url: str) -> bool:
    return await query(url, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'") != []


async def _waits_within_a_statement(url: str) -> bool:
    return await query(url, _HOLDERS) == [("active", "ClientRead")]


async def _ready(bot: Child) -> bool:
    try:
        address = f"{await bot.url()}/readyz"
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(2)) as session,
            session.get(address) as answer,
        ):
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
