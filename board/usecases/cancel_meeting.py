"""A meeting that is not held: its deadlines are off, what was asked for it is no longer owed."""

from __future__ import annotations

from board.commands import CancelMeeting
from board.meeting import MeetingResult
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting


async def cancel_meeting(command: CancelMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> MeetingResult:
    now = rules.clock.now()
    result = await on_meeting(command.meeting, command.rev, actor, work, lambda m: m.cancel(actor, command.reason, now))
    await recorded(result, actor, command.meeting, work, rules)
    return result
