"""The pack (saksgrunnlag): what is sent ahead of a meeting, its gates, its versions (mandatet § 5, § 7).

Pure: what holds is given, and the first gate that does not is told, with its paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from board.agenda import Agenda
from board.case import Case, completeness
from board.clock import local_day
from board.deadlines import Deadline
from board.dispensation import Dispensation, GateId
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DocumentId, MeetingId, PackId, PersonId
from board.late import intake_closed
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Body
from board.treatment import Statement


class PackState(StrEnum):
    WAITING = "waiting"
    """Decided, and to be made into files; nobody was told yet."""
    READY = "ready"
    FAILED = "failed"
    """It could not be made; the office was told."""


@dataclass(frozen=True, slots=True)
class PackItem:
    """A case as a version of the pack has it. ``digest`` is of what its paper says, so that a change is seen."""

    case: CaseId
    number: str
    wg_number: str
    digest: str
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """One version. ``agenda`` is a digest of order and times, ``minutes`` name the minutes it holds.

    ``sent_at`` is the dispatch itself, which the ten-day gate judges; ``pages`` and ``reading_minutes`` are those of
    the whole pack, known once it is ready.
    """

    id: PackId
    meeting: MeetingId
    version: int
    sent_at: datetime
    by: PersonId
    items: tuple[PackItem, ...]
    agenda: str
    minutes: tuple[str, ...]
    state: PackState = PackState.WAITING
    pages: int = 0
    reading_minutes: int = 0
    ready_at: datetime | None = None

    @property
    def card_rev(self) -> int:
        return card_rev(self.version, self.state)

    def item_of(self, case: CaseId) -> PackItem | None:
        return next((item for item in self.items if item.case == case), None)


def pack_object(meeting: str) -> str:
    """The object that the copies of a pack's card show."""
    return f"pack:{meeting}"


def card_rev(version: int, state: PackState) -> int:
    """The revision of that object: grows with every version, and when it is ready. 0 where there is no version."""
    return 2 * version + (state is not PackState.WAITING) if version else 0


@dataclass(frozen=True, slots=True)
class PackFile:
    """A built PDF: the whole pack or one case's paper (``case``), without the cases ``left_out`` for somebody."""

    pack: PackId
    case: CaseId | None
    left_out: tuple[CaseId, ...]
    sha256: str
    pages: int
    size: int


@dataclass(frozen=True, slots=True)
class PackRead:
    """That a person opened a version: the latest, and when first and last."""

    meeting: MeetingId
    person: PersonId
    version: int
    first_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Minutes:
    """Finished minutes of a meeting; of one before Saksgang's time the PDF that was filed (``sha256``, ``name``)."""

    meeting: MeetingId
    version: int
    by: PersonId
    at: datetime
    remarks: str = ""
    present: tuple[PersonId, ...] = ()
    sha256: str = ""
    name: str = ""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text"
    DOCUMENTS = "documents"
    AGENDA = "agenda"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Change:
    """What a version has that the one before had not. ``case`` and ``number`` for those about a case."""

    kind: ChangeKind
    case: CaseId | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the gates look at. ``cases`` are those on the agenda; ``finished`` meetings with finished minutes.

    ``previous`` is the board meeting whose minutes await approval, None where there is none to approve.
    ``plan`` is the meeting's back-plan, ``sent`` the version that is out.
    """

    meeting: Meeting
    agenda: Agenda | None
    cases: Mapping[CaseId, Case]
    plan: tuple[Deadline, ...]
    statements: Mapping[CaseId, Sequence[Statement]] = field(default_factory=dict)
    finished: Mapping[MeetingId, Minutes] = field(default_factory=dict)
    previous: Meeting | None = None
    dispensations: Sequence[Dispensation] = ()
    sent: Pack | None = None

    def granted(self, gate: GateId, case: CaseId | None = None) -> Dispensation | None:
        return next((d for d in self.dispensations if d.gate is gate and d.case == case and d.is_granted), None)

    @property
    def on_agenda(self) -> tuple[Case, ...]:
        """The cases in the order of the agenda."""
        cases = self.agenda.cases if self.agenda else ()
        return tuple(self.cases[case] for case in cases if case in self.cases)

    @property
    def wg_meetings(self) -> tuple[MeetingId, ...]:
        """The working-group meetings that treated its cases, once each."""
        return tuple(dict.fromkeys(c.wg_meeting for c in self.on_agenda if c.wg_meeting and c.wg_outcome))

    @property
    def last_day(self) -> date | None:
        """The last day for sending (mandatet § 7): the hard limit itself, not the working day it is planned for."""
        return min((d.limit for d in self.plan if d.offset.hard and d.offset.days < 0), default=None)


def items_of(basis: Basis) -> tuple[PackItem, ...]:
    return tuple(
        PackItem(
            case.id,
            case.board_number if basis.meeting.body is Body.BOARD else case.wg_number,
            case.wg_number,
            _digest(case, basis.statements.get(case.id, ())),
            tuple(document.id for document in case.documents),
        )
        for case in basis.on_agenda
    )


def agenda_digest(agenda: Agenda, starts_at: datetime) -> str:
    """Of its order and times. ``starts_at`` is the meeting's: papers that say an old day may be sent anew."""
    items = [(i.kind, i.case, i.minutes, i.presenter, i.number) for i in agenda.items]
    return _hash(repr((int(starts_at.timestamp()), items)))


