"""Boards over the double of the store, brought to where a notice is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from board.decision import Outcome
from board.ids import CaseId, PersonId
from board.minutes_ports import Sealing
from board.notices import Notice, NoticeKind
from board.people import Actor, Person
from board.ports import Rules
from board.states import CaseState
from board.usecases.seal_minutes import minutes_sealed
from bot.calendar import NorwegianCalendar
from cards.i18n import Language
from cards.message import Message
from tests.board.approval_support import Table, table
from tests.board.published_support import Held, condition, held
from tests.board.support import Desk, mandate
from tests.dialogs.group_support import WG, prepare, titled
from tests.dialogs.support import MEMBER, SITE, Chat, House, fill
from tests.fakes.clock import CountedIds, SetClock
from tests.fakes.memory import Memory


@dataclass(frozen=True)
class Example:
    """A notice that is due: where, to whom, about what."""

    house: House
    who: Actor
    about: str
    rev: int = 1
    part: str = ""

    async def drawn(self, kind: NoticeKind, language: Language) -> Message | None:
        return await Chat(self.house, self.who, language).drawn(kind, self.about, self.rev, self.part)


Stage: TypeAlias = Callable[[], Awaitable[Example]]


def at(desk: Desk) -> House:
    return House(desk.memory.work, desk.rules, desk.clock, desk.memory.queue, SITE)


async def empty_house() -> House:
    """People and two board meetings."""
    memory, clock = Memory(), SetClock()
    await fill(memory.work)
    return House(memory.work, Rules(mandate(), clock, CountedIds(), NorwegianCalendar()), clock, memory.queue)


async def with_case(state: CaseState, **changes: Any) -> House:
    """One case in that state, long and Norwegian in its texts, and the working group's meetings."""
    house = await empty_house()
    case = titled(state)
    long = "Løsningen skal æres, øves og åpnes for alle foretakene i regionen. " * 9
    content = replace(case.content, background=long, assessment=f"{long}\n\n{long}")
    wg = {"wg_meeting": WG.id} if case.wg_meeting else {}
    await prepare(house, replace(case, content=content, **{**wg, **changes}))
    return house


async def decided() -> Held:
    """Three cases decided, one with a condition; the office has told it."""
    board = await held()
    await board.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition("Vis gevinstplanen for de elleve foretakene."))
    await board.decide("b")
    await board.decide("c")
    await board.told()
    return board


async def sealed(made: Table) -> None:
    """The locked file of the version that was approved last, or that corrects it."""
    memory = made.desk.memory
    number = max(version for meeting, version in memory.state.minutes_versions if meeting == made.about)
    version = memory.state.minutes_versions[made.about, number]
    async with memory.work.write() as work:
        assert await minutes_sealed(Sealing(made.minutes, version), f"{number}" * 64, 3, 9_000, work, made.desk.rules)
        await work.commit()


async def locked() -> Table:
    made = await table()
    await made.all_approve()
    await made.conclude()
    await sealed(made)
    return made


async def unreached(house: House, kind: NoticeKind, about: str, part: str) -> str:
    """The member was told, and no way reached the member; gives the part of the deputy's notice."""
    async with house.work.write() as work:
        await work.outbox.tell([Notice(kind, about, 1, MEMBER.id, part)], house.clock.now())
        await work.commit()
    for row in await house.queue.claim(house.clock.now(), 8, timedelta(minutes=1)):
        await house.queue.unreached(row, "403", house.clock.now())
    return f"{kind}|{MEMBER.id}|{part}"


def person(name: str) -> Actor:
    return Actor(Person(PersonId(name), name.title()))


def named(name: str) -> CaseId:
    return CaseId(name)


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 7, tzinfo=UTC)
