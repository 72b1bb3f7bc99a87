"""The whole of Slack but its process: a real store and conversation, the handler, what goes out and what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import aiohttp
from aiohttp import web

from board.case import Case
from board.events import Event
from board.ids import PersonId
from board.people import Actor, Body, Holding, Role
from board.ports import Account, Rules
from bot.calendar import NorwegianCalendar
from bot.channels.base import Answer, IncomingFile, Pressed, Receiver, Turn
from bot.channels.pace import Pace
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.files import Pictures
from bot.channels.slack.handler import SlackHandler
from bot.channels.slack.inbound import SlackInbound, receive_by
from bot.channels.slack.people import SlackPeople
from bot.channels.slack.render import Renderer
from bot.channels.slack.responder import Responder
from bot.channels.slack.routes import PATH
from bot.channels.slack.web import SlackWeb, open_client, open_session
from bot.known import KnownAddresses
from bot.receiver import Conversations
from cards import blockkit
from cards.i18n import use
from cards.message import Message, Picture
from cards.plain import to_summary
from dialogs.documents_talk import Found
from storage.engine import Store, open_store
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER, mandate
from tests.bot.channels.slack.receiving import Wall, config_for
from tests.dialogs.support import CHAIR, MEETINGS, MEMBER
from tests.fakes.clock import CountedIds, SetClock
from tests.fakes.serving import Served
from tests.fakes.slack.acks import Ack
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import TEAM

WHO = (SUBMITTER, OWNER, OFFICE, LEAD, MEMBER, CHAIR)
PATIENCE = 10.0


@dataclass
class Slowly:
    """The conversation, that a test can hold up, break and count."""

    inner: Conversations
    presses: list[Pressed] = field(default_factory=list)
    broken: bool = False
    gate: asyncio.Event | None = None

    def hold(self) -> asyncio.Event:
        """Presses wait until it is set."""
        self.gate = asyncio.Event()
        return self.gate

    async def pressed(self, turn: Pressed) -> Answer:
        self.presses.append(turn)
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise RuntimeError("the database is away")
        return await self.inner.pressed(turn)

    async def home(self, turn: Turn) -> Answer:
        if self.broken:
            raise RuntimeError("the database is away")
        return await self.inner.home(turn)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@dataclass
class Talking:
    """One bot and its workspace."""

    slack: FakeSlack
    store: Store
    rules: Rules
    clock: SetClock
    receiver: Slowly
    handler: SlackHandler
    inbound: SlackInbound
    session: aiohttp.ClientSession
    url: str
    people: dict[PersonId, Persona]

    def somebody(self, who: Actor = SUBMITTER) -> Somebody:
        return Somebody(self, self.people[who.id])

    async def idle(self) -> None:
        """Wait until nothing is under way: neither turns, nor what they left to send."""
        async with asyncio.timeout(PATIENCE):
            while self.inbound.intake._tasks or self.handler.under_way:
                if self.inbound.intake._tasks:
                    await asyncio.wait(set(self.inbound.intake._tasks))
                await self.handler.settle(PATIENCE)

    async def cases(self, who: Actor = SUBMITTER) -> list[Case]:
        async with self.store.work.read() as work:
            lines = await work.cases.lines_for(who, 50)
            found = [await work.cases.get(line.id) for line in lines]
        return [case for case in found if case is not None]

    async def only_case(self) -> Case:
        (case,) = await self.cases()
        return case

    async def log(self, about: str) -> Sequence[Event]:
        async with self.store.work.read() as work:
            return await work.history.of(about)


@dataclass
class Somebody:
    """A person in Slack. Each act is delivered over HTTP, and waited for until the bot is idle again."""

    here: Talking
    persona: Persona

    async def does(self, request: SlackRequest | None) -> Ack:
        assert request is not None
        ack = await self.here.slack.deliver(self.here.session, self.here.url, request)
        await self.here.idle()
        return ack

    async def says(self, text: str) -> Posted:
        await self.does(self.persona.says(text))
        return self.last

    async def commands(self, text: str, channel: str = "") -> Ack:
        return await self.does(self.persona.command(text, channel))

    async def presses(self, action_id: str, message: Posted | None = None, **where: Any) -> Ack:
        return await self.does(self.persona.presses(message or self.last, action_id, **where))

    async def presses_in(self, action_id: str, values: Mapping[str, Any] | None = None, **where: Any) -> Ack:
        return await self.does(self.persona.presses_in_view(self.persona.modal, action_id, values, **where))

    async def submits(self, values: Mapping[str, Any] | None = None) -> Ack:
        return await self.does(self.persona.submits(self.persona.modal, values))

    @property
    def last(self) -> Posted:
        return self.persona.messages[-1]

    @property
    def words(self) -> str:
        """Of the window that lies on top."""
        return self.persona.modal.words if self.persona.modal else ""

    def errors(self) -> dict[str, str]:
        return self.persona.modal.errors if self.persona.modal else {}


async def _file(_file: IncomingFile) -> Found:
    raise AssertionError("no file was sent")


async def _picture(wanted: Picture) -> bytes:
    return wanted.source.encode()


def _drawn(message: Message, form: str) -> list[dict[str, Any]]:
    with use(message.language):
        return blockkit.to_message_blocks(message, form)


def _text(message: Message) -> str:
    with use(message.language):
        return blockkit.escaped(to_summary(message))


RENDERER = Renderer(_drawn, blockkit.asks, blockkit.dump, _text, _picture)


@asynccontextmanager
async def talking(slack: FakeSlack, url: str, *, acts_per_minute: int = 0) -> AsyncIterator[Talking]:
    """A bot over the empty, migrated database at ``url``, with the people of ``WHO`` in the workspace."""
    clock, config = SetClock(), replace(config_for(slack), timeout=3.0)
    rules = Rules(mandate(), clock, CountedIds("new"), NorwegianCalendar())
    async with await open_store(url) as store, open_session(config) as session, aiohttp.ClientSession() as outside:
        people = await _fill(store, slack)
        receiver = Slowly(Conversations(store.work, rules, KnownAddresses(clock), _file))
        handler = _handler(receiver, config, session, store, clock, acts_per_minute)
        inbound = receive_by(handler, config, session, store.arrivals, Wall(), Wall())
        app = web.Application()
        inbound.add_to(app)
        served = Served(app)
        await served.start()
        here = Talking(slack, store, rules, clock, receiver, handler, inbound, outside, served.url + PATH, people)
        try:
            yield here
        finally:
            if receiver.gate is not None:
                receiver.gate.set()
            await inbound.close(PATIENCE)
            await handler.settle(PATIENCE)
            await served.stop()


def _handler(
    receiver: Receiver | Slowly, config: Any, session: aiohttp.ClientSession, store: Store, clock: SetClock, acts: int
) -> SlackHandler:
    web_api = SlackWeb(open_client(config, session), config)
    channel = SlackChannel(web_api, Pictures(web_api, session, config), RENDERER, store.shelf, clock, config)
    people = SlackPeople(web_api, channel, config)
    responder = Responder(session, config)
    return SlackHandler(receiver, web_api, channel, people, store.shelf, responder, Pace(acts, clock), clock)


async def _fill(store: Store, slack: FakeSlack) -> dict[PersonId, Persona]:
    people = {who.id: slack.persona(str(who.id).replace("-", ""), who.person.name) for who in WHO}
    async with store.work.write() as unit:
        for who in WHO:
            await unit.people.add(who.person, Account("slack", TEAM, people[who.id].id))
            for role in who.roles or {Role.SUBMITTER}:
                await unit.people.hold(Holding(who.id, role, Body.BOARD, date(2022, 1, 1)))
        for meeting in MEETINGS:
            await unit.meetings.add(meeting)
        await unit.commit()
    return people
