"""What is asked for in a meeting and of its decisions. ``rev``: the revision the button showed; None for words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board.decision import Condition, Outcome
from board.ids import FollowUpId, ItemId, MeetingId, PersonId


@dataclass(frozen=True, slots=True)
class StartMeeting:
    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class CallItem:
    """``item``: which one to treat now; None: the next that is not decided."""

    meeting: MeetingId
    item: ItemId | None = None


@dataclass(frozen=True, slots=True)
class SeatPerson:
    """``person`` has come (``present``) or gone."""

    meeting: MeetingId
    person: PersonId
    present: bool


@dataclass(frozen=True, slots=True)
class GoOnWithoutQuorum:
    meeting: MeetingId
    reason: str


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """``rev`` is the decision's own that the form showed: 0 where there was none. None: whatever stands there."""

    meeting: MeetingId
    item: ItemId
    outcome: Outcome
    text: str = ""
    conditions: tuple[Condition, ...] = ()
    left: tuple[PersonId, ...] = ()
    dissent: tuple[PersonId, ...] = ()
    statement: str = ""
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class CloseMeeting:
    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class PublishDecisions:
    """``items``: which ones; None: all that were recorded and not published."""

    meeting: MeetingId
    items: tuple[ItemId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportFollowUp:
    follow_up: FollowUpId
    note: str
    new_date: date | None = None
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class FinishFollowUp:
    follow_up: FollowUpId
    note: str
    rev: int | None = None
