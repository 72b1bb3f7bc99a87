"""The same activity, delivered ten times at once, is worked on once; every delivery gets the same answer.

This holds inside one process. Between processes the database decides, in the transaction of the effect.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from board.clock import Clock
from bot.channels.incidents import report_incident
from bot.channels.teams.exchange import DONE, HttpAnswer

KEPT = timedelta(minutes=5)
_REMEMBERED = 5_000

Job = Callable[[Callable[[HttpAnswer], None]], Awaitable[None]]
"""Does the work; calls what it is given as soon as the HTTP answer is known."""


@dataclass(frozen=True, slots=True)
class _Flight:
    answer: asyncio.Future[HttpAnswer]
    since: datetime


class Flights:
    """The turns under way and the answers of the last minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[Hashable, _Flight] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def join(self, key: Hashable | None, job: Job) -> asyncio.Future[HttpAnswer]:
        """The answer to this activity: of the work under way or lately done, else of ``job``, started now."""
        known = self._known.get(key) if key is not None else None
        if known is not None and timedelta(0) <= self._clock.now() - known.since < KEPT:
            return known.answer
        answer: asyncio.Future[HttpAnswer] = asyncio.get_running_loop().create_future()
        if key is not None:
            self._keep(key, _Flight(answer, self._clock.now()))
        task = asyncio.create_task(self._fly(job, answer, key), name="teams-turn")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return answer

    def forget(self, key: Hashable) -> None:
        """The next one with this key is new."""
        self._known.pop(key, None)

    @property
    def under_way(self) -> int:
        """How many turns are being worked on now."""
        return len(self._tasks)

    async def drain(self, seconds: float) -> bool:
        """Wait for the turns under way; whether all ended in time."""
        if not self._tasks:
            return True
        _, pending = await asyncio.wait(set(self._tasks), timeout=seconds)
        return not pending

    async def _fly(self, job: Job, answer: asyncio.Future[HttpAnswer], key: Hashable | None) -> None:
        def answered(given: HttpAnswer) -> None:
            if not answer.done():
                answer.set_result(given)

        try:
            await job(answered)
        except Exception as error:  # the handler answers for everything; this is the last net
            report_incident("activity_failed", error)
            self.forget(key)
        finally:
            answered(DONE)

    def _keep(self, key: Hashable, flight: _Flight) -> None:
        self._known[key] = flight
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
