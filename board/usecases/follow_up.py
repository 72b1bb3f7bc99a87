"""The owner of a follow-up reports on it, or has done it; the office may do so on the owner's behalf."""

from __future__ import annotations

from collections.abc import Callable

from board.case_outcome import close
from board.clock import local_day
from board.duty import DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.follow_up import FollowUp, FollowUpChanged, FollowUpResult
from board.ids import CaseId, FollowUpId
from board.notices import Notice, NoticeKind
from board.people import Actor, Role
from board.ports import Rules, UnitOfWork
from board.sitting_commands import FinishFollowUp, ReportFollowUp
from board.states import CaseState
from board.usecases._record import record, refuse


async def report_follow_up(command: ReportFollowUp, actor: Actor, work: UnitOfWork, rules: Rules) -> FollowUpResult:
    now = rules.clock.now()
    return await _on(
        command.follow_up, command.rev, actor, work, rules,
        lambda one: one.report(actor, command.note, command.new_date, local_day(now), now),
    )  # fmt: skip


async def finish_follow_up(command: FinishFollowUp, actor: Actor, work: UnitOfWork, rules: Rules) -> FollowUpResult:
    """The last one of a case whose minutes are approved closes the case."""
    now = rules.clock.now()
    result = await _on(
        command.follow_up, command.rev, actor, work, rules, lambda one: one.finish(actor, command.note, now)
    )
    if isinstance(result, FollowUpChanged):
        await close_where_done(result.follow_up.case, actor, work, rules)
    return result


async def close_where_done(case_id: CaseId, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """Ends a case that is minuted and has no open follow-up."""
    case = await work.cases.get(case_id)
    if case is None or case.state is not CaseState.MINUTED:
        return
    left = (await work.follow_ups.of_cases([case_id])).get(case_id, ())
    if not any(one.is_open for one in left):
        await record(close(case, actor.id, rules.clock.now()), actor, case_id, work, rules)


async def seen_follow_up(follow_up: FollowUpId, actor: Actor, work: UnitOfWork) -> FollowUp | Refusal:
    """To its owner, and to whoever may see its case; not there for one who is inhabil in that."""
    one = await work.follow_ups.get(follow_up)
    case = await work.cases.get(one.case) if one else None
    if one is None or case is None or actor.id in case.excluded:
        return Refusal(RefusalCode.NOT_FOUND)
    may = actor.id == one.owner or case.may_be_seen_by(actor)
    return one if may else Refusal(RefusalCode.NOT_FOUND)


async def _on(
    follow_up: FollowUpId,
    rev: int | None,
    actor: Actor,
    work: UnitOfWork,
    rules: Rules,
    act: Callable[[FollowUp], FollowUpResult],
) -> FollowUpResult:
    one = await seen_follow_up(follow_up, actor, work)
    result = one if isinstance(one, Refusal) else _unless_stale(act(one), one, rev)
    if isinstance(result, Refusal):
        await refuse(result, actor, follow_up, work, rules)
        return result
    await work.follow_ups.save(result.follow_up)
    await work.history.append(result.events)
    await _known(result.follow_up, actor, work, rules)
    return result


def _unless_stale(result: FollowUpResult, one: FollowUp, rev: int | None) -> FollowUpResult:
    if isinstance(result, Refusal) or rev is None or rev == one.rev:
        return result
    last = one.reports[-1] if one.reports else None
    by, at = (last.by, last.at) if last else (one.owner, one.opened_at)
    what = Happened.FOLLOW_UP_REPORTED if last else Happened.FOLLOW_UP_OPENED
    return Refusal(RefusalCode.STALE, {"what": what, "by": by, "at": at})


async def _known(one: FollowUp, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """What was asked is answered; the office learns it."""
    now = rules.clock.now()
    await work.duties.end(one.id, [DutyKind.FOLLOW_UP], actor.id, now)
    await work.outbox.redraw(one.id, one.rev, now)
    office = (await work.people.holders([Role.OFFICE], local_day(now)))[Role.OFFICE]
    await work.outbox.tell(
        [Notice(NoticeKind.FOLLOW_UP_REPORTED, one.id, one.rev, to) for to in office if to != actor.id], now
    )
