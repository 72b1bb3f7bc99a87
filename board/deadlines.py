"""The back-plan: every deadline counted back from the board meeting (``process.md``, «Deadlines»).

A pure function of the meeting's day, the mandate's offsets and the working calendar. A planned date that falls on a day
off moves *earlier*; the hard limit (mandatet § 7) itself never moves later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, Protocol, TypeAlias

from board.people import Body, Role

_CHRISTMAS: Final = 26


class WorkingCalendar(Protocol):
    def is_working_day(self, day: date) -> bool:
        """False on weekends, Norwegian public holidays, 24 and 31 December."""
        ...

    def __hash__(self) -> int:
        """Plans are kept by calendar: the same one always gives the same days."""
        ...


EndsBy: TypeAlias = Literal[
    "hand",
    "attendance",
    "submission",
    "scheduling",
    "wg_papers",
    "wg_minutes",
    "agenda",
    "pack",
    "follow_up",
    "minutes",
]
"""What ends the duty: somebody's word that it is done, the answer about attendance, a draft that was sent in, the
working group's meeting being set up, its papers sent, its minutes finished, the agenda approved, the pack sent, a
report on each open follow-up, or a draft of the minutes."""


@dataclass(frozen=True, slots=True)
class Offset:
    """``days`` before the meeting of ``body`` (negative) or after it. ``hard``: a limit of the mandate.

    ``owed_by`` are roles. ``asks``: the day, counted the same way, when they are asked, so that a duty arises; None
    where nobody is. ``tells``: roles that get word on the planned day itself. ``posts``: a milestone for the channels.
    """

    id: str
    days: int
    owed_by: tuple[Role, ...]
    hard: bool = False
    paragraph: str = ""
    body: Body = Body.BOARD
    asks: int | None = None
    ends_by: EndsBy = "hand"
    tells: tuple[Role, ...] = ()
    posts: bool = False

    @property
    def is_news(self) -> bool:
        """Word that is given on the day itself, as the practical reminder: nobody has to do anything by then."""
        return bool(self.tells) and self.asks is None


@dataclass(frozen=True, slots=True)
class Deadline:
    """``limit`` is the counted day; ``planned`` the working day on or before it, ``asked`` the one of the asking."""

    offset: Offset
    limit: date
    planned: date
    asked: date | None = None

    @property
    def in_yule(self) -> bool:
        """A working day between Christmas and New Year, when few are at work: worth a warning (``process.md``)."""
        return self.planned.month == 12 and self.planned.day > _CHRISTMAS


def working_day_after(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The ``count``-th working day after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


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
        asked = None if offset.asks is None else meeting + timedelta(days=offset.asks)
        plan.append(
            Deadline(
                offset,
                limit,
                working_day_on_or_before(limit, calendar),
                asked and working_day_on_or_before(asked, calendar),
            )
        )
    return tuple(sorted(plan, key=lambda deadline: (deadline.planned, deadline.offset.days)))


@dataclass(frozen=True, slots=True)
class Shift:
    """One deadline when its meeting moves: ``passed`` says that its new day is over already."""

    before: Deadline
    after: Deadline
    passed: bool

    @property
    def moved(self) -> bool:
        return self.before.planned != self.after.planned


def shifts(old: tuple[Deadline, ...], new: tuple[Deadline, ...], today: date) -> tuple[Shift, ...]:
    """What moving a meeting does to its deadlines, in the order of their new days."""
    before = {deadline.offset.id: deadline for deadline in old}
    return tuple(
        Shift(before[after.offset.id], after, after.planned < today) for after in new if after.offset.id in before
    )
