"""Work done beside the bot, in rounds: one after the other while there is something to do, else until woken."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import structlog

_log = structlog.get_logger()


@dataclass(slots=True, eq=False)
class Rounds(ABC):
    """``wake`` after a commit that may have left something to do, and now and then. ``PAUSED`` is for the log."""

    PAUSED: ClassVar[str]

    _awake: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _stopping: bool = field(default=False, init=False)

    @abstractmethod
    async def round(self) -> bool:
        """Does what there is to do now; False where there was nothing."""

    def wake(self) -> None:
        self._awake.set()

    def stop(self) -> None:
        """Takes nothing more; :meth:`run` returns when what is under way has ended."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                done = await self.round()
            except Exception as error:  # the database is away: it is asked again at the next tick
                _log.error(self.PAUSED, error=type(error).__name__)
                done = False
            if not done and not self._stopping:
                await self._rest()

    async def _rest(self) -> None:
        """Until woken; the scheduler's tick wakes it in any case."""
        await self._awake.wait()
