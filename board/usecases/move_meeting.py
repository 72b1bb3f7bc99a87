"""A meeting to another time: its deadlines, its duties and everybody concerned follow."""

from __future__ import annotations

from board.commands import MoveMeeting
from board.errors import Refusal, RefusalCode
from board.meeting import MeetingResult
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import recorded
from board.usecases._on_meeting import on_meeting


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
    return result
