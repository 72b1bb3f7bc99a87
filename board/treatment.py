"""What the working group does with a case (mandatet § 5): its outcome, and the employee representatives' statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from board.deadlines import WorkingCalendar, working_day_on_or_before
from board.ids import CaseId, MeetingId, PersonId
from board.states import CaseState, Variant


class WgOutcome(StrEnum):
    RECOMMENDED = "recommended"
    WITH_REMARKS = "recommended_with_remarks"
    NOT_RECOMMENDED = "not_recommended"
    """It still goes to the board, with the advice."""
    POSTPONED = "postponed"
    SENT_BACK = "sent_back"


VARIANT_OF: Final = {WgOutcome.POSTPONED: Variant.POSTPONED, WgOutcome.SENT_BACK: Variant.SENT_BACK}
"""The outcomes that do not lead to the board; all others do."""
NEEDS_REMARKS: Final = frozenset(
    {WgOutcome.WITH_REMARKS, WgOutcome.NOT_RECOMMENDED, WgOutcome.POSTPONED, WgOutcome.SENT_BACK}
)


LEADS_ON: Final = frozenset({WgOutcome.RECOMMENDED, WgOutcome.WITH_REMARKS, WgOutcome.NOT_RECOMMENDED})
"""The outcomes that count as treated before the board (mandatet § 5)."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment of a case at one working-group meeting: part of that meeting's minutes, and never changed."""

    case: CaseId
    meeting: MeetingId
    number: str
    outcome: WgOutcome
    remarks: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """An employee representative's statement (uttalelse) on a case; the latest one counts."""

    case: CaseId
    person: PersonId
    text: str
    at: datetime


TAKES_STATEMENTS: Final = frozenset({CaseState.ON_WG_AGENDA, CaseState.WG_TREATED})


def statements_close(wg_meeting: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day for statements: ``days`` after the working group's meeting, earlier where that is a day off."""
    return working_day_on_or_before(wg_meeting + timedelta(days=days), calendar)
