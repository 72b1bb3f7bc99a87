"""Two board meetings, three cases on the first one's agenda, in any store; and how all of it is looked at."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import asyncpg

from board.agenda import Agenda, AgendaState, Item, ItemKind
from board.approval import Approval
from board.attendance import Attendance, Coming
from board.case import Case
from board.decision import Decision
from board.events import Event
from board.follow_up import FollowUp
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PackId
from board.meeting import Meeting
from board.minutes import Minutes, minutes_object
from board.minutes_text import Version
from board.pack import Pack, PackState
from board.people import Actor, Body, Holding, Role
from board.ports import Account, Clashed, Rules, UnitOfWork, Work
from board.remarks import Remark
from board.sitting import Sitting
from board.states import CaseState
from bot.calendar import NorwegianCalendar
from tests.board.support import OFFICE, OWNER, SUBMITTER, actor, case_in, mandate
from tests.fakes.clock import CountedIds, SetClock
from tests.fakes.memory import Memory

A, B = MeetingId("april"), MeetingId("june")
STARTS: Final = {A: datetime(2026, 4, 16, 7, tzinfo=UTC), B: datetime(2026, 6, 4, 7, tzinfo=UTC)}
CASES: Final = tuple(CaseId(f"case-{n}") for n in (1, 2, 3))
LEAD, CHAIR = actor("per", Role.PORTFOLIO_LEAD), actor("tone", Role.CHAIR)
MEMBERS: Final = tuple(actor(f"medlem-{n}", Role.MEMBER) for n in (1, 2, 3))
ABSENT, DEPUTY = actor("medlem-4", Role.MEMBER), actor("vara", Role.DEPUTY)
PEOPLE: Final = (SUBMITTER, OWNER, OFFICE, LEAD, CHAIR, *MEMBERS, ABSENT, DEPUTY)
_SINCE: Final = datetime(2022, 1, 1, tzinfo=UTC).date()
_T = TypeVar("_T")


class Crash(Exception):
    """The process ends here."""


@dataclass(frozen=True)
class Looked:
    """All that is stored about the two meetings, and what was put in line."""

    cases: Mapping[CaseId, Case]
    sittings: Mapping[MeetingId, Sitting]
    decisions: Mapping[MeetingId, Sequence[Decision]]
    follow_ups: Mapping[CaseId, Sequence[FollowUp]]
    minutes: Mapping[MeetingId, Minutes]
    versions: Mapping[MeetingId, Sequence[Version]]
    remarks: Mapping[MeetingId, Sequence[Remark]]
    approvals: Mapping[MeetingId, Sequence[Approval]]
    events: Mapping[str, Sequence[Event]]
    told: Sequence[tuple[str, str, str]]
    """(kind, object, person) of every notice, in the order they were put in line."""

    def all_events(self) -> list[Event]:
        return [event for those in self.events.values() for event in those]


class World:
    """``place``: a database's address, "" for the double. Every act is a unit of work of its own."""

    def __init__(self, work: Work, place: str, memory: Memory | None) -> None:
        self.work, self.place, self._memory = work, place, memory
        self.clock = SetClock(STARTS[A] - timedelta(days=1))
        self.rules = Rules(mandate(), self.clock, CountedIds(), NorwegianCalendar())

    async def seed(self) -> None:
        async with self.work.write() as unit:
            for one in PEOPLE:
                await unit.people.add(one.person, Account("teams", "tenant", f"aad-{one.id}"))
                for role in one.roles:
                    instead = ABSENT.id if role is Role.DEPUTY else None
                    await unit.people.hold(Holding(one.id, role, Body.BOARD, _SINCE, deputy_for=instead))
            for meeting, starts in STARTS.items():
                await unit.meetings.add(Meeting(meeting, Body.BOARD, starts))
                await self._called(unit, meeting)
            for number, case in enumerate(CASES, 1):
                made = case_in(CaseState.DISPATCHED)
                await unit.cases.add(replace(made, id=case, board_meeting=A, board_number=f"00{number}-2026"))
            await unit.commit()

    async def _called(self, unit: UnitOfWork, meeting: MeetingId) -> None:
        """Agenda approved, pack out, everybody but one coming; that one's deputy comes."""
        at = self.clock.now()
        kinds = [ItemKind.AGENDA, *([ItemKind.MINUTES] if meeting == B else [])]
        items = [Item(ItemId(f"{meeting}-{kind}"), kind, 5) for kind in kinds]
        if meeting == A:
            items += [
                Item(ItemId(f"item-{n}"), ItemKind.DECISION, 15, case=case, number=f"00{n}-2026")
                for n, case in enumerate(CASES, 1)
            ]
        items.append(Item(ItemId(f"{meeting}-other"), ItemKind.OTHER, 5))
        agenda = Agenda(meeting, 1, tuple(items), at, LEAD.id, AgendaState.APPROVED, at, CHAIR.id, at, CHAIR.id)
        await unit.agendas.add(agenda)
        pack = Pack(PackId(f"pack-{meeting}"), meeting, 1, at, LEAD.id, (), "", (), PackState.WAITING)
        await unit.packs.add(pack, {"document": {}})
        await unit.packs.made(replace(pack, state=PackState.READY, pages=1, reading_minutes=1, ready_at=at))
        for member in (CHAIR, *MEMBERS):
            await unit.attendance.put(Attendance(meeting, member.id, Coming.YES, member.id, at))
        await unit.attendance.put(Attendance(meeting, ABSENT.id, Coming.DEPUTY, DEPUTY.id, at, DEPUTY.id))

    async def act(self, do: Callable[[UnitOfWork, Rules], Awaitable[_T]], *, crash: bool = False) -> _T | None:
        """``crash``: the process ends before the commit, so that nothing of it may remain."""
        while True:
            try:
                async with self.work.write() as unit:
                    result = await do(unit, self.rules)
                    if crash:
                        raise Crash
                    await unit.commit()
                return result
            except Crash:
                return None
            except Clashed:  # two waited for each other: the one that was taken back is done again
                continue

    async def at_once(self, *acts: Callable[[UnitOfWork, Rules], Awaitable[Any]]) -> list[Any]:
        return list(await asyncio.gather(*(self.act(one) for one in acts)))

    async def look(self) -> Looked:
        async with self.work.read() as unit:
            cases = {case: found for case in CASES if (found := await unit.cases.get(case))}
            sittings = await unit.sittings.named(list(STARTS))
            decisions = {meeting: await unit.decisions.of_meeting(meeting) for meeting in STARTS}
            follow_ups = await unit.follow_ups.of_cases(list(CASES))
            minutes = await unit.minutes_book.named(list(STARTS))
            versions = {meeting: await unit.minutes_book.versions(meeting) for meeting in STARTS}
            remarks = {meeting: await unit.minutes_book.remarks(meeting) for meeting in STARTS}
            approvals = {A: await unit.minutes_book.approvals(A, B)}
            named: list[str] = [*CASES, *STARTS, *(minutes_object(one) for one in STARTS)]
            named += [one.id for those in follow_ups.values() for one in those]
            events = {name: await unit.history.of(name) for name in named}
        return Looked(
            cases, sittings, decisions, follow_ups, minutes, versions, remarks, approvals, events, await self._told()
        )

    async def follow_up(self, number: int) -> FollowUpId | None:
        async with self.work.read() as unit:
            found = await unit.follow_ups.open(50)
        return found[number % len(found)].id if found else None

    async def _told(self) -> list[tuple[str, str, str]]:
        query = "SELECT kind, object_id, person_id FROM outbox WHERE copy_id IS NULL ORDER BY id"
        if self._memory is not None:
            rows = self._memory.state.outbox.values()
            return [(str(row.kind), row.object_id, row.person) for row in rows if row.copy is None]
        if self.place.startswith("sqlite"):
            with sqlite3.connect(self.place.partition("///")[2]) as file:
                return [tuple(row) for row in file.execute(query)]
        server = await asyncpg.connect(self.place)
        try:
            return [tuple(row) for row in await server.fetch(query)]
        finally:
            await server.close()


def person(number: int) -> Actor:
    return PEOPLE[number % len(PEOPLE)]
