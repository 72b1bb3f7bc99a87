"""A meeting to another time: its deadlines, its duties and everybody concerned follow."""

from __future__ import annotations

from board.agenda import agenda_object
from board.case_course import follow_meeting
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.meeting import Meeting, MeetingChanged, MeetingResult
from board.meeting_commands import MoveMeeting
from board.pack import pack_object
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting
from board.usecases._record import record
from board.usecases.pack_readers import recipients
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
    if isinstance(result, MeetingChanged) and result.events:
        await _cards_follow(result.meeting, work, rules)
        if result.meeting.body is Body.WORKING_GROUP:
            await _statements_follow(result.meeting, actor, work, rules)
    return result


async def _cards_follow(meeting: Meeting, work: UnitOfWork, rules: Rules) -> None:
    """Cards of its agenda and its papers say the day, though neither has a new revision."""
    whom = await recipients(meeting, work, rules)
    objects, once = [agenda_object(meeting.id), pack_object(meeting.id)], f"moved:{meeting.id}:{meeting.rev}"
    for person in dict.fromkeys([*whom.people, *whom.office]):
        await work.outbox.redraw_for(person, objects, once, rules.clock.now())


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
