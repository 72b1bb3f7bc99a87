"""The last day for remarks is over: the round is closed, and the office told. That approves nothing (mandatet § 7)."""

from __future__ import annotations

from typing import Final

from board.clock import local_day
from board.duty import DutyKind
from board.ids import PersonId
from board.notices import NoticeKind
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import handlers, stored, tell

BATCH: Final = 20
PLANNER: Final = PersonId("saksgang")
"""Who closed it: time did."""


async def rounds_are_over(work: UnitOfWork, rules: Rules) -> bool:
    """Whether :func:`close_rounds` would do something; locks nothing."""
    return bool(await work.minutes_book.rounds_over(local_day(rules.clock.now()), 1))


async def close_rounds(work: UnitOfWork, rules: Rules) -> bool:
    """In a writing unit of work, which the caller commits. True where there may be more."""
    now = rules.clock.now()
    over = await work.minutes_book.rounds_over(local_day(now), BATCH)
    for meeting in sorted(minutes.meeting for minutes in over):
        minutes = await work.minutes_book.get(meeting)
        result = minutes.close_round(PLANNER, now) if minutes else None
        if result is None or not result.events:
            continue
        await stored(result, work)
        await work.duties.end(result.events[0].object_id, [DutyKind.REMARK], PLANNER, now)
        await tell(NoticeKind.ROUND_CLOSED, result.minutes, await handlers(work, rules), work, rules)
    return len(over) == BATCH
