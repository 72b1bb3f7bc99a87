"""A limit on waiting that counts the time this process runs, not the time that passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil
from typing import Final

LONGEST_STEP: Final = 0.5
"""Seconds."""


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Like ``asyncio.timeout``, raising ``TimeoutError``, but for time in which the process was stopped.

    The answer may have come meanwhile. Giving up would come before reading it, and what went out would go out again.
    """
    loop, left = asyncio.get_running_loop(), max(1, ceil(seconds / LONGEST_STEP))
    length = seconds / left
    waiting: asyncio.TimerHandle
    async with asyncio.timeout(None) as limit:

        def step(due: float) -> None:
            nonlocal left, waiting
            late = loop.time() - due > LONGEST_STEP
            left -= not late
            if left <= 0:
                limit.reschedule(loop.time())
            else:
                waiting = loop.call_later(length, step, loop.time() + length)

        waiting = loop.call_later(length, step, loop.time() + length)
        try:
            yield
        finally:
            waiting.cancel()
