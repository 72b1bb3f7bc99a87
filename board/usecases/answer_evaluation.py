"""A member answers the yearly evaluation, once. Who answered and what was answered are kept apart from here on.

Nothing of it goes into the log: the duty says that it is done, to nobody but the one who owed it.
"""

from __future__ import annotations

from board.after_commands import AnswerEvaluation
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.evaluation import Round, filled_in, may_answer, one_more, put_in
from board.evaluation_ports import UrnLost
from board.ids import DutyId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse


async def answer_evaluation(command: AnswerEvaluation, actor: Actor, work: UnitOfWork, rules: Rules) -> Round | Refusal:
    round_, plan, now = await work.evaluations.get(command.evaluation), rules.mandate.evaluation, rules.clock.now()
    if round_ is None or plan is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "evaluation"})
    answered = await work.evaluations.has_answered(round_.id, actor.id)
    if refusal := may_answer(round_, actor, plan, answered=answered, now=now):
        await refuse(refusal, actor, round_.id, work, rules)
        return refusal
    ballot = filled_in(round_, command.marks, command.comment)
    if isinstance(ballot, Refusal):
        return ballot
    try:
        urn = await work.evaluations.urn(round_.id)
        await work.evaluations.fill(round_.id, put_in(urn, ballot, rules.ids.secret))
    except UrnLost:
        return Refusal(RefusalCode.URN_LOST)
    after = one_more(round_)
    await work.evaluations.answered(round_.id, actor.id)
    await work.evaluations.save(after)
    await _duty_done(round_, actor, work, rules)
    await work.outbox.redraw_for(actor.id, [round_.id], f"answered:{round_.id}", now)
    return after


async def _duty_done(round_: Round, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    duty = await work.duties.get(DutyId(f"{DutyKind.EVALUATE}:{round_.id}:{actor.id}"))
    if duty is not None and duty.is_open:
        now = rules.clock.now()
        await work.duties.save([duty.ended(actor.id, now)], now)
