"""A person's chat with the conversation itself: a real unit of work a turn, on SQLite, with a clock that stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from board.case import Case
from board.clock import local_day
from board.delivery import Address, DeliveryQueue, Scope
from board.events import Event
from board.ids import CaseId, MeetingId, PersonId, is_channel
from board.meeting import Meeting
from board.people import Actor, Body, Holding, Person, Role
from board.ports import Account, Rules, Talk, Work
from bot.calendar import NorwegianCalendar
from cards.i18n import Language, use
from cards.message import Act, Banner, Facts, Inputs, Json, LongText, Message, Meter, Paragraph, Say, Steps
from dialogs import conversation, drawing
from dialogs.documents_talk import Found
from dialogs.room import Reply, Room, Wanted
from dialogs.understand import understand
from storage.engine import open_store
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER, actor, mandate
from tests.fakes.clock import CountedIds, SetClock

CHAIR, MEMBER = actor("tove", Role.CHAIR), actor("mads", Role.MEMBER)
DEPUTY, REP = actor("vigdis", Role.DEPUTY), actor("rolf", Role.EMPLOYEE_REP)
CHANNEL = Address("teams", "tenant", "https://example.org/", "19:general@thread", "channel", "bot", "team")
SITE = "https://saksgang.example.org"
PEOPLE = (
    *(SUBMITTER.person, OWNER.person, OFFICE.person, LEAD.person),
    Person(PersonId("ola-dal"), "Ola Dal", "ola.dal@example.org"),
    Person(PersonId("ola-vik"), "Ola Vik", "ola.vik@example.org"),
    Person(PersonId("ola-hansen"), "Ola Dal Hansen", "ola.hansen@example.org"),
    *(Person(PersonId(f"kim-{n}"), "Kim Berg", f"kim{n}@example.org") for n in (1, 2)),
    Person(PersonId("anne"), "Anne Ødegård", "anne@example.org"),
    *(actor.person for actor in (CHAIR, MEMBER, DEPUTY, REP)),
)
ROLES = {
    SUBMITTER.id: Role.SUBMITTER,
    OWNER.id: Role.PROJECT_OWNER,
    OFFICE.id: Role.OFFICE,
    LEAD.id: Role.PORTFOLIO_LEAD,
    PersonId("ola-dal"): Role.PROJECT_OWNER,
    PersonId("ola-vik"): Role.MEMBER,
    PersonId("anne"): Role.PROJECT_OWNER,
    **{one.id: next(iter(one.roles)) for one in (CHAIR, MEMBER, DEPUTY, REP)},
}
MEETINGS = (
    Meeting(MeetingId("april"), Body.BOARD, datetime(2026, 4, 16, 7, tzinfo=UTC)),
    Meeting(MeetingId("june"), Body.BOARD, datetime(2026, 6, 4, 7, tzinfo=UTC)),
)


@dataclass
class House:
    """The stored board. ``chat`` may be asked for on another store over the same file: a restart."""

    work: Work
    rules: Rules
    clock: SetClock
    queue: DeliveryQueue
    site: str = SITE

    def chat(self, who: Actor = SUBMITTER, language: Language = "nb") -> Chat:
        return Chat(self, who, language)

    async def only_case(self) -> Case:
        (case,) = await self.cases()
        return case

    async def cases(self, who: Actor = SUBMITTER) -> list[Case]:
        async with self.work.read() as work:
            lines = await work.cases.lines_for(who, 50)
            found = [await work.cases.get(line.id) for line in lines]
        return [case for case in found if case is not None]

    async def case(self, name: str) -> Case:
        async with self.work.read() as work:
            found = await work.cases.get(CaseId(name))
        assert found is not None
        return found

    async def log(self, about: str) -> Sequence[Event]:
        async with self.work.read() as work:
            return await work.history.of(about)

    async def meeting(self, name: str) -> Meeting:
        async with self.work.read() as work:
            found = await work.meetings.get(MeetingId(name))
        assert found is not None
        return found

    async def meetings(self, body: Body = Body.BOARD) -> Sequence[Meeting]:
        async with self.work.read() as work:
            return await work.meetings.upcoming(body, self.clock.now(), 20)

    async def talk(self, who: Actor = SUBMITTER) -> Talk | None:
        async with self.work.read() as work:
            return await work.talks.get(who.id)


@dataclass
class Chat:
    house: House
    who: Actor
    language: Language = "nb"
    scope: Scope = "personal"
    last: Message = field(default_factory=lambda: Message(""))
    all: Sequence[Message] = ()

    async def say(self, text: str, *files: Found) -> Message:
        """Says something, as the receiver passes it on, and gives what is answered."""
        meant = understand(text)
        async with self.house.work.write() as work:
            room = self._room(await self._actor(work), work)
            talk = await work.talks.get(self.who.id)
            wish = conversation.reading(meant, talk) if not files else None
            with use(self.language):
                if wish:
                    return self._seen(await conversation.read(room, wish, self.scope))
                reply = await conversation.write(room, text, files, self.scope)
            await work.commit()
        return self._seen(reply)

    async def answer(self, *texts: str) -> Message:
        for text in texts:
            await self.say(text)
        return self.last

    async def press(self, verb: str, data: Mapping[str, Json]) -> Message:
        async with self.house.work.write() as work:
            room = self._room(await self._actor(work), work)
            with use(self.language):
                reply = await conversation.press(room, verb, data)
            await work.commit()
        assert reply.card is not None or reply.messages
        self.all = reply.messages
        self.last = reply.card or reply.messages[-1]
        return self.last

    async def press_again(self, verb: str, data: Mapping[str, Json]) -> Message:
        """The same press delivered once more, after its effect."""
        async with self.house.work.write() as work:
            room = self._room(await self._actor(work), work)
            with use(self.language):
                reply = await conversation.pressed_again(room, verb, data)
            await work.commit()
        assert reply.card is not None
        return reply.card

    async def drawn(
        self, kind: str, object_id: str, rev: int = 1, part: str = "", *, copy: bool = False
    ) -> Message | None:
        """What goes out to this reader of a notice, or of a copy that is redrawn."""
        async with self.house.work.read() as work:
            room = self._room(await self._actor(work), work)
            with use(self.language):
                return await drawing.drawn(room, Wanted(object_id, kind, rev, part, copy))

    async def click(self, card: Message, verb: str, label: str = "", **inputs: Json) -> Message:
        """Presses a button of a card. With the card's inputs, as they stand in it, and those changed here."""
        act = button(card, verb, label)
        typed = {f.id: f.value for f in fields_of(card)} if act.with_inputs else {}
        return await self.press(verb, {**act.data, **typed, **inputs})

    def _seen(self, reply: Reply) -> Message:
        assert reply.messages, "every message is answered"
        self.all = reply.messages
        self.last = reply.messages[-1]
        return self.last

    async def _actor(self, work: Any) -> Actor:
        if is_channel(self.who.id):
            return self.who
        actor = await work.people.actor_of(self.who.id, local_day(self.house.clock.now()))
        assert isinstance(actor, Actor)
        return actor

    def _room(self, actor: Actor, work: Any) -> Room:
        here = CHANNEL if self.scope != "personal" else None
        return Room(actor, work, self.house.rules, here, self.house.site)


