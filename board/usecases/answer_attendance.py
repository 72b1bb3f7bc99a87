"""Kommer, kommer ikke, vara: the member's answer, a deputy's in the member's place, the office's on behalf."""

from __future__ import annotations

from board.attendance import INVITED, Answered, Attendance, Coming, answer
from board.clock import local_day
from board.commands import DelegateDuty
from board.deadlines import back_plan
from board.duty import Duty, DutyKind, ask
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import DutyId, PersonId
from board.meeting import Meeting
from board.meeting_commands import AnswerAttendance
from board.notices import NoticeKind
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._duty import attend_duty, happened, stands_in, tell_about
from board.usecases._record import refuse
from board.usecases.delegate_duty import delegate_duty
from board.usecases.look_at_meeting import SEES_ANSWERS

AttendanceResult = Answered | Duty | Refusal
"""The answer; or, where a deputy was asked or has said no, the duty as it is now."""


async def answer_attendance(
    command: AnswerAttendance, actor: Actor, work: UnitOfWork, rules: Rules
) -> AttendanceResult:
    meeting = await work.meetings.get(command.meeting)
    person = command.person or actor.id
    if meeting is None:
        return await _refused(Refusal(RefusalCode.NOT_FOUND, {"act": "attend"}), command, actor, work, rules)
    duty = await attend_duty(meeting.id, person, work)
    instead = await stands_in(actor, person, duty, work, rules)
    if command.coming is Coming.DEPUTY and not instead:
        return await _ask_deputy(command.deputy, person, meeting, duty, actor, work, rules)
    if instead and command.coming is Coming.NO and duty is not None:
        return await _given_back(duty, actor, work, rules)
    current = next((a for a in await work.attendance.of_meeting(meeting.id) if a.person == person), None)
    if duty is not None and duty.is_open and duty.deputy == actor.id:
        current = None  # asked after the answer that stands there: it is to be replaced
    now = rules.clock.now()
    result = answer(meeting, actor, person, command.coming, current=current, stands_in=instead, now=now)
    if isinstance(result, Refusal):
        return await _refused(result, command, actor, work, rules)
    if result.events:
        await _store(result.attendance, result, duty, actor, work, rules)
    return result


async def _store(
    attendance: Attendance, result: Answered, duty: Duty | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> None:
    now = rules.clock.now()
    await work.attendance.put(attendance)
    await work.history.append(result.events)
    await _count_anew(attendance, work, rules)
    if duty is None:
        return
    told = [duty.person, *([duty.deputy] if duty.deputy else [])]
    await work.duties.save([duty.ended(actor.id, now)], now)
    await tell_about(NoticeKind.DUTY_ANSWERED, duty, told, actor, work, rules)


async def _count_anew(attendance: Attendance, work: UnitOfWork, rules: Rules) -> None:
    """The count against the quorum is live in the cards of those who see who comes."""
    now = rules.clock.now()
    holders = await work.people.holders(sorted(SEES_ANSWERS), local_day(now))
    once = f"{attendance.person}:{attendance.answer}:{now.isoformat()}"
    for person in dict.fromkeys(one for people in holders.values() for one in people):
        await work.outbox.redraw_for(person, [attendance.meeting], once, now)


async def _given_back(duty: Duty, actor: Actor, work: UnitOfWork, rules: Rules) -> Duty:
    """The deputy cannot either: the member owes the answer again, and learns so at once."""
    now = rules.clock.now()
    after = duty.delegated(None).reopened(now, rules.hours)
    await work.duties.save([after], now)
    await work.history.append([happened(Happened.DUTY_RETURNED, duty, actor, rules)])
    await tell_about(NoticeKind.DUTY_ANSWERED, after, [duty.person], actor, work, rules)
    return after


async def _ask_deputy(
    deputy: PersonId | None,
    person: PersonId,
    meeting: Meeting,
    duty: Duty | None,
    actor: Actor,
    work: UnitOfWork,
    rules: Rules,
) -> AttendanceResult:
    """«Vara»: the deputy gets the same card, and the question is open until the deputy has answered."""
    own = actor.id == person and bool(actor.roles & INVITED)
    if not (own or actor.is_handler):
        roles = {"act": "attend", "roles": tuple(sorted(INVITED))}
        refusal = Refusal(RefusalCode.NOT_ALLOWED, roles)
        await refuse(refusal, actor, meeting.id, work, rules)
        return refusal
    if not meeting.is_planned:
        return Refusal(RefusalCode.ALREADY, {"what": meeting.last, "by": meeting.changed_by, "at": meeting.changed_at})
    if deputy is None:
        return Refusal(RefusalCode.DEPUTY_UNFIT, {"fields": ("deputy",)})
    now = rules.clock.now()
    asked = duty or _duty_of(meeting, person, rules)
    if not asked.is_open:
        asked = asked.reopened(now, rules.hours)
    await (work.duties.save([asked], now) if duty else work.duties.add([asked], now))
    return await delegate_duty(DelegateDuty(asked.id, deputy), actor, work, rules)


def _duty_of(meeting: Meeting, person: PersonId, rules: Rules) -> Duty:
    """Answered before anybody asked: the duty there would have been."""
    plan = back_plan(meeting.day, rules.mandate.offsets_of(meeting.body), rules.calendar)
    deadline = next((d for d in plan if d.offset.ends_by == "attendance"), None)
    part, due = (deadline.offset.id, deadline.planned) if deadline else ("", meeting.day)
    now = rules.clock.now()
    duty_id = DutyId(f"{DutyKind.ATTEND}:{meeting.id}:{part}:{meeting.rev}:{person}")
    due = max(due, local_day(now))
    return ask(Duty(duty_id, DutyKind.ATTEND, meeting.id, person, now, due, part), rules.hours)


async def _refused(
    refusal: Refusal, command: AnswerAttendance, actor: Actor, work: UnitOfWork, rules: Rules
) -> Refusal:
    await refuse(refusal, actor, command.meeting, work, rules)
    return refusal
