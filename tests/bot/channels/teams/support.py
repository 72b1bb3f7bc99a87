"""The Teams edge on a real local server, between a recording conversation and a local Connector."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.base import Answer, Installed, Pressed, Removed, Said, Turn
from bot.channels.teams.config import Secret, TeamsConfig
from bot.channels.teams.connector import open_session
from bot.channels.teams.edge import Inbound, Outbound, build_inbound, build_outbound
from bot.channels.teams.render import Renderer
from bot.channels.teams.routes import PATH, SERVER_OPTIONS
from cards.message import Message, Paragraph, Picture
from tests.fakes.connector import FakeConnector
from tests.fakes.entra import APP_ID, TENANT
from tests.fakes.serving import Served
from tests.fakes.teams import Persona


@dataclass
class MovableClock:
    """A clock that stands still until a test moves it."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Monotonic:
    """Monotonic seconds that stand still until moved."""

    at: float = 1_000.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


def draw(message: Message) -> dict[str, Any]:
    """A card small enough to read in a failing test."""
    texts = [message.title, *(block.text for block in message.blocks if isinstance(block, Paragraph))]
    body = [{"type": "TextBlock", "text": text} for text in texts]
    return {"type": "AdaptiveCard", "version": "1.5", "body": body}


async def picture(wanted: Picture) -> bytes:
    return wanted.source.encode()


def pictured(message: Message, png: bytes) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Image", "url": png.decode()}]}


RENDERER = Renderer(draw, lambda message: message.summary or message.title, picture, pictured)


def title_of(card: Mapping[str, Any]) -> str:
    text = card["body"][0]["text"]
    assert isinstance(text, str)
    return text


@dataclass
class RecordingReceiver:
    """A conversation that writes down every turn and answers what it was told to."""

    turns: list[Turn] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    answer: Callable[[Turn], Awaitable[Answer]] | None = None

    async def _answer(self, turn: Turn) -> Answer:
        self.turns.append(turn)
        if self.answer is not None:
            return await self.answer(turn)
        if isinstance(turn, Pressed):
            return Answer(card=Message(f"pressed {turn.verb}"))
        return Answer(messages=(Message("answered"),))

    async def said(self, turn: Said) -> Answer:
        return await self._answer(turn)

    async def pressed(self, turn: Pressed) -> Answer:
        return await self._answer(turn)

    async def installed(self, turn: Installed) -> Answer:
        return await self._answer(turn)

    async def home(self, turn: Turn) -> Answer:
        return await self._answer(turn)

    async def removed(self, turn: Removed) -> None:
        self.turns.append(turn)

    async def sent(self, turn: Turn, message: Message, message_id: str) -> None:
        self.copies.append((message.title, message_id))

    def failure(self, turn: Turn, incident: str) -> Message:
        return Message("it broke", blocks=(Paragraph(incident),))

    def slow_down(self, turn: Turn) -> Message:
        return Message("one moment")


@dataclass
class Edge:
    """Everything a test of the edge touches."""

    url: str
    session: aiohttp.ClientSession
    receiver: RecordingReceiver
    clock: MovableClock
    platform: FakeConnector
    inbound: Inbound
    outbound: Outbound
    config: TeamsConfig

    def persona(self, digits: int = 1) -> Persona:
        return Persona(digits, service_url=self.platform.url + "/")

    async def post(self, payload: Any, **headers: str) -> tuple[int, Any]:
        """Deliver an activity: the status and the JSON answered, None where there was none."""
        async with self.session.post(self.url + PATH, json=payload, headers=headers) as response:
            body = await response.read()
            return response.status, await response.json() if body and response.content_type.endswith("json") else None

    async def settled(self) -> None:
        """Wait until no turn is under way."""
        assert await self.inbound.messages.flights.drain(10)


@asynccontextmanager
async def local_edge(platform: FakeConnector, **changes: Any) -> AsyncIterator[Edge]:
    """The edge in local mode."""
    settings: dict[str, Any] = {"acts_per_minute": 0, "rate_share": 0.0} | changes
    async with edge_for(TeamsConfig(APP_ID, TENANT, local=True, **settings), platform) as edge:
        yield edge


def guarded_config(metadata_url: str, **changes: Any) -> TeamsConfig:
    """A configuration that checks tokens."""
    unlimited: dict[str, Any] = {"acts_per_minute": 0, "rate_share": 0.0}
    settings = {"openid_metadata_url": metadata_url} | unlimited | changes
    return TeamsConfig(APP_ID, TENANT, Secret("s"), **settings)


@asynccontextmanager
async def edge_for(
    config: TeamsConfig,
    platform: FakeConnector,
    http_client: object | None = None,
    connector: aiohttp.BaseConnector | None = None,
) -> AsyncIterator[Edge]:
    """The whole edge on its own server."""
    clock, receiver = MovableClock(), RecordingReceiver()
    async with open_session(config, connector) as outgoing, aiohttp.ClientSession() as session:
        outbound = build_outbound(config, outgoing, RENDERER, clock, http_client)
        inbound = build_inbound(config, outgoing, outbound, receiver, RENDERER, clock)
        app = web.Application()
        inbound.add_to(app)
        served = Served(app, None, **SERVER_OPTIONS)
        await served.start()
        try:
            yield Edge(served.url, session, receiver, clock, platform, inbound, outbound, config)
        finally:
            await inbound.close(5)
            await served.stop()
