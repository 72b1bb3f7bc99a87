"""5,000 notices through 200 SIGKILLs and a bad connection: nobody is left out, and hardly anybody is told twice."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import aiohttp
import pytest

from board.clock import OSLO
from board.ids import MeetingId, PersonId
from board.meeting import MeetingChanged
from board.meeting_commands import PlanMeeting
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Person, Role
from board.usecases.plan_meeting import plan_meeting
from bot.clocks import MovableClock
from bot.rules import rules_for
from bot.settings import Settings
from storage.engine import open_store
from tests.fakes.connector import FakeConnector
from tests.fakes.faults import Fault, FaultScript
from tests.fakes.teams import Persona
from tests.resilience.crowd import personas, query, say, settle, states
from tests.resilience.zygote import Child, Zygote

NOTICES, KILLS, IN_FLIGHT = 5_000, 200, 8
BACK_WITHIN = 10.0
"""Seconds from a kill to the next delivery (``quality.md``)."""
SATURDAY = datetime(2026, 3, 7, 6, tzinfo=OSLO)
BETWEEN = timedelta(minutes=4)
"""From one start to the next by the bot's clock: leases and pauses have run out. All of it is in one weekend."""
MEETING = MeetingId("board-in-june")
GUESTS = 900_000
FAULTS = (
    *(Fault(status) for status in (503, 500, 412)),
    Fault(429, retry_after="1"),
    Fault(reset="before"),
    Fault(reset="after"),
    Fault(delay=0.02),
)
LAST_WORDS = 0.04
"""Seconds in which what a killed process had sent comes in; the next one cannot have sent anything then."""


class BadConnection(FaultScript):
    """Every twelfth call goes wrong, each in a way of its own."""

    def __init__(self, dice: random.Random, theirs: set[str]) -> None:
        super().__init__()
        self._dice, self._theirs = dice, theirs
        self.played_each: Counter[str] = Counter()
        self.answers_lost = 0

    def next(self, *names: str) -> Fault | None:
        if self._theirs.isdisjoint(names) or self._dice.random() > 1 / 12:
            return None
        fault = self._dice.choice(FAULTS)
        self.played_each[str(fault.status or fault.reset or "delay")] += 1
        self.answers_lost += fault.reset == "after"
        return fault


@dataclass
class Run:
    """One database, its process at present, and what has come to each of the people."""

    url: str
    zygote: Zygote
    platform: FakeConnector
    connection: BadConnection
    session: aiohttp.ClientSession
    people: list[Persona]
    dice: random.Random
    now: datetime = SATURDAY
    longest_way_back: float = 0.0
    kills: Counter[str] = field(default_factory=Counter)
    callers: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def came(self) -> Counter[str]:
        """New messages by chat."""
        theirs = {persona.chat for persona in self.people}
        return Counter(call.conversation for call in self.platform.ledger.messages if call.conversation in theirs)

    @property
    def calls(self) -> int:
        return len(self.platform.ledger.calls)

    async def start(self) -> Child:
        self.now += BETWEEN
        return await self.zygote.serve(self.url, self.now.isoformat(), acts_per_minute="0")

    async def lives_until_killed(self, most: int) -> None:
        """One life: ended while it starts, after some deliveries, or some milliseconds after the first."""
        how = self.dice.choices(("deliveries", "start", "moment"), (70, 20, 10))[0]
        child = await self.start()
        if how == "start":
            await asyncio.sleep(self.dice.uniform(0, 0.3))  # the moment is what is random, nothing waits for it
        else:
            await self._delivers(child, self.dice.randint(1, most) if how == "deliveries" else 1)
        if how == "moment":
            await asyncio.sleep(self.dice.uniform(0, 0.02))
        await child.kill()
        self.kills[how] += 1

    async def _delivers(self, child: Child, count: int) -> None:
        await asyncio.sleep(LAST_WORDS)
        before = self.calls
        self._calls_in(child)
        await self.platform.wait_for(lambda _: self.calls > before, BACK_WITHIN + 20)
        self.longest_way_back = max(self.longest_way_back, monotonic() - child.started)
        await self.platform.wait_for(lambda _: self.calls >= before + count, 30)

    def _calls_in(self, child: Child) -> None:
        """A guest writes meanwhile, so that the log grows under the kills."""
        guest = Persona(GUESTS + sum(self.kills.values()), service_url=self.platform.url)

        async def call() -> None:
            with suppress(aiohttp.ClientError, AssertionError):  # killed in the middle of it, or before
                await say(self.session, await child.url(), guest, "hjelp")

        self.callers.append(asyncio.create_task(call()))

    async def runs_on(self) -> None:
        """One process, undisturbed, until nothing is left; where rows wait, its clock is moved."""
        child = await self.start()
        bot = await child.url()
        clock, before = Persona(GUESTS - 1, service_url=self.platform.url), -1
        async with asyncio.timeout(120):
            while await query(self.url, "SELECT 1 FROM outbox WHERE state <> 'sent' LIMIT 1"):
                if self.calls == before:
                    self.now += timedelta(minutes=40)
                    await say(self.session, bot, clock, f"tid {self.now:%Y-%m-%d %H:%M}")
                before = self.calls
                await asyncio.sleep(0.2)  # between two questions, not instead of them
        child.signal(signal.SIGTERM)
        assert await child.gone() == 0, child.words


