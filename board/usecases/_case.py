"""The shape that all acts on a case share: read it again, refuse an old button, act, record."""

from __future__ import annotations

from collections.abc import Callable

from board.case import Case, Result
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._record import record


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
    case = await work.cases.get(case_id)
    if case is None or not case.may_be_seen_by(actor):
        return await record(Refusal(RefusalCode.NOT_FOUND), actor, case_id, work, rules)
    result = act(case)
    if not (isinstance(result, Refusal) and result.code is RefusalCode.NOT_ALLOWED):
        result = _stale(case, rev) or result  # an old button does not hide that the right was never there
    return await record(result, actor, case_id, work, rules)


def _stale(case: Case, rev: int | None) -> Refusal | None:
    if rev is None or rev == case.rev:
        return None
    return Refusal(RefusalCode.STALE, {"what": case.last.what, "by": case.last.by, "at": case.last.at})
