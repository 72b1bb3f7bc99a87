"""«Kan ikke»: somebody of the register answers instead. The one asked stays informed, and may still answer."""

from __future__ import annotations

from board import case_intake
from board.clock import local_day
from board.commands import DelegateDuty
from board.duty import Duty, DutyKind
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId, MeetingId
from board.notices import NoticeKind
from board.people import HANDLERS, Actor, Role
from board.ports import Rules, UnitOfWork
from board.usecases._duty import happened, own_duty, tell_about
from board.usecases._pack_told import hand_out
from board.usecases._record import record, refuse

_ROLE_IN_CASE = {
    DutyKind.CONFIRM: Role.PROJECT_OWNER,
    DutyKind.COMPLETE: Role.SUBMITTER,
    DutyKind.SUBMIT: Role.SUBMITTER,
}


_ROLES_ASKED = {
    DutyKind.REVIEW: HANDLERS,
    DutyKind.STATEMENT: frozenset({Role.EMPLOYEE_REP}),
    DutyKind.LATE: frozenset({Role.PORTFOLIO_LEAD, Role.CHAIR}),
    DutyKind.RULE: frozenset({Role.CHAIR}),
    DutyKind.DISPENSE: frozenset({Role.CHAIR}),
    DutyKind.DECLARE: frozenset[Role](),
    DutyKind.FOLLOW_UP: HANDLERS,
    DutyKind.EVALUATE: frozenset[Role](),
    DutyKind.ANCHOR: frozenset[Role](),
}
"""Who can do what is asked in another's place; of one's own habilitet, or opinion, nobody else can speak."""


async def delegate_duty(command: DelegateDuty, actor: Actor, work: UnitOfWork, rules: Rules) -> Duty | Refusal:
    duty = await own_duty(command.duty, actor, work)
    if isinstance(duty, Refusal):
        await refuse(duty, actor, command.duty, work, rules)
        return duty
    if duty.deputy == command.deputy:
        return duty
    deputy = await work.people.actor_of(command.deputy, local_day(rules.clock.now()))
    if deputy is None or not _fit(duty, deputy):
        return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
    if refusal := await _in_case(duty, deputy, actor, work, rules):
        return refusal
    now = rules.clock.now()
    after = duty.delegated(deputy.id)
    await work.duties.save([after], now)
    await work.history.append([happened(Happened.DUTY_DELEGATED, duty, actor, rules, deputy=deputy.id)])
    await tell_about(NoticeKind.DUTY_DELEGATED, after, [deputy.id], actor, work, rules)
    meeting = await work.meetings.get(MeetingId(duty.object_id)) if duty.kind is DutyKind.ATTEND else None
    if meeting is not None:
        await hand_out(deputy.id, meeting, work, rules)
    return after


def _fit(duty: Duty, deputy: Actor) -> bool:
    """In the register, somebody else, and with the right to do what is asked."""
    if not deputy.roles or deputy.id == duty.person:
        return False
    asked_of = _ROLES_ASKED.get(duty.kind)
    return asked_of is None or bool(deputy.roles & asked_of)


async def _in_case(duty: Duty, deputy: Actor, actor: Actor, work: UnitOfWork, rules: Rules) -> Refusal | None:
    """The gate of a case is in its transitions: the case itself must know who may act in whose place."""
    role = _ROLE_IN_CASE.get(duty.kind)
    if role is None:
        return None
    case = await work.cases.get(CaseId(duty.object_id))
    if case is None:
        return Refusal(RefusalCode.NOT_FOUND, {"act": "delegate"})
    now = rules.clock.now()
    result = await record(case_intake.delegate(case, actor, role, deputy, now), actor, case.id, work, rules)
    if isinstance(result, Refusal):
        return result
    await work.outbox.redraw(case.id, result.case.rev, now)
    return None
