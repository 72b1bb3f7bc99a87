"""The card that follows a meeting, as it comes to each one in the room, and its copies as the meeting is now."""

from __future__ import annotations

from board.ids import MeetingId, is_channel
from board.notices import meeting_behind
from board.usecases.look_at_sitting import may_follow, seen_sitting
from cards.message import Message
from cards.sitting_views import SittingView
from cards.templates.sitting_card import sitting_card, started
from dialogs.room import Room, Wanted
from dialogs.sitting_present import sitting_view


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where the meeting is over before it arrived."""
    view = await _view(room, MeetingId(meeting_behind(wanted.object_id)))
    return started(view) if view and view.sitting.is_open else None


async def now(room: Room, meeting: MeetingId) -> Message | None:
    view = await _view(room, meeting)
    return sitting_card(view) if view else None


async def _view(room: Room, meeting_id: MeetingId) -> SittingView | None:
    """For whoever may follow it; nothing for a channel."""
    if is_channel(room.actor.id):
        return None
    meeting = await room.work.meetings.get(meeting_id)
    sitting = await room.work.sittings.get(meeting_id) if meeting else None
    if meeting is None or sitting is None or not may_follow(meeting, sitting, room.actor):
        return None
    seen = await seen_sitting(meeting, sitting, room.actor, room.work, room.rules)
    return await sitting_view(room, seen)