def minutes_of(basis: Basis) -> tuple[str, ...]:
    """The minutes it holds, each with its version."""
    meetings = [*basis.wg_meetings, *([basis.previous.id] if basis.previous else [])]
    return tuple(f"{m}:{basis.finished[m].version}" for m in meetings if m in basis.finished)


def changes(before: Pack, basis: Basis) -> tuple[Change, ...]:
    """What a new version would have that ``before`` had not, the cases in the agenda's order."""
    digest = agenda_digest(basis.agenda, basis.meeting.starts_at) if basis.agenda else ""
    return _changes(before, items_of(basis), minutes_of(basis), digest)


def changes_since(before: Pack, after: Pack) -> tuple[Change, ...]:
    """What ``after`` has that an earlier version had not."""
    return _changes(before, after.items, after.minutes, after.agenda)


def _changes(before: Pack, now: tuple[PackItem, ...], minutes: tuple[str, ...], agenda: str) -> tuple[Change, ...]:
    found: list[Change] = []
    for item in now:
        old = before.item_of(item.case)
        if old is None:
            found.append(Change(ChangeKind.ADDED, item.case, item.number))
        elif old.documents != item.documents:
            found.append(Change(ChangeKind.DOCUMENTS, item.case, item.number))
        elif old.digest != item.digest:
            found.append(Change(ChangeKind.TEXT, item.case, item.number))
    still = {item.case for item in now}
    found += [Change(ChangeKind.REMOVED, old.case, old.number) for old in before.items if old.case not in still]
    if set(minutes) - set(before.minutes):  # those that left with their case are told already
        found.append(Change(ChangeKind.MINUTES))
    if agenda and agenda != before.agenda and not _only_cases(found):
        found.append(Change(ChangeKind.AGENDA))
    return tuple(found)


def refusals(basis: Basis, mandate: Mandate, now: datetime) -> tuple[Refusal, ...]:
    """Every gate that does not hold, in the order in which they are to be seen to; empty where the pack may go."""
    if basis.agenda is None:
        return (Refusal(RefusalCode.AGENDA_APPROVAL, {"missing": True}, mandate.gates.get(GateId.AGENDA_APPROVAL, "")),)
    if basis.meeting.body is not Body.BOARD:
        return ()
    checks = {
        GateId.AGENDA_APPROVAL: _approval,
        GateId.WG_TREATMENT: _treatment,
        GateId.DOCUMENTS: _documents,
        GateId.LATE: _late,
        GateId.WG_MINUTES: _wg_minutes,
        GateId.PREVIOUS_MINUTES: _previous,
        GateId.TEN_DAYS: _ten_days,
    }
    found = []
    for gate, check in checks.items():
        if gate in mandate.gates and (refused := check(basis, mandate, now)):
            code, params = refused
            found.append(Refusal(code, params, mandate.gates[gate]))
    return tuple(found)


