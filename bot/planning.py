"""The planner's place in the process: at every tick, what has fallen due is planned, and what is stale taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog

from board.delivery import DeliveryQueue
from board.ports import Rules, Work
from board.usecases.close_rounds import close_rounds, rounds_are_over
from board.usecases.keep_evaluation import evaluation_is_due, keep_evaluation
from board.usecases.keep_later import keep_later, later_is_due
from board.usecases.plan_due import plan_due
from board.usecases.settle_plans import settle_plans
from board.usecases.standing import office_has_news
from dialogs.evaluation_acts import worder

MOST_ROUNDS: Final = 1000
"""In one tick; what is left is taken at the next."""

_log = structlog.get_logger()


class Planning:
    """``wake`` is called where something may have been put in line."""

    def __init__(self, work: Work, queue: DeliveryQueue, rules: Rules, wake: Callable[[], None]) -> None:
        self._work, self._queue, self._rules, self._wake = work, queue, rules, wake
        self._worder = worder(rules.mandate)

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
        await self._evaluation()
        await self._remarks()
        await self._later()
        rounds = 0
        while rounds < MOST_ROUNDS and await self._has_work() and await self._round():
            rounds += 1
        self._wake()

    async def _evaluation(self) -> None:
        """The yearly evaluation is opened and closed in the hours of a working day, as everything that is asked."""
        if not self._rules.hours.open_at(self._rules.clock.now()):
            return
        async with self._work.read() as work:
            if not await evaluation_is_due(work, self._rules):
                return
        async with self._work.write() as unit:
            await keep_evaluation(self._worder, unit, self._rules)
            await unit.commit()

    async def _later(self) -> None:
        """What is asked long after a meeting, in the hours of a working day."""
        if not self._rules.hours.open_at(self._rules.clock.now()):
            return
        more = True
        while more:
            async with self._work.read() as work:
                if not await later_is_due(work, self._rules):
                    return
            async with self._work.write() as unit:
                more = await keep_later(unit, self._rules)
                await unit.commit()

    async def _remarks(self) -> None:
        """Rounds whose last day is over are closed, and those who write the minutes told, in the hours of a day."""
        if not self._rules.hours.open_at(self._rules.clock.now()):
            return
        async with self._work.read() as work:
            if not await rounds_are_over(work, self._rules):
                return
        async with self._work.write() as unit:
            await close_rounds(unit, self._rules)
            await unit.commit()

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
