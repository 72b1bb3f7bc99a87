"""A desk with meetings, a chair and cases that the working group has treated, for the tests of the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from board.agenda import Agenda
from board.case import Case
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, MeetingId
from board.mandate import Mandate
from board.meeting import Meeting
from board.meeting_commands import BuildAgenda
from board.people import Actor, Body, Role
from board.ports import Rules
from board.states import CaseState
from board.usecases.build_agenda import Built, build_agenda
from bot.calendar import NorwegianCalendar
from tests.board.support import NOW, OFFICE, OTHERS, WG_MEETING, Desk, case_in, desk, mandate
from tests.fakes.clock import CountedIds, SetClock

CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
FEBRUARY = Meeting(MeetingId("february"), Body.BOARD, datetime(2026, 2, 5, 8, tzinfo=UTC))
APRIL = Meeting(MeetingId("april"), Body.BOARD, datetime(2026, 4, 16, 7, tzinfo=UTC))
JUNE = Meeting(MeetingId("june"), Body.BOARD, datetime(2026, 6, 4, 7, tzinfo=UTC))
GROUP = Meeting(WG_MEETING, Body.WORKING_GROUP, datetime(2026, 3, 26, 12, tzinfo=UTC), serves=APRIL.id)
CANCELLED = MeetingId("cancelled")

_T = TypeVar("_T")


async def agenda_desk(rules: Mandate | None = None) -> Desk:
    """The register, two board meetings ahead, one before, and the working group's."""
    made = Rules(rules, SetClock(), CountedIds(), NorwegianCalendar()) if rules else None
    board = await desk(made)
    async with board.memory.work.write() as work:
        for meeting in (FEBRUARY, APRIL, JUNE, GROUP):
            await work.meetings.add(meeting)
        await work.commit()
    return board


def case(
    name: str,
    state: CaseState = CaseState.WG_TREATED,
    *,
    case_type: str = "bp2",
    wants: MeetingId | None = None,
    title: str = "",
    minute: int = 0,
) -> Case:
    """``minute`` orders those in the same state: when they came into it."""
    one = case_in(state)
    at = NOW + timedelta(minutes=minute)
    content = replace(one.content, title=title or f"Sak {name}", wanted_meeting=wants, minutes=None)
    return replace(
        one, id=CaseId(name), case_type=case_type, content=content, last=replace(one.last, at=at), board_meeting=None,
        board_number="",
    )  # fmt: skip


async def build(board: Desk, *cases: str, who: Actor = OFFICE, meeting: MeetingId = APRIL.id) -> Built | Refusal:
    named = tuple(CaseId(name) for name in cases) or None
    async with board.memory.work.write() as work:
        result = await build_agenda(BuildAgenda(meeting, named), who, work, board.rules)
        await work.commit()
    return result


async def built(board: Desk, *cases: str, meeting: MeetingId = APRIL.id) -> Built:
    result = await build(board, *cases, meeting=meeting)
    assert isinstance(result, Built), result
    return result


def agenda(board: Desk, meeting: MeetingId = APRIL.id) -> Agenda:
    return board.memory.state.agendas[meeting]


def numbers(board: Desk, meeting: MeetingId = APRIL.id) -> dict[str, str]:
    """The numbers on an agenda, by case, in its order."""
    return {item.case: item.number for item in agenda(board, meeting).items if item.case}


def without_gates(*left_out: str) -> Mandate:
    """The shipped mandate, as a board that does not enforce these would have it."""
    shipped = mandate()
    return replace(shipped, gates={g: p for g, p in shipped.gates.items() if g not in left_out})


def code_of(result: object) -> RefusalCode | None:
    return result.code if isinstance(result, Refusal) else None
