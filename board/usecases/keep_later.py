"""What falls due long after a meeting is asked: how decisions are anchored, how benefits go. At every tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.ids import CaseId, MeetingId, PersonId
from board.later import LaterKind, LaterStep
from board.later_notices import duties_of, requests
from board.ports import Rules, UnitOfWork
from board.usecases._anchoring import held, members_asked
from board.usecases._benefits import benefit_owner

BATCH: Final = 20


async def later_is_due(work: UnitOfWork, rules: Rules) -> bool:
    """Whether :func:`keep_later` would do something; locks nothing."""
    return bool(await work.later.due(rules.clock.now(), 1))


async def keep_later(work: UnitOfWork, rules: Rules) -> bool:
    """In a writing unit of work, which the caller commits. True where there may be more."""
    now = rules.clock.now()
    steps = await work.later.due(now, BATCH)
    for step in steps:
        people = await whom(step, work, rules)
        await work.duties.add(duties_of(step, people, now, rules.hours), now)
        await work.outbox.tell(requests(step, people), now)
    await work.later.done(steps, now)
    return len(steps) == BATCH


async def whom(step: LaterStep, work: UnitOfWork, rules: Rules) -> Sequence[PersonId]:
    """Who is asked, judged by the roles of today."""
    if step.kind is LaterKind.ANCHOR:
        found = await held(MeetingId(step.object_id), work)
        return [actor.id for actor in await members_asked(found, work, rules)] if found else []
    case = await work.cases.get(CaseId(step.object_id))
    owner = await benefit_owner(case, work, rules) if case else None
    return [owner] if owner else []
