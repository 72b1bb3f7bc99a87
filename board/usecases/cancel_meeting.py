"""A meeting that is not held: its deadlines are off, what was asked for it is no longer owed."""

from __future__ import annotations

from board.clock import local_day
from board.commands import CancelMeeting
from board.ids import MeetingId
from board.meeting import MeetingChanged, MeetingResult
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting


async def cancel_meeting(command: CancelMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingResult:
    now = rules.clock.now()
    result = await on_meeting(command.meeting, command.rev, actor, work, lambda m: m.cancel(actor, command.reason, now))
    await recorded(result, actor, command.meeting, work, rules)
    if isinstance(result, MeetingChanged) and result.events and result.meeting.serves:
        await _to_schedule_again(result.meeting.serves, work, rules)
    return result


async def _to_schedule_again(served: MeetingId, work: UnitOfWork, rules: Rules) -> None:
    """The board meeting that it prepared has none now: who was asked to set one up is asked again."""
    now, today = rules.clock.now(), local_day(rules.clock.now())
    scheduling = {offset.id for offset in rules.mandate.offsets if offset.ends_by == "scheduling"}
    asked = [duty for duty in await work.duties.of_object(served) if duty.part in scheduling and duty.due >= today]
    await work.duties.save([duty.reopened(now, rules.hours) for duty in asked if not duty.is_open], now)
