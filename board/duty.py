"""What somebody owes, by when, and the ladder of reminders (``conversation.md``, reminders).

When it arises, at 60 % of its time, on its last working day, and one working day after to deputy and office. Reminders
come at the opening of a working day, so that all of one person's fall into one digest. Nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from board.clock import local_day
from board.deadlines import working_day_after, working_day_on_or_before
from board.errors import Refusal, RefusalCode
from board.hours import Hours
from board.ids import DutyId, PersonId

TIME_BEFORE_FIRST: Final = 0.6
"""Of a duty's time, before it is reminded of for the first time."""


class DutyKind(StrEnum):
    CONFIRM = "case.confirm"
    REVIEW = "case.review"
    COMPLETE = "case.complete"
    """To complete a case that was returned."""
    SUBMIT = "case.submit"
    """To send in a draft before the intake closes."""
    STATEMENT = "wg.statement"
    """An employee representative's, on a case in the working group."""
    LATE = "case.late"
    """To say yes or no to a case that came too late."""
    RULE = "conflict.rule"
    """The chair's, on the habilitet of somebody for a case; ``part`` is that person."""
    DECLARE = "conflict.declare"
    """To say of each case of a pack whether one is inhabil."""
    DISPENSE = "pack.dispense"
    """The chair's, on a dispensation that was asked for."""
    FOLLOW_UP = "follow_up.report"
    """To report on a follow-up; its object is the follow-up."""
    REMARK = "minutes.remark"
    """To say *ingen merknad* or *merknad* in the round; its object is the minutes'."""
    ATTEND = "meeting.attend"
    EVALUATE = "evaluation.answer"
    """To answer the yearly evaluation; the object is the round."""
    ANCHOR = "anchor.answer"
    """A member's, on how a meeting's decisions are anchored; the object is the meeting."""
    BENEFIT = "benefit.report"
    """The benefit owner's, on how the benefits go; ``part`` is the months since the decision."""
    TASK = "meeting.task"
    """One of the deadlines before a meeting; ``part`` says which."""


SECRET: Final = frozenset({DutyKind.EVALUATE})
"""Nobody else learns whether such a duty was done, not even the office, and nobody can do it in another's place."""
OWN: Final = SECRET | {DutyKind.ANCHOR, DutyKind.FOLLOW_UP}
"""No deputy can do these in another's place; the office may report on a follow-up without being asked."""


class Rung(IntEnum):
    ASKED = 0
    UNDERWAY = 1
    LAST_DAY = 2
    HANDED_ON = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """``person`` was asked at ``asked_at`` to do something about ``object_id`` by the end of ``due``.

    ``part`` is the deadline of the meeting it belongs to. ``next_at``: when the next reminder is due, None for no more.
    ``deputy`` does it instead, where somebody was named. ``ended_by``: not always the one asked.
    """

    id: DutyId
    kind: DutyKind
    object_id: str
    person: PersonId
    asked_at: datetime
    due: date
    part: str = ""
    next_at: datetime | None = None
    rung: Rung = Rung.ASKED
    deputy: PersonId | None = None
    ended_at: datetime | None = None
    ended_by: PersonId | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def owed_by(self) -> PersonId:
        """Who is to do it now."""
        return self.deputy or self.person

    def concerns(self, person: PersonId) -> bool:
        return person in (self.person, self.deputy)

    def ended(self, by: PersonId, now: datetime) -> Duty:
        return replace(self, next_at=None, ended_at=now, ended_by=by)

    def reopened(self, now: datetime, hours: Hours) -> Duty:
        return replace(self, ended_at=None, ended_by=None, next_at=_next_after(self, now, hours))

    def delegated(self, deputy: PersonId | None) -> Duty:
        return replace(self, deputy=deputy)

    def moved(self, due: date, now: datetime, hours: Hours) -> Duty:
        """Its day moved with its meeting: what was said of the old day is said anew of the new one."""
        after = replace(self, due=due, rung=Rung.ASKED)
        return replace(after, next_at=_next_after(after, now, hours) if self.is_open else None)

    def snoozed(self, until: date | None, now: datetime, hours: Hours) -> Duty | Refusal:
        """Not to be reminded of before ``until`` (None: the next working day), at the latest its last working day."""
        last = last_day(self.due, hours)
        if local_day(now) >= last:
            return Refusal(RefusalCode.LAST_DAY, {"deadline": self.due})
        wished = until or working_day_after(local_day(now), 1, hours.calendar)
        if wished <= local_day(now):
            return Refusal(RefusalCode.DEADLINE_PASSED, {"deadline": wished})
        return replace(self, next_at=hours.first_open(hours.opening(min(wished, last))))


def ask(duty: Duty, hours: Hours) -> Duty:
    """The duty with its first reminder planned."""
    return replace(duty, next_at=_next_after(duty, duty.asked_at, hours))


def last_day(due: date, hours: Hours) -> date:
    return working_day_on_or_before(due, hours.calendar)


def ladder(asked_at: datetime, due: date, hours: Hours) -> tuple[tuple[Rung, datetime], ...]:
    """The rungs after the asking itself, in order, each at the opening of a working day after it.

    Its time is counted from the opening of the day it was asked: the same whenever on that day that was.
    """
    last = last_day(due, hours)
    begun = hours.opening(local_day(asked_at))
    underway = _opening_at_or_after(begun + (hours.closing(last) - begun) * TIME_BEFORE_FIRST, hours)
    rungs = (
        (Rung.UNDERWAY, underway),
        (Rung.LAST_DAY, hours.opening(last)),
        (Rung.HANDED_ON, hours.opening(working_day_after(max(last, local_day(asked_at)), 1, hours.calendar))),
    )
    before_last = underway < hours.opening(last)
    return tuple((rung, at) for rung, at in rungs if at > asked_at and (before_last or rung is not Rung.UNDERWAY))


def climb(duty: Duty, now: datetime, hours: Hours) -> tuple[Rung, Duty]:
    """What a reminder that fell due says at ``now``: the highest rung reached. And the duty, waiting for the next one.

    One that was put off comes back as what it was.
    """
    reached = [rung for rung, at in ladder(duty.asked_at, duty.due, hours) if at <= now]
    rung = max([*reached, duty.rung])
    after = replace(duty, rung=rung, next_at=_next_after(replace(duty, rung=rung), now, hours))
    return rung, after


def _next_after(duty: Duty, now: datetime, hours: Hours) -> datetime | None:
    ahead = (at for rung, at in ladder(duty.asked_at, duty.due, hours) if at > now and rung > duty.rung)
    return next(ahead, None)


def _opening_at_or_after(instant: datetime, hours: Hours) -> datetime:
    opening = hours.first_open(hours.opening(local_day(instant)))
    if opening >= instant:
        return opening
    return hours.opening(working_day_after(local_day(instant), 1, hours.calendar))
