"""1,000 notices go out to as many people in Slack, and whoever writes or presses meanwhile is acknowledged at once."""

from __future__ import annotations

import asyncio
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

import aiohttp
import pytest

from board.clock import OSLO
from bot.scheduler import LagProbe
from tests.fakes.slack.acks import Ack
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.resilience.crowd import query, states, until
from tests.resilience.slack_crowd import Latency, hand_on, personas, settings_for, settle
from tests.resilience.zygote import Child, Zygote

NOTICES, LEAST = 1_000, 300
EVERY = 0.06
"""Seconds from one arrival to the next."""
DELIVERED_AGAIN = 10
"""Every so many arrivals come twice at the same instant, as Slack delivers again what it believes is lost."""
SATURDAY = datetime(2026, 3, 7, 6, tzinfo=OSLO)
IN_TIME, LATEST = 0.8, 3.0
"""Seconds: of 99 in 100 acknowledgements, and of each of them."""
SENT_WITHIN = 150.0
"""Seconds, on the slowest of machines."""
CONFIRM = "case.confirm"
ANSWERS = ("Frist", "Frå no av")
"""What the two kinds of words that people write are answered, as it begins."""


@dataclass
class Rush:
    """A process that sends, the workspace, and what has been done to it: ``said`` and ``asked`` by chat, ``pressed`` in
    order."""

    url: str
    slack: FakeSlack
    people: Sequence[Persona]
    child: Child
    bot: str
    session: aiohttp.ClientSession
    acks: list[Ack] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    pressed: list[Persona] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    said_at: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _read: int = 0

    def look(self) -> int:
        """How many of the people have been asked."""
        calls = self.slack.ledger.calls
        for call in calls[self._read :]:
            if call.method == "chat.postMessage" and _has(call.arguments["blocks"], CONFIRM):
                self.asked[call.channel] += 1
        self._read = len(calls)
        return len(self.asked)

    async def arrivals(self) -> float:
        """One after the other at a steady pace, until everybody has been asked. The seconds that it took."""
        began, waiting = monotonic(), []
        kinds = itertools.cycle((self._press, self._event, self._command))
        for number in itertools.count(1):
            if self.look() == NOTICES or monotonic() - began > SENT_WITHIN:
                break
            request = next(kinds)(number)
            times = 2 if number % DELIVERED_AGAIN == 0 else 1
            waiting += [asyncio.create_task(self._deliver(request)) for _ in range(times)]
            await asyncio.sleep(max(0.0, began + number * EVERY - monotonic()))  # the pace itself
        await asyncio.gather(*waiting)
        return monotonic() - began

    def _press(self, number: int) -> SlackRequest:
        """The next one who has been asked confirms; where nobody was since, somebody says something instead."""
        person = self.people[len(self.pressed)]
        if person.dm not in self.asked:
            return self._event(number)
        self.pressed.append(person)
        asked = next(message for message in person.messages if _has(message.blocks, CONFIRM))
        return person.presses(asked, CONFIRM)

    def _event(self, number: int) -> SlackRequest:
        return self._somebody(number).says("språk nynorsk")

    def _command(self, number: int) -> SlackRequest:
        return self._somebody(number).command("frister")

    def _somebody(self, number: int) -> Persona:
        person = self.people[-number % NOTICES]
        self.said[person.dm] += 1
        self.said_at[person.dm].append(monotonic())
        return person

    async def _deliver(self, request: SlackRequest) -> None:
        self.acks.append(await self.slack.deliver(self.session, f"{self.bot}/slack/events", request))

    def waits(self) -> list[float]:
        """Seconds from words to their answer, the shortest first."""
        found = []
        for chat, at in self.said_at.items():
            posts = (c for c in self.slack.ledger.of("chat.postMessage") if c.channel == chat)
            answers = [post.at for post in posts if post.arguments["text"].startswith(ANSWERS)]
            found += [answered - said for said, answered in zip(at, answers, strict=True)]
        return sorted(found)

    async def lag(self) -> float:
        """The process's own event loop's longest lag lately, in seconds."""
        async with self.session.get(f"{self.bot}/metrics") as answer:
            found = re.search(r"^saksgang_loop_lag_seconds (\S+)$", await answer.text(), re.MULTILINE)
        assert found
        return float(found[1])

    async def worked_off(self) -> bool:
        left = await query(self.url, "SELECT count(*) FROM arrivals WHERE done_at IS NULL")
        return left[0][0] == 0 and set(await states(self.url)) <= {"sent", "dropped"}


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _has(blocks: Sequence[dict[str, object]], verb: str) -> bool:
    return f"'{verb}'" in str(blocks)


@asynccontextmanager
async def a_rush(url: str, zygote: Zygote) -> AsyncIterator[Rush]:
    async with FakeSlack() as slack, aiohttp.ClientSession() as session:
        slack.faults = Latency(0.01, 0.04, now_and_then=1.0, seed=17)
        people = personas(slack, NOTICES)
        await settle(url, people, SATURDAY)
        await hand_on(url, people, SATURDAY)
        child = await zygote.serve(url, SATURDAY.isoformat(), **settings_for(slack))
        yield Rush(url, slack, people, child, await child.url(), session)


@pytest.mark.slow
async def test_acknowledged_at_once_while_a_thousand_notices_go_out(url: str, zygote: Zygote) -> None:
    ours = LagProbe()
    async with a_rush(url, zygote) as rush:
        ours.start()
        sending = await rush.arrivals()
        lag = await rush.lag()
        await until(rush.worked_off, 30)
        ours.stop()
        seconds = sorted(ack.seconds for ack in rush.acks)
        median, nearly_all = seconds[len(seconds) // 2], seconds[math.ceil(len(seconds) * 0.99) - 1]
        waits = rush.waits()
        print(
            f"\n{url.partition(':')[0]}: {NOTICES} notices in {sending:.1f} s, {len(seconds)} arrivals meanwhile "
            f"({len(rush.pressed)} presses); acknowledged: {_ms(median)}, 99 % {_ms(nearly_all)}, longest "
            f"{_ms(seconds[-1])}; words answered: {_ms(waits[len(waits) // 2])}, longest {_ms(waits[-1])}; loop lag of "
            f"the process {_ms(lag)}, of the test {_ms(ours.longest)}"
        )
        assert len(seconds) >= LEAST, "too few to say anything"
        assert len(rush.asked) == NOTICES, f"not all were sent in {SENT_WITHIN} s"
        assert nearly_all <= IN_TIME
        assert seconds[-1] < LATEST
        assert {ack.status for ack in rush.acks} == {200}
        assert rush.slack.violations == []
        await _each_had_its_effect_once(rush)


async def _each_had_its_effect_once(rush: Rush) -> None:
    """Each was asked once, each confirmed case told its submitter once, and each word was answered once."""
    expected = Counter({one.dm: 1 for one in rush.people}) + rush.said
    for person in rush.pressed:
        submitter = rush.people[(rush.people.index(person) + 1) % NOTICES]
        expected[submitter.dm] += 1
    posted = Counter(call.channel for call in rush.slack.ledger.of("chat.postMessage"))
    assert posted - expected == Counter()
    assert expected - posted == Counter()
    confirmed = await query(rush.url, "SELECT by FROM history WHERE what = 'case.confirmed'")
    assert sorted(by for (by,) in confirmed) == sorted(one.id for one in rush.pressed)
    assert all(not _has(one.messages[0].blocks, CONFIRM) for one in rush.pressed), "the question shows the answer"
