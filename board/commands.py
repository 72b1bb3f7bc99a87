"""What a person asks for, as imperatives. ``rev`` is the revision the button showed; None where words asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from board.case_content import Value
from board.conflicts import Declared, Ruling
from board.ids import CaseId, DocumentId, DutyId, MeetingId, PersonId
from board.treatment import WgOutcome


@dataclass(frozen=True, slots=True)
class StartCase:
    """``scope`` holds each exclusion's id and whether the person said yes to it. ``case`` re-answers for a draft.

    ``summary``: what a new case begins with, where it was begun from a message.
    """

    delivery_form: str
    case_type: str
    sub_portfolio: str
    scope: Mapping[str, bool]
    case: CaseId | None = None
    summary: str = ""


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
