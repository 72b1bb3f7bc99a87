"""Meetings, duties and steps to store: small, and different in what a test looks at."""

from __future__ import annotations

from datetime import date, datetime

from board.duty import Duty, DutyKind
from board.ids import DutyId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body
from board.planned import Does, PlannedState, PlannedStep
from tests.contracts.samples import NOW, OLA, later

DUE = date(2026, 11, 9)


def meeting(name: str, minute: float = 0, body: Body = Body.BOARD, serves: str | None = None) -> Meeting:
    return Meeting(MeetingId(name), body, later(minute), serves=MeetingId(serves) if serves else None)


def duty(
    name: str,
    person: PersonId = OLA,
    *,
    about: str = "c1",
    kind: DutyKind = DutyKind.CONFIRM,
    due: date = DUE,
    minute: float | None = None,
    part: str = "",
    deputy: PersonId | None = None,
) -> Duty:
    """A duty whose reminder comes at ``minute``, or never."""
    next_at = None if minute is None else later(minute)
    return Duty(DutyId(name), kind, about, person, NOW, due, part, next_at, deputy=deputy)


def step(
    about: str, deadline: str = "intake", minute: float = 0, state: PlannedState = PlannedState.OPEN, **other: datetime
) -> PlannedStep:
    return PlannedStep(MeetingId(about), deadline, Does.ASK, DUE, later(minute), later(minute + 60), state, **other)
