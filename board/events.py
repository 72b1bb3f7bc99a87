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
    DOCUMENT_CLASSIFIED = "case.document_classified"
    CASE_SCHEDULED_WG = "case.scheduled_wg"
    CASE_TREATED = "case.wg_treated"
    CASE_SCHEDULED = "case.scheduled"
    CASE_MOVED = "case.moved"
    CASE_RELEASED = "case.released"
    """Its meeting was cancelled: off that agenda, and without a meeting."""
    CASE_MEETING_MOVED = "case.meeting_moved"
    """Its working-group meeting is held on another day, and with it the last day for statements."""
    CASE_DISPATCHED = "case.dispatched"
    STATEMENT_GIVEN = "case.statement_given"
    LATE_ASKED = "case.late_asked"
    LATE_ACCEPTED = "case.late_accepted"
    """By the portfolio lead or the chair; ``details`` say which."""
    LATE_REFUSED = "case.late_refused"
    CONFLICT_DECLARED = "conflict.declared"
    """The note is not in the log."""
    CONFLICT_RULED = "conflict.ruled"
    AGENDA_BUILT = "agenda.built"
    AGENDA_CHANGED = "agenda.changed"
    AGENDA_ASKED = "agenda.asked"
    """Sent to the chair for approval."""
    AGENDA_APPROVED = "agenda.approved"
    DISPENSATION_ASKED = "dispensation.asked"
    DISPENSATION_GRANTED = "dispensation.granted"
    DISPENSATION_REFUSED = "dispensation.refused"
    WG_MINUTES_FINISHED = "minutes.wg_finished"
    MINUTES_FILED = "minutes.filed"
    """Minutes from before Saksgang, taken in as a PDF."""
    PACK_SENT = "pack.sent"
    PACK_BUILT = "pack.built"
    PACK_READ = "pack.read"
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
