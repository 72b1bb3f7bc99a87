"""«Neste sak»: another item is treated now, also an earlier one. The approval of minutes is put before the room."""

from __future__ import annotations

from board.agenda import Agenda, ItemKind
from board.errors import Refusal
from board.ids import ItemId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.sitting import Sitting, SittingChanged, SittingResult, not_for
from board.sitting_commands import CallItem
from board.usecases._record import refuse
from board.usecases._sitting import agenda_of, decided_items, held, item_in, stored
from board.usecases.call_minutes import call_minutes


async def call_item(command: CallItem, actor: Actor, work: UnitOfWork, rules: Rules) -> SittingResult:
    """Without an item it is the next undecided one; where there is none, it stays where it is."""
    found = not_for(actor) or await held(command.meeting, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, command.meeting, work, rules)
        return found
    sitting = found[1]
    agenda = await agenda_of(sitting, work)
    decided = await decided_items(sitting, agenda, work)
    item = command.item or sitting.after(decided) or sitting.current
    result = sitting.call(actor, item, rules.clock.now())
    if isinstance(result, Refusal):
        await refuse(result, actor, command.meeting, work, rules)
        return result
    await stored(result, work)
    return await _minutes_too(result, item, agenda, decided, actor, work, rules)


async def _minutes_too(
    result: SittingChanged, item: ItemId, agenda: Agenda, decided: frozenset[ItemId],
    actor: Actor, work: UnitOfWork, rules: Rules,
) -> SittingChanged:  # fmt: skip
    called = item_in(agenda, item)
    if called is None or called.kind is not ItemKind.MINUTES or item in decided:
        return result
    await call_minutes(result.sitting, actor, work, rules)
    after: Sitting | None = await work.sittings.get(result.sitting.meeting)
    return SittingChanged(after or result.sitting, result.events)
