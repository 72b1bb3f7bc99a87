"""The office asks the chair to dispense from a gate of the mandate, with a reason that is printed."""

from __future__ import annotations

from typing import Final

from board.case import Case
from board.case_content import MAX_TEXT
from board.clock import local_day
from board.deadlines import working_day_after
from board.dispensation import DISPENSABLE, Dispensation, GateId
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import DispensationId, DutyId, PersonId
from board.meeting import Meeting
from board.meeting_commands import AskDispensation
from board.notices import Notice, NoticeKind
from board.people import HANDLERS, Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseState
from board.usecases._dispensation import about
from board.usecases._record import refuse

_MAY_NEED: Final = frozenset({CaseState.READY_FOR_WG, CaseState.ON_WG_AGENDA, CaseState.ON_BOARD_AGENDA})
_DAYS: Final = 1
"""Working days that the chair is given: there is no time to lose."""


async def ask_dispensation(
    command: AskDispensation, actor: Actor, work: UnitOfWork, rules: Rules
) -> Dispensation | Refusal:
    refusal = await _refusal(command, actor, work, rules)
    if refusal is not None:
        await refuse(refusal, actor, command.meeting, work, rules)
        return refusal
    now = rules.clock.now()
    case = command.case if command.gate is GateId.WG_TREATMENT else None
    reason = command.reason.strip()
    asked = Dispensation(DispensationId(rules.ids.new()), 1, command.gate, command.meeting, case, reason, actor.id, now)
    await work.dispensations.add(asked)
    await work.history.append([about(Happened.DISPENSATION_ASKED, asked, reason, actor, rules)])
    await _ask_chair(asked, actor, work, rules)
    return asked


async def _refusal(command: AskDispensation, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    if not actor.is_handler:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "ask_dispensation", "roles": tuple(sorted(HANDLERS))})
    meeting = await work.meetings.get(command.meeting)
    if meeting is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "ask_dispensation"})
    if command.gate not in DISPENSABLE or command.gate not in rules.mandate.gates:
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("gate",)})
    if not _may_be_asked_for(meeting, rules):
        return Refusal(RefusalCode.MEETING_UNFIT)
    if command.gate is GateId.WG_TREATMENT and (refusal := await _case_refusal(command, actor, work)):
        return refusal
    if not command.reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED, {"fields": ("reason",)})
    if len(command.reason) > MAX_TEXT:
        return Refusal(RefusalCode.TOO_LONG, {"fields": {"reason": MAX_TEXT}})
    return await _already(command, work)


def _may_be_asked_for(meeting: Meeting, rules: Rules) -> bool:
    return meeting.body is Body.BOARD and meeting.is_planned and meeting.starts_at > rules.clock.now()


async def _case_refusal(command: AskDispensation, actor: Actor, work: UnitOfWork) -> Refusal | None:
    case: Case | None = await work.cases.get(command.case) if command.case else None
    if case is None or not case.may_be_seen_by(actor):
        return Refusal(RefusalCode.NOT_FOUND, {"act": "ask_dispensation"})
    if case.state not in _MAY_NEED or (case.state is CaseState.ON_BOARD_AGENDA and case.is_wg_treated):
        return Refusal(RefusalCode.ALREADY, {"what": case.last.what, "by": case.last.by, "at": case.last.at})
    return None


async def _already(command: AskDispensation, work: UnitOfWork) -> Refusal | None:
    """One question at a time for a gate and case, and none after a yes. After a no it may be asked anew."""
    case = command.case if command.gate is GateId.WG_TREATMENT else None
    for known in await work.dispensations.of_meeting(command.meeting):
        if (known.gate, known.case) != (command.gate, case) or not (known.is_open or known.is_granted):
            continue
        what, by, at = Happened.DISPENSATION_ASKED, known.by, known.at
        if known.is_granted and known.ruled_by and known.ruled_at:
            what, by, at = Happened.DISPENSATION_GRANTED, known.ruled_by, known.ruled_at
        return Refusal(RefusalCode.ALREADY, {"what": what, "by": by, "at": at, "dispensation": known.id})
    return None


async def _ask_chair(asked: Dispensation, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    today = local_day(now)
    chairs = (await work.people.holders([Role.CHAIR], today))[Role.CHAIR]
    due = working_day_after(today, _DAYS, rules.calendar)

    def duty(person: PersonId) -> Duty:
        name = DutyId(f"{DutyKind.DISPENSE}:{asked.id}:{person}")
        return ask(Duty(name, DutyKind.DISPENSE, asked.meeting, person, now, due, asked.id), rules.hours)

    await work.duties.add([duty(person) for person in chairs], now)
    kind = NoticeKind.DISPENSATION_ASKED
    told = [Notice(kind, asked.meeting, asked.rev, to, asked.id) for to in chairs if to != actor.id]
    await work.outbox.tell(told, now)
