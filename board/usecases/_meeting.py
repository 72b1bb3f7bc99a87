"""The end of every act on a meeting: state, history, back-plan, duties and notices take in the same change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from board.clock import local_day
from board.deadlines import back_plan
from board.duty import Duty, DutyKind
from board.errors import Refusal
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting, MeetingChanged, MeetingResult
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Role
from board.planned import Does, PlannedState, PlannedStep, steps_of
from board.planner import plan
from board.ports import Rules, UnitOfWork
from board.usecases._record import refuse
from board.usecases.standing import standing

_CONCERNED: Final = {
    Body.BOARD: (Role.CHAIR, Role.MEMBER, Role.OBSERVER, Role.OFFICE, Role.PORTFOLIO_LEAD),
    Body.WORKING_GROUP: (Role.PORTFOLIO_LEAD, Role.WG_MEMBER, Role.EMPLOYEE_REP, Role.OFFICE),
    Body.OFFICE: (Role.OFFICE, Role.PORTFOLIO_LEAD),
}
"""Who is told when a meeting of this body moves or is cancelled (mandatet § 5, § 7)."""

_KIND: Final = {
    Happened.MEETING_MOVED: NoticeKind.MEETING_MOVED,
    Happened.MEETING_CANCELLED: NoticeKind.MEETING_CANCELLED,
}
PLAN_DUTIES: Final = frozenset({DutyKind.ATTEND, DutyKind.TASK})
"""Asked by the back-plan: ``part`` is the deadline."""
MEETING_DUTIES: Final = (*sorted(PLAN_DUTIES), DutyKind.DECLARE, DutyKind.DISPENSE)


async def recorded(result: MeetingResult, actor: Actor, meeting: MeetingId, work: UnitOfWork, rules: Rules) -> None:
    """Stores a change and puts word of it in line; a refusal of a right goes to the log."""
    if isinstance(result, Refusal):
        await refuse(result, actor, meeting, work, rules)
        return
    for event in result.events:
        if event.what is not Happened.MEETING_PLANNED:
            await work.meetings.save(result.meeting)
        await work.history.append([event])
        await _planned_anew(result.meeting, event, actor, work, rules)
        if kind := _KIND.get(event.what):
            await _tell(kind, result, event, work, rules)
            await work.outbox.redraw(result.meeting.id, result.meeting.rev, event.at)


async def _planned_anew(meeting: Meeting, event: Event, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    now = event.at
    before = await work.planned.of_meetings([meeting.id])
    if not meeting.is_planned:
        await work.planned.put([s.now_is(PlannedState.PASSED, now) for s in before if s.state is PlannedState.OPEN])
        await work.duties.end(meeting.id, MEETING_DUTIES, actor.id, now)
        await _drafts_off(meeting, actor, work, rules)
        return
    steps = steps_of(meeting, rules.mandate.offsets_of(meeting.body), rules.hours, now, before)
    if event.what is Happened.MEETING_MOVED:
        steps = tuple(_not_in_arrears(step, event) for step in steps)
        await work.attendance.clear(meeting.id)
        await _drafts_off(meeting, actor, work, rules)
        await _duties_moved(meeting, steps, actor, work, rules)
    await work.planned.put(steps)
    if event.what is Happened.MEETING_MOVED:
        await _ask_now(meeting, steps, work, rules)


def _not_in_arrears(step: PlannedStep, event: Event) -> PlannedStep:
    """The word that goes out about the move says it: nothing of the same day is said once more."""
    today = local_day(event.at)
    if step.does is Does.ASK or step.state is not PlannedState.OPEN or local_day(step.at) > today:
        return step
    return step.now_is(PlannedState.PASSED, event.at)


async def _duties_moved(
    meeting: Meeting, steps: Sequence[PlannedStep], actor: Actor, work: UnitOfWork, rules: Rules
) -> None:
    """What was asked already gets its new day, and is asked for anew: the answers were for the old one.

    What is to be asked at a later day than today ends, and begins then.
    """
    now, hours = rules.clock.now(), rules.hours
    due = {
        d.offset.id: d.planned for d in back_plan(meeting.day, rules.mandate.offsets_of(meeting.body), hours.calendar)
    }
    later = {step.deadline for step in steps if step.does is Does.ASK and step.state is PlannedState.OPEN}
    duties = await work.duties.of_object(meeting.id)
    changed = _habilitet_moved(duties, meeting, rules)
    for duty in duties:
        if duty.kind not in PLAN_DUTIES:
            continue
        if duty.part in later or duty.part not in due or due[duty.part] < local_day(now):
            if duty.is_open:
                changed.append(duty.ended(actor.id, now))
        elif duty.is_open or duty.kind is DutyKind.ATTEND:
            again = replace(duty, deputy=None, ended_at=None, ended_by=None)  # who stood in did so for the old day
            changed.append(again.moved(due[duty.part], now, hours))
    await work.duties.save(changed, now)


def _habilitet_moved(duties: Iterable[Duty], meeting: Meeting, rules: Rules) -> list[Duty]:
    """Whoever has the papers and has not said whether habil still owes that, by the new day."""
    due = habilitet_due(meeting, rules)
    asked = [duty for duty in duties if duty.kind is DutyKind.DECLARE and duty.is_open]
    return [duty.moved(due, rules.clock.now(), rules.hours) for duty in asked]


def habilitet_due(meeting: Meeting, rules: Rules) -> date:
    """The plan's day for answers about the meeting; never before today."""
    plan = back_plan(meeting.day, rules.mandate.offsets_of(meeting.body), rules.calendar)
    planned = next((d.planned for d in plan if d.offset.ends_by == "attendance"), meeting.day)
    return max(planned, local_day(rules.clock.now()))


