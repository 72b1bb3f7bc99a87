"""Where files that people send in Teams lie."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.serving import Served


@dataclass
class Drive:
    """A loopback address, which local mode alone may fetch from."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Drive]:
        async def give(request: web.Request) -> web.Response:
            return web.Response(body=self.files[request.match_info["name"]])

        app = web.Application()
        app.router.add_get("/{name}", give)
        served = Served(app)
        await served.start()
        self.url = served.url
        try:
            yield self
        finally:
            await served.stop()

    def put(self, data: bytes) -> str:
        """The address of a file, each its own."""
        name = f"file-{len(self.files)}"
        self.files[name] = data
        return f"{self.url}/{name}"
