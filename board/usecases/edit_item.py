"""Another time, presenter or kind of an item: an escalated BP4 may be decided on instead of only told of."""

from __future__ import annotations

from board.agenda import AgendaResult
from board.meeting_commands import EditItem
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._agenda import on_agenda


async def edit_item(command: EditItem, actor: Actor, work: UnitOfWork, rules: Rules) -> AgendaResult:
    now = rules.clock.now()
    return await on_agenda(
        *(command.meeting, command.rev, actor, work, rules),
        lambda agenda: agenda.edit(
            *(actor, command.item, now),
            minutes=command.minutes,
            presenter=command.presenter,
            kind=command.kind,
        ),
        item=command.item,
    )
