"""«arkiver møte», with a body or a day where another meeting than the last one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from board.clock import OSLO
from board.errors import Refusal
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Body
from board.usecases.archive_meeting import KEEPERS, ask_archive
from cards.formats import weekday_date
from cards.labels import the_meeting
from cards.templates.archive_card import archive_ready, archive_without_meeting
from cards.templates.pack_links import no_address
from cards.templates.refusals import plain_refusal
from dialogs.meeting_words import Wish, read_wish
from dialogs.pack_present import refusal_note
from dialogs.room import Reply, Room, say

MOST_A_DAY = 10


async def archive(room: Room, words: str) -> Reply:
    """An address that gives the archive to this person alone, for a while."""
    wish = read_wish(words, room.today)
    meeting = await meant_meeting(room, wish) if room.actor.roles & KEEPERS else None
    if meeting is None and room.actor.roles & KEEPERS:
        return say(archive_without_meeting())
    if meeting is not None and not room.site:
        return say(no_address())
    wanted = meeting.id if meeting else MeetingId("archive")
    found = await ask_archive(wanted, room.link_hours, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return say(plain_refusal(await refusal_note(room, found)))
    held, secret = found
    named = f"{the_meeting(held.body)} {weekday_date(held.day)}"
    return say(archive_ready(named, f"{room.site}/archives/{secret}.zip", room.link_hours))


async def meant_meeting(room: Room, wish: Wish) -> Meeting | None:
    """The body's last meeting that has begun, or the one on the day that was said; the board's where none is named."""
    if wish.day is None:
        return await room.work.meetings.previous(wish.body or Body.BOARD, room.now)
    begins = datetime.combine(wish.day, time.min, OSLO).astimezone(UTC)
    until = datetime.combine(wish.day + timedelta(days=1), time.min, OSLO).astimezone(UTC)
    return _first(await room.work.meetings.between(begins, until, MOST_A_DAY), wish)


def _first(meetings: Sequence[Meeting], wish: Wish) -> Meeting | None:
    """Of the body that was named, else the board's before the others'."""
    fit = [one for one in meetings if wish.body in (None, one.body) and one.is_planned]
    return min(fit, key=lambda one: one.body is not Body.BOARD, default=None)
