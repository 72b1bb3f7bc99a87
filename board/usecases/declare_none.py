"""«Ingen forhold»: one press for all cases of a meeting that the person has not answered for. Kept per case."""

from __future__ import annotations

from collections.abc import Mapping

from board.commands import DeclareNone
from board.conflicts import Conflict, Declared
from board.errors import Refusal
from board.ids import CaseId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._conflict import settle_with
from board.usecases.asked_conflicts import asked_conflicts
from board.usecases.declare_conflict import declared


async def declare_none(
    command: DeclareNone, actor: Actor, work: UnitOfWork, rules: Rules
) -> Mapping[CaseId, Conflict] | Refusal:
    """Those that were answered now. What was said of a case before stands."""
    asked = await asked_conflicts(command.meeting, actor, work, rules)
    if isinstance(asked, Refusal):
        return asked
    now = {case.id: await declared(case, actor, Declared.NONE, "", work, rules) for case in asked.unanswered}
    await settle_with(asked.cases, command.meeting, actor, work, rules)
    return now
