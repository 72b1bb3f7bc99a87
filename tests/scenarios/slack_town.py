"""The same bot with people in Slack: all of them, or some, while the others sit in Teams."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from board.delivery import Address
from board.ids import PersonId
from bot.channels.base import Channel, Outcome, Retry, Sent
from bot.channels.rates import Tempo
from bot.demo import demo_id
from cards.message import Message
from storage.engine import open_store
from tests.fakes.slack.ledger import Call
from tests.fakes.slack.persona import CHANNEL as FOUNDATION
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, SIGNING_SECRET, TEAM
from tests.fakes.slack.workspace import Channel as Place
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.slack_hands import SlackHands
from tests.scenarios.slack_reading import message_card
from tests.scenarios.world import MONDAY, Chat, World, a_world

EVERYBODY = (*range(1, 8), *range(11, 22), 31, 41)
"""The demo board."""
SPEED = 500.0
"""A person who acts every 20 ms acts every ten seconds of the time that rates are held in."""


@dataclass
class Noted:
    """Implements ``Channel``: its deliveries are written down, so that a notice is not taken for an answer.

    What must wait for a rate waits ``speed`` times shorter, as the rates' time runs.
    """

    channel: Channel
    notices: set[str]
    speed: float
    name: str = "slack"

    async def send(self, address: Address, message: Message) -> Outcome:
        outcome = await self.channel.send(address, message)
        if isinstance(outcome, Sent):
            self.notices.add(outcome.message_id)
        return self._sooner(outcome)

    async def update(self, address: Address, message_id: str, message: Message) -> Outcome:
        return self._sooner(await self.channel.update(address, message_id, message))

    async def open(self, tenant: str, user: str, service_url: str) -> Address | Outcome:
        return await self.channel.open(tenant, user, service_url)

    def _sooner(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Retry) and outcome.after:
            return replace(outcome, after=outcome.after / self.speed)
        return outcome


@dataclass(repr=False)
class SlackTown(World):
    """``in_slack``: whether the person with these digits sits in Slack. The others have Teams."""

    slack: FakeSlack = field(kw_only=True)
    in_slack: Callable[[int], bool] = field(default=lambda _: True, kw_only=True)
    speed: float = field(kw_only=True)
    emails: dict[int, str] = field(default_factory=dict, kw_only=True)
    """Of those in the register: by these the workspace's accounts are joined to them."""
    notices: set[str] = field(default_factory=set, kw_only=True)
    chats: dict[str, SlackChat] = field(default_factory=dict, kw_only=True)
    _wire: list[tuple[str, Any]] = field(default_factory=list, kw_only=True)
    _read_calls: int = field(default=0, kw_only=True)
    _viewers: dict[str, str] = field(default_factory=dict, kw_only=True)

    async def start(self) -> None:
        await super().start()
        assert self.bot is not None
        self.bot.pump.channels = {
            **self.bot.pump.channels,
            "slack": Noted(self.bot.pump.channels["slack"], self.notices, self.speed),
        }

    def person(self, digits: int, name: str = "Prosjektleder Demo") -> Chat:
        if not self.in_slack(digits):
            return super().person(digits, name)
        return self.slack_chat(digits, name)  # type: ignore[return-value]  # the same acts, by other hands

    def slack_chat(self, digits: int, name: str) -> SlackChat:
        """Also for somebody who sits in Teams: by the e-mail that the workspace has, they are one person."""
        email = self.emails.get(digits, f"guest{digits}@example.org")
        persona = self.slack.persona(f"p{digits}", name, email=email)
        self.slack.workspace.open_dm(persona.id)
        user = demo_id(digits) if digits in self.emails else persona.id
        chat = SlackChat(self, SlackHands(persona, user, name))
        self.chats.setdefault(persona.id, chat)
        return chat

    def registered(self, digits: int, email: str) -> None:
        self.emails[digits] = email

    async def post(self, payload: Any) -> tuple[int, Any]:
        """Also what comes from Slack: its answer, in the form that Teams gives one."""
        if not isinstance(payload, SlackRequest):
            return await super().post(payload)
        card = await self.chats[payload.user].answered(payload, whole=False, door=self)
        return 200, {"statusCode": 200, "value": card}

    def messages(self) -> list[tuple[str, str]]:
        posted = [(c.channel, html.unescape(c.arguments["text"])) for c in self.slack.ledger.of("chat.postMessage")]
        return [*super().messages(), *posted]

    def doubled(self) -> list[str]:
        return [*super().doubled(), *self.slack.ledger.doubled()]

    def wire(self) -> list[tuple[str, Any]]:
        """Windows and homes are told under the chat of the person who sees them."""
        for call in self.slack.ledger.calls[self._read_calls :]:
            self._wire.append((self._chat_of(call), call.arguments))
        self._read_calls = len(self.slack.ledger.calls)
        return [*super().wire(), *self._wire]

    def acknowledged(self, user: str, body: Any) -> None:
        """A window that came with the acknowledgement."""
        self.wire()
        self._wire.append((self.slack.workspace.users[user].dm, body))

    def _chat_of(self, call: Call) -> str:
        if not call.method.startswith("views."):
            return call.channel
        given, view = call.arguments, call.answer["view"]["id"]
        user = given.get("user_id") or self.slack.state.triggers.whose(str(given.get("trigger_id")))
        self._viewers.setdefault(view, user)
        return self.slack.workspace.users[self._viewers[view]].dm if self._viewers[view] else ""

    async def in_channel(self, chat: Any, text: str) -> None:
        if not isinstance(chat, SlackChat):
            await super().in_channel(chat, text)
            return
        ack = await self.slack.deliver(self.session, f"{self.url}/slack/events", chat.persona.persona.mentions(text))
        assert ack.status == 200
        await self.settled()
        await self.quiet()

    def channel_posts(self) -> list[dict[str, Any]]:
        posts = [c for c in self.slack.ledger.of("chat.postMessage") if c.channel == FOUNDATION]
        return [*super().channel_posts(), *(message_card(call.answer["message"]) for call in posts)]

    def channel_cards(self) -> list[dict[str, Any]]:
        posted = self.slack.ledger.messages(FOUNDATION)
        return [*super().channel_cards(), *(message_card(one.body) for one in posted)]

    def heal(self) -> None:
        super().heal()
        for user in list(self.slack.workspace.users.values()):
            self.slack.workspace.add(replace(user, refuses=""))

    def _twin(self, now: datetime) -> World:
        return SlackTown(
            self.settings, self.platform, self.session, now, self.drive, self.tempo,
            slack=self.slack, in_slack=self.in_slack, speed=self.speed, emails=self.emails,
            notices=self.notices, chats=self.chats,
        )  # fmt: skip


