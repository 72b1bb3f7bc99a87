"""What has happened, as past participles. Each becomes a row of the history and tells who must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from board.ids import PersonId


class Happened(StrEnum):
    CASE_STARTED = "case.started"
    CASE_SAVED = "case.saved"
    DOCUMENT_ATTACHED = "case.document_attached"
    CASE_SUBMITTED = "case.submitted"
    CASE_CONFIRMED = "case.confirmed"
    CASE_DECLINED = "case.declined"
    CASE_ACCEPTED = "case.accepted"
    CASE_RETURNED = "case.returned"
    CASE_OUT_OF_SCOPE = "case.ruled_out_of_scope"
    CASE_WITHDRAWN = "case.withdrawn"
    INTAKE_REFUSED = "intake.refused"
    """An exclusion stopped an intake: that it was asked and refused, and nothing else, is kept."""
    ACT_REFUSED = "act.refused"
    """Somebody without the right tried an act."""
    CASE_DELEGATED = "case.delegated"
    MEETING_PLANNED = "meeting.planned"
    MEETING_MOVED = "meeting.moved"
    MEETING_CANCELLED = "meeting.cancelled"
    ATTENDANCE_ANSWERED = "meeting.attendance_answered"
    DUTY_DONE = "duty.done"
    DUTY_DELEGATED = "duty.delegated"
    DUTY_RETURNED = "duty.returned"
    """A deputy said no: the duty is with the person again."""
    DUTY_SNOOZED = "duty.snoozed"
    CHANNEL_OPENED = "channel.opened"
    CHANNEL_CLOSED = "channel.closed"
    CALENDAR_OPENED = "calendar.opened"
    CALENDAR_CLOSED = "calendar.closed"
    TOLD_ORALLY = "notice.told_orally"
    LANGUAGE_CHOSEN = "person.language_chosen"
    PERSON_MET = "person.met"


@dataclass(frozen=True, slots=True)
class Event:
    """``object_id`` is what it happened to; ``rev`` its revision afterwards; ``details`` hold ids and codes only."""

    what: Happened
    object_id: str
    at: datetime
    by: PersonId
    rev: int = 0
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
