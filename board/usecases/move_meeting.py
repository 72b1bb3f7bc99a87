"""A meeting to another time: its deadlines, its duties and everybody concerned follow."""

from __future__ import annotations

from board.case_course import follow_meeting
from board.commands import MoveMeeting
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.meeting import Meeting, MeetingChanged, MeetingResult
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting
from board.usecases._record import record
from board.usecases.schedule_for_group import last_day_for_statements


async def move_meeting(command: MoveMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingResult:
    now = rules.clock.now()
    result = await on_meeting(
        command.meeting, command.rev, actor, work, lambda m: m.move(actor, command.starts_at, now)
    )
    if not isinstance(result, Refusal) and result.events:
        there = await work.meetings.upcoming(result.meeting.body, command.starts_at, 1)
        if there and there[0].starts_at == command.starts_at and there[0].id != command.meeting:
            result = Refusal(RefusalCode.TIME_TAKEN, {"meeting": there[0].id, "fields": ("starts_at",)})
    await recorded(result, actor, command.meeting, work, rules)
    if isinstance(result, MeetingChanged) and result.events and result.meeting.body is Body.WORKING_GROUP:
        await _statements_follow(result.meeting, actor, work, rules)
    return result


async def _statements_follow(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The last day for statements on its cases, and for those who owe one."""
    now = rules.clock.now()
    for case in await work.cases.on_agenda(meeting.id):
        if case.state is not CaseState.ON_WG_AGENDA:
            continue
        due = last_day_for_statements(meeting, rules)
        await record(follow_meeting(case, actor, due, now), actor, case.id, work, rules)
        owed = [d for d in await work.duties.of_object(case.id) if d.kind is DutyKind.STATEMENT and d.is_open]
        await work.duties.save([duty.moved(due, now, rules.hours) for duty in owed], now)
