"""One tick of the planner: what has fallen due is said, once, and marked."""

from __future__ import annotations

from typing import Final

from board.planner import plan
from board.ports import Rules, UnitOfWork
from board.usecases.standing import SETTLED, standing

BATCH: Final = 200
"""Rows at a time; with more, the next time follows at once. So few that a planner that is stopped in the middle holds
nothing back in the connection's buffers, and the others take over."""


async def plan_due(work: UnitOfWork, rules: Rules) -> bool:
    """Plans what is due now; True where there may be more. The caller commits.

    Outside the hours of a working day nothing is done: what fell due waits for them.
    """
    now, hours = rules.clock.now(), rules.hours
    if not hours.open_at(now) or not await work.planned.take_turn():
        return False
    steps = await work.planned.due(now, BATCH)
    duties = await work.duties.due(now, BATCH)
    known = await standing(sorted({step.meeting for step in steps}), work, rules)
    made = plan(duties, steps, known, now)
    await work.planned.put(made.steps)
    await work.duties.add(made.asked, now)
    await work.duties.save([duty for duty in made.duties if not duty.is_open], now)
    await work.duties.remind([duty for duty in made.duties if duty.is_open])
    await work.outbox.tell(made.notices, now)
    if known.office_has_news:
        await work.proof.list_all(now - SETTLED, now)
    return len(steps) == BATCH or len(duties) == BATCH