_Refused = tuple[RefusalCode, Mapping[str, object]]


def _approval(basis: Basis, _mandate: Mandate, _now: datetime) -> _Refused | None:
    approved = basis.agenda is not None and basis.agenda.is_approved
    return None if approved else (RefusalCode.AGENDA_APPROVAL, {"missing": False})


def _treatment(basis: Basis, _mandate: Mandate, _now: datetime) -> _Refused | None:
    for case in basis.on_agenda:
        if not case.is_wg_treated and not basis.granted(GateId.WG_TREATMENT, case.id):
            return RefusalCode.WG_TREATMENT, {"case": case.id}
    return None


def _documents(basis: Basis, mandate: Mandate, _now: datetime) -> _Refused | None:
    lacking = [case.id for case in basis.on_agenda if completeness(case, mandate).unexcused]
    return (RefusalCode.DOCUMENTS, {"cases": tuple(lacking)}) if lacking else None


def _late(basis: Basis, _mandate: Mandate, _now: datetime) -> _Refused | None:
    for case in basis.on_agenda:
        if needs_late(case, basis.meeting.id, basis.plan):
            return RefusalCode.LATE, {"case": case.id}
    return None


def _wg_minutes(basis: Basis, _mandate: Mandate, _now: datetime) -> _Refused | None:
    lacking = tuple(meeting for meeting in basis.wg_meetings if meeting not in basis.finished)
    return (RefusalCode.WG_MINUTES, {"meetings": lacking}) if lacking else None


def _previous(basis: Basis, _mandate: Mandate, _now: datetime) -> _Refused | None:
    if basis.previous is None or basis.previous.id in basis.finished:
        return None
    return RefusalCode.PREVIOUS_MINUTES, {"meetings": (basis.previous.id,)}


def _ten_days(basis: Basis, _mandate: Mandate, now: datetime) -> _Refused | None:
    """In time until the end of the last day, local time. After it a first version needs the chair's dispensation.

    A later version may follow one that is out, if whatever papers it adds or changes were accepted as late.
    """
    last = basis.last_day
    if last is None or local_day(now) <= last or basis.granted(GateId.TEN_DAYS):
        return None
    if basis.sent is None:
        return RefusalCode.TEN_DAYS, {"deadline": last}
    papers = {ChangeKind.ADDED, ChangeKind.TEXT, ChangeKind.DOCUMENTS}
    for change in changes(basis.sent, basis):
        if change.kind in papers and change.case and not late_accepted(basis.cases[change.case], basis.meeting.id):
            return RefusalCode.LATE, {"case": change.case}
    return None


def late_accepted(case: Case, meeting: MeetingId) -> bool:
    return case.late is not None and case.late.meeting == meeting and case.late.is_accepted


def needs_late(case: Case, meeting: MeetingId, plan: tuple[Deadline, ...]) -> bool:
    """Whether it came after the intake for this meeting closed, and that was not accepted (``process.md``)."""
    came_late = case.submitted_at is not None and intake_closed(plan, case.submitted_at)
    return came_late and not late_accepted(case, meeting)


def _only_cases(found: Iterable[Change]) -> bool:
    """The agenda differs, but only by the cases that came or went: those are told already."""
    return any(change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) for change in found)


def _digest(case: Case, statements: Sequence[Statement]) -> str:
    said = [(s.person, s.text) for s in statements]
    documents = [(d.id, d.exempt, d.legal_basis, d.exempt_until) for d in case.documents]
    stamps = (case.late.reason if case.late else "", case.wg_outcome, case.wg_remarks)
    return _hash(repr((case.content, documents, said, stamps, case.case_type)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
