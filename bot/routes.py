"""What operators and monitors ask over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.metrics import Metrics

_MESSAGES = "/api/messages"

Ready = Callable[[], Awaitable[str | None]]


def add_health(app: web.Application, ready: Ready, metrics: Metrics) -> None:
    """``/healthz``: the process answers. ``/readyz``: and can do its work, or says in a word why not. ``/metrics``."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_request: web.Request) -> web.Response:
        problem = await ready()
        return web.Response(text="ready") if problem is None else web.Response(status=503, text=problem)

    async def numbers(_request: web.Request) -> web.Response:
        return web.Response(body=metrics.text(), content_type="text/plain")

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", numbers)


def timed(metrics: Metrics) -> Middleware:
    """Measures each turn, from the route to its answer."""

    @web.middleware
    async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != _MESSAGES:
            return await handler(request)
        began = monotonic()
        response = await handler(request)
        metrics.turn(str(response.status), monotonic() - began)
        return response

    return measure
