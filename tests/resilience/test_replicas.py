"""Three processes on one PostgreSQL: the one that plans is stopped in the middle of it for a minute, and continued."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import asyncpg
import pytest

from board.clock import OSLO
from board.duty import Duty, DutyKind, Rung, ask
from board.hours import Hours
from board.ids import DutyId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body, Role
from bot.app import rules_for
from bot.clocks import MovableClock
from bot.settings import Settings
from storage.engine import open_store
from tests.fakes.connector import FakeConnector
from tests.fakes.teams import Persona
from tests.resilience.crowd import all_sent, personas, query, settle, until
from tests.resilience.zygote import Child, Zygote
from tests.storage.server import Server

PEOPLE, MEETINGS, LATER = 600, 12, 20
"""Each of the people owes an answer about each of the meetings; some more do later in the day."""
REPLICAS = ("replica_1", "replica_2", "replica_3")
"""Each logs in by its own name: so the database says which of them it is that plans."""
ASKED = datetime(2026, 3, 2, 9, tzinfo=OSLO)
DAY = date(2026, 3, 17)
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
    hours: Hours
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
async def a_cluster(server: Server, url: str, zygote: Zygote, folder: Path) -> AsyncIterator[Cluster]:
    people = personas(PEOPLE + LATER)
    for name in REPLICAS:
        await server.execute(f"CREATE ROLE {name} LOGIN SUPERUSER")
    watch = await asyncpg.connect(url)
    try:
        async with FakeConnector() as platform, aiohttp.ClientSession() as session:
            hours = rules_for(Settings(files=folder, _env_file=None), MovableClock(ASKED)).hours
            await _owe(url, people, platform.url, hours)
            cluster = Cluster(url, platform, session, watch, people, hours)
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


async def _owe(url: str, people: list[Persona], platform: str, hours: Hours) -> None:
    """Everybody owes an answer about each of the meetings, on the last day for it; in no order."""
    await settle(url, people, Role.MEMBER, platform, ASKED)
    async with await open_store(url) as store, store.work.write() as unit:
        duties: list[Duty] = []
        for number in range(MEETINGS):
            starts_at = datetime(2026, 9, 1 + number, 9, tzinfo=OSLO)
            assert await unit.meetings.add(Meeting(_meeting(number), Body.BOARD, starts_at, 120, "Hamar"))
            duties += [_duty(number, persona, hours) for persona in people[:PEOPLE]]
        random.Random(17).shuffle(duties)
        await unit.duties.add(duties, ASKED)
        await unit.commit()


def _meeting(number: int) -> MeetingId:
    return MeetingId(f"board-{number}")


def _duty(meeting: int, persona: Persona, hours: Hours) -> Duty:
    """To be reminded of at the opening of ``DAY``, its last."""
    person, about = PersonId(persona.user), _meeting(meeting)
    duty = Duty(DutyId(f"{about}:{person}"), DutyKind.ATTEND, about, person, ASKED, DAY, "attendance")
    asked = ask(replace(duty, rung=Rung.UNDERWAY), hours)
    assert asked.next_at == hours.opening(DAY)
    return asked


@pytest.mark.slow
@pytest.mark.postgres
async def test_the_planner_is_stopped_for_a_minute(
    postgres_server: Server, postgres_url: str, zygote: Zygote, tmp_path: Path
) -> None:
    async with a_cluster(postgres_server, postgres_url, zygote, tmp_path) as cluster:
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
    async with await open_store(cluster.url) as store, store.work.write() as unit:
        await unit.duties.add([_duty(0, persona, cluster.hours) for persona in late], ASKED)
        await unit.commit()
    chats = {persona.chat for persona in late}
    await cluster.platform.wait_for(lambda _: chats <= set(cluster.came()), HEALTHY_WITHIN)
    assert {cluster.came()[chat] for chat in chats} == {1}
