"""The Slack edge put together; ``bot.app`` builds one where Slack is configured, and imports it only then."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from board.clock import Clock
from bot.channels.base import Receiver
from bot.channels.pace import Pace
from bot.channels.rates import REAL_TIME, Tempo
from bot.channels.slack.arrivals import Arrivals
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.config import SlackConfig
from bot.channels.slack.files import Pictures, file_access
from bot.channels.slack.handler import SlackHandler
from bot.channels.slack.inbound import SlackInbound, receive_by
from bot.channels.slack.limits import Paces
from bot.channels.slack.people import SlackPeople
from bot.channels.slack.render import Renderer
from bot.channels.slack.responder import Responder
from bot.channels.slack.shelf import Shelf
from bot.channels.slack.web import SlackWeb, open_client, open_session

__all__ = ["SlackOutbound", "build_inbound", "build_outbound", "file_access", "open_session"]


@dataclass(frozen=True, slots=True)
class SlackOutbound:
    """What sends: needed before there is a conversation, since delivery is built first. ``people`` introduces."""

    web: SlackWeb
    channel: SlackChannel
    people: SlackPeople


def build_outbound(
    config: SlackConfig,
    session: aiohttp.ClientSession,
    renderer: Renderer,
    clock: Clock,
    shelf: Shelf,
    tempo: Tempo = REAL_TIME,
) -> SlackOutbound:
    """The sending half. ``session`` comes from :func:`open_session`."""
    paces = Paces(config.rate_share, config.replicas, tempo)
    web = SlackWeb(open_client(config, session), config, paces, tempo)
    channel = SlackChannel(web, Pictures(web, session, config), renderer, shelf, clock, config)
    return SlackOutbound(web, channel, SlackPeople(web, channel, config))


def build_inbound(
    config: SlackConfig,
    session: aiohttp.ClientSession,
    outbound: SlackOutbound,
    receiver: Receiver,
    clock: Clock,
    arrivals: Arrivals,
    shelf: Shelf,
    wall: Clock,
) -> SlackInbound:
    """The receiving half: to be mounted, then started; ``take_up_left`` at every tick; closed before the store is.

    ``wall`` is the machine's own clock, by which Slack signs, also where the board's is moved.
    """
    handler = SlackHandler(
        receiver,
        outbound.web,
        outbound.channel,
        outbound.people,
        shelf,
        Responder(session, config),
        Pace(config.acts_per_minute, clock),
        clock,
    )
    return receive_by(handler, config, session, arrivals, clock, wall)
