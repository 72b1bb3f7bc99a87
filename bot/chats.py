"""The chats of a board: Teams, Slack, or both. Each can send before there is a conversation, and receives for one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from board.clock import Clock
from bot.channels.base import Channel, FileAccess, Introduce, Receiver
from bot.channels.rates import REAL_TIME, Tempo
from bot.channels.teams import connector, edge
from bot.clocks import SystemClock
from bot.rendering import slack_renderer, teams_renderer
from bot.settings import Settings, uses_teams
from bot.slack_settings import slack_config
from bot.teams_settings import teams_config

if TYPE_CHECKING:
    from bot.channels.slack.arrivals import Arrivals
    from bot.channels.slack.config import SlackConfig
    from bot.channels.slack.shelf import Shelf
    from bot.channels.teams.config import TeamsConfig

DRAIN_SECONDS = 20.0


class Kept(Protocol):
    """What a chat keeps in the database: ``storage.engine.Store``."""

    @property
    def arrivals(self) -> Arrivals: ...

    @property
    def shelf(self) -> Shelf: ...


class Door(Protocol):
    """The receiving half of a chat."""

    def add_to(self, app: web.Application) -> None: ...

    async def start(self) -> None: ...

    async def take_up_left(self) -> None: ...

    def turns_under_way(self) -> int: ...

    async def close(self, seconds: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class Chat:
    """``receive`` makes its door for a conversation; ``introduce`` and ``files`` where the platform has such."""

    channel: Channel
    receive: Callable[[Receiver], Door]
    introduce: Introduce | None = None
    files: FileAccess | None = None


@dataclass(frozen=True, slots=True)
class Chats:
    """All of them. ``doors`` fill when there is a conversation."""

    all: Sequence[Chat]
    doors: list[Door] = field(default_factory=list)

    @property
    def channels(self) -> dict[str, Channel]:
        return {chat.channel.name: chat.channel for chat in self.all}

    @property
    def introduce(self) -> Mapping[str, Introduce]:
        return {chat.channel.name: chat.introduce for chat in self.all if chat.introduce}

    @property
    def file_access(self) -> Mapping[str, FileAccess]:
        return {chat.channel.name: chat.files for chat in self.all if chat.files}

    def receive(self, receiver: Receiver, app: web.Application) -> None:
        """From now on what comes in goes to ``receiver``."""
        self.doors.extend(chat.receive(receiver) for chat in self.all)
        for door in self.doors:
            door.add_to(app)

    def turns_under_way(self) -> int:
        """How many people wait for an answer just now."""
        return sum(door.turns_under_way() for door in self.doors)

    async def start(self) -> None:
        for door in self.doors:
            await door.start()

    async def take_up_left(self) -> None:
        """At every tick: what was acknowledged somewhere and not done."""
        for door in self.doors:
            await door.take_up_left()

    async def close(self) -> None:
        """Takes nothing more, and lets the turns under way end."""
        for door in self.doors:
            await door.close(DRAIN_SECONDS)


@asynccontextmanager
async def open_chats(
    settings: Settings, store: Kept, clock: Clock, *, local: bool, tempo: Tempo = REAL_TIME
) -> AsyncIterator[Chats]:
    """Those that the settings name. ``tempo``: the time that outgoing rates are held in."""
    async with AsyncExitStack() as stack:
        found = []
        if local or uses_teams(settings):
            found.append(await _teams(teams_config(settings, local=local), clock, tempo, stack))
        slack = slack_config(settings, local=local)
        if slack is not None:
            found.append(await _slack(slack, store, clock, tempo, stack))
        yield Chats(found)


async def _teams(config: TeamsConfig, clock: Clock, tempo: Tempo, stack: AsyncExitStack) -> Chat:
    session = await stack.enter_async_context(connector.open_session(config))
    renderer = teams_renderer(local=config.local)
    outbound = edge.build_outbound(config, session, renderer, clock, tempo=tempo)
    if outbound.tokens is not None:
        stack.push_async_callback(outbound.tokens.close)

    def receive(receiver: Receiver) -> Door:
        return edge.build_inbound(config, session, outbound, receiver, renderer, clock)

    return Chat(outbound.channel, receive)


async def _slack(config: SlackConfig, store: Kept, clock: Clock, tempo: Tempo, stack: AsyncExitStack) -> Chat:
    # The SDK is a tenth of the start-up, for those who use it.
    from bot.channels.slack.edge import build_inbound, build_outbound  # noqa: PLC0415  # see above
    from bot.channels.slack.files import file_access  # noqa: PLC0415  # see above
    from bot.channels.slack.web import open_session  # noqa: PLC0415  # see above

    session = await stack.enter_async_context(open_session(config))
    outbound = build_outbound(config, session, slack_renderer(), clock, store.shelf, tempo)

    def receive(receiver: Receiver) -> Door:
        return build_inbound(config, session, outbound, receiver, clock, store.arrivals, store.shelf, SystemClock())

    return Chat(outbound.channel, receive, outbound.people.introduce, file_access(config))
