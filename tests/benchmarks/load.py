"""Twenty callers at once, each on a connection it keeps, each waiting for its answer before it asks again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import aiohttp
import orjson

from bot.teams_settings import LOCAL_TENANT
from tests.benchmarks.board import READERS, Waiting
from tests.benchmarks.programs import Program
from tests.fakes.teams import Persona

CALLERS: Final = 20
DELIVERIES_A_PRESS: Final = 4
"""The submitter and the office are told; the owner's and the submitter's own cards are redrawn."""
DELIVERY_SECONDS: Final = 120.0
_HEADERS: Final = {"Content-Type": "application/json"}


class Wrong(Exception):
    """A bot did not do what was asked: its rate would mean nothing."""


@dataclass(frozen=True, slots=True)
class Timed:
    """``seconds`` until every turn was answered, ``delivered`` until every message they caused had arrived."""

    turns: int
    seconds: float
    delivered: float

    @property
    def rate(self) -> float:
        return self.turns / self.seconds


class Load:
    """Drives one bot at a time. ``sink`` is where all of them send to."""

    def __init__(self, session: aiohttp.ClientSession, sink: Program) -> None:
        self._session = session
        self._sink = sink

    @property
    def service_url(self) -> str:
        return self._sink.url

    async def say(self, bot: Program, texts: Sequence[str], turns: int) -> Timed:
        """``turns`` messages in all, each answered by one message to the Connector. Raises :class:`Wrong`."""
        each = turns // CALLERS
        bodies = self._messages(texts, each)
        return await self._drive(bot, bodies, _is_taken, messages=each * CALLERS)

    async def together(self, bots: Sequence[tuple[Program, Sequence[str]]], turns: int) -> None:
        """``turns`` messages to each of several bots at the same time; nothing is timed."""
        before = await self.reached()
        for bot, texts in bots:
            await self.say(bot, texts, CALLERS)  # so that everybody is known before the two get in each other's count
        count = turns // CALLERS - 1
        await asyncio.gather(
            *(self._call(bot, own, _is_taken) for bot, texts in bots for own in self._messages(texts, count))
        )
        total = await self.reached()
        if total - before != (count + 1) * CALLERS * len(bots):
            raise Wrong(f"{total - before} messages arrived from {len(bots)} bots after {turns} turns each")

    def _messages(self, texts: Sequence[str], each: int) -> list[list[bytes]]:
        people = [Persona(digits, service_url=self.service_url, tenant=LOCAL_TENANT) for digits in READERS]
        return [[orjson.dumps(person.says(texts[turn % len(texts)])) for turn in range(each)] for person in people]

    async def press(self, bot: Program, waiting: Sequence[Waiting]) -> Timed:
        """One press on each case by its owner, answered by the changed card. Raises :class:`Wrong`."""
        bodies: dict[int, list[bytes]] = {}
        for one in waiting:
            bodies.setdefault(one.owner, []).append(orjson.dumps(one.press(self.service_url)))
        expected = DELIVERIES_A_PRESS * len(waiting)
        return await self._drive(bot, list(bodies.values()), _is_confirmed, messages=expected)

    async def reached(self, messages: int = 0) -> int:
        """How many messages the Connector has had, once they are at least this many."""
        async with self._session.get(f"{self.service_url}/_reached?messages={messages}") as answer:
            return int((await answer.json())["messages"])

    async def _drive(
        self, bot: Program, bodies: Sequence[Sequence[bytes]], check: Callable[[int, bytes], bool], messages: int
    ) -> Timed:
        before = await self.reached()
        began = perf_counter()
        await asyncio.gather(*(self._call(bot, own, check) for own in bodies))
        answered = perf_counter()
        try:
            async with asyncio.timeout(DELIVERY_SECONDS):
                total = await self.reached(before + messages)
        except TimeoutError:
            total = await self.reached()
        delivered = perf_counter()
        if total - before != messages:
            raise Wrong(f"{bot.module}: {total - before} messages arrived, not {messages}")
        return Timed(sum(map(len, bodies)), answered - began, delivered - began)

    async def _call(self, bot: Program, bodies: Sequence[bytes], check: Callable[[int, bytes], bool]) -> None:
        url = f"{bot.url}/api/messages"
        for body in bodies:
            async with self._session.post(url, data=body, headers=_HEADERS) as answer:
                content = await answer.read()
                if not check(answer.status, content):
                    raise Wrong(f"{bot.module}: {answer.status} {content[:300]!r}")


def _is_taken(status: int, _content: bytes) -> bool:
    return status in (200, 201, 202)


def _is_confirmed(status: int, content: bytes) -> bool:
    """The card that came back: no button to confirm any more, and the thanks on top."""
    if status != 200:
        return False
    answer: dict[str, Any] = orjson.loads(content)
    return answer["statusCode"] == 200 and b"case.confirm" not in content and b'"good"' in content
