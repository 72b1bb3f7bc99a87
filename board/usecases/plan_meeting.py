"""A new meeting, with its whole back-plan. Confirming the same preview twice makes one meeting."""

from __future__ import annotations

from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting, MeetingChanged, MeetingResult, plan
from board.meeting_commands import PlanMeeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import recorded


async def plan_meeting(command: PlanMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingResult:
    known = await work.meetings.get(command.meeting)
    if known is not None and actor.is_handler:
        return MeetingChanged(known, ())
    serves = await _served(command, work)
    meeting = Meeting(command.meeting, command.body, command.starts_at, command.minutes, command.place.strip(), serves)
    result = plan(meeting, actor, rules.clock.now())
    if isinstance(result, MeetingChanged) and not await work.meetings.add(result.meeting):
        result = await taken(command, work)
    await recorded(result, actor, command.meeting, work, rules)
    if isinstance(result, MeetingChanged) and serves:
        await _no_more_to_schedule(serves, actor, work, rules)
    return result


async def taken(command: PlanMeeting, work: UnitOfWork) -> Refusal:
    """The body has a meeting at that time already: which one."""
    there = await work.meetings.upcoming(command.body, command.starts_at, 1)
    return Refusal(RefusalCode.TIME_TAKEN, {"meeting": there[0].id if there else "", "fields": ("starts_at",)})


async def _served(command: PlanMeeting, work: UnitOfWork) -> MeetingId | None:
    """A working-group meeting prepares the next board meeting (mandatet § 5)."""
    if command.body is not Body.WORKING_GROUP:
        return None
    following = await work.meetings.upcoming(Body.BOARD, command.starts_at, 1)
    return following[0].id if following else None


async def _no_more_to_schedule(served: MeetingId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    for offset in rules.mandate.offsets:
        if offset.ends_by == "scheduling":
            await work.duties.end(served, [DutyKind.TASK], actor.id, rules.clock.now(), offset.id)
