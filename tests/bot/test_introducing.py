"""An account that nobody has met: the platform is asked who it is, outside any transaction, and only then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from board.delivery import Address
from board.events import Happened
from board.ids import PersonId
from board.people import Body, Holding, Person, Role
from board.ports import Account, Rules, UnitOfWork
from bot.calendar import NorwegianCalendar
from bot.channels.base import IncomingFile, Installed, Introduced, Pressed, Said, Sender
from bot.known import KnownAddresses
from bot.receiver import Conversations
from dialogs.documents_talk import Found
from storage.engine import Store, open_store
from tests.board.support import mandate
from tests.cards.conftest import locales, texts
from tests.fakes.clock import CountedIds, SetClock
from tests.storage.databases import migrated_file, sqlite_url

__all__ = ["locales", "migrated_file", "sqlite_url", "texts"]

KARI = Person(PersonId("kari"), "Kari Nordmann", "Kari@example.org", language="nn")
SENDER = Sender("T1", "U1", "U1", "kari.n", "nb-NO")
CHAT = Address("slack", "T1", "", "D1", "personal", "B1", "T1")


@dataclass
class Platform:
    """Says who people are, and looks whether the database is free while it is asked."""

    store: Store
    says: Introduced
    asked: list[str] = field(default_factory=list)

    async def introduce(self, sender: Sender) -> Introduced:
        self.asked.append(sender.user)
        async with self.store.work.write() as work:  # on SQLite nobody else is writing then
            await work.talks.drop(PersonId("nobody"))
            await work.commit()
        return self.says


@dataclass
class Place:
    bot: Conversations
    platform: Platform
    store: Store
    clock: SetClock
    number: int = 0

    async def says(self, text: str, sender: Sender = SENDER, where: Address = CHAT) -> str:
        self.number += 1
        answer = await self.bot.said(Said(f"a{self.number}", sender, where, text))
        return answer.messages[-1].title

    async def who(self, sender: Sender = SENDER, channel: str = "slack") -> Person:
        async with self.store.work.read() as work:
            found = await work.people.actor(Account(channel, sender.tenant, sender.user), self.clock.now().date())
        assert found is not None
        return found.person

    async def register(self, *people: Person) -> None:
        async with self.store.work.write() as work:
            await _registered(work, self.clock, *people)
            await work.commit()


async def _registered(work: UnitOfWork, clock: SetClock, *people: Person) -> None:
    for person in people:
        await work.people.add(person)
        await work.people.hold(Holding(person.id, Role.MEMBER, Body.BOARD, clock.now().date()))


async def _no_file(_file: IncomingFile) -> Found:
    raise AssertionError("no file is sent here")


@pytest.fixture
async def place(sqlite_url: str) -> AsyncIterator[Place]:
    clock = SetClock()
    async with await open_store(sqlite_url) as store:
        platform = Platform(store, Introduced("Kari i Slack", "kari@EXAMPLE.org", "nb-NO"))
        rules = Rules(mandate(), clock, CountedIds(), NorwegianCalendar())
        bot = Conversations(store.work, rules, KnownAddresses(clock), _no_file, introduce={"slack": platform.introduce})
        yield Place(bot, platform, store, clock)


async def test_a_verified_email_in_the_register_is_that_person_from_the_first_word(place: Place) -> None:
    await place.register(KARI)
    assert await place.says("mine saker")
    assert await place.who() == KARI
    assert "nynorsk" not in await place.says("hjelp")
    assert place.platform.asked == ["U1"], "once, and not again for who is known"
    async with place.store.work.read() as work:
        assert [(e.what, e.details) for e in await work.history.of("kari")] == [
            (Happened.PERSON_JOINED, {"channel": "slack", "way": "email"})
        ]
        assert await work.addresses.of(KARI.id) == CHAT


async def test_without_it_a_guest_by_the_name_that_the_platform_says(place: Place) -> None:
    await place.says("mine saker")
    assert (await place.who()).name == "Kari i Slack"
    assert (await place.who()).email == "kari@EXAMPLE.org"
    place.clock.move(minutes=5)
    await place.says("meld sak")
    assert place.platform.asked == ["U1"]


async def test_where_the_platform_cannot_say_it_is_asked_again_later(place: Place) -> None:
    await place.register(KARI)
    place.platform.says = Introduced()
    await place.says("meld sak")
    guest = await place.who()
    assert (guest.name, guest.email) == ("kari.n", "")
    await place.says("avbryt")
    assert place.platform.asked == ["U1"], "not at each turn"
    place.platform.says = Introduced("Kari i Slack", "kari@example.org")
    place.clock.move(minutes=2)
    await place.says("mine saker")
    assert await place.who() == KARI
    async with place.store.work.read() as work:
        (event,) = [e for e in await work.history.of("kari") if e.what is Happened.PERSON_JOINED]
        assert event.details == {"guest": guest.id, "channel": "slack", "way": "email"}


async def test_a_press_and_an_installation_introduce_too(place: Place) -> None:
    await place.register(KARI)
    await place.bot.installed(Installed("", SENDER, CHAT))
    assert await place.who() == KARI
    other = replace(SENDER, user="U2", account="U2")
    place.platform.says = Introduced("Per", "")
    await place.bot.pressed(Pressed("p1", other, replace(CHAT, conversation="D2"), "task.list", {}))
    assert (await place.who(other)).name == "Per"
    assert place.platform.asked == ["U1", "U2"]


async def test_a_channel_that_introduces_nobody_is_as_before(place: Place) -> None:
    await place.register(KARI)
    await place.says("mine saker", where=replace(CHAT, channel="teams"))
    assert place.platform.asked == []
    assert (await place.who(channel="teams")).name == "kari.n"


async def test_a_name_from_outside_is_a_plain_short_line(place: Place) -> None:
    place.platform.says = Introduced("Kari\n\u202e<@U9> " + "x" * 500, "a@example.org\nBcc: b@example.org")
    await place.says("mine saker")
    person = await place.who()
    assert len(person.name) <= 120
    assert not {"\n", "\u202e"} & set(person.name + person.email)
