"""Reads what a card about an agenda needs, in a few queries, and hands it to the template."""

from __future__ import annotations

from typing import Final

from board.agenda import Sight
from board.case import Case
from board.deadlines import back_plan
from board.dispensation import Dispensation
from board.errors import Refusal
from board.ids import ItemId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Body
from board.usecases.build_agenda import Built
from board.usecases.look_at_agenda import Seen, look_at_agenda, seen
from cards.agenda_views import AgendaView, LeftOut, Outcome
from cards.formats import weekday_date
from cards.meeting_views import Typed
from cards.message import Banner, Message, Option
from cards.templates import agenda_notices as texts
from cards.templates.agenda_card import agenda_card
from cards.templates.agenda_item import NOTHING_TYPED, item_card
from cards.templates.agenda_texts import agenda_refusal
from cards.templates.refusals import plain_refusal
from dialogs.follow_up_lines import for_agenda
from dialogs.room import Room

MOST_MEETINGS: Final = 12


async def agenda_view(room: Room, found: Seen, *, own: bool = True, movable: bool = False) -> AgendaView:
    """``own``: nobody else reads it. ``movable``: also the meetings that an item can move to."""
    if found.agenda is None:
        raise ValueError(f"{found.meeting.id} has no agenda for this reader")
    sight = found.sight if own else Sight.OPEN
    cases = {c.id: c for c in await room.work.cases.on_agenda(found.meeting.id) if _may_know_of(c, room, own=own)}
    granted = [d for d in await room.work.dispensations.of_meeting(found.meeting.id) if d.is_granted]
    dispensations = [d for d in granted if d.case is None or d.case in cases]
    view = AgendaView(
        found.meeting, found.agenda, sight, room.actor, room.mandate, cases, {}, dispensations, found.sent
    )
    named = {found.agenda.approved_by, found.agenda.changed_by}
    named |= {person for case in view.late if case.late for person in (case.late.lead, case.late.chair)}
    people = await room.work.people.get(sorted(person for person in named if person))
    others = await elsewhere(room, found.meeting.id) if movable and view.may_arrange else ()
    return AgendaView(
        *(found.meeting, found.agenda, sight, room.actor, room.mandate, cases, people, dispensations),
        sent=found.sent,
        elsewhere=others,
        follow_ups=await for_agenda(room, found.meeting, own=own and sight is not Sight.OPEN),
    )


def _may_know_of(case: Case, room: Room, *, own: bool) -> bool:
    """One who is inhabil finds no trace of the case here; in a channel nobody does, as that person reads it too."""
    return room.actor.id not in case.excluded if own else not case.excluded


async def elsewhere(room: Room, meeting: MeetingId) -> tuple[Option, ...]:
    """The board meetings ahead that an item of this one can be moved to."""
    found = await room.work.meetings.upcoming(Body.BOARD, room.now, MOST_MEETINGS)
    return tuple(Option(m.id, weekday_date(m.day)) for m in found if m.id != meeting and m.starts_at > room.now)


async def card_of(room: Room, found: Seen, note: Banner | None = None, *, own: bool = True) -> Message:
    """The agenda as the reader may see it, or that there is none yet."""
    if found.agenda is None:
        return none_yet(room, found, own=own, note=note)
    return agenda_card(await agenda_view(room, found, own=own), note, own=own)


def none_yet(room: Room, found: Seen, *, own: bool = True, note: Banner | None = None) -> Message:
    meeting = found.meeting
    plan = back_plan(meeting.day, room.mandate.offsets_of(meeting.body), room.calendar)
    due = next((d.planned for d in plan if d.offset.ends_by == "pack" and d.planned >= room.today), None)
    arranges = own and room.actor.is_handler and meeting.is_planned and meeting.starts_at > room.now
    return texts.none_yet(meeting, due, arranges=arranges, own=own, note=note)


async def item_of(
    room: Room, meeting: MeetingId, item: ItemId, note: Banner | None = None, typed: Typed = NOTHING_TYPED
) -> Message:
    """One item's card; the whole agenda where it is not there any more."""
    found = await look_at_agenda(meeting, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return plain_refusal(await note_of(room, found))
    if found.agenda is None:
        return none_yet(room, found, note=note)
    view = await agenda_view(room, found, movable=True)
    line = view.line(item)
    return item_card(view, line, note, typed) if line else agenda_card(view, note)


async def built_card(room: Room, made: Built) -> Message:
    found = await seen(made.meeting, room.actor, room.work)
    asked = {d.case for d in await _asked(room, made.meeting) if d.case}
    numbers = [item.number for case in made.added if (item := made.agenda.item_of(case.id)) and item.number]
    left_out = tuple(LeftOut(one.case, one.refusal, one.case.id in asked) for one in made.left_out)
    return texts.built(await agenda_view(room, found), Outcome(made.is_new, tuple(sorted(numbers)), left_out))


async def _asked(room: Room, meeting: Meeting) -> list[Dispensation]:
    return [d for d in await room.work.dispensations.of_meeting(meeting.id) if d.is_open]


async def note_of(room: Room, refusal: Refusal) -> Banner:
    """Why an act had no effect, naming who did what meanwhile."""
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    return agenda_refusal(refusal, people, room.mandate)


async def refused(room: Room, refusal: Refusal, meeting: MeetingId) -> Message:
    """A fresh card with the reason on top; where the reader may see none, the reason alone."""
    note = await note_of(room, refusal)
    known = await room.work.meetings.get(meeting)
    found = await _visible(room, known) if known else None
    if found is None or found.agenda is None:
        return plain_refusal(note)
    return agenda_card(await agenda_view(room, found), note)


async def _visible(room: Room, meeting: Meeting) -> Seen | None:
    if meeting.body is Body.OFFICE:
        return None
    return await seen(meeting, room.actor, room.work)
