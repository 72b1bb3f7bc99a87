"""How far this year's evaluation has come, or the latest result; what the reader may know of it, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from board.evaluation import Round
from board.ids import EvaluationId
from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor
from board.ports import Rules, UnitOfWork

READERS = BOARD | HANDLERS | WORKING_GROUP


@dataclass(frozen=True, slots=True)
class SeenEvaluation:
    """``asked``: the reader is one of those who answer; ``answered``: and has. ``may_arrange``: opens and closes."""

    round: Round | None
    asked: bool = False
    answered: bool = False
    may_arrange: bool = False
    may_read: bool = False


async def look_at_evaluation(
    evaluation: EvaluationId | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> SeenEvaluation:
    """``evaluation`` None: the latest."""
    round_ = await work.evaluations.get(evaluation) if evaluation else await work.evaluations.latest()
    plan = rules.mandate.evaluation
    if round_ is None or plan is None:
        return SeenEvaluation(None, may_arrange=actor.is_handler, may_read=bool(actor.roles & READERS))
    asked = bool(actor.roles & set(plan.asks))
    answered = asked and await work.evaluations.has_answered(round_.id, actor.id)
    return SeenEvaluation(round_, asked, answered, actor.is_handler, bool(actor.roles & READERS))
