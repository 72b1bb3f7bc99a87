"""What acts on the yearly evaluation share: when the year's round falls due, and who is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeAlias

from board.clock import OSLO, local_day
from board.evaluation import Round, duties_of, open_round
from board.evaluation_notices import requests
from board.evaluation_plan import EvaluationPlan
from board.ids import PersonId
from board.people import Body, Role
from board.ports import Rules, UnitOfWork

Worder: TypeAlias = Callable[[Round], Mapping[str, str]]
"""Words the case that is made of a result, in the language of the board's papers."""


async def first_meeting(plan: EvaluationPlan, year: int, work: UnitOfWork) -> date | None:
    """The day of the board's first planned meeting that year, where the round goes by it."""
    if plan.month is not None:
        return None
    begins, ends = (datetime(y, 1, 1, tzinfo=OSLO).astimezone(UTC) for y in (year, year + 1))
    found = await work.meetings.between(begins, ends, 200)
    return next((m.day for m in found if m.body is Body.BOARD and m.is_planned), None)


async def holding(roles: Iterable[Role], work: UnitOfWork, rules: Rules) -> Sequence[PersonId]:
    """Everybody who holds one of the roles today, once each."""
    held = await work.people.holders(sorted(roles), local_day(rules.clock.now()))
    return sorted({person for people in held.values() for person in people})


async def begin(year: int, plan: EvaluationPlan, work: UnitOfWork, rules: Rules) -> Round | None:
    """The year's round, with a duty and a question for each; None where the year has had one."""
    now, people = rules.clock.now(), await holding(plan.asks, work, rules)
    round_ = open_round(plan, year, len(people), now, rules.hours)
    if not await work.evaluations.add(round_):
        return None
    await work.duties.add(duties_of(round_, people, rules.hours), now)
    await work.outbox.tell(requests(round_, people), now)
    return round_
