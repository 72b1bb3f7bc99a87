"""What a meeting's back-plan will do by itself, a row a step: ask, tell, post to the channels. Pure.

A row has a key that never changes, so that planning a meeting twice is harmless, and a time until which it is of use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from board.clock import local_day
from board.deadlines import Deadline, Offset, back_plan
from board.hours import Hours
from board.ids import MeetingId
from board.meeting import Meeting

OF_USE: Final = timedelta(days=7)
"""How long a word about a deadline is still worth saying, where the meeting does not come first."""


class Does(StrEnum):
    ASK = "ask"
    TELL = "tell"
    POST = "post"


class PlannedState(StrEnum):
    OPEN = "open"
    DONE = "done"
    PASSED = "passed"
    """Its day was over when the meeting was planned or moved: it is not said in arrears."""
    EXPIRED = "expired"
    """It fell due while nobody was there to say it, and is of no use any more: the office is told."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """``due``: the planned day of the deadline. ``at``: when this is done. ``expires_at``: when it is of no use."""

    meeting: MeetingId
    deadline: str
    does: Does
    due: date
    at: datetime
    expires_at: datetime
    state: PlannedState = PlannedState.OPEN
    done_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.meeting}:{self.deadline}:{self.does}"

    def now_is(self, state: PlannedState, now: datetime) -> PlannedStep:
        return replace(self, state=state, done_at=now)


def steps_of(
    meeting: Meeting, offsets: tuple[Offset, ...], hours: Hours, now: datetime, done: Iterable[PlannedStep] = ()
) -> tuple[PlannedStep, ...]:
    """All steps of a meeting as they stand at ``now``. ``done`` are those that were there before it moved.

    An asking whose day has passed is done at once while there is time to answer; a word whose day has passed is not.
    """
    earlier = {step.key: step for step in done}
    plan = back_plan(meeting.day, offsets, hours.calendar)
    return tuple(_settled(step, earlier, hours, now) for d in plan for step in _steps(meeting, d, hours))


def _steps(meeting: Meeting, deadline: Deadline, hours: Hours) -> Sequence[PlannedStep]:
    offset, due = deadline.offset, deadline.planned
    found = []
    if deadline.asked is not None:
        found.append(_step(meeting, deadline, Does.ASK, hours.opening(deadline.asked), hours.closing(due)))
    opens = hours.opening(due)
    until = opens + OF_USE
    if offset.days < 0:
        until = min(until, meeting.starts_at)
    if offset.tells:
        found.append(_step(meeting, deadline, Does.TELL, opens, until))
    if offset.posts:
        found.append(_step(meeting, deadline, Does.POST, opens, until))
    return found


def _step(meeting: Meeting, deadline: Deadline, does: Does, at: datetime, until: datetime) -> PlannedStep:
    return PlannedStep(meeting.id, deadline.offset.id, does, deadline.planned, at, until)


def _settled(step: PlannedStep, earlier: Mapping[str, PlannedStep], hours: Hours, now: datetime) -> PlannedStep:
    before, today = earlier.get(step.key), local_day(now)
    was_done = before is not None and before.state is PlannedState.DONE
    ahead = local_day(step.at) > today
    if was_done and not ahead and before is not None:
        return replace(step, state=before.state, done_at=before.done_at)
    if step.expires_at <= now or (step.does is not Does.ASK and local_day(step.at) < today):
        return step.now_is(PlannedState.PASSED, now)
    return step
