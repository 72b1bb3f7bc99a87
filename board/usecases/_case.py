"""The shape that all acts on a case share: read it again, refuse an old button, act, record."""

from __future__ import annotations

from collections.abc import Callable

from board.case import Case, Result
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.states import CaseAct
from board.usecases._record import record, refuse


async def on_case(
    case_id: CaseId,
    rev: int | None,
    actor: Actor,
    work: UnitOfWork,
    rules: Rules,
    act: Callable[[Case], Result],
) -> Result:
    """Does ``act`` on the case as it is stored now, and records what came of it.

    ``rev`` is the revision that the button showed, or None where the act does not depend on one.
    """
    case = await seen_case(case_id, actor, work)
    result = case if isinstance(case, Refusal) else unless_stale(act(case), case, rev)
    return await record(result, actor, case_id, work, rules)


async def seen_case(case_id: CaseId, actor: Actor, work: UnitOfWork) -> Case | Refusal:
    """The case as it is stored now; whoever may not see it does not learn that it is there."""
    case = await work.cases.get(case_id)
    return Refusal(RefusalCode.NOT_FOUND) if case is None or not case.may_be_seen_by(actor) else case


async def why_not(case_id: CaseId, act: CaseAct, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """Why the person may not do this to the case now, in the log where it is the right that lacks; None: may be done.

    For a request that cannot be read: whoever has no right to it is told that, and nothing of what was wrong in it.
    """
    case = await seen_case(case_id, actor, work)
    gate = case if isinstance(case, Refusal) else case.gate(act, actor)
    if not isinstance(gate, Refusal):
        return None
    await refuse(gate, actor, case_id, work, rules)
    return gate


def unless_stale(result: Result, case: Case, rev: int | None) -> Result:
    """The result, or that the button is an old one, which does not hide that the right was never there."""
    if isinstance(result, Refusal) and result.code is RefusalCode.NOT_ALLOWED:
        return result
    if rev is None or rev == case.rev:
        return result
    return Refusal(RefusalCode.STALE, {"what": case.last.what, "by": case.last.by, "at": case.last.at})
