"""``POST /api/messages``: from bytes to a turn, with the HTTP status each failing deserves. Never a 500."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web
from botbuilder.core import TurnContext

from bot.channels.base import Installed, Removed, Said, Turn
from bot.channels.body import read_bytes
from bot.channels.incidents import report_incident
from bot.channels.payload import MAX_BYTES, Unreadable, read_payload, text
from bot.channels.teams.activity import to_activity
from bot.channels.teams.adapter import TeamsAdapter
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.exchange import DONE, KEY, Exchange, HttpAnswer, invoke_error
from bot.channels.teams.flights import Flights, Job
from bot.channels.teams.handler import TeamsHandler
from bot.channels.teams.token import InboundTokens, Rejected
from bot.channels.teams.turns import CARD_ACTION, Foreign, Ignored, Malformed, read_turn

PATH = "/api/messages"
SERVER_OPTIONS: dict[str, Any] = {"max_field_size": 65_536}
"""For ``web.AppRunner``: an oversize Authorization header reaches the validator, which refuses it with 401."""


_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Messages:
    """The route. ``tokens`` None is local mode alone."""

    config: TeamsConfig
    tokens: InboundTokens | None
    adapter: TeamsAdapter
    handler: TeamsHandler
    flights: Flights

    def __post_init__(self) -> None:
        if self.tokens is None and not self.config.local:
            raise ValueError("outside local mode every activity needs a token check")

    def add_to(self, app: web.Application) -> None:
        """Mount the route."""
        app.router.add_post(PATH, self.post)

    async def post(self, request: web.Request) -> web.Response:
        """One activity. 415, 413, 408, 400, 401, 403, 503, else 200 or 202."""
        refusal = _refused_by_headers(request, local=self.config.local)
        if refusal is not None:
            return refusal
        body = await read_bytes(request)
        if isinstance(body, web.Response):
            return body
        try:
            payload = read_payload(body)
        except Unreadable as error:
            return web.Response(status=400, text=str(error))
        return await self._judge(request, payload)

    async def _judge(self, request: web.Request, payload: dict[str, Any]) -> web.Response:
        try:
            rejected = await self._reject(request, payload)
            if rejected is not None:
                return _refuse(rejected.status, rejected.reason)
            return await self._take(payload)
        except Exception as error:  # the last net: the platform would deliver a 500 again and again
            return web.Response(status=200, text=report_incident("activity_failed", error))

    async def _reject(self, request: web.Request, payload: dict[str, Any]) -> Rejected | None:
        if self.tokens is None:
            return None
        authorization = request.headers.get("Authorization")
        checked = await self.tokens.check(authorization, payload.get("channelId"), payload.get("serviceUrl"))
        return checked if isinstance(checked, Rejected) else None

    async def _take(self, payload: dict[str, Any]) -> web.Response:
        """An activity from whom we know: read it, and hand it on unless it asks nothing."""
        read = read_turn(payload, self.config)
        if isinstance(read, Malformed):
            return web.Response(status=400, text=read.why)
        if isinstance(read, Foreign):
            return _refuse(403, read.why)
        if isinstance(read, Ignored):
            return _ignored(read, payload)
        if isinstance(read, Said) and read.address.scope != "personal" and not read.mentioned:
            return _respond(DONE)
        return await self._fly(read, payload)

    async def _fly(self, turn: Turn, payload: dict[str, Any]) -> web.Response:
        is_invoke = payload["type"] == "invoke"
        if isinstance(turn, Removed):
            self.flights.forget(_installed_key(turn))
        answer = self.flights.join(_key(turn), self._job(turn, payload, is_invoke=is_invoke))
        # a platform that waits longer than 15 s delivers again; a press has nothing else to show than its answer
        await asyncio.wait([answer], timeout=None if is_invoke else self.config.answer_within)
        return _respond(answer.result()) if answer.done() else web.Response(status=202)

    def _job(self, turn: Turn, payload: dict[str, Any], *, is_invoke: bool) -> Job:
        async def job(answered: Any) -> None:
            context = TurnContext(self.adapter, to_activity(payload))
            context.turn_state[KEY] = Exchange(turn, is_invoke, answered)
            await self.adapter.run_pipeline(context, self.handler.on_turn)

        return job


def _refused_by_headers(request: web.Request, *, local: bool) -> web.Response | None:
    """What can be refused before the body is read."""
    if request.content_type != "application/json":
        return web.Response(status=415, text="application/json is expected")
    if (request.content_length or 0) > MAX_BYTES:
        return web.Response(status=413, text=f"at most {MAX_BYTES} bytes")
    authorizations = request.headers.getall("Authorization", [])
    if not local and len(authorizations) != 1:
        return _refuse(401, "no_token")
    return None


def _key(turn: Turn) -> Hashable | None:
    """What makes two deliveries one. Teams tells of an installation twice, under two ids: it is one all the same."""
    if isinstance(turn, Installed):
        return _installed_key(turn)
    return (turn.address.conversation, turn.activity_id) if turn.activity_id else None


def _installed_key(turn: Turn) -> Hashable:
    return ("installed", turn.address.conversation.partition(";")[0])


def _ignored(read: Ignored, payload: dict[str, Any]) -> web.Response:
    if not read.invoke:
        return _respond(DONE)
    if text(payload, "name") == CARD_ACTION:
        return _respond(invoke_error(400, "BadRequest", "the action names no verb"))
    return web.Response(status=400, text="this invoke is not offered")


def _refuse(status: int, reason: str) -> web.Response:
    _log.warning("activity_refused", status=status, reason=reason)
    return web.Response(status=status)


def _respond(answer: HttpAnswer) -> web.Response:
    if not answer.body:
        return web.Response(status=answer.status)
    return web.Response(status=answer.status, body=answer.body, content_type="application/json")
