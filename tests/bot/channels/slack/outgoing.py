"""What goes out to Slack, put together before a local Slack: its web, its channel, its people."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from board.delivery import Address
from bot.channels.rates import REAL_TIME, Tempo
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.config import NAME, SlackConfig
from bot.channels.slack.files import Pictures
from bot.channels.slack.people import SlackPeople
from bot.channels.slack.render import Renderer
from bot.channels.slack.web import SlackWeb, open_client, open_session
from cards.message import Act, Inputs, Message, Paragraph, Picture
from tests.fakes.clock import SetClock
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, BOT_USER, SIGNING_SECRET, TEAM


@dataclass
class Monotonic:
    """Monotonic seconds that stand still until moved; who sleeps moves them."""

    at: float = 1_000.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)

    @property
    def tempo(self) -> Tempo:
        return Tempo(self, self.sleep)


@dataclass
class MemoryShelf:
    """A shelf in memory; ``kept`` tells when each body was put there."""

    bodies: dict[str, str] = field(default_factory=dict)
    kept: list[datetime] = field(default_factory=list)

    async def keep(self, body: str, now: datetime) -> str:
        id_ = hashlib.sha256(body.encode()).hexdigest()
        self.bodies[id_] = body
        self.kept.append(now)
        return id_

    async def get(self, id_: str) -> str | None:
        return self.bodies.get(id_)


def _blocks(message: Message, form: str) -> list[dict[str, Any]]:
    """Blocks small enough to read in a failing test; a button names its form."""
    texts = [message.title, *(block.text for block in message.blocks if isinstance(block, Paragraph)), form]
    return [{"type": "section", "text": {"type": "plain_text", "text": text}} for text in texts if text]


def _asks(message: Message) -> bool:
    has_inputs = any(isinstance(block, Inputs) for block in message.blocks)
    return any(isinstance(button, Act) and (button.fields or has_inputs) for button in message.buttons)


async def _picture(wanted: Picture) -> bytes:
    return wanted.source.encode()


RENDERER = Renderer(_blocks, _asks, lambda message: message.title, lambda message: message.title, _picture)


@dataclass
class Outgoing:
    """Everything a test of it touches."""

    slack: FakeSlack
    config: SlackConfig
    session: aiohttp.ClientSession
    web: SlackWeb
    channel: SlackChannel
    people: SlackPeople
    shelf: MemoryShelf

    def dm(self, name: str, **about: Any) -> Address:
        """Where the bot writes to somebody who joins now."""
        person = self.slack.persona(name, **about).user
        conversation = self.slack.workspace.open_dm(person.id).id
        return Address(NAME, TEAM, "", conversation, "personal", BOT_USER, TEAM)


def config_for(api_url: str, **changes: Any) -> SlackConfig:
    settings: dict[str, Any] = {"api_url": api_url, "local": True, "rate_share": 0.0, "timeout": 5.0} | changes
    return SlackConfig(TEAM, BOT_TOKEN, SIGNING_SECRET, **settings)


@asynccontextmanager
async def outgoing(slack: FakeSlack, tempo: Tempo = REAL_TIME, **changes: Any) -> AsyncIterator[Outgoing]:
    """Without pacing unless ``rate_share`` says otherwise."""
    config = config_for(changes.pop("api_url", slack.base_url), **changes)
    async with open_session(config) as session:
        web = SlackWeb(open_client(config, session), config, tempo=tempo)
        shelf = MemoryShelf()
        channel = SlackChannel(web, Pictures(web, session, config), RENDERER, shelf, SetClock(), config)
        yield Outgoing(slack, config, session, web, channel, SlackPeople(web, channel, config), shelf)