@asynccontextmanager
async def open_house(url: str, *, new: bool = True, ids: str = "case") -> AsyncIterator[House]:
    """``new``: fills the empty, migrated database first; otherwise the bot comes back to what is there."""
    clock = SetClock()
    async with await open_store(url) as store:
        if new:
            await fill(store.work)
        yield House(store.work, Rules(mandate(), clock, CountedIds(ids), NorwegianCalendar()), clock, store.queue)


async def fill(work: Work) -> None:
    """People, their roles and two board meetings, in any empty store."""
    async with work.write() as unit:
        for person in PEOPLE:
            await unit.people.add(person, Account("teams", "tenant", f"aad-{person.id}"))
        for who, role in ROLES.items():
            deputy_for = MEMBER.id if role is Role.DEPUTY else None
            await unit.people.hold(Holding(who, role, Body.BOARD, date(2022, 1, 1), deputy_for=deputy_for))
        for meeting in MEETINGS:
            await unit.meetings.add(meeting)
        await unit.commit()


def fields_of(card: Message) -> list[Any]:
    return [f for block in card.blocks if isinstance(block, Inputs) for f in block.fields]


def button(card: Message, verb: str, label: str = "") -> Act:
    found = [b for b in card.buttons if isinstance(b, Act) and b.verb == verb and label in b.label]
    assert found, f"no {verb} among {[b.label for b in card.buttons]}"
    return found[0]


def writes(card: Message) -> list[str]:
    """What the buttons write for the person."""
    return [b.text for b in card.buttons if isinstance(b, Say)]


def words(message: Message) -> str:
    """Everything a person reads, in one string."""
    found = [message.title, message.why]
    for block in message.blocks:
        match block:
            case Paragraph(text=text) | Banner(text=text):
                found.append(text)
            case Facts(rows=rows):
                found += [f"{name}: {value}" for name, value in rows]
            case LongText(label=label, text=text):
                found += [label, text]
            case Steps(steps=steps):
                found += [f"{s.label} {s.detail}" for s in steps]
            case Meter(items=items) as meter:
                found += [f"{meter.label} {meter.done} av {meter.total}", *(i.label for i in items)]
            case Inputs(fields=fields):
                found += [f"{f.label} {f.value} {f.error}" for f in fields]
    found += [b.label for b in message.buttons]
    return "\n".join(found)