async def _drafts_off(meeting: Meeting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """The intake does not close on the old day: who has a draft is asked anew, or not at all."""
    for case in await work.cases.wanting([meeting.id]):
        await work.duties.end(case.id, [DutyKind.SUBMIT], actor.id, rules.clock.now())


async def _ask_now(meeting: Meeting, steps: Sequence[PlannedStep], work: UnitOfWork, rules: Rules) -> None:
    """Askings whose day has come with the move: the duty begins now, and the one message about the move asks it."""
    now = rules.clock.now()
    due = [step for step in steps if step.state is PlannedState.OPEN and step.at <= now]
    if not due:
        return
    made = plan([], due, replace(await standing([meeting.id], work, rules), office_has_news=False), now)
    await work.planned.put(made.steps)
    await work.duties.add(made.asked, now)


async def _tell(kind: NoticeKind, change: MeetingChanged, event: Event, work: UnitOfWork, rules: Rules) -> None:
    """One message to each person concerned, and to the channels; none to the one who did it, none to others."""
    meeting = change.meeting
    told = await concerned(meeting, work, rules)
    public = meeting.body is Body.BOARD  # other bodies' meetings are their members' own
    channels = [channel.recipient for channel in await work.channels.all()] if public else []
    because = str(event.what)
    await work.outbox.tell(
        [Notice(kind, meeting.id, meeting.rev, to, because=because) for to in (*told, *channels) if to != event.by],
        event.at,
    )


async def concerned(meeting: Meeting, work: UnitOfWork, rules: Rules) -> tuple[PersonId, ...]:
    """Those who come to the meeting, prepare it, stand in for somebody at it, or have a case that wants it."""
    roles = _CONCERNED[meeting.body]
    holders = await work.people.holders(roles, local_day(rules.clock.now()))
    found: list[PersonId | None] = [person for role in roles for person in holders[role]]
    duties: Iterable[Duty] = await work.duties.of_object(meeting.id)
    found += [duty.deputy for duty in duties if duty.kind is DutyKind.ATTEND]
    for case in await work.cases.wanting([meeting.id]):
        found += [case.submitter, case.owner]
    if meeting.body is Body.BOARD:
        found += [person for case in await work.cases.on_agenda(meeting.id) for person in (case.submitter, case.owner)]
    return tuple(dict.fromkeys(person for person in found if person))
