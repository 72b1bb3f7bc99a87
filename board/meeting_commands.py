"""What a person asks for of a meeting, its agenda, its pack and its minutes: as ``board.commands`` of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.agenda import ItemKind
from board.attendance import Coming
from board.dispensation import GateId
from board.editable import Section
from board.ids import CaseId, DispensationId, ItemId, MeetingId, PersonId
from board.people import Body


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
class FinishGroupMinutes:
    """``present``: those who were there; empty where the office did not say. ``sections``: all of it, in words."""

    meeting: MeetingId
    remarks: str = ""
    present: tuple[PersonId, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class FileMinutes:
    """Minutes of a board meeting from before Saksgang's time: a PDF that storage holds."""

    meeting: MeetingId
    name: str
    sha256: str


# -- agenda ------------------------------------------------------------------------------------------------------------


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
class AskApproval:
    """The office sends the agenda to the chair."""

    meeting: MeetingId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class ApproveAgenda:
    meeting: MeetingId
    rev: int | None = None


# -- pack --------------------------------------------------------------------------------------------------------------


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
