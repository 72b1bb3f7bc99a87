"""One place up or down on the agenda, among its own kind. Numbers stay (``process.md``)."""

from __future__ import annotations

from board.agenda import AgendaResult
from board.meeting_commands import ShiftItem
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._agenda import on_agenda


async def shift_item(command: ShiftItem, actor: Actor, work: UnitOfWork, rules: Rules) -> AgendaResult:
    step, now = (1 if command.step > 0 else -1), rules.clock.now()
    return await on_agenda(
        *(command.meeting, command.rev, actor, work, rules),
        lambda agenda: agenda.shift(actor, command.item, step, now),
        item=command.item,
    )
