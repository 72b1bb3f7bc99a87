"""Slack on 127.0.0.1: keeps a ledger, plays fault scripts, holds the published limits, rates and deadlines.

In a test: ``async with FakeSlack() as slack``. As a program: ``python -m tests.fakes.slack --port N``, with
``GET /_ledger``, ``GET /_messages/{channel}``, ``GET /_violations``, ``POST /_faults``, ``POST /_users`` and
``POST /_reset``.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

import aiohttp
from aiohttp import web

from tests.fakes.faults import Fault, FaultScript
from tests.fakes.serving import Served
from tests.fakes.slack import arguments, files, replies
from tests.fakes.slack.acks import Ack
from tests.fakes.slack.blocks import Json
from tests.fakes.slack.delivery import PATIENCE, deliver, over_http
from tests.fakes.slack.ledger import Call, SlackLedger
from tests.fakes.slack.methods import METHODS
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.rates import SlackRates
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.state import Refused, State
from tests.fakes.slack.triggers import LIFE, Triggers
from tests.fakes.slack.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, User, Workspace

_CONNECT: Final = "apps.connections.open"


class FakeSlack:
    """The server. With ``enforce_rates`` a call above the published rates is a violation and gets 429.

    ``speed`` makes the time that rates are held in run faster than ``now`` (monotonic seconds): give the app's
    ``Tempo`` the same. Triggers live ``trigger_life`` and acknowledgements are awaited ``patience`` seconds of real
    time, as what they measure is the app's own work. ``wall`` gives the seconds since 1970 that requests are signed
    at: the board's clock, where that is moved. ``bot_token`` may be changed: it was revoked, then.
    """

    def __init__(
        self,
        *,
        enforce_rates: bool = False,
        speed: float = 1.0,
        trigger_life: float = LIFE,
        patience: float = PATIENCE,
        workspace: Workspace | None = None,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.state = State(workspace or Workspace(), Triggers(trigger_life, now), SlackLedger(wall=wall))
        self.faults = FaultScript()
        self.rates = SlackRates(self.state.violations)
        self.sockets = Sockets(self.state, patience)
        self.bot_token = BOT_TOKEN
        self.patience = patience
        self._enforce = enforce_rates
        self._clock: Callable[[], float] = lambda: now() * speed
        self._served = Served(self.build_app())

    async def __aenter__(self) -> FakeSlack:
        await self._served.start()
        self.state.root = self._served.url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.sockets.drop()
        await self._served.stop()

    @property
    def base_url(self) -> str:
        """For ``api_url``; ends in a slash."""
        return f"{self._served.url}/api/"

    @property
    def port(self) -> int:
        return self._served.port

    @property
    def ledger(self) -> SlackLedger:
        return self.state.ledger

    @property
    def workspace(self) -> Workspace:
        return self.state.workspace

    @property
    def violations(self) -> list[str]:
        """Everything that the real Slack would refuse or complain of; a test can assert that it is empty."""
        return self.state.violations

    def persona(self, name: str, real_name: str = "", **about: Any) -> Persona:
        """Somebody in this workspace, who joins it now; ``about`` as in :class:`User`."""
        id_ = about.pop("id", f"U0{name.upper()}")
        return Persona(self.workspace.add(User(id_, name, real_name or name.title(), **about)), self.state)

    async def wait_for(self, predicate: Callable[[SlackLedger], bool], seconds: float = 10.0) -> None:
        """See :meth:`SlackLedger.wait_for`."""
        await self.ledger.wait_for(predicate, seconds)

    async def deliver(
        self, session: aiohttp.ClientSession, url: str, request: SlackRequest, *, secret: str = SIGNING_SECRET
    ) -> Ack:
        """Post it to the app and judge the acknowledgement. Over Socket Mode: ``slack.sockets.deliver(request)``."""
        send = over_http(session, url, request, secret=secret, patience=self.patience, wall=self.ledger.wall)
        return await deliver(self.state, request, send)

    def build_app(self) -> web.Application:
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/upload/v1/{file}", self._upload)
        app.router.add_get("/files-pri/{place}/{tail:.+}", self._download)
        app.router.add_post("/actions/{token}", self._reply)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_get("/_ledger", self._show_ledger)
        app.router.add_get("/_messages/{channel}", self._show_messages)
        app.router.add_get("/_violations", self._show_violations)
        app.router.add_post("/_faults", self._add_faults)
        app.router.add_post("/_users", self._add_users)
        app.router.add_post("/_reset", self._reset)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        """One method: the token, the rate, the fault that is due, else what the method does, written down."""
        name = request.match_info["method"]
        self.state.root = str(request.url.origin())
        try:
            given = await arguments.read(request)
            self._authorize(name, request)
        except Refused as refused:
            return web.json_response(refused.answer)
        channel = str(given.get("channel") or given.get("users") or "")
        wait = self._too_much(name, channel)
        if wait is not None:
            return _throttled(math.ceil(wait))
        fault = self.faults.next(channel, name) or Fault()
        answer = await self._faulty(request, fault)
        return answer or self._run(request, name, channel, given, broken=fault.reset == "after")

    def _authorize(self, name: str, request: web.Request) -> None:
        token = arguments.token(request)
        if name == _CONNECT:
            if token != APP_TOKEN:
                raise Refused("not_allowed_token_type" if token == self.bot_token else "invalid_auth")
            return
        if token != self.bot_token:
            raise Refused("not_allowed_token_type" if token == APP_TOKEN else "invalid_auth")
        if name not in METHODS:
            self.state.violated(f"unknown method {name}")
            raise Refused("unknown_method", req_method=name)
        scope = METHODS[name].scope
        if not self.workspace.may(scope):
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.workspace.scopes or ())))

    def _too_much(self, name: str, channel: str) -> float | None:
        if not self._enforce or name == _CONNECT:
            return None
        return self.rates.exceeded(name, METHODS[name].tier, channel, self._clock())

    async def _faulty(self, request: web.Request, fault: Fault) -> web.Response | None:
        if fault.delay:
            self.ledger.touch()
            await asyncio.sleep(fault.delay)
        if fault.reset == "before":
            return _broken(request)
        if fault.error:
            return web.json_response({"ok": False, "error": fault.error})
        if fault.status == 429:
            return _throttled(fault.retry_after)
        if fault.status:
            return web.Response(status=fault.status, text="<html>upstream error</html>", content_type="text/html")
        return None

    def _run(self, request: web.Request, name: str, channel: str, given: Json, *, broken: bool) -> web.Response:
        try:
            answer = self.sockets.connection_url() if name == _CONNECT else METHODS[name].run(self.state, given)
        except Refused as refused:
            return web.json_response(refused.answer)
        self.ledger.add(Call(name, _channel(answer) or channel, given, answer, self._clock()))
        return _broken(request) if broken else web.json_response(answer)

    async def _upload(self, request: web.Request) -> web.Response:
        return await files.take_upload(self.state, request)

    async def _download(self, request: web.Request) -> web.Response:
        return await files.download(self.state, request)

    async def _reply(self, request: web.Request) -> web.Response:
        return await replies.take_reply(self.state, request)

    async def _show_ledger(self, _: web.Request) -> web.Response:
        return web.json_response(self.ledger.as_json())

    async def _show_messages(self, request: web.Request) -> web.Response:
        messages = self.ledger.messages(request.match_info["channel"])
        return web.json_response([asdict(message) for message in messages])

    async def _show_violations(self, _: web.Request) -> web.Response:
        return web.json_response(self.violations)

    async def _add_faults(self, request: web.Request) -> web.Response:
        script = json.loads(await request.text())
        faults = [Fault(**fault) for fault in script["faults"]]
        self.faults.add(*faults, conversation=script.get("conversation", "*"))
        return web.Response(status=204)

    async def _add_users(self, request: web.Request) -> web.Response:
        for user in json.loads(await request.text()):
            self.workspace.add(User(**user))
        return web.Response(status=204)

    async def _reset(self, _: web.Request) -> web.Response:
        self.ledger.calls.clear()
        self.ledger.channels.clear()
        self.ledger.views.clear()
        self.ledger.homes.clear()
        self.ledger.ephemerals.clear()
        self.violations.clear()
        self.faults.clear()
        self.rates = SlackRates(self.violations)
        return web.Response(status=204)


def _channel(answer: Json) -> str:
    channel = answer.get("channel") or ""
    return str(channel["id"] if isinstance(channel, dict) else channel)


def _throttled(retry_after: int | str | None) -> web.Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _broken(request: web.Request) -> web.Response:
    """The connection breaks without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
