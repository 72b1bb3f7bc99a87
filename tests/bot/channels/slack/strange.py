"""A server that is not Slack at all."""

from __future__ import annotations

from aiohttp import web

from tests.fakes.serving import Served


class Strange:
    """A server that answers everything alike, and keeps what it was sent."""

    def __init__(self, status: int, body: bytes, content_type: str, location: str = "") -> None:
        self._answer = (status, body, content_type, location)
        self.came: list[tuple[str, str | None]] = []
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._take)
        self._served = Served(app)

    async def __aenter__(self) -> Strange:
        await self._served.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._served.stop()

    @property
    def url(self) -> str:
        return self._served.url

    @property
    def port(self) -> int:
        return self._served.port

    def answers(self, body: bytes) -> None:
        """From now on this, with the same status and type."""
        status, _, content_type, location = self._answer
        self._answer = (status, body, content_type, location)

    async def _take(self, request: web.Request) -> web.Response:
        self.came.append((request.path, request.headers.get("Authorization")))
        status, body, content_type, location = self._answer
        headers = {"Content-Type": content_type} | ({"Location": location} if location else {})
        return web.Response(status=status, body=body, headers=headers)
