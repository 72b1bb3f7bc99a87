"""The listening process: starts, says that it is ready, and on SIGTERM stops intake, drains, and ends with 0."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from contextlib import AsyncExitStack
from datetime import datetime

from aiohttp import web

from bot.app import running
from bot.channels.teams.routes import SERVER_OPTIONS
from bot.settings import Settings

BANNER = (
    "saksgang: LOCAL MODE. Nobody is authenticated: every sender's id is believed. For trying out on this machine only."
)


def serve(settings: Settings, host: str, port: int, *, local: bool, now: datetime | None) -> int:
    """Runs until a signal. Errors: ``bot.settings.Problems`` where it cannot start."""
    work = _serve(settings, host, port, local=local, now=now)
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # not to be had on Windows

    return uvloop.run(work)


def _settle_memory() -> None:
    """What was loaded at the start stays for good: the collector need not look through it again and again.

    Measured: a fifth of the time of a turn, and its longest pauses, went to that.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


async def _serve(settings: Settings, host: str, port: int, *, local: bool, now: datetime | None) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    site = f"http://{host}:{port}" if local and port else ""
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(running(settings, local=local, now=now, site=site))
        runner = web.AppRunner(bot.web_app, access_log=None, shutdown_timeout=5.0, **SERVER_OPTIONS)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        listener = web.TCPSite(runner, host, port)
        await listener.start()
        _settle_memory()
        if local:
            print(BANNER, flush=True)
        listening = runner.addresses[0][1]  # port 0 takes a free one
        print(f"saksgang: listening on http://{host}:{listening}", flush=True)
        await stop.wait()
        await listener.stop()
    return 0
