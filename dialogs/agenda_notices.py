"""What goes out about an agenda, and its copies, drawn for one reader as things are now."""

from __future__ import annotations

from board.ids import MeetingId, is_channel
from board.notices import NoticeKind, meeting_behind
from board.people import Body
from board.usecases.look_at_agenda import Seen, seen
from board.usecases.look_at_meeting import may_know
from cards.message import Message
from cards.templates import agenda_notices as texts
from dialogs.agenda_present import agenda_view, card_of
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where it is no longer so: approved meanwhile, or changed after it was approved."""
    found = await _found(room, MeetingId(meeting_behind(wanted.object_id)))
    if found is None or found.agenda is None or not found.meeting.is_planned:
        return None
    view = await agenda_view(room, found)
    if NoticeKind(wanted.kind) is NoticeKind.AGENDA_READY:
        return texts.ready(view) if view.may_approve else None
    return texts.approved(view) if found.agenda.is_approved and view.may_arrange else None


async def now(room: Room, meeting: MeetingId) -> Message | None:
    """A copy as the agenda is now for this reader."""
    found = await _found(room, meeting)
    return await card_of(room, found) if found else None


async def _found(room: Room, meeting_id: MeetingId) -> Seen | None:
    meeting = await room.work.meetings.get(meeting_id)
    if meeting is None or meeting.body is Body.OFFICE or is_channel(room.actor.id):
        return None
    return await seen(meeting, room.actor, room.work) if may_know(meeting, room.actor) else None
