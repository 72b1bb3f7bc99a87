"""What receives: the route, the connection of Socket Mode, and the turns under way behind both."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
from aiohttp import web

from board.clock import Clock
from bot.channels.slack.arrivals import Arrivals
from bot.channels.slack.bolt import build_dispatch
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.intake import Intake
from bot.channels.slack.routes import Events
from bot.channels.slack.signature import Signatures
from bot.channels.slack.socket import SocketMode
from bot.channels.slack.turns import Handler
from bot.channels.slack.web import open_client


@dataclass(frozen=True, slots=True)
class SlackInbound:
    """``events`` is None without a signing secret, ``socket`` without an app token."""

    handler: Handler
    intake: Intake
    events: Events | None
    socket: SocketMode | None

    def add_to(self, app: web.Application) -> None:
        """Mount ``POST /slack/events``."""
        if self.events is not None:
            self.events.add_to(app)

    async def start(self) -> None:
        """Take up what was left before a restart, and begin to connect where Socket Mode is on."""
        await self.intake.take_up_left()
        if self.socket is not None:
            await self.socket.start()

    async def take_up_left(self) -> None:
        """To be called at every tick: what another process, or this one, acknowledged and did not do."""
        await self.intake.take_up_left()

    def turns_under_way(self) -> int:
        """How many people wait for an answer just now."""
        return self.intake.under_way + self.handler.under_way

    async def close(self, seconds: float = 20.0) -> bool:
        """Let the turns under way end, at most this long; whether they did. What did not is taken up again."""
        if self.socket is not None:
            self.socket.stop_taking()
        ended = await self.intake.drain(seconds)
        await self.handler.settle(seconds)
        if self.socket is not None:
            await self.socket.close()
        return ended


def receive_by(
    handler: Handler,
    config: SlackConfig,
    session: aiohttp.ClientSession,
    arrivals: Arrivals,
    clock: Clock,
    wall: Clock,
) -> SlackInbound:
    """``wall``: the machine's own clock, by which Slack signs; in local mode a request may be signed by either.

    Errors: ``ValueError`` where the config holds no secret by which Slack could be known.
    """
    if not (config.signing_secret or config.app_token):
        raise ValueError("the Slack edge needs a signing secret or an app token; anybody could speak as anybody")
    dispatch = build_dispatch(open_client(config, session, token=""), handler)
    intake = Intake(config.team, handler, dispatch, arrivals, clock)
    clocks = (wall, clock) if config.local else (wall,)
    events = Events(config.team, Signatures(config.signing_secret, *clocks), intake) if config.signing_secret else None
    socket = SocketMode(config, session, open_client(config, session, token=""), intake) if config.app_token else None
    return SlackInbound(handler, intake, events, socket)
