"""Three processes on one PostgreSQL: the one that plans is stopped in the middle of it for a minute, and continued."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import aiohttp
import asyncpg
import pytest

from tests.fakes.connector import FakeConnector
from tests.fakes.teams import Persona
from tests.resilience.crowd import all_sent, personas, query, until
from tests.resilience.owing import owe, owe_more
from tests.resilience.zygote import Child, Zygote
from tests.storage.server import Server

PEOPLE, MEETINGS, LATER = 600, 12, 20
"""Each of the people owes an answer about each of the meetings; some more do later in the day."""
REPLICAS = ("replica_1", "replica_2", "replica_3")
"""Each logs in by its own name: so the database says which of them it is that plans."""
START = "2026-03-17T07:59:52"
UNDER_WAY = 40
"""Messages that have come when the planner is stopped: it delivers at the same time."""
STOPPED = 60.0
GO_ON_WITHIN, HEALTHY_WITHIN = 15.0, 15.0
"""Seconds."""
ALL_SENT_WITHIN = 150.0
"""Seconds: what the stopped one had out is its own until its lease is over."""
_WHO = """
SELECT a.usename, a.state FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND a.usename LIKE 'replica_%'
"""


@dataclass
class Cluster:
    """The replicas by the name that they log in with."""

    url: str
    platform: FakeConnector
    session: aiohttp.ClientSession
    watch: Any
    people: list[Persona]
    replicas: dict[str, Child] = field(default_factory=dict)

    def came(self) -> Counter[str]:
        """New messages by chat."""
        return Counter(call.conversation for call in self.platform.ledger.messages)

    async def planner(self) -> tuple[str, str] | None:
        """Which replica plans just now, and what its backend is doing."""
        row = await self.watch.fetchrow(_WHO)
        return (row[0], row[1]) if row else None

    async def catch_the_planner(self) -> str:
        """Stops the replica that plans, in the middle of its transaction and of its deliveries, and names it."""
        end = monotonic() + 60
        while monotonic() < end:
            found = await self.planner()
            if found is None or self.came().total() < UNDER_WAY:
                await asyncio.sleep(0.002)  # between two questions, not instead of them
                continue
            name, _ = found
            self.replicas[name].signal(signal.SIGSTOP)
            if await self._stands(name):
                return name
            self.replicas[name].signal(signal.SIGCONT)
        raise AssertionError("no planner was caught: too few duties for this machine")

    async def _stands(self, name: str) -> bool:
        """Whether its backend waits for the stopped replica with the planner's lock; not where it was done already."""
        end = monotonic() + 1.0
        while monotonic() < end and (found := await self.planner()) is not None and found[0] == name:
            if found[1] == "idle in transaction":
                return True
            await asyncio.sleep(0.01)  # between two questions, not instead of them
        return False

    async def ready(self, child: Child) -> bool:
        try:
            async with self.session.get(f"{await child.url()}/readyz", timeout=aiohttp.ClientTimeout(2)) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


@asynccontextmanager
async def a_cluster(server: Server, url: str, zygote: Zygote) -> AsyncIterator[Cluster]:
    people = personas(PEOPLE + LATER)
    for name in REPLICAS:
        await server.execute(f"CREATE ROLE {name} LOGIN SUPERUSER")
    watch = await asyncpg.connect(url)
    try:
        async with FakeConnector() as platform, aiohttp.ClientSession() as session:
            await owe(url, people[:PEOPLE], MEETINGS, platform.url, late=people[PEOPLE:])
            cluster = Cluster(url, platform, session, watch, people)
            for name in REPLICAS:
                theirs = url.replace("postgres@", f"{name}@")
                cluster.replicas[name] = await zygote.serve(theirs, START, acts_per_minute="0", replicas="3")
            yield cluster
            for child in cluster.replicas.values():
                await child.kill()
    finally:
        await watch.close()
        for name in REPLICAS:
            await server.execute(f"DROP ROLE {name}")


@pytest.mark.slow
@pytest.mark.postgres
async def test_the_planner_is_stopped_for_a_minute(postgres_server: Server, postgres_url: str, zygote: Zygote) -> None:
    async with a_cluster(postgres_server, postgres_url, zygote) as cluster:
        planned_before, _ = await _left(cluster)
        name = await cluster.catch_the_planner()
        stopped, at_the_stop = monotonic(), cluster.came().total()
        left, waiting = await _left(cluster)
        assert left > 0, "it was stopped when all was planned"
        went_on = await _others_go_on(cluster, left, stopped)
        await asyncio.sleep(stopped + STOPPED - monotonic())  # the fault itself: a minute of real time
        cluster.replicas[name].signal(signal.SIGCONT)
        continued = monotonic()
        await until(lambda: cluster.ready(cluster.replicas[name]), HEALTHY_WITHIN)
        healthy = monotonic() - continued
        await until(lambda: all_sent(postgres_url), ALL_SENT_WITHIN)
        came = cluster.came()
        print(
            f"\n{MEETINGS * PEOPLE} duties ({planned_before} to plan at first), stopped {name} with {left} left and "
            f"{waiting} rows out; {at_the_stop} messages before; others went on after {went_on:.1f} s; "
            f"ready again {healthy:.1f} s after; {len(came)} people, {came.total()} messages"
        )
        assert set(came) == {persona.chat for persona in cluster.people[:PEOPLE]}
        assert set(came.values()) == {1}, [chat for chat, count in came.items() if count > 1]
        assert (await query(postgres_url, "SELECT count(*) FROM outbox WHERE copy_id IS NULL"))[0][0] == PEOPLE
        assert went_on < GO_ON_WITHIN
        await _takes_a_turn(cluster, name)


async def _left(cluster: Cluster) -> tuple[int, int]:
    """Duties whose reminder is to be planned still, and rows of the outbox that are out or wait."""
    due = await query(cluster.url, "SELECT count(*) FROM duties WHERE next_at < '2026-03-18'")
    out = await query(cluster.url, "SELECT count(*) FROM outbox WHERE state <> 'sent'")
    return int(due[0][0]), int(out[0][0])


async def _others_go_on(cluster: Cluster, left: int, stopped: float) -> float:
    """Seconds from the stop until another one has planned something."""

    async def planned() -> bool:
        return (await _left(cluster))[0] < left

    await until(planned, STOPPED - 5)
    return monotonic() - stopped


async def _takes_a_turn(cluster: Cluster, name: str) -> None:
    """Alone, the one that was stopped plans what falls due next, and delivers it."""
    for other, child in cluster.replicas.items():
        if other != name:
            await child.kill()
    late = cluster.people[PEOPLE:]
    await owe_more(cluster.url, late)
    chats = {persona.chat for persona in late}
    await cluster.platform.wait_for(lambda _: chats <= set(cluster.came()), HEALTHY_WITHIN)
    assert {cluster.came()[chat] for chat in chats} == {1}
