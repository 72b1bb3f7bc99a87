"""The yearly evaluation by itself: opened on its day, closed when its time is over. Asked at every tick."""

from __future__ import annotations

from contextlib import suppress

from board.clock import local_day
from board.evaluation import is_to_close, is_to_open
from board.evaluation_ports import UrnLost
from board.events import Event, Happened
from board.ports import Rules, UnitOfWork
from board.usecases._evaluation import Worder, begin, first_meeting
from board.usecases.close_evaluation import close, nominal


async def evaluation_is_due(work: UnitOfWork, rules: Rules) -> bool:
    """Whether :func:`keep_evaluation` would do something; locks nothing."""
    plan, now = rules.mandate.evaluation, rules.clock.now()
    if plan is None:
        return False
    latest = await work.evaluations.latest()
    if is_to_close(latest, now):
        return True
    year = local_day(now).year
    if latest is not None and (latest.is_open or latest.year >= year):
        return False
    return is_to_open(plan, year, latest, await first_meeting(plan, year, work), rules.hours, now)


async def keep_evaluation(worder: Worder, work: UnitOfWork, rules: Rules) -> None:
    """In a writing unit of work, which the caller commits. Done twice, it is done once.

    A round whose key is not to be had stays as it is: another process may have it, or the office closes it by hand.
    """
    plan, now = rules.mandate.evaluation, rules.clock.now()
    if plan is None or not await evaluation_is_due(work, rules):
        return
    latest = await work.evaluations.latest()
    locked = await work.evaluations.get(latest.id) if latest else None
    if locked is not None and is_to_close(locked, now):
        with suppress(UrnLost):
            await close(locked, None, worder, work, rules)
        return
    round_ = await begin(local_day(now).year, plan, work, rules)
    if round_ is not None:
        by = await nominal(work, rules)
        await work.history.append([Event(Happened.EVALUATION_OPENED, round_.id, now, by, rev=round_.rev)])
