"""The draft as a Word file: an address of one's own, for those who write the minutes, for a while."""

from __future__ import annotations

from datetime import timedelta

from board.agenda_ports import Link
from board.errors import Refusal
from board.ids import MeetingId
from board.minutes import minutes_object, not_for
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._minutes import kept
from board.usecases._record import refuse
from board.usecases.look_at_minutes import SeenMinutes, seen
from board.usecases.open_calendar import secret_hash


async def ask_minutes_word(
    meeting: MeetingId, link_hours: int, actor: Actor, work: UnitOfWork, rules: Rules
) -> str | Refusal:
    """The secret of its address for ``link_hours``."""
    found = await minutes_word(meeting, actor, work)
    if isinstance(found, Refusal):
        await refuse(found, actor, minutes_object(meeting), work, rules)
        return found
    secret, until = rules.ids.secret(), rules.clock.now() + timedelta(hours=link_hours)
    await work.links.add(word_hash(secret), Link(actor.id, found.meeting.id, None, until))
    return secret


async def minutes_word(meeting: MeetingId, actor: Actor, work: UnitOfWork) -> SeenMinutes | Refusal:
    """The draft that this person may have now, without what he or she is inhabil in."""
    if refusal := not_for(actor):
        return refusal
    found = await kept(meeting, actor, work)
    if isinstance(found, Refusal):
        return found
    return found.minutes.closed_to_edits() or await seen(found, actor, work)


def word_hash(secret: str) -> str:
    """What is kept of the secret: it opens no papers, and what opens papers does not open it."""
    return secret_hash(f"minutes:{secret}")
