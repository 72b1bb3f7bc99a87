"""What receives from Slack, on a real local server, before a handler that writes down what it is called with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.base import Installed, Pressed, Removed, Said, Turn
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.inbound import SlackInbound, receive_by
from bot.channels.slack.routes import PATH
from bot.channels.slack.turns import Closed, Homed, Submitted, View
from cards.message import Json
from tests.fakes.memory_arrivals import MemoryArrivals
from tests.fakes.serving import Served
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TEAM


@dataclass
class Wall:
    """The machine's clock, that a test can move on."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class RecordingHandler:
    """Implements ``bot.channels.slack.turns.Handler``. ``meanwhile`` runs while a turn is under way."""

    turns: list[Turn] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)
    views: list[View | None] = field(default_factory=list)
    told_late: list[dict[str, Json] | None] = field(default_factory=list)
    meanwhile: Callable[[Turn], Awaitable[None]] | None = None
    answer: dict[str, Json] | None = None
    under_way: int = 0

    async def settle(self, seconds: float) -> None:
        """Nothing goes out after a turn."""

    async def _note(self, turn: Turn, trigger: str = "", view: View | None = None) -> None:
        self.turns.append(turn)
        self.triggers.append(trigger)
        self.views.append(view)
        if self.meanwhile is not None:
            await self.meanwhile(turn)

    async def said(self, turn: Said, trigger: str = "") -> None:
        await self._note(turn, trigger)

    async def pressed(self, turn: Pressed, trigger: str = "", view: View | None = None) -> None:
        await self._note(turn, trigger, view)

    async def submitted(self, turn: Submitted, trigger: str = "") -> dict[str, Json] | None:
        await self._note(turn, trigger, turn.view)
        return self.answer

    def one_moment(self, turn: Submitted) -> dict[str, Json]:
        return {"response_action": "update", "view": {"type": "modal", "title": {"type": "plain_text", "text": "…"}}}

    async def late(self, turn: Submitted, body: dict[str, Json] | None) -> None:
        self.told_late.append(body)

    async def closed(self, turn: Closed) -> None:
        await self._note(turn)

    async def installed(self, turn: Installed) -> None:
        await self._note(turn)

    async def removed(self, turn: Removed) -> None:
        await self._note(turn)

    async def home(self, turn: Homed) -> None:
        await self._note(turn)


def config_for(slack: FakeSlack, **changes: Any) -> SlackConfig:
    """The workspace that the fake plays, without pacing."""
    given: dict[str, Any] = {"api_url": slack.base_url, "local": True, "acts_per_minute": 0, "rate_share": 0.0}
    given |= {"team": TEAM, "bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET}
    return SlackConfig(**(given | changes))


def socket_config(slack: FakeSlack) -> SlackConfig:
    return config_for(slack, app_token=APP_TOKEN)


@dataclass
class Receiving:
    """One process that receives."""

    slack: FakeSlack
    url: str
    session: aiohttp.ClientSession
    inbound: SlackInbound
    handler: RecordingHandler
    arrivals: MemoryArrivals
    wall: Wall

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        async with self.session.post(self.url, data=body, headers=headers) as response:
            return response.status, await response.read()

    async def settled(self) -> None:
        """Wait until no turn is under way."""
        while self.inbound.intake._tasks:
            await asyncio.wait(set(self.inbound.intake._tasks), timeout=10)


@asynccontextmanager
async def receiving(
    slack: FakeSlack, arrivals: MemoryArrivals | None = None, config: SlackConfig | None = None
) -> AsyncIterator[Receiving]:
    """Listening, and connected where the config has an app token."""
    handler, wall, kept = RecordingHandler(), Wall(), arrivals or MemoryArrivals()
    async with aiohttp.ClientSession() as session:
        inbound = receive_by(handler, config or config_for(slack), session, kept, wall, wall)
        app = web.Application()
        inbound.add_to(app)
        served = Served(app)
        await served.start()
        await inbound.start()
        try:
            yield Receiving(slack, served.url + PATH, session, inbound, handler, kept, wall)
        finally:
            await inbound.close(5)
            await served.stop()
