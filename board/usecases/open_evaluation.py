"""The office opens this year's evaluation by hand (mandatet § 8); else it opens by itself on its day."""

from __future__ import annotations

from board.clock import local_day
from board.errors import Refusal, RefusalCode
from board.evaluation import Round, may_arrange
from board.events import Event, Happened
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._evaluation import begin
from board.usecases._record import refuse


async def open_evaluation(actor: Actor, work: UnitOfWork, rules: Rules) -> Round | Refusal:
    """A year has one round; where an earlier year's is still open, that one is closed first."""
    plan, now = rules.mandate.evaluation, rules.clock.now()
    if plan is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "evaluation"})
    if refusal := may_arrange(actor):
        await refuse(refusal, actor, "evaluation", work, rules)
        return refusal
    latest = await work.evaluations.latest()
    year = local_day(now).year
    if latest is not None and (latest.is_open or latest.year >= year):
        return Refusal(RefusalCode.NOTHING_NEW, {"evaluation": latest.id})
    round_ = await begin(year, plan, work, rules)
    if round_ is None:
        return Refusal(RefusalCode.NOTHING_NEW)
    await work.history.append([Event(Happened.EVALUATION_OPENED, round_.id, now, actor.id, rev=round_.rev)])
    return round_
