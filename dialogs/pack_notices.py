"""What goes out about dispensation and pack, drawn for one reader as things are now."""

from __future__ import annotations

from board.ids import MeetingId, is_channel
from board.meeting import Meeting
from board.notices import NoticeKind
from board.pack import PackState
from board.people import Body
from cards.message import Message
from cards.pack_views import PackView
from cards.templates import pack_card as cards
from dialogs.pack_present import dispensation_shown, pack_view, shown
from dialogs.room import Room, Wanted


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    kind = NoticeKind(wanted.kind)
    if kind in (NoticeKind.DISPENSATION_ASKED, NoticeKind.DISPENSATION_RULED):
        return await dispensation_shown(room, wanted.part)
    meeting = await room.work.meetings.get(MeetingId(wanted.object_id))
    if meeting is None or not meeting.is_planned:
        return None
    if kind is NoticeKind.PACK_MILESTONE:
        return await _milestone(room, meeting)
    view = await pack_view(room, meeting)
    return _drawn(kind, view, wanted) if view else None


async def now(room: Room, object_id: str) -> Message | None:
    """A copy of a card as things are now: ``pack:…`` or ``dispensation:…``."""
    kind, _colon, about = object_id.partition(":")
    return await (shown(room, about) if kind == "pack" else dispensation_shown(room, about))


def _drawn(kind: NoticeKind, view: PackView, wanted: Wanted) -> Message | None:
    match kind:
        case NoticeKind.PACK_SENT if view.pack:
            return cards.sent_card(view)
        case NoticeKind.PACK_CHANGED if view.pack and view.changes:
            return cards.changed_card(view)
        case NoticeKind.PACK_FAILED if view.latest and view.latest.state is PackState.FAILED:
            return cards.failed_card(view, wanted.part) if view.latest.version == wanted.rev else None
        case _:
            return None


async def _milestone(room: Room, meeting: Meeting) -> Message | None:
    """To a channel, which is nobody's and names nothing."""
    pack = await room.work.packs.ready(meeting.id)
    if pack is None or meeting.body is not Body.BOARD or not is_channel(room.actor.id):
        return None
    view = PackView(meeting, room.actor, room.mandate, room.now, pack.card_rev, pack, pack)
    return cards.milestone_card(view)
