"""A board meeting that can be opened, one that is under way, and the working group's, over the double of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from board.agenda import AgendaChanged, Item, ItemKind, build
from board.attendance import Attendance, Coming
from board.case import Case
from board.decision import Decision, Outcome
from board.ids import CaseId, ItemId, MeetingId, PersonId
from board.people import Actor, Role
from board.sitting import Sitting
from board.sitting_commands import CallItem, CloseMeeting, RecordDecision, SeatPerson, StartMeeting
from board.usecases.call_item import call_item
from board.usecases.close_meeting import close_meeting
from board.usecases.record_decision import record_decision
from board.usecases.seat_person import seat_person
from board.usecases.start_meeting import start_meeting
from tests.board.pack_support import CHAIR, DAY, MEMBER, SECOND, at, board_case, out, pack_desk
from tests.board.support import BOARD_MEETING, LEAD, NOW, OFFICE, OTHERS, Desk

__all__ = ["BOARD_MEETING", "CHAIR", "DEPUTY", "LEAD", "MEMBER", "OFFICE", "SECOND"]
DEPUTY = next(one for one in OTHERS if Role.DEPUTY in one.roles)
STARTS = at(DAY)
FIRST, OTHER = ItemId("agenda"), ItemId("other")
ONE, TWO = ItemId("i-case-1"), ItemId("i-case-2")
PROPOSAL = "Svar om proposed_decision"
"""What the cases propose."""


async def ready(*cases: Case) -> Desk:
    """Agenda approved, pack out, everybody has answered; the clock stands at the meeting's time."""
    made = await pack_desk(*(cases or (board_case(), board_case("case-2", "002-2026", "Ny journal"))))
    await out(made)
    answers = (
        Attendance(BOARD_MEETING, CHAIR.id, Coming.YES, CHAIR.id, NOW),
        Attendance(BOARD_MEETING, SECOND.id, Coming.YES, SECOND.id, NOW),
        Attendance(BOARD_MEETING, MEMBER.id, Coming.DEPUTY, DEPUTY.id, NOW, DEPUTY.id),
    )
    async with made.memory.work.write() as work:
        for given in answers:
            await work.attendance.put(given)
        await work.commit()
    made.clock.set(STARTS)
    return made


async def with_kinds(*kinds: ItemKind) -> Desk:
    """One case, and an item of each of these kinds without one."""
    made = await ready(board_case())
    agenda = made.memory.state.agendas[BOARD_MEETING]
    items = (*agenda.items, *(Item(ItemId(f"k-{kind}"), kind, 5) for kind in kinds))
    built = build(BOARD_MEETING, OFFICE, items, NOW)
    assert isinstance(built, AgendaChanged)
    made.memory.state.agendas[BOARD_MEETING] = replace(agenda, items=built.agenda.items)
    return made


async def under_way(*cases: Case) -> Desk:
    made = await ready(*cases)
    await did(made, start_meeting, StartMeeting(BOARD_MEETING))
    return made


async def did(made: Desk, use_case: Any, command: Any, who: Actor = LEAD) -> Any:
    """What came of it, committed."""
    async with made.memory.work.write() as work:
        result = await use_case(command, who, work, made.rules)
        await work.commit()
    return result


async def start(made: Desk, who: Actor = LEAD, meeting: MeetingId = BOARD_MEETING) -> Any:
    return await did(made, start_meeting, StartMeeting(meeting), who)


async def call(made: Desk, item: ItemId | None = None, who: Actor = LEAD) -> Any:
    return await did(made, call_item, CallItem(BOARD_MEETING, item), who)


async def close(made: Desk, who: Actor = LEAD, meeting: MeetingId = BOARD_MEETING) -> Any:
    return await did(made, close_meeting, CloseMeeting(meeting), who)


async def seat(made: Desk, person: PersonId, who: Actor = LEAD, *, present: bool) -> Any:
    return await did(made, seat_person, SeatPerson(BOARD_MEETING, person, present), who)


async def record(
    made: Desk, item: ItemId = ONE, outcome: Outcome = Outcome.ADOPTED, text: str = "", who: Actor = LEAD, **how: Any
) -> Any:
    return await did(made, record_decision, RecordDecision(BOARD_MEETING, item, outcome, text, **how), who)


def sitting(made: Desk, meeting: MeetingId = BOARD_MEETING) -> Sitting:
    return made.memory.state.sittings[meeting]


def decision(made: Desk, item: ItemId = ONE) -> Decision:
    return made.memory.state.decisions[(BOARD_MEETING, item)]


def redrawn(made: Desk, about: str = f"sitting:{BOARD_MEETING}") -> set[int]:
    """The revisions with which copies of a card are to be drawn anew."""
    return {row.rev for row in made.memory.state.outbox.values() if row.copy is not None and row.object_id == about}


def later(made: Desk, minutes: int = 1) -> None:
    made.clock.set(made.clock.now() + timedelta(minutes=minutes))


CASE, CASE_TWO = CaseId("case-1"), CaseId("case-2")


async def empty(made: Desk) -> None:
    for person in (SECOND.id, DEPUTY.id):
        await seat(made, person, present=False)
