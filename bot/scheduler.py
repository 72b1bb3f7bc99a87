"""The clock tick, and nothing else: what is due is a query. APScheduler keeps no truth here (``platform.md``)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK: Final = timedelta(seconds=2)
TIDY: Final = timedelta(hours=6)
LATE: Final = 30.0
"""Seconds without a tick after which the process is not ready."""
LOOK: Final = 0.02
LATELY: Final = 30.0
"""Seconds after which a lag is forgotten, at the latest after twice as many."""

_log = structlog.get_logger()


class LagProbe:
    """A timer every ``LOOK`` seconds; how much too late it comes is the event loop's lag, in seconds."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._due = self._since = 0.0
        self._before = self._now = 0.0

    def start(self) -> None:
        self._since = monotonic()
        self._wait()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    @property
    def longest(self) -> float:
        """The longest lag of the last 30 to 60 seconds."""
        return max(self._before, self._now)

    def _wait(self) -> None:
        self._due = monotonic() + LOOK
        self._timer = asyncio.get_running_loop().call_later(LOOK, self._look)

    def _look(self) -> None:
        came = monotonic()
        if came - self._since > LATELY:
            self._before, self._now, self._since = self._now, 0.0, came
        self._now = max(self._now, came - self._due)
        self._wait()


class Ticks:
    """Lets what is due be planned and sent, tidies up now and then, and measures the event loop's lag.

    ``watch`` ends what other processes, stopped, hold up; it comes also while ``act`` waits for one of them.
    """

    def __init__(
        self,
        act: Callable[[], Awaitable[None]],
        tidy: Callable[[], Awaitable[None]],
        watch: Callable[[], Awaitable[int]],
        lag: Callable[[float], None],
    ) -> None:
        self._act, self._tidy, self._watch, self._lag = act, tidy, watch, lag
        self._probe = LagProbe()
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}, timezone="UTC"
        )
        self._last = monotonic()

    def start(self) -> None:
        self._scheduler.add_job(self._tick, "interval", seconds=TICK.total_seconds())
        self._scheduler.add_job(self._look_after, "interval", seconds=TICK.total_seconds())
        self._scheduler.add_job(self._tidy_up, "interval", seconds=TIDY.total_seconds())
        self._scheduler.start()
        self._probe.start()
        self._last = monotonic()

    def stop(self) -> None:
        self._probe.stop()
        self._scheduler.shutdown(wait=False)

    @property
    def ticking(self) -> bool:
        return monotonic() - self._last < LATE

    async def _tick(self) -> None:
        self._last = monotonic()
        self._lag(self._probe.longest)
        await self._act()

    async def _look_after(self) -> None:
        try:
            if ended := await self._watch():
                _log.warning("stopped_process_ended", transactions=ended)
        except Exception as error:  # the database is away: it is asked again at the next tick
            _log.warning("watch_failed", error=type(error).__name__)

    async def _tidy_up(self) -> None:
        try:
            await self._tidy()
        except Exception as error:  # tidying waits; the next time does it
            _log.warning("tidying_failed", error=type(error).__name__)
