"""What is to be asked long after something happened: a row a question, made at once, with a key that never changes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from board.after_plan import AnchoringPlan, BenefitsPlan
from board.clock import local_day
from board.deadlines import WorkingCalendar, working_day_on_or_before
from board.hours import Hours
from board.ids import CaseId, MeetingId


class LaterKind(StrEnum):
    ANCHOR = "anchor"
    """Of each member, how a meeting's decisions are anchored; the object is the meeting."""
    BENEFIT = "benefit"
    """Of the benefit owner, how the benefits go; the object is the case, ``part`` the months."""


@dataclass(frozen=True, slots=True)
class LaterStep:
    """Asked at ``at``, to be answered by the end of ``due``."""

    kind: LaterKind
    object_id: str
    at: datetime
    due: date
    part: str = ""
    done_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_id}:{self.part}"

    def due_from(self, now: datetime, calendar: WorkingCalendar) -> date:
        """The last day to answer. One that is asked late has as many days from then on."""
        late = max(timedelta(0), local_day(now) - local_day(self.at))
        return working_day_on_or_before(self.due + late, calendar) if late else self.due


def anchoring_step(meeting: MeetingId, approved: date, plan: AnchoringPlan, hours: Hours) -> LaterStep:
    return _step(LaterKind.ANCHOR, meeting, approved + timedelta(days=plan.days), plan.answer_days, hours)


def benefit_steps(case: CaseId, published: date, plan: BenefitsPlan, hours: Hours) -> tuple[LaterStep, ...]:
    return tuple(
        _step(LaterKind.BENEFIT, case, months_after(published, months), plan.answer_days, hours, str(months))
        for months in plan.months
    )


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _step(kind: LaterKind, about: str, day: date, answer_days: int, hours: Hours, part: str = "") -> LaterStep:
    """Days off move earlier, as all planned days do; the time to answer is counted from the day itself."""
    asked = working_day_on_or_before(day, hours.calendar)
    due = working_day_on_or_before(day + timedelta(days=answer_days), hours.calendar)
    return LaterStep(kind, about, hours.opening(asked), max(asked, due), part)
