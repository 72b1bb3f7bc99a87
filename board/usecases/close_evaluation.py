"""A round is closed: its urn is counted and destroyed, the result told, and a case made of it for the board."""

from __future__ import annotations

from dataclasses import replace

from board.after_commands import CloseEvaluation
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.evaluation import Ballot, Round, close_round, may_arrange
from board.evaluation_notices import results, told
from board.evaluation_ports import UrnLost
from board.events import Event, Happened
from board.ids import PersonId
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._automatic import make_case
from board.usecases._evaluation import Worder, holding
from board.usecases._record import refuse

CASE_TYPE = "evaluation"
NO_SUB_PORTFOLIO = "none"


async def close_evaluation(
    command: CloseEvaluation, actor: Actor, worder: Worder, work: UnitOfWork, rules: Rules
) -> Round | Refusal:
    """By hand, before its time. Nobody can answer afterwards."""
    round_ = await work.evaluations.get(command.evaluation)
    if round_ is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "evaluation"})
    if refusal := may_arrange(actor):
        await refuse(refusal, actor, round_.id, work, rules)
        return refusal
    if not round_.is_open:
        return Refusal(RefusalCode.EVALUATION_CLOSED)
    return await close(round_, actor, worder, work, rules)


async def close(round_: Round, by: Actor | None, worder: Worder, work: UnitOfWork, rules: Rules) -> Round:
    """``by`` None: its time is over. By hand, a round whose key is lost closes without a result.

    Errors: ``UrnLost`` where nobody asked for that: another process may have the key.
    """
    now = rules.clock.now()
    after = close_round(round_, await _urn(round_, by, work), now, rules.ids.secret)
    if after.outcome is not None:
        case = await make_case(CASE_TYPE, NO_SUB_PORTFOLIO, worder(after), work, rules, by=by)
        after = replace(after, case=case.id if case else None)
    await work.evaluations.save(after)
    await work.evaluations.destroy(round_.id)
    who = by.id if by else await nominal(work, rules)
    await work.duties.end(round_.id, [DutyKind.EVALUATE], who, now)
    await work.history.append([Event(Happened.EVALUATION_CLOSED, round_.id, now, who, rev=after.rev)])
    await work.outbox.tell(results(after, await holding(told(after), work, rules)), now)
    await work.outbox.redraw(round_.id, after.rev, now)
    return after


async def _urn(round_: Round, by: Actor | None, work: UnitOfWork) -> tuple[Ballot, ...]:
    try:
        return tuple(await work.evaluations.urn(round_.id))
    except UrnLost:
        if by is None:
            raise
        return ()


async def nominal(work: UnitOfWork, rules: Rules) -> PersonId:
    """On whose behalf what happens by itself is written down: the portfolio lead, else the office."""
    for role in (Role.PORTFOLIO_LEAD, Role.OFFICE):
        if people := await holding([role], work, rules):
            return people[0]
    return PersonId("saksgang")
