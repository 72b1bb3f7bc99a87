"""«Gjort»: a task before a meeting is done. It is over for all who were asked."""

from __future__ import annotations

from board.commands import FinishDuty
from board.duty import Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._duty import happened, own_duty
from board.usecases._record import refuse


async def finish_duty(command: FinishDuty, actor: Actor, work: UnitOfWork, rules: Rules) -> Duty | Refusal:
    duty = await own_duty(command.duty, actor, work)
    if isinstance(duty, Duty) and duty.kind is not DutyKind.TASK:
        duty = Refusal(RefusalCode.NOT_ALLOWED, {"act": "finish", "roles": ()})  # it ends with the act itself
    if isinstance(duty, Refusal):
        await refuse(duty, actor, command.duty, work, rules)
        return duty
    now = rules.clock.now()
    await work.duties.end(duty.object_id, [duty.kind], actor.id, now, duty.part)
    await work.history.append([happened(Happened.DUTY_DONE, duty, actor, rules)])
    return duty.ended(actor.id, now)
