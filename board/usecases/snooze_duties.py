"""«I morgen»: not to be reminded of before a later working day, at the latest the last one."""

from __future__ import annotations

from board.commands import SnoozeDuties
from board.duty import Duty
from board.errors import Refusal
from board.events import Happened
from board.ids import DutyId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._duty import happened, own_duty
from board.usecases._record import refuse


async def snooze_duties(
    command: SnoozeDuties, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[Duty, ...] | Refusal:
    """Those that were put off. Refused only where none of them could be: the first reason is given."""
    now = rules.clock.now()
    put_off: list[Duty] = []
    refusals: list[tuple[Refusal, DutyId]] = []
    for duty_id in command.duties:
        duty = await own_duty(duty_id, actor, work)
        found = duty if isinstance(duty, Refusal) else duty.snoozed(command.until, now, rules.hours)
        if isinstance(found, Refusal):
            refusals.append((found, duty_id))
        else:
            put_off.append(found)
    if not put_off and refusals:
        refusal, about = refusals[0]
        await refuse(refusal, actor, about, work, rules)
        return refusal
    await work.duties.save(put_off, now)
    await work.history.append([happened(Happened.DUTY_SNOOZED, duty, actor, rules) for duty in put_off])
    return tuple(put_off)
