"""The planner: from what is stored and the time, what is to be said now. Pure; repeating it is harmless (UNIQUE keys).

It is asked within the hours of a working day only. Everything it says has a key, and everything it did is marked, so
that a late tick, a restart or a second planner says nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from board.attendance import INVITED
from board.clock import local_day
from board.deadlines import EndsBy, Offset
from board.duty import SECRET, Duty, DutyKind, Rung, ask, climb, last_day
from board.hours import Hours
from board.ids import CaseId, DutyId, FollowUpId, MeetingId, PersonId
from board.meeting import Meeting
from board.notices import Notice, NoticeKind, digest
from board.people import HANDLERS, Role
from board.planned import Does, PlannedState, PlannedStep

Draft = tuple[CaseId, PersonId]
"""A draft that wants a meeting, and its submitter."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the planner is told besides the rows that are due.

    ``holders`` today, ``deputies`` registered today by whom they stand in for, ``channels`` that get milestones,
    ``prepared``: meetings that a working-group meeting serves. ``office_has_news``: something to list for the office
    (not reached, expired) that no digest has named yet. ``evaluators``, ``anchorers``: roles that are asked.
    ``follow_ups``: those open, with their owners.
    """

    hours: Hours
    offsets: Mapping[str, Offset]
    holders: Mapping[Role, Sequence[PersonId]]
    deputies: Mapping[PersonId, Sequence[PersonId]] = field(default_factory=dict)
    meetings: Mapping[MeetingId, Meeting] = field(default_factory=dict)
    drafts: Mapping[MeetingId, Sequence[Draft]] = field(default_factory=dict)
    prepared: frozenset[MeetingId] = frozenset()
    channels: Sequence[PersonId] = ()
    office_has_news: bool = False
    evaluators: tuple[Role, ...] = ()
    anchorers: tuple[Role, ...] = ()
    follow_ups: Sequence[tuple[FollowUpId, PersonId]] = ()

    def holding(self, roles: Iterable[Role]) -> tuple[PersonId, ...]:
        """Everybody who holds one of the roles, once each."""
        return tuple(dict.fromkeys(person for role in roles for person in self.holders.get(role, ())))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said and stored: ``asked`` are new duties, ``duties`` and ``steps`` changed ones."""

    notices: tuple[Notice, ...] = ()
    asked: tuple[Duty, ...] = ()
    duties: tuple[Duty, ...] = ()
    steps: tuple[PlannedStep, ...] = ()


ROLES: Final = tuple(Role)


def plan(duties: Iterable[Duty], steps: Iterable[PlannedStep], standing: Standing, now: datetime) -> Plan:
    """Everything due at ``now``, which lies within the hours of a working day."""
    plans = [_of_step(step, standing, now) for step in steps]
    plans += [_of_duty(duty, standing, now) for duty in duties]
    news = [_digest(person, "news for the office", standing, now) for person in _office(standing)]
    notices = [notice for one in plans for notice in one.notices] + (news if _office_is_told(plans, standing) else [])
    return Plan(
        tuple({notice.key: notice for notice in reversed(notices)}.values())[::-1],
        tuple(duty for one in plans for duty in one.asked),
        tuple(duty for one in plans for duty in one.duties),
        tuple(step for one in plans for step in one.steps),
    )


def _office(standing: Standing) -> tuple[PersonId, ...]:
    return standing.holding([Role.OFFICE])


def _office_is_told(plans: Iterable[Plan], standing: Standing) -> bool:
    expired = any(step.state is PlannedState.EXPIRED for one in plans for step in one.steps)
    return standing.office_has_news or expired


def _digest(to: PersonId, because: str, standing: Standing, now: datetime) -> Notice:
    today = local_day(now)
    return digest(to, today, standing.hours.closing(today), because)


# -- steps of a meeting's back-plan ------------------------------------------------------------------------------------


def _of_step(step: PlannedStep, standing: Standing, now: datetime) -> Plan:
    meeting, offset = standing.meetings.get(step.meeting), standing.offsets.get(step.deadline)
    if meeting is None or offset is None or not meeting.is_planned:
        return Plan(steps=(step.now_is(PlannedState.PASSED, now),))
    done = _done(step, meeting, offset, standing, now)
    if step.expires_at > now:
        return done
    missed = PlannedState.EXPIRED if done.notices else PlannedState.PASSED  # nobody would have heard it anyway
    return Plan(steps=(step.now_is(missed, now),))


def _done(step: PlannedStep, meeting: Meeting, offset: Offset, standing: Standing, now: datetime) -> Plan:
    done = (step.now_is(PlannedState.DONE, now),)
    match step.does:
        case Does.ASK:
            duties = _asked(step, meeting, offset, standing, now)
            return Plan(_requests(duties, meeting, offset, standing, now), duties, steps=done)
        case Does.TELL:
            return Plan(_word(NoticeKind.MEETING_WORD, standing.holding(offset.tells), meeting, step), steps=done)
        case Does.POST:
            return Plan(_word(NoticeKind.MEETING_WORD, standing.channels, meeting, step), steps=done)


def _word(kind: NoticeKind, people: Iterable[PersonId], meeting: Meeting, step: PlannedStep) -> tuple[Notice, ...]:
    because = f"{step.deadline} {step.due.isoformat()}"
    return tuple(
        Notice(kind, meeting.id, meeting.rev, to, step.deadline, expires_at=step.expires_at, because=because)
        for to in people
    )


