"""What goes out to somebody, drawn as things are now: a notice, or a copy of a card that is out there already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.agenda import meeting_of_agenda
from board.notices import NoticeKind, person_of_tasks
from cards.message import Message
from dialogs import (
    agenda_notices,
    conflict_notices,
    duty_notices,
    group_minutes,
    meetings,
    pack_notices,
    present,
    tasks,
)
from dialogs.room import Room, Wanted

_OF_CONFLICTS: Final = frozenset({NoticeKind.CONFLICT_DECLARED, NoticeKind.CONFLICT_RULED})

_DRAWN_BY: Final[Mapping[NoticeKind, Callable[[Room, Wanted], Awaitable[Message | None]]]] = {
    NoticeKind.STANDS_IN: duty_notices.stands_in,
    **dict.fromkeys(
        (NoticeKind.DUTY_DELEGATED, NoticeKind.DUTY_ANSWERED, NoticeKind.DUTY_HANDED_ON), duty_notices.notice
    ),
    **dict.fromkeys(_OF_CONFLICTS, conflict_notices.notice),
    **dict.fromkeys((NoticeKind.AGENDA_READY, NoticeKind.AGENDA_APPROVED), agenda_notices.notice),
    **dict.fromkeys(
        (
            *(NoticeKind.DISPENSATION_ASKED, NoticeKind.DISPENSATION_RULED),
            *(NoticeKind.PACK_SENT, NoticeKind.PACK_CHANGED, NoticeKind.PACK_FAILED, NoticeKind.PACK_MILESTONE),
        ),
        pack_notices.notice,
    ),
    NoticeKind.WG_MINUTES: group_minutes.notice,
    **dict.fromkeys(
        (NoticeKind.MEETING_MOVED, NoticeKind.MEETING_CANCELLED, NoticeKind.MEETING_WORD, NoticeKind.DUTY_ASKED),
        meetings.notice,
    ),
}
"""All others are about a case."""


async def drawn(room: Room, wanted: Wanted) -> Message | None:
    """None where there is nothing to show to this reader any more."""
    if wanted.copy:
        return await _as_now(room, wanted)
    kind = NoticeKind(wanted.kind)
    if kind is NoticeKind.DIGEST:
        return await tasks.digest(room)
    return await _DRAWN_BY.get(kind, present.case_notice)(room, wanted)


async def _as_now(room: Room, wanted: Wanted) -> Message | None:
    """The card of the object, whichever notice it went out as."""
    if person_of_tasks(wanted.object_id):
        return await tasks.redrawn(room)
    if wanted.object_id.startswith(("pack:", "dispensation:")):
        return await pack_notices.now(room, wanted.object_id)
    if meeting := meeting_of_agenda(wanted.object_id):
        return await agenda_notices.now(room, meeting)
    if wanted.kind in _OF_CONFLICTS:
        return await conflict_notices.redrawn(room, wanted)
    if questions := await conflict_notices.questions(room, wanted.object_id):
        return questions
    shown = await present.case_notice(room, wanted) or await meetings.now(room, wanted.object_id)
    return shown or await conflict_notices.out_of_sight(room, wanted.object_id)
