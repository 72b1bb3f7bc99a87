"""What a person asks for, as imperatives. ``rev`` is the revision the button showed; None where words asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from board.agenda import ItemKind
from board.attendance import Coming
from board.case_content import Value
from board.conflicts import Declared, Ruling
from board.dispensation import GateId
from board.ids import CaseId, DispensationId, DocumentId, DutyId, ItemId, MeetingId, PersonId
from board.people import Body
from board.treatment import WgOutcome


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


# -- the working group -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScheduleForGroup:
    """Puts a case on a working-group meeting's agenda."""

    case: CaseId
    meeting: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class GiveStatement:
    """An employee representative's statement; given again, the new one counts."""

    case: CaseId
    text: str


@dataclass(frozen=True, slots=True)
class TreatCase:
    case: CaseId
    outcome: WgOutcome
    remarks: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class FinishGroupMinutes:
    """``present``: those who were there; empty where the office did not say."""

    meeting: MeetingId
    remarks: str = ""
    present: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class FileMinutes:
    """Minutes of a board meeting from before Saksgang's time: a PDF that storage holds."""

    meeting: MeetingId
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ClassifyDocument:
    case: CaseId
    document: DocumentId
    exempt: bool
    legal_basis: str = ""
    until: date | None = None


# -- late cases --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskLate:
    case: CaseId
    meeting: MeetingId
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptLate:
    case: CaseId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class RefuseLate:
    case: CaseId
    reason: str
    rev: int | None = None


# -- agenda and pack ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BuildAgenda:
    """``cases``: those to put on it; None: all that are ready for this meeting."""

    meeting: MeetingId
    cases: tuple[CaseId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ShiftItem:
    """``step``: -1 up, 1 down."""

    meeting: MeetingId
    item: ItemId
    step: int
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class EditItem:
    meeting: MeetingId
    item: ItemId
    minutes: int
    presenter: str
    kind: ItemKind | None = None
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class MoveItem:
    """A case to another meeting's agenda."""

    meeting: MeetingId
    item: ItemId
    to: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class ApproveAgenda:
    meeting: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AskApproval:
    """The office sends the agenda to the chair."""

    meeting: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AskDispensation:
    meeting: MeetingId
    gate: GateId
    reason: str
    case: CaseId | None = None


@dataclass(frozen=True, slots=True)
class RuleDispensation:
    dispensation: DispensationId
    granted: bool
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class SendPack:
    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A recipient opens the pack of a meeting, or one ``case`` of it."""

    meeting: MeetingId
    case: CaseId | None = None


# -- habilitet ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    case: CaseId
    answer: Declared
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeclareNone:
    """Of each case of the meeting that the person has not answered for yet: no conflict."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class RuleConflict:
    case: CaseId
    person: PersonId
    ruling: Ruling
    reason: str = ""
    rev: int | None = None
