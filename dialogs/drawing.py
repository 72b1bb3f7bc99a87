"""What goes out to somebody, drawn as things are now: a notice, or a copy of a card that is out there already."""

from __future__ import annotations

from typing import Final

from board.notices import NoticeKind, person_of_tasks
from cards.message import Message
from dialogs import duty_notices, meetings, present, tasks
from dialogs.room import Room, Wanted

_OF_MEETINGS: Final = frozenset(
    {NoticeKind.MEETING_MOVED, NoticeKind.MEETING_CANCELLED, NoticeKind.MEETING_WORD, NoticeKind.DUTY_ASKED}
)
_OF_DUTIES: Final = frozenset({NoticeKind.DUTY_DELEGATED, NoticeKind.DUTY_ANSWERED, NoticeKind.DUTY_HANDED_ON})


async def drawn(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    if wanted.copy:
        return await _as_now(room, wanted)
    kind = NoticeKind(wanted.kind)
    if kind is NoticeKind.DIGEST:
        return await tasks.digest(room)
    if kind is NoticeKind.STANDS_IN:
        return await duty_notices.stands_in(room, wanted)
    if kind in _OF_DUTIES:
        return await duty_notices.notice(room, wanted)
    if kind in _OF_MEETINGS:
        return await meetings.notice(room, wanted)
    return await present.case_notice(room, wanted)


async def _as_now(room: Room, wanted: Wanted) -> Message | None:
    """The card of the object, whichever notice it went out as."""
    if person_of_tasks(wanted.object_id):
        return await tasks.redrawn(room)
    return await present.case_notice(room, wanted) or await meetings.now(room, wanted.object_id)
