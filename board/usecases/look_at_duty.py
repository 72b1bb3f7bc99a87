"""Looking at a duty, also one that has ended: of the one asked, the deputy, or the office."""

from __future__ import annotations

from board.duty import Duty
from board.errors import Refusal, RefusalCode
from board.ids import DutyId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._duty import may_know_of
from board.usecases._record import refuse


async def look_at_duty(duty_id: DutyId, actor: Actor, work: UnitOfWork, rules: Rules) -> Duty | Refusal:
    """Whoever has nothing to do with it does not learn that it is there."""
    duty = await work.duties.get(duty_id)
    if duty is None or not may_know_of(duty, actor):
        refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "duty"})
        await refuse(refusal, actor, duty_id, work, rules)
        return refusal
    return duty
