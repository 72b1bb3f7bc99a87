"""What waits for somebody: «oppgaver», the morning's digest, and the newest digest redrawn when something is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from board.clock import OSLO
from board.delivery import About
from board.duties import ABOUT_CASES
from board.duty import SECRET, Duty
from board.ids import CaseId, MeetingId, PersonId
from board.notices import meeting_behind, person_of_tasks, tasks_of
from board.people import Person, Role
from board.planner import ROLES
from cards.message import Banner, Message
from cards.task_views import Names, OfficeNews, TaskList
from cards.templates.task_list import task_list
from dialogs.room import Room

MOST_DUTIES: Final = 50
MOST_OVERDUE: Final = 20
MOST_NEWS: Final = 8
MOST_DEPUTIES: Final = 12
MOST_REGISTER: Final = 200
"""Of whom names are read, to offer the first ones by name."""
LISTED_FOR: Final = timedelta(days=14)
MORNING_ENDS: Final = 10
"""The local hour until which the digest says good morning."""


async def tasks(room: Room) -> Message:
    """All that waits for the reader; a friendly card where nothing does."""
    return task_list(await _list(room))


async def digest(room: Room) -> Message | None:
    """As it is delivered. None where nothing is open any more and nothing is to be listed."""
    view = await _list(room)
    if not (view.mine or view.handed_on) and view.office.is_empty:
        return None
    return task_list(view, morning=room.now.astimezone(OSLO).hour < MORNING_ENDS, reminds=True)


async def redrawn(room: Room) -> Message | None:
    """The newest digest as things are now: what is done, who did it and when, and what is left."""
    return task_list(await _list(room, done=True), reminds=True)


async def fresh(room: Room, note: Banner | None = None) -> Message:
    """The list after a press, with what came of it."""
    return task_list(await _list(room, done=True), note, reminds=True)


async def owed(room: Room) -> Sequence[Duty]:
    """What the reader is to do, the earliest day first."""
    duties = await room.work.duties.open_of(room.actor.id, MOST_DUTIES)
    return [duty for duty in duties if duty.owed_by == room.actor.id]


def can_wait(duty: Duty, room: Room) -> bool:
    return duty.is_open and isinstance(duty.snoozed(None, room.now, room.rules.hours), Duty)


# -- reading -------------------------------------------------------------------------------------------------------


async def _list(room: Room, *, done: bool = False) -> TaskList:
    me = room.actor.id
    duties = await room.work.duties.open_of(me, MOST_DUTIES)
    mine = tuple(duty for duty in duties if duty.owed_by == me)
    handed_on = tuple(duty for duty in duties if duty.owed_by != me)
    ended = await room.work.duties.ended_of(me, _midnight(room), MOST_NEWS) if done else ()
    office = await _office(room) if room.actor.is_handler else OfficeNews()
    groups = (*office.unreached, *office.lapsed)
    names = await names_for(
        room,
        (*duties, *ended, *office.overdue),
        [group.about for group in groups],
        [step.meeting for step in office.steps],
    )
    return TaskList(
        object_id=tasks_of(me),
        rev=await room.work.duties.list_rev(me),
        reader=room.actor,
        today=room.today,
        mandate=room.mandate,
        names=names,
        mine=mine,
        handed_on=handed_on,
        done=tuple(ended),
        can_wait=frozenset(duty.id for duty in mine if can_wait(duty, room)),
        deputies=await deputies(room) if any(duty.person == me for duty in mine) else (),
        office=office,
    )


def _midnight(room: Room) -> datetime:
    return datetime.combine(room.today, time.min, OSLO).astimezone(UTC)


async def _office(room: Room) -> OfficeNews:
    """What the office and its lead must know; only the lead is told of what the office itself let pass."""
    work, since = room.work, room.now - LISTED_FOR
    of_office = set((await work.people.holders([Role.OFFICE], room.today))[Role.OFFICE])
    overdue = await work.duties.overdue(room.today, MOST_OVERDUE)
    roles, me = room.actor.roles, room.actor.id
    return OfficeNews(
        overdue=tuple(
            duty
            for duty in overdue
            if duty.kind not in SECRET
            and not duty.concerns(me)
            and (Role.PORTFOLIO_LEAD if duty.person in of_office else Role.OFFICE) in roles
        ),
        unreached=tuple(await work.proof.unreached(since, MOST_NEWS)),
        lapsed=tuple(await work.proof.expired(since, MOST_NEWS)),
        steps=tuple(await work.planned.expired(since, MOST_NEWS)),
    )


async def names_for(
    room: Room,
    duties: Iterable[Duty] = (),
    groups: Iterable[About] = (),
    meetings: Iterable[str] = (),
    people: Iterable[PersonId] = (),
) -> Names:
    """What all of these are called, as far as the reader may know it: a query each for cases, meetings and people."""
    duties, groups = list(duties), list(groups)
    about = {group.object_id for group in groups if person_of_tasks(group.object_id) is None}
    cases = about | {duty.object_id for duty in duties if duty.kind in ABOUT_CASES}
    owed = {meeting_behind(duty.object_id) for duty in duties if duty.kind not in ABOUT_CASES}
    of_meetings = about | owed | set(meetings)
    concerned = {somebody for duty in duties for somebody in (duty.person, duty.deputy, duty.ended_by)} | set(people)
    concerned |= {person_of_tasks(group.object_id) for group in groups}
    work = room.work
    of_meetings |= {meeting_behind(one) for one in about}
    titles = await work.cases.titles(room.actor, [CaseId(one) for one in sorted(cases)])
    return Names(
        titles={str(case): title for case, title in titles.items()},
        meetings={
            str(name): meeting
            for name, meeting in (await work.meetings.named([MeetingId(one) for one in sorted(of_meetings)])).items()
        },
        people=await work.people.get(sorted(somebody for somebody in concerned if somebody)),
    )


async def deputies(room: Room) -> tuple[Person, ...]:
    """Who may be asked instead of the reader: the registered deputies, then other deputies, then the register."""
    registered = (await room.work.people.deputies(room.today)).get(room.actor.id, ())
    holders = await room.work.people.holders(ROLES, room.today)
    others = sorted({person for held in holders.values() for person in held} - {room.actor.id})
    found = await room.work.people.get([*registered, *others[:MOST_REGISTER]])

    def order(person: Person) -> tuple[bool, bool, str]:
        return person.id not in registered, person.id not in holders[Role.DEPUTY], person.name.casefold()

    return tuple(sorted(found.values(), key=order)[:MOST_DEPUTIES])