@asynccontextmanager
async def a_slack_world(
    url: str,
    folder: Path,
    *,
    in_slack: Callable[[int], bool] = lambda _: True,
    now: datetime = MONDAY,
    speed: float = SPEED,
    **settings: Any,
) -> AsyncIterator[SlackTown]:
    """As ``a_world``, with the workspace beside it. What the real Slack would refuse fails the test at its end.

    The published rates are held, in a time that runs ``speed`` times as fast for the bot and for Slack.
    """
    async with FakeSlack(enforce_rates=True, speed=speed) as slack:
        slack.workspace.add_channel(Place(FOUNDATION, "fondsstyret"))
        given = {
            "slack_team": TEAM,
            "slack_bot_token": BOT_TOKEN,
            "slack_signing_secret": SIGNING_SECRET,
            "slack_api_url": slack.base_url,
            "outgoing_share": 0.75,
            **settings,
        }
        emails: dict[int, str] = {}
        tempo = Tempo(lambda: monotonic() * speed, lambda seconds: asyncio.sleep(seconds / speed))
        kind = partial(SlackTown, tempo=tempo, speed=speed, slack=slack, in_slack=in_slack, emails=emails)
        after_seed = partial(_read_emails, emails)
        async with a_world(url, folder, now=now, kind=kind, after_seed=after_seed, **given) as world:
            assert isinstance(world, SlackTown)
            yield world
        assert slack.violations == []


def a_town(chat: str, url: str, folder: Path, **settings: Any) -> AbstractAsyncContextManager[World]:
    """``chat``: "teams" or "slack", where everybody sits."""
    return a_slack_world(url, folder, **settings) if chat == "slack" else a_world(url, folder, **settings)


async def _read_emails(emails: dict[int, str], url: str) -> None:
    async with await open_store(url) as store, store.work.read() as work:
        people = await work.people.get([PersonId(demo_id(digits)) for digits in EVERYBODY])
    emails |= {digits: people[PersonId(demo_id(digits))].email for digits in EVERYBODY}
