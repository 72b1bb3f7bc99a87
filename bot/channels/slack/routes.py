"""``POST /slack/events``: from bytes to a turn, with the HTTP status each failing deserves. Never a 500."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from aiohttp import web

from bot.channels.body import read_bytes
from bot.channels.incidents import report_incident
from bot.channels.payload import Unreadable, identifier, text
from bot.channels.slack.intake import DONE, Ack, Intake
from bot.channels.slack.reading import FORM, JSON, read_body, read_turn
from bot.channels.slack.signature import SIGNATURE, TIMESTAMP, Signatures
from bot.channels.slack.turns import Foreign, Ignored, Malformed

PATH = "/slack/events"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Events:
    """The route, for events, commands and interactions alike."""

    team: str
    signatures: Signatures
    intake: Intake

    def add_to(self, app: web.Application) -> None:
        """Mount the route."""
        app.router.add_post(PATH, self.post)

    async def post(self, request: web.Request) -> web.Response:
        """One request. 413, 408, 401, 415, 400, 403, 503, else 200."""
        body = await read_bytes(request)
        if isinstance(body, web.Response):
            return body
        headers = request.headers
        refusal = self.signatures.refusal(headers.getall(TIMESTAMP, []), headers.getall(SIGNATURE, []), body)
        if refusal is not None:
            return _refuse(401, refusal)
        if request.content_type not in (JSON, FORM):
            return web.Response(status=415, text=f"{JSON} or {FORM} is expected")
        try:
            return await self._take(read_body(body, request.content_type))
        except Unreadable as error:
            return web.Response(status=400, text=str(error))
        except Exception as error:  # the last net: Slack would deliver a 500 again and again
            return web.Response(status=200, text=report_incident("slack_turn_failed", error))

    async def _take(self, payload: dict[str, Any]) -> web.Response:
        """What comes from Slack itself: read it, and hand it on unless it asks nothing."""
        if text(payload, "type", 100) == "url_verification":
            return _json({"challenge": identifier(payload, "challenge")})
        if "ssl_check" in payload:
            return web.Response()
        read = read_turn(payload, self.team)
        if isinstance(read, Malformed):
            return web.Response(status=400, text=read.why)
        if isinstance(read, Foreign):
            return _refuse(403, "team")
        return _respond(DONE if isinstance(read, Ignored) else await self.intake.receive(read, payload))


def _respond(ack: Ack) -> web.Response:
    return web.Response(status=ack.status) if ack.body is None else _json(ack.body)


def _json(body: Any) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type=JSON)


def _refuse(status: int, reason: str) -> web.Response:
    _log.warning("slack_refused", status=status, reason=reason)
    return web.Response(status=status)
