"""A meeting that is not held: its deadlines are off, what was asked for it is no longer owed."""

from __future__ import annotations

from typing import Final

from board.case_course import release
from board.clock import local_day
from board.ids import MeetingId
from board.meeting import Meeting, MeetingChanged, MeetingResult
from board.meeting_commands import CancelMeeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting
from board.usecases._record import record

ON_BOARD: Final = frozenset({CaseState.ON_BOARD_AGENDA, CaseState.DISPATCHED})


async def cancel_meeting(command: CancelMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingResult:
    now = rules.clock.now()
    result = await on_meeting(command.meeting, command.rev, actor, work, lambda m: m.cancel(actor, command.reason, now))
    await recorded(result, actor, command.meeting, work, rules)
    if isinstance(result, MeetingChanged) and result.events:
        await _released(result.meeting, actor, work, rules)
        if result.meeting.serves:
            await _to_schedule_again(result.meeting.serves, work, rules)
    return result


async def _released(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """Its cases wait for another meeting; those that were treated at it are not there any more."""
    now = rules.clock.now()
    waiting = {CaseState.ON_WG_AGENDA} if meeting.body is Body.WORKING_GROUP else ON_BOARD
    for case in await work.cases.on_agenda(meeting.id):
        if case.state in waiting:
            await record(release(case, actor, now), actor, case.id, work, rules)


async def _to_schedule_again(served: MeetingId, work: UnitOfWork, rules: Rules) -> None:
    """The board meeting that it prepared has none now: who was asked to set one up is asked again."""
    now, today = rules.clock.now(), local_day(rules.clock.now())
    scheduling = {offset.id for offset in rules.mandate.offsets if offset.ends_by == "scheduling"}
    asked = [duty for duty in await work.duties.of_object(served) if duty.part in scheduling and duty.due >= today]
    await work.duties.save([duty.reopened(now, rules.hours) for duty in asked if not duty.is_open], now)