@asynccontextmanager
async def a_run(url: str, folder: Path, seed: int) -> AsyncIterator[Run]:
    people = personas(NOTICES)
    dice = random.Random(seed)
    async with FakeConnector() as platform, aiohttp.ClientSession() as session, Zygote(folder) as zygote:
        await _fill(url, folder, people, platform.url)
        platform.faults = connection = BadConnection(dice, {one.chat for one in people})
        run = Run(url, zygote, platform, connection, session, people, dice)
        yield run
        await asyncio.gather(*run.callers)


async def _fill(url: str, folder: Path, people: list[Persona], platform: str) -> None:
    """A planned meeting, the people, and one notice to each of them, in one unit of work."""
    lead = Actor(Person(PersonId("lead"), "Porteføljeansvarlig"), frozenset({Role.PORTFOLIO_LEAD}))
    rules = rules_for(Settings(files=folder, _env_file=None), MovableClock(SATURDAY))
    await settle(url, people, None, platform, SATURDAY)
    async with await open_store(url) as store, store.work.write() as unit:
        await unit.people.add(lead.person)
        command = PlanMeeting(MEETING, Body.BOARD, datetime(2026, 6, 11, 9, tzinfo=OSLO), 180, "Hamar")
        assert isinstance(await plan_meeting(command, lead, unit, rules), MeetingChanged)
        told = [Notice(NoticeKind.MEETING_WORD, MEETING, 1, PersonId(one.user), "call") for one in people]
        await unit.outbox.tell(told, SATURDAY)
        await unit.commit()


@pytest.mark.slow
async def test_killed_again_and_again_it_loses_nothing(url: str, tmp_path: Path) -> None:
    began = monotonic()
    async with a_run(url, tmp_path, seed=20_260_307) as run:
        ready = monotonic()
        for left in range(KILLS, 0, -1):
            waiting = NOTICES - len(run.came)
            assert waiting > 0, f"all is delivered with {left} kills to go"
            await run.lives_until_killed(min(40, max(1, 2 * waiting // (left + 20))))
        killed = monotonic()
        await run.runs_on()
        came, answers_lost = run.came, run.connection.answers_lost
        verified = await run.zygote.start("audit", "verify", "--database", url)
        whole = await verified.gone(60), " ".join(verified.words)
        seconds = [round(b - a, 1) for a, b in ((began, ready), (ready, killed), (killed, monotonic()))]
    lost, doubled = NOTICES - len(came), came.total() - len(came)
    print(
        f"\n{url.partition(':')[0]}: kills {run.kills.total()} {dict(run.kills)}, lost {lost}, doubled {doubled} "
        f"(answers lost by the connection {answers_lost}), longest way back {run.longest_way_back:.2f} s, "
        f"faults {dict(run.connection.played_each)}, seconds to fill, kill and end {seconds}"
    )
    assert run.kills.total() == KILLS
    assert lost == 0
    assert doubled <= KILLS * IN_FLIGHT
    assert await states(url) == {"sent": NOTICES}
    assert run.longest_way_back < BACK_WITHIN
    assert whole[0] == 0, whole
    assert "the log is whole" in whole[1]
    assert all(run.connection.played_each.values())
