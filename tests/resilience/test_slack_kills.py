"""A process killed right after it acknowledged: what it had taken is done by the next one, once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
import pytest

from board.clock import OSLO
from tests.fakes.faults import Fault, FaultScript
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.resilience.crowd import query, until
from tests.resilience.slack_crowd import case_of, hand_on, personas, settings_for, settle
from tests.resilience.zygote import Child, Zygote

SATURDAY = datetime(2026, 3, 7, 6, tzinfo=OSLO)
BETWEEN = timedelta(minutes=4)
"""From one start to the next by the bot's clock: leases have run out."""
KILLS, AT_ONCE = 6, 4
CONFIRM = "case.confirm"


class Away(FaultScript):
    """Slack takes nothing more while ``away``: whatever the process would still say is lost with it."""

    away = False

    def next(self, *names: str) -> Fault | None:
        return Fault(delay=0.05, reset="before") if self.away else super().next(*names)


@pytest.mark.slow
async def test_what_was_acknowledged_is_done_by_the_next_process(url: str, zygote: Zygote) -> None:
    async with a_town(url, zygote) as town:
        for kill in range(KILLS):
            await town.lives_until_killed(kill)
        await until(town.all_done, 30)
        print(f"\n{url.partition(':')[0]}: {KILLS} kills, left to the next process {town.left}")
        assert max(town.left) > 0, "every process had done all before it was killed"
        await town.each_had_its_effect_once()
        assert town.slack.violations == []


@dataclass
class Town:
    """One database, its process at present, and the owners of cases who are asked; half of them only write."""

    url: str
    zygote: Zygote
    slack: FakeSlack
    session: aiohttp.ClientSession
    connection: Away
    people: Sequence[Persona]
    child: Child
    dice: random.Random
    now: datetime = SATURDAY
    left: list[int] = field(default_factory=list)

    async def lives_until_killed(self, kill: int) -> None:
        """Killed some milliseconds after the last acknowledgement; every other time Slack hears no answer before."""
        some = self.people[kill * AT_ONCE :][:AT_ONCE]
        requests = [_confirms(one) for one in some[::2]]
        requests += [some[1].says("frister"), some[3].says("språk nynorsk")]
        self.connection.away = kill % 2 == 0
        await _acknowledged(self.slack, self.session, f"{await self.child.url()}/slack/events", requests)
        await asyncio.sleep(self.dice.choice((0.0, 0.002, 0.01, 0.03)))  # the moment is what is random
        await self.child.kill()
        self.connection.away = False
        self.left.append(await self.undone())
        self.now += BETWEEN
        self.child = await self.zygote.serve(self.url, self.now.isoformat(), **settings_for(self.slack))
        await until(self.all_done, 30)

    async def undone(self) -> int:
        return int((await query(self.url, "SELECT count(*) FROM arrivals WHERE done_at IS NULL"))[0][0])

    async def all_done(self) -> bool:
        return await self.undone() == 0

    async def each_had_its_effect_once(self) -> None:
        """One row in the log for each case, shown in the message that was pressed; the words answered, or taken in.

        What was answered just before the end, and not noted as done, is answered once more.
        """
        owners, readers, changers = self.people[::2], self.people[1::4], self.people[3::4]
        found = await query(self.url, "SELECT object_id FROM history WHERE what = 'case.confirmed'")
        assert Counter(case for (case,) in found) == {case_of(one): 1 for one in owners}
        await self.slack.wait_for(lambda _: all(CONFIRM not in _verbs(one.messages[0]) for one in owners), 30)
        answers = [len([message for message in one.messages if "Frister" in message.words]) for one in readers]
        assert set(answers[::2]) == {1}, "nobody had heard the first answer"
        assert set(answers[1::2]) <= {1, 2}, [[m.words[:150] for m in one.messages] for one in readers]
        languages = await query(self.url, "SELECT id FROM people WHERE language = 'nn'")
        assert {one for (one,) in languages} == {one.id for one in changers}


@asynccontextmanager
async def a_town(url: str, zygote: Zygote) -> AsyncIterator[Town]:
    async with FakeSlack() as slack, aiohttp.ClientSession() as session:
        slack.faults = connection = Away()
        people = personas(slack, KILLS * AT_ONCE)
        await settle(url, people, SATURDAY)
        await hand_on(url, people, SATURDAY)
        child = await zygote.serve(url, SATURDAY.isoformat(), **settings_for(slack))
        await slack.wait_for(lambda ledger: len(ledger.of("chat.postMessage")) == len(people), 30)
        yield Town(url, zygote, slack, session, connection, people, child, random.Random(20_260_307))


def _confirms(person: Persona) -> SlackRequest:
    return person.presses(person.messages[0], CONFIRM)


def _verbs(message: Posted) -> list[str]:
    return [element.get("action_id", "") for block in message.blocks for element in block.get("elements", ())]


async def _acknowledged(
    slack: FakeSlack, session: aiohttp.ClientSession, events: str, requests: Sequence[SlackRequest]
) -> None:
    """Returns with the last acknowledgement of what was sent at once."""
    acks = await asyncio.gather(*(slack.deliver(session, events, request) for request in requests))
    assert [ack.status for ack in acks] == [200] * len(requests)
