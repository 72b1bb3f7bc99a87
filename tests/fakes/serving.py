"""Starts an aiohttp application on a free loopback port, in a test or as a program."""

from __future__ import annotations

import argparse
import asyncio
import signal
import ssl
from collections.abc import Callable
from typing import Any

from aiohttp import web


class Served:
    """A running server. ``port`` is known after :meth:`start`."""

    def __init__(self, app: web.Application, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, **options)
        self._tls = tls
        self.port = 0

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, ssl_context=self._tls)
        await site.start()
        addresses = self._runner.addresses
        self.port = addresses[0][1]

    async def stop(self) -> None:
        """Close every connection."""
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}"


def run_as_program(what: str, build: Callable[[argparse.Namespace], web.Application]) -> None:
    """``--port N``: serve until SIGTERM, and say so once listening."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--enforce-rates", action="store_true")
    asyncio.run(_serve(build, parser.parse_args()))


async def _serve(build: Callable[[argparse.Namespace], web.Application], options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    served = Served(build(options))
    await served.start(options.port)
    print(f"listening on {served.url}", flush=True)
    await stop.wait()
    await served.stop()
