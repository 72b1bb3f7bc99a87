"""The event loop's lag is measured, not assumed."""

from __future__ import annotations

import asyncio
from time import monotonic

from bot.scheduler import LOOK, LagProbe


async def test_a_loop_that_was_held_up_is_seen() -> None:
    probe = LagProbe()
    probe.start()
    until = monotonic() + LOOK + 0.15
    while monotonic() < until:  # the loop is held, as by slow work in a turn
        pass
    looked = asyncio.Event()
    asyncio.get_running_loop().call_later(LOOK, looked.set)
    await looked.wait()
    probe.stop()
    assert probe.longest >= 0.1


async def test_a_stopped_probe_leaves_no_timer() -> None:
    probe = LagProbe()
    probe.start()
    probe.stop()
    assert probe.longest == 0.0
