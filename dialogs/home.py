"""One's own page with the bot: it only reads, and in few queries, as it is opened far more often than it is used."""

from __future__ import annotations

from board.meeting import Meeting
from board.people import Body
from cards.message import Message
from cards.templates import home as cards
from dialogs import reads, tasks
from dialogs.room import Room


async def home(room: Room) -> tuple[Message, ...]:
    """What waits for the reader, the reader's cases, the next meeting."""
    duties = await tasks.owed(room)
    names = await tasks.names_for(room, duties[: cards.SHOWN])
    return (
        cards.waiting(duties, names, room.actor.id, room.today),
        cards.cases(await reads.my_cases(room)),
        cards.next_meeting(await _next_meeting(room)),
    )


async def _next_meeting(room: Room) -> Meeting | None:
    """The first that the reader sits in: the working group's own only for those who meet in it."""
    bodies = (Body.BOARD, Body.WORKING_GROUP) if room.actor.roles & reads.WORKING_GROUP else (Body.BOARD,)
    ahead = [meeting for body in bodies for meeting in await room.work.meetings.upcoming(body, room.now, 1)]
    return min(ahead, key=lambda meeting: meeting.starts_at, default=None)
