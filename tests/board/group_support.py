"""A board with meetings of the working group and of the board ahead, and its cases on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from board.case import Case
from board.commands import GiveStatement, ScheduleForGroup, TreatCase
from board.duty import DutyKind
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.meeting_commands import FinishGroupMinutes
from board.people import Actor, Body, Role
from board.treatment import WgOutcome
from board.usecases.finish_group_minutes import finish_group_minutes
from board.usecases.give_statement import give_statement
from board.usecases.schedule_for_group import schedule_for_group
from board.usecases.treat_case import treat_case
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OTHERS, WG_MEETING, Desk, desk

WG = Meeting(WG_MEETING, Body.WORKING_GROUP, datetime(2026, 3, 12, 8, tzinfo=UTC), serves=BOARD_MEETING)
LATER_WG = Meeting(MeetingId("wg-2"), Body.WORKING_GROUP, datetime(2026, 4, 9, 7, tzinfo=UTC), serves=BOARD_MEETING)
BOARD = Meeting(BOARD_MEETING, Body.BOARD, datetime(2026, 3, 31, 7, tzinfo=UTC))
"""Its intake closed on 24 February; the clock of the tests stands at 2 March."""
LATER_BOARD = Meeting(MeetingId("board-2"), Body.BOARD, datetime(2026, 5, 28, 7, tzinfo=UTC))
REP = next(one for one in OTHERS if Role.EMPLOYEE_REP in one.roles)
WG_MEMBER = next(one for one in OTHERS if Role.WG_MEMBER in one.roles)
CHAIR = next(one for one in OTHERS if Role.CHAIR in one.roles)
MEMBER = next(one for one in OTHERS if Role.MEMBER in one.roles)


async def group_desk(*cases: Case) -> Desk:
    board = await desk()
    async with board.memory.work.write() as work:
        for meeting in (WG, LATER_WG, BOARD, LATER_BOARD):
            await work.meetings.add(meeting)
        await work.commit()
    await board.keep(*cases)
    return board


def named(case: Case, name: str) -> Case:
    return replace(case, id=CaseId(name))


async def schedule(
    board: Desk, who: Actor = LEAD, case: str = "case-1", meeting: str = WG.id, rev: int | None = None
) -> Any:
    async with board.memory.work.write() as work:
        command = ScheduleForGroup(CaseId(case), MeetingId(meeting), rev)
        result = await schedule_for_group(command, who, work, board.rules)
        await work.commit()
    return result


async def state(board: Desk, text: str, who: Actor = REP) -> Any:
    async with board.memory.work.write() as work:
        result = await give_statement(GiveStatement(CaseId("case-1"), text), who, work, board.rules)
        await work.commit()
    return result


async def treat(board: Desk, outcome: WgOutcome, remarks: str = "Se merknaden.", case: str = "case-1") -> Any:
    async with board.memory.work.write() as work:
        result = await treat_case(TreatCase(CaseId(case), outcome, remarks), LEAD, work, board.rules)
        await work.commit()
    return result


async def finish(board: Desk, who: Actor = OFFICE, present: tuple[PersonId, ...] = (), meeting: str = WG.id) -> Any:
    async with board.memory.work.write() as work:
        command = FinishGroupMinutes(MeetingId(meeting), "Ingen andre saker.", present)
        result = await finish_group_minutes(command, who, work, board.rules)
        await work.commit()
    return result


def duties(board: Desk, kind: DutyKind) -> list[tuple[PersonId, date, bool]]:
    return [(d.person, d.due, d.is_open) for d in board.memory.state.duties.values() if d.kind is kind]
