"""The gates before a pack goes out, and what they look at (mandatet § 5, § 7).

Pure: what holds is given, and every gate that does not is told, with its paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from board.agenda import Agenda
from board.case import Case, completeness
from board.clock import local_day
from board.deadlines import Deadline
from board.dispensation import Dispensation, GateId
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, MeetingId
from board.late import intake_closed
from board.mandate import Mandate
from board.meeting import Meeting
from board.minutes import Minutes
from board.pack import Change, ChangeKind, Pack, PackItem, agenda_digest, differences, paper_digest
from board.people import Body
from board.treatment import Statement


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
            paper_digest(case, basis.statements.get(case.id, ())),
            tuple(document.id for document in case.documents),
        )
        for case in basis.on_agenda
    )


def minutes_of(basis: Basis) -> tuple[str, ...]:
    """The minutes it holds, each with its version."""
    meetings = [*basis.wg_meetings, *([basis.previous.id] if basis.previous else [])]
    return tuple(f"{m}:{basis.finished[m].version}" for m in meetings if m in basis.finished)


def changes(before: Pack, basis: Basis) -> tuple[Change, ...]:
    """What a new version would have that ``before`` had not, the cases in the agenda's order."""
    digest = agenda_digest(basis.agenda, basis.meeting.starts_at) if basis.agenda else ""
    return differences(before, items_of(basis), minutes_of(basis), digest)


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
