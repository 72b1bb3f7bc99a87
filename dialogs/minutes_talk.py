"""Minutes in words: «skriv referat», «send referat», «referat», with a body or a day where another meeting is meant."""

from __future__ import annotations

from board.errors import Refusal
from board.ids import MeetingId
from board.meeting import Meeting
from board.minutes import not_for
from board.usecases._record import refuse
from board.usecases.look_at_minutes import latest_minutes, look_at_minutes
from cards.i18n import _
from cards.message import Banner
from cards.templates.minutes_card import no_minutes
from cards.templates.refusals import plain_refusal
from dialogs import minutes_acts
from dialogs import minutes_present as present
from dialogs.meeting_words import read_wish
from dialogs.past_meetings import past_meeting
from dialogs.present import refusal_note
from dialogs.room import Reply, Room, say


async def minutes(room: Room, words: str) -> Reply:
    """The latest that the reader may see, or those of the meeting that was named."""
    wish = read_wish(words, room.today)
    if wish.day:
        meeting = await past_meeting(room, wish)
        return await _of(room, meeting) if meeting else say(no_minutes(writes=room.actor.is_handler))
    found = await latest_minutes(room.actor, wish.body, room.work, room.rules)
    if found is None:
        return say(no_minutes(writes=room.actor.is_handler))
    return say(await present.card_of(room, found.meeting.id))


async def _of(room: Room, meeting: Meeting) -> Reply:
    seen = await look_at_minutes(meeting.id, room.actor, room.work, room.rules)
    if isinstance(seen, Refusal):
        return say(plain_refusal(await refusal_note(room, seen)))
    return say(await present.card_of(room, meeting.id))


async def draft(room: Room, words: str) -> Reply:
    """Makes the draft of the last meeting that was held; shows it where there is one."""
    if refusal := not_for(room.actor):
        return await _not_allowed(room, refusal)
    meeting = await _held(room, words)
    return await minutes_acts.drafted(room, meeting.id) if meeting else say(no_minutes(writes=True))


async def send(room: Room, words: str) -> Reply:
    """Shows the draft with the button that sends it: it is read once more before others get it."""
    if refusal := not_for(room.actor):
        return await _not_allowed(room, refusal)
    meeting = await _held(room, words)
    known = (await room.work.minutes_book.named([meeting.id])).get(meeting.id) if meeting else None
    if meeting is None or known is None:
        return say(no_minutes(writes=True))
    note = Banner(_("Les gjennom det, og trykk «Send til merknader».")) if not known.is_finished else None
    return say(await present.card_of(room, meeting.id, note))


async def _held(room: Room, words: str) -> Meeting | None:
    return await past_meeting(room, read_wish(words, room.today))


async def _not_allowed(room: Room, refusal: Refusal) -> Reply:
    await refuse(refusal, room.actor, MeetingId("minutes"), room.work, room.rules)
    return say(plain_refusal(await refusal_note(room, refusal)))
