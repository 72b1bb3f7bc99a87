"""What a person asks for, as imperatives. ``rev`` is the revision the button showed; None where words asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from board.attendance import Coming
from board.case_content import Value
from board.ids import CaseId, DutyId, MeetingId, PersonId
from board.people import Body


@dataclass(frozen=True, slots=True)
class StartCase:
    """``scope`` holds each exclusion's id and whether the person said yes to it. ``case`` re-answers for a draft."""

    delivery_form: str
    case_type: str
    sub_portfolio: str
    scope: Mapping[str, bool]
    case: CaseId | None = None


@dataclass(frozen=True, slots=True)
class SaveCase:
    case: CaseId
    values: Mapping[str, Value | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmitCase:
    """Takes the answers in, then hands the case on. The answers are kept also where the handing on is refused."""

    case: CaseId
    values: Mapping[str, Value | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttachDocument:
    """A link, or a file that storage already holds under ``sha256``."""

    case: CaseId
    document_type: str
    name: str
    url: str = ""
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmCase:
    case: CaseId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class DeclineCase:
    case: CaseId
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptCase:
    case: CaseId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnCase:
    case: CaseId
    reason: str
    deadline: date | None
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class RuleOutOfScope:
    case: CaseId
    exclusion: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    case: CaseId
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """``meeting`` is the id that the preview gave it, so that confirming twice makes one meeting."""

    meeting: MeetingId
    body: Body
    starts_at: datetime
    minutes: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class MoveMeeting:
    meeting: MeetingId
    starts_at: datetime
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class CancelMeeting:
    meeting: MeetingId
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerAttendance:
    """``person``: whom it is answered for; None for oneself. ``deputy``: who comes instead, or is asked to."""

    meeting: MeetingId
    coming: Coming
    person: PersonId | None = None
    deputy: PersonId | None = None


@dataclass(frozen=True, slots=True)
class FinishDuty:
    """Somebody's word that a task before a meeting is done."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class SnoozeDuties:
    """``duties``: those not to be reminded of before ``until``; None: the next working day."""

    duties: tuple[DutyId, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DelegateDuty:
    duty: DutyId
    deputy: PersonId


@dataclass(frozen=True, slots=True)
class TellByMouth:
    """The office has said it: the row of the outbox that reached nobody."""

    row: int
