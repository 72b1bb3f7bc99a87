"""Reads what the cards of a meeting under way need, in a few queries, and hands it to the templates."""

from __future__ import annotations

from typing import Final

from board.agenda import ItemKind
from board.errors import Refusal, RefusalCode
from board.ids import ItemId, MeetingId, PersonId
from board.sitting import Seat
from board.usecases.look_at_sitting import SeenSitting, look_at_sitting
from board.usecases.seat_person import stands_for
from cards.meeting_views import Typed
from cards.message import Banner, Message, Option
from cards.safe import cut
from cards.sitting_views import SittingView
from cards.templates.refusals import plain_refusal
from cards.templates.sheet_card import NOTHING_TYPED, sheet_card
from cards.templates.sitting_card import sitting_card
from cards.templates.sitting_texts import sitting_refusal
from dialogs.room import Room

_MOST_OWNERS: Final = 20
_NAME: Final = 40


async def look(room: Room, meeting: MeetingId) -> SittingView | Refusal:
    found = await look_at_sitting(meeting, room.actor, room.work, room.rules)
    return found if isinstance(found, Refusal) else await sitting_view(room, found)


async def sitting_view(room: Room, seen: SeenSitting) -> SittingView:
    """For who runs it also who can come, whose minutes are approved, and whom conditions are likely given to."""
    runs = room.actor.is_handler
    coming = await _coming(room, seen) if runs else ()
    likely = _likely(seen) if runs else []
    people = await room.work.people.get(sorted(_named(seen) | {seat.person for seat in coming} | set(likely)))
    return SittingView(
        meeting=seen.meeting,
        sitting=seen.sitting,
        agenda=seen.agenda,
        viewer=room.actor,
        mandate=room.mandate,
        quorum=seen.quorum,
        cases=seen.cases,
        decisions=seen.decisions,
        treatments=seen.treatments,
        decided=seen.decided,
        people=people,
        invited=seen.invited,
        coming=coming,
        owners=tuple(Option(p, cut(people[p].name, _NAME)) for p in likely if p in people)[:_MOST_OWNERS],
        previous=await _previous(room, seen) if runs else None,
    )


async def _coming(room: Room, seen: SeenSitting) -> tuple[Seat, ...]:
    """Everybody who can take a seat: each on his or her own, then those who may sit for somebody."""
    deputies = await stands_for(seen.sitting, room.work, room.rules)
    found = {person: Seat(person) for person in seen.invited}
    for member, others in deputies.items():
        for deputy in others:
            found.setdefault(deputy, Seat(deputy, member))
    return tuple(found.values())


def _likely(seen: SeenSitting) -> list[PersonId]:
    """Those whose case it is, and those in the room."""
    item = next((item for item in seen.items if item.id == seen.sitting.current), None)
    case = seen.cases.get(item.case) if item and item.case else None
    own = [case.owner, case.submitter] if case else []
    return list(dict.fromkeys(person for person in (*own, *seen.sitting.present) if person))


def _named(seen: SeenSitting) -> set[PersonId]:
    """Everybody whom the cards may name."""
    sitting = seen.sitting
    found: set[PersonId | None] = {sitting.started_by, sitting.quorum_by, sitting.closed_by, *seen.invited}
    found |= {person for seat in sitting.seats for person in (seat.person, seat.member)}
    found |= {person for people in seen.excluded.values() for person in people}
    for done in seen.decisions.values():
        found |= {done.recorded_by, *done.present, *done.left, *done.dissent, *(c.owner for c in done.conditions)}
    return {person for person in found if person}


async def _previous(room: Room, seen: SeenSitting) -> MeetingId | None:
    if not any(item.kind is ItemKind.MINUTES for item in seen.items):
        return None
    meeting = await room.work.meetings.previous(seen.meeting.body, seen.meeting.starts_at)
    return meeting.id if meeting else None


# -- cards -------------------------------------------------------------------------------------------------------------


async def card_of(room: Room, meeting: MeetingId, note: Banner | None = None) -> Message:
    """The running state; why there is none, where there is none for the reader."""
    view = await look(room, meeting)
    return plain_refusal(await note_of(room, view)) if isinstance(view, Refusal) else sitting_card(view, note)


async def sheet_of(
    room: Room, meeting: MeetingId, item: ItemId | None = None, note: Banner | None = None,
    typed: Typed = NOTHING_TYPED, ask: str = "",
) -> Message:  # fmt: skip
    """The run-sheet at an item, else at the one being treated; for whoever does not run it, the running state."""
    view = await look(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(note or await note_of(room, view))
    line = (view.line(item) if item else None) or view.current
    return sheet_card(view, line, note, typed, ask) if line and view.runs else sitting_card(view, note)


async def note_of(room: Room, refusal: Refusal, view: SittingView | None = None) -> Banner:
    """Why an act had no effect, naming who did what meanwhile."""
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    return sitting_refusal(refusal, people, room.mandate, view)


async def refused(
    room: Room, refusal: Refusal, meeting: MeetingId, item: ItemId | None = None, typed: Typed = NOTHING_TYPED
) -> Message:
    """The run-sheet with the reason on top; where there is none for the reader, the reason alone."""
    view = await look(room, meeting)
    if isinstance(view, Refusal):
        return plain_refusal(await note_of(room, refusal))
    note = await note_of(room, refusal, view)
    line = (view.line(item) if item else None) or view.current
    unknown = refusal.code is RefusalCode.NOT_FOUND and item is not None
    return sitting_card(view, note) if line is None or not view.runs or unknown else sheet_card(view, line, note, typed)
