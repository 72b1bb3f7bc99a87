"""A Bot Connector that is light: it accepts everything, counts the messages (a sign of typing is none), keeps nothing.

``python -m tests.benchmarks.sink --port N``. ``GET /_reached?messages=N`` answers when that many have arrived in all.
"""

from __future__ import annotations

import argparse
import asyncio
import signal

import uvloop
from aiohttp import web

JSON = {"Content-Type": "application/json"}


class Sink:
    def __init__(self) -> None:
        self.messages = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    async def take(self, request: web.BaseRequest) -> web.Response:
        """A message, whatever its address; or the question how many there were."""
        if request.path == "/_reached":
            return await self._reached(int(request.query.get("messages", 0)))
        if b'"type":"typing"' not in await request.read():
            self.messages += 1
        if self._waiting:
            self._tell()
        if request.method == "POST":
            return web.Response(status=201, body=b'{"id":"m%d"}' % self.messages, headers=JSON)
        return web.Response(status=200, body=b"{}", headers=JSON)

    async def _reached(self, messages: int) -> web.Response:
        if self.messages < messages:
            enough: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((messages, enough))
            await enough
        return web.json_response({"messages": self.messages})

    def _tell(self) -> None:
        for waiting in [one for one in self._waiting if one[0] <= self.messages]:
            self._waiting.remove(waiting)
            if not waiting[1].done():
                waiting[1].set_result(None)


async def _serve(port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    runner = web.ServerRunner(web.Server(Sink().take, access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    uvloop.run(_serve(parser.parse_args().port))
