"""The open follow-ups as a meeting's agenda lists them, for one reader and for papers that several read."""

from __future__ import annotations

from typing import Final

from board.follow_up import FollowUp
from board.meeting import Meeting
from board.people import Body
from cards.documents import content as print_
from cards.follow_up_views import FollowUpList
from cards.formats import weekday_date
from cards.i18n import _
from dialogs.room import Room

MOST: Final = 100


async def for_agenda(room: Room, meeting: Meeting, *, own: bool) -> FollowUpList | None:
    """Those of earlier meetings, the earliest due first, whose case the reader may see; none where others read it."""
    found = await _open(room, meeting) if own else ()
    if not found:
        return None
    titles = await room.work.cases.titles(room.actor, sorted({one.case for one in found}))
    mine = tuple(one for one in found if one.case in titles)
    people = await room.work.people.get(sorted({one.owner for one in mine}))
    return FollowUpList(mine, titles, people, room.today)


async def for_papers(room: Room, meeting: Meeting) -> tuple[print_.FollowUpLine, ...]:
    """In words, for all who get the papers: nothing of a case that somebody is inhabil for."""
    found = await _open(room, meeting)
    if not found:
        return ()
    ids = sorted({one.case for one in found})
    closed = {one.case for one in await room.work.conflicts.of_cases(ids) if one.is_excluded}
    titles = await room.work.cases.titles(room.actor, [one for one in ids if one not in closed])
    shown = [one for one in found if one.case in titles]
    people = await room.work.people.get(sorted({one.owner for one in shown}))
    return tuple(
        print_.FollowUpLine(
            number=one.number,
            title=titles[one.case],
            text=one.text,
            who=people[one.owner].name if one.owner in people else _("en tidligere bruker"),
            due=weekday_date(one.due),
            latest=one.reports[-1].note if one.reports else "",
        )
        for one in shown
    )


async def _open(room: Room, meeting: Meeting) -> tuple[FollowUp, ...]:
    if meeting.body is not Body.BOARD:
        return ()
    return tuple(one for one in await room.work.follow_ups.open(MOST) if one.meeting != meeting.id)
