"""The back-plan: every deadline counted back from the board meeting (``process.md``, «Deadlines»).

A pure function of the meeting's day, the mandate's offsets and the working calendar. A planned date that falls on a day
off moves *earlier*; the hard limit (mandatet § 7) itself never moves later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol


class WorkingCalendar(Protocol):
    def is_working_day(self, day: date) -> bool:
        """False on weekends, Norwegian public holidays, 24 and 31 December."""
        ...

    def __hash__(self) -> int:
        """Plans are kept by calendar: the same one always gives the same days."""
        ...


@dataclass(frozen=True, slots=True)
class Offset:
    """``days`` before the meeting (negative) or after it. ``hard``: a limit of the mandate, cited by ``paragraph``."""

    id: str
    days: int
    owed_by: str
    hard: bool = False
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """``limit`` is the counted day; ``planned`` the working day on or before it."""

    offset: Offset
    limit: date
    planned: date


def working_day_on_or_before(day: date, calendar: WorkingCalendar) -> date:
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=256)
def back_plan(meeting: date, offsets: tuple[Offset, ...], calendar: WorkingCalendar) -> tuple[Deadline, ...]:
    """All deadlines of one meeting, earliest first."""
    plan = []
    for offset in offsets:
        limit = meeting + timedelta(days=offset.days)
        plan.append(Deadline(offset, limit, working_day_on_or_before(limit, calendar)))
    return tuple(sorted(plan, key=lambda deadline: (deadline.planned, deadline.offset.days)))
