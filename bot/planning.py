"""The planner's place in the process: at every tick, what has fallen due is planned, and what is stale taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog

from board.delivery import DeliveryQueue
from board.ports import Rules, Work
from board.usecases.plan_due import plan_due
from board.usecases.settle_plans import settle_plans
from board.usecases.standing import office_has_news

MOST_ROUNDS: Final = 1000
"""In one tick; what is left is taken at the next."""

_log = structlog.get_logger()


class Planning:
    """``wake`` is called where something may have been put in line."""

    def __init__(self, work: Work, queue: DeliveryQueue, rules: Rules, wake: Callable[[], None]) -> None:
        self._work, self._queue, self._rules, self._wake = work, queue, rules, wake

    async def settle(self) -> None:
        """Once, at start."""
        async with self._work.write() as unit:
            if await settle_plans(unit, self._rules):
                await unit.commit()

    async def tick(self) -> None:
        """Never raises: a database that is away is asked again at the next tick."""
        try:
            await self._tick()
        except Exception as error:
            _log.error("planning_paused", error=type(error).__name__)

    async def _tick(self) -> None:
        now = self._rules.clock.now()
        if expired := await self._queue.expire(now):
            _log.warning("notices_expired", rows=expired)
        rounds = 0
        while rounds < MOST_ROUNDS and await self._has_work() and await self._round():
            rounds += 1
        self._wake()

    async def _has_work(self) -> bool:
        """Looks without locking anything: most ticks find nothing to do."""
        now = self._rules.clock.now()
        if not self._rules.hours.open_at(now):
            return False
        async with self._work.read() as work:
            following = await work.planned.next_at()
            return (following is not None and following <= now) or await office_has_news(work, self._rules)

    async def _round(self) -> bool:
        async with self._work.write() as unit:
            more = await plan_due(unit, self._rules)
            await unit.commit()
        return more