_ASKS: Final[Mapping[EndsBy, DutyKind]] = {
    "attendance": DutyKind.ATTEND,
    "submission": DutyKind.SUBMIT,
    "hand": DutyKind.TASK,
    "scheduling": DutyKind.TASK,
    "wg_papers": DutyKind.TASK,
    "wg_minutes": DutyKind.TASK,
    "agenda": DutyKind.TASK,
    "pack": DutyKind.TASK,
    "minutes": DutyKind.TASK,
    "follow_up": DutyKind.FOLLOW_UP,
}


def _asked(step: PlannedStep, meeting: Meeting, offset: Offset, standing: Standing, now: datetime) -> tuple[Duty, ...]:
    kind = _ASKS[offset.ends_by]
    if offset.ends_by == "scheduling" and meeting.id in standing.prepared:
        return ()
    whom: Iterable[tuple[str, PersonId]] = [(meeting.id, person) for person in standing.holding(offset.owed_by)]
    if kind is DutyKind.SUBMIT:
        whom = standing.drafts.get(meeting.id, ())
    if kind is DutyKind.FOLLOW_UP:
        whom = standing.follow_ups
    return tuple(
        ask(
            Duty(
                DutyId(f"{kind}:{about}:{offset.id}:{_asked_for(about, meeting)}:{person}"),
                kind,
                about,
                person,
                now,
                step.due,
                offset.id,
            ),
            standing.hours,
        )
        for about, person in whom
    )


def _asked_for(about: str, meeting: Meeting) -> str:
    """What makes it another asking: what is about something else than the meeting is asked for each meeting anew."""
    return str(meeting.rev) if about == meeting.id else f"{meeting.id}:{meeting.rev}"


def _requests(
    duties: Sequence[Duty], meeting: Meeting, offset: Offset, standing: Standing, now: datetime
) -> tuple[Notice, ...]:
    """A question has a card of its own; other duties come in the day's digest."""
    because = f"{offset.id} asked"
    if offset.ends_by == "attendance":
        return tuple(
            Notice(NoticeKind.DUTY_ASKED, meeting.id, meeting.rev, duty.person, offset.id, because=because)
            for duty in duties
        )
    if offset.ends_by == "follow_up":
        return tuple(
            Notice(NoticeKind.FOLLOW_UP_REQUESTED, duty.object_id, 0, duty.person, meeting.id, because=because)
            for duty in duties
        )
    return tuple(_digest(duty.person, because, standing, now) for duty in duties)


# -- rungs of a duty's ladder ------------------------------------------------------------------------------------------


def _of_duty(duty: Duty, standing: Standing, now: datetime) -> Plan:
    if not _still_owed(duty, standing):
        return Plan(duties=(duty.ended(duty.person, now),))
    rung, after = climb(duty, now, standing.hours)
    if rung is Rung.HANDED_ON:
        return Plan(_handed_on(duty, standing, now), duties=(after,))
    because = f"{duty.kind} due {duty.due.isoformat()}, {rung.name.lower()}"
    last = local_day(now) >= last_day(duty.due, standing.hours)
    whom = {duty.owed_by, duty.person} if last else {duty.owed_by}
    return Plan(tuple(_digest(to, because, standing, now) for to in sorted(whom)), duties=(after,))


def _handed_on(duty: Duty, standing: Standing, now: datetime) -> tuple[Notice, ...]:
    """One working day after: the registered deputies, and the office (for its own duties, its lead)."""
    if duty.kind in SECRET:
        return ()
    because = f"{duty.kind} due {duty.due.isoformat()}, not done"
    deputies = [to for to in standing.deputies.get(duty.person, ()) if not duty.concerns(to)]
    asked = [Notice(NoticeKind.DUTY_HANDED_ON, duty.object_id, 0, to, duty.id, because=because) for to in deputies]
    return (*asked, *(_digest(to, because, standing, now) for to in overseers(duty, standing.holders)))


def overseers(duty: Duty, holders: Mapping[Role, Sequence[PersonId]]) -> tuple[PersonId, ...]:
    """Who learns that a duty was let pass: the office, and for the office's own the one who leads it."""
    own = duty.person in holders.get(Role.OFFICE, ())
    return tuple(holders.get(Role.PORTFOLIO_LEAD if own else Role.OFFICE, ()))


def _rules(person: PersonId, standing: Standing) -> bool:
    """The chair, or the registered deputy who rules where it is about the chair."""
    chairs = standing.holding([Role.CHAIR])
    return person in chairs or any(person in standing.deputies.get(chair, ()) for chair in chairs)


def _still_owed(duty: Duty, standing: Standing) -> bool:
    """Who has left the role is not reminded; what a person owes for a case of one's own does not go by role."""
    match duty.kind:
        case DutyKind.REVIEW:
            roles: Iterable[Role] = HANDLERS
        case DutyKind.ATTEND:
            roles = INVITED
        case DutyKind.STATEMENT:
            roles = (Role.EMPLOYEE_REP,)
        case DutyKind.RULE:
            return _rules(duty.person, standing)
        case DutyKind.EVALUATE:
            roles = standing.evaluators
        case DutyKind.ANCHOR:
            roles = standing.anchorers
        case DutyKind.DISPENSE:
            roles = (Role.CHAIR,)
        case DutyKind.LATE:
            roles = (Role.PORTFOLIO_LEAD, Role.CHAIR)
        case DutyKind.TASK:
            offset = standing.offsets.get(duty.part)
            roles = offset.owed_by if offset else ()
        case _:
            return True
    return duty.person in standing.holding(roles)
