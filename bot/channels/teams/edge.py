"""The Teams edge put together; ``bot.app`` builds one and mounts it."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
from aiohttp import web

from board.clock import Clock
from bot.channels.base import Receiver
from bot.channels.pace import Pace
from bot.channels.rates import REAL_TIME, Gate, OutgoingRates, Tempo
from bot.channels.teams.adapter import TeamsAdapter
from bot.channels.teams.auth import OutboundTokens, msal_acquire
from bot.channels.teams.channel import TeamsChannel
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.connector import Connector
from bot.channels.teams.flights import Flights
from bot.channels.teams.handler import TeamsHandler
from bot.channels.teams.jwks import SigningKeys, fetch_from
from bot.channels.teams.limits import TEAMS
from bot.channels.teams.render import Renderer
from bot.channels.teams.routes import Messages
from bot.channels.teams.token import InboundTokens
from bot.channels.teams.typing_indicator import TypingIndicator


@dataclass(frozen=True, slots=True)
class Outbound:
    """What sends: needed before there is a conversation, since delivery is built first."""

    connector: Connector
    channel: TeamsChannel
    tokens: OutboundTokens | None


@dataclass(frozen=True, slots=True)
class Inbound:
    """What receives."""

    messages: Messages
    keys: SigningKeys | None

    def add_to(self, app: web.Application) -> None:
        """Mount ``POST /api/messages``."""
        self.messages.add_to(app)

    async def start(self) -> None:
        """Nothing: the platform calls us."""

    async def take_up_left(self) -> None:
        """Nothing is ever left: a turn is acknowledged when it is done, and Teams delivers the others again."""

    def turns_under_way(self) -> int:
        """How many people wait for an answer just now."""
        return self.messages.flights.under_way

    async def close(self, seconds: float = 20.0) -> bool:
        """Let the turns under way end, at most this long; whether they did."""
        ended = await self.messages.flights.drain(seconds)
        if self.keys is not None:
            await self.keys.close()
        return ended


def build_outbound(
    config: TeamsConfig,
    session: aiohttp.ClientSession,
    renderer: Renderer,
    clock: Clock,
    http_client: object | None = None,
    tempo: Tempo = REAL_TIME,
) -> Outbound:
    """The sending half. ``session`` comes from :func:`bot.channels.teams.connector.open_session`."""
    tokens = None if config.local else OutboundTokens(msal_acquire(config, http_client), clock)
    rates = OutgoingRates(TEAMS, config.rate_share, config.replicas, tempo.now) if config.rate_share else None
    connector = Connector(session, config, clock, tokens, Gate(rates, sleep=tempo.sleep))
    return Outbound(connector, TeamsChannel(connector, renderer, config), tokens)


def build_inbound(
    config: TeamsConfig,
    session: aiohttp.ClientSession,
    outbound: Outbound,
    receiver: Receiver,
    renderer: Renderer,
    clock: Clock,
) -> Inbound:
    """The receiving half, with the token check unless the process is local."""
    keys = None if config.local else SigningKeys(fetch_from(session, config.openid_metadata_url), clock)
    tokens = None if keys is None else InboundTokens(config, keys, clock)
    adapter = TeamsAdapter(outbound.connector.for_answers())
    adapter.use(TypingIndicator(outbound.connector, config.typing_after))
    handler = TeamsHandler(receiver, renderer, Pace(config.acts_per_minute, clock))
    return Inbound(Messages(config, tokens, adapter, handler, Flights(clock)), keys)
