"""Papers in words: «sakspapirer», «send pakke», with a body or a day where another meeting than the next is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

from board.clock import OSLO
from board.errors import Refusal
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Body
from board.usecases.look_at_pack import look_at_pack
from board.usecases.pack_readers import READERS, may_read
from board.usecases.send_pack import may_send_any
from cards.message import Message
from cards.templates import pack_words
from cards.templates.refusals import plain_refusal
from dialogs.meeting_words import Wish, read_wish
from dialogs.pack_present import card_of, refusal_note
from dialogs.room import Reply, Room, say

MOST: Final = 6


async def pack(room: Room, words: str) -> Reply:
    """The papers of the next meeting that has some for this reader; for the office, of the next meeting."""
    wish = read_wish(words, room.today)
    meetings = [meeting for meeting in await _ahead(room, wish) if await may_read(room.actor, meeting, room.work)]
    if not meetings:
        return say(await _none(room, wish))
    named = bool(wish.day or wish.body)
    for meeting in meetings:
        if named or room.actor.is_handler or await room.work.packs.ready(meeting.id):
            return say(await card_of(room, meeting))
    return say(await card_of(room, meetings[0]))


async def send(room: Room, words: str) -> Reply:
    """What still stands in the way, or the button that sends."""
    refusal = await may_send_any(room.actor, room.work, room.rules)
    if refusal is not None:
        return say(plain_refusal(await refusal_note(room, refusal)))
    wish = read_wish(words, room.today)
    meetings = await _ahead(room, wish if wish.body else Wish(Body.BOARD, wish.day, wish.at))
    return say(await card_of(room, meetings[0])) if meetings else say(pack_words.no_meeting())


async def _none(room: Room, wish: Wish) -> Message:
    """No meeting is meant whose papers are the reader's. Who asks for another body's is in the log."""
    body = wish.body or Body.BOARD
    if room.actor.roles & READERS[body]:
        return pack_words.no_meeting()
    refusal = await look_at_pack(MeetingId("pack"), room.actor, room.work, room.rules)
    return plain_refusal(await refusal_note(room, refusal)) if isinstance(refusal, Refusal) else pack_words.no_meeting()


async def _ahead(room: Room, wish: Wish) -> Sequence[Meeting]:
    """Meetings from today on, the earliest first; a day names one, a body its own."""
    since = datetime.combine(room.today, time.min, OSLO).astimezone(UTC)
    bodies = [wish.body] if wish.body else [Body.BOARD, Body.WORKING_GROUP]
    found = [meeting for body in bodies for meeting in await room.work.meetings.upcoming(body, since, MOST)]
    if wish.day:
        found = [meeting for meeting in found if meeting.day == wish.day]
    if not wish.body and any(room.actor.roles & READERS[Body.BOARD] and m.body is Body.BOARD for m in found):
        found = [meeting for meeting in found if meeting.body is Body.BOARD]
    return sorted(found, key=lambda meeting: meeting.starts_at)
