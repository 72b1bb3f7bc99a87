"""Reads what a card about a meeting needs, and hands it to the template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.attendance import INVITED, Attendance
from board.case_ports import CaseLine
from board.deadlines import Deadline, back_plan
from board.duty import Duty, DutyKind
from board.errors import Refusal
from board.events import Event, Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body, Role
from board.usecases.look_at_meeting import SEES_ANSWERS, may_know
from cards.meeting_views import MeetingView, Typed
from cards.message import Banner, Message, Option
from cards.safe import cut
from cards.templates.meeting_card import LONGEST_NAME, NOTHING_TYPED, meeting_card, meeting_refusal
from cards.templates.refusals import plain_refusal
from dialogs.room import Room

MOST_DEPUTIES: Final = 20
"""More make a list useless on a phone; a name can always be written."""
MOST_CASES: Final = 50


async def meeting_view(room: Room, meeting: Meeting, *, cases: bool = False) -> MeetingView:
    """``cases``: also the reader's own that want the meeting."""
    answers, duties, invited = await _coming(room, meeting)
    own = [d for d in duties if d.kind is DutyKind.ATTEND and d.person == room.actor.id]
    asked_by = tuple(d.person for d in duties if d.kind is DutyKind.ATTEND and d.deputy == room.actor.id and d.is_open)
    change = await _change(room, meeting)
    duty = own[-1] if own else None
    return MeetingView(
        meeting=meeting,
        viewer=room.actor,
        mandate=room.mandate,
        now=room.now,
        plan=plan_of(room, meeting),
        people=await room.work.people.get(_named(meeting, answers, (*invited, *asked_by), duty, change)),
        change=change,
        answers=answers,
        invited=invited,
        duty=duty,
        stands_in_for=asked_by,
        deputies=await _deputies(room, meeting),
        preparing=await _preparing(room, meeting),
        serves=await _served(room, meeting),
        cases=await _cases(room, meeting) if cases else (),
    )


def plan_of(room: Room, meeting: Meeting) -> tuple[Deadline, ...]:
    return back_plan(meeting.day, room.mandate.offsets_of(meeting.body), room.calendar)


async def card_of(room: Room, meeting: Meeting, note: Banner | None = None, typed: Typed = NOTHING_TYPED) -> Message:
    return meeting_card(await meeting_view(room, meeting), note, typed)


async def refusal_note(room: Room, refusal: Refusal, meeting: Meeting | None = None) -> Banner:
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    begun = meeting is not None and meeting.is_planned and meeting.starts_at <= room.now
    return meeting_refusal(refusal, people, room.mandate, begun=begun)


async def refused(room: Room, refusal: Refusal, meeting_id: str = "", typed: Typed = NOTHING_TYPED) -> Message:
    """A fresh card with the reason on top; where the person may not know of the meeting, the reason alone."""
    meeting = await room.work.meetings.get(MeetingId(meeting_id)) if meeting_id else None
    note = await refusal_note(room, refusal, meeting)
    if meeting is None or not may_know(meeting, room.actor):
        return plain_refusal(note)
    return await card_of(room, meeting, note, typed)


# -- what is read --------------------------------------------------------------------------------------------------


async def _coming(
    room: Room, meeting: Meeting
) -> tuple[tuple[Attendance, ...], tuple[Duty, ...], tuple[PersonId, ...]]:
    """The answers that the reader may see, the duties to answer, and whose coming is counted."""
    if meeting.body is not Body.BOARD or not meeting.is_planned:
        return (), (), ()
    answers = await room.work.attendance.of_meeting(meeting.id)
    duties = tuple(await room.work.duties.of_object(meeting.id))
    if not room.actor.roles & SEES_ANSWERS:
        mine = room.actor.id
        return tuple(a for a in answers if mine in (a.person, a.deputy)), duties, ()
    holders = await room.work.people.holders(sorted(INVITED), room.today)
    return tuple(answers), duties, tuple(dict.fromkeys(p for role in sorted(INVITED) for p in holders.get(role, ())))


async def _change(room: Room, meeting: Meeting) -> Event | None:
    """The event that last changed it, with its reason."""
    if meeting.last is Happened.MEETING_PLANNED:
        return None
    return await event_of(room, meeting.id, meeting.rev, meeting.last)


async def event_of(room: Room, meeting: MeetingId, rev: int, what: Happened) -> Event | None:
    """The change that gave a meeting this revision."""
    found = [e for e in await room.work.history.of(meeting) if e.what is what and e.rev == rev]
    return found[-1] if found else None


async def _deputies(room: Room, meeting: Meeting) -> tuple[Option, ...]:
    """Whom the reader may send: those registered as the reader's deputies first, then the register."""
    if meeting.body is not Body.BOARD or not room.actor.roles & INVITED or not meeting.is_planned:
        return ()
    registered = await room.work.people.deputies(room.today)
    holders = await room.work.people.holders(tuple(Role), room.today)
    first = [*registered.get(room.actor.id, ()), *holders.get(Role.DEPUTY, ())]
    people = await room.work.people.get(sorted({*first, *(p for those in holders.values() for p in those)}))
    rest = sorted((p for p in people if p not in first), key=lambda p: people[p].name.casefold())
    ordered = dict.fromkeys(p for p in (*first, *rest) if p in people and p != room.actor.id)
    return tuple(Option(p, cut(people[p].name, LONGEST_NAME)) for p in [*ordered][:MOST_DEPUTIES])


async def _preparing(room: Room, meeting: Meeting) -> Meeting | None:
    if meeting.body is not Body.BOARD:
        return None
    found = [m for m in await room.work.meetings.serving([meeting.id]) if may_know(m, room.actor)]
    return found[0] if found else None


async def _served(room: Room, meeting: Meeting) -> Meeting | None:
    if meeting.serves is None:
        return None
    return (await room.work.meetings.named([meeting.serves])).get(meeting.serves)


async def _cases(room: Room, meeting: Meeting) -> tuple[CaseLine, ...]:
    mine = room.actor.id
    wanting = {c.id for c in await room.work.cases.wanting([meeting.id]) if mine in (c.submitter, c.owner)}
    if not wanting:
        return ()
    lines = await room.work.cases.lines_for(room.actor, MOST_CASES)
    return tuple(line for line in lines if line.id in wanting)


def _named(
    meeting: Meeting,
    answers: Iterable[Attendance],
    people: Iterable[PersonId],
    duty: Duty | None,
    change: Event | None,
) -> list[PersonId]:
    """Everybody whom the card may name."""
    found: set[PersonId | None] = {meeting.changed_by, *people, duty.deputy if duty else None}
    found |= {person for a in answers for person in (a.person, a.by, a.deputy)}
    found.add(change.by if change else None)
    return sorted(person for person in found if person)
