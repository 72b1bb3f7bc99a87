"""«Lukk møte»: not while an item is undecided, the approval of the minutes included (``process.md``)."""

from __future__ import annotations

from board.errors import Refusal
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.sitting import SittingResult, not_for
from board.sitting_commands import CloseMeeting
from board.usecases._record import refuse
from board.usecases._sitting import agenda_of, decided_items, held, stored


async def close_meeting(command: CloseMeeting, actor: Actor, work: UnitOfWork, rules: Rules) -> SittingResult:
    found = not_for(actor) or await held(command.meeting, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, command.meeting, work, rules)
        return found
    sitting = found[1]
    decided = await decided_items(sitting, await agenda_of(sitting, work), work)
    result = sitting.close(actor, decided, rules.clock.now())
    if not isinstance(result, Refusal):
        await stored(result, work)
    return result
