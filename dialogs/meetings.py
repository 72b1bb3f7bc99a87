"""What goes out about a meeting, drawn for one reader as things are now."""

from __future__ import annotations

from datetime import datetime

from board.clock import local_day
from board.deadlines import Shift, back_plan, shifts
from board.events import Happened
from board.ids import MeetingId, is_channel
from board.meeting import Meeting
from board.notices import NoticeKind
from board.people import Body
from board.usecases.look_at_meeting import may_know
from cards.meeting_views import MeetingView
from cards.message import Message
from cards.templates import meeting_notices as texts
from cards.templates.meeting_card import meeting_card
from dialogs.meeting_present import event_of, meeting_view
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where what it was to tell does not hold any more, or is not for this reader."""
    meeting = await _known(room, wanted.object_id)
    if meeting is None or wanted.rev != meeting.rev:
        return None  # what came after has a notice of its own
    match NoticeKind(wanted.kind):
        case NoticeKind.MEETING_MOVED:
            return await _moved(room, meeting)
        case NoticeKind.MEETING_CANCELLED:
            return None if meeting.is_planned else texts.cancelled(await meeting_view(room, meeting, cases=True))
        case NoticeKind.MEETING_WORD if meeting.is_planned:
            return texts.word(await meeting_view(room, meeting, cases=True), wanted.part)
        case NoticeKind.DUTY_ASKED if meeting.is_planned:
            view = await meeting_view(room, meeting)
            return texts.asked(view) if view.is_asked else None
        case _:
            return None


async def now(room: Room, meeting_id: str) -> Message | None:
    """A copy as the meeting is now."""
    meeting = await _known(room, meeting_id)
    return meeting_card(await meeting_view(room, meeting)) if meeting else None


async def _known(room: Room, meeting_id: str) -> Meeting | None:
    meeting = await room.work.meetings.get(MeetingId(meeting_id))
    if meeting is None:
        return None
    open_to_all = is_channel(room.actor.id) and meeting.body is Body.BOARD
    return meeting if open_to_all or may_know(meeting, room.actor) else None


async def _moved(room: Room, meeting: Meeting) -> Message | None:
    event = await event_of(room, meeting.id, meeting.rev, Happened.MEETING_MOVED)
    if event is None:
        return None
    before = datetime.fromisoformat(event.details["from"])
    view = await meeting_view(room, meeting, cases=True)
    return texts.moved(view, before, _own_changes(room, view, before))


def _own_changes(room: Room, view: MeetingView, before: datetime) -> list[Shift]:
    """The deadlines that are the reader's; for a channel, those it gets word of."""
    old = back_plan(local_day(before), room.mandate.offsets_of(view.meeting.body), room.calendar)
    offsets = [s for s in shifts(old, view.plan, room.today) if s.moved or s.passed]
    if view.is_public:
        return [s for s in offsets if s.after.offset.posts]
    return [s for s in offsets if view.viewer.roles & set(s.after.offset.owed_by) and not s.after.offset.is_news]
