"""A case, to somebody who may see it. That somebody else asked for it is in the log, as every refusal of a right is."""

from __future__ import annotations

from board.case import Case
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import record


async def look_at_case(case_id: CaseId, actor: Actor, work: UnitOfWork, rules: Rules) -> Case | Refusal:
    case = await work.cases.get(case_id)
    if case is not None and case.may_be_seen_by(actor):
        return case
    refusal = Refusal(RefusalCode.NOT_FOUND, {"act": "look"})
    await record(refusal, actor, case_id, work, rules)
    return refusal
