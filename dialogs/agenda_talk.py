"""The agenda in words: «saksliste», «lag saksliste»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import LONGEST, Meeting
from board.meeting_commands import BuildAgenda
from board.people import HANDLERS, WORKING_GROUP, Body
from board.usecases.build_agenda import build_agenda
from board.usecases.look_at_agenda import Seen, seen
from board.usecases.look_at_meeting import may_know
from cards.i18n import _
from cards.message import Message
from cards.templates import system
from cards.templates.agenda_notices import no_meeting
from cards.templates.refusals import plain_refusal
from dialogs.agenda_present import built_card, card_of, note_of, refused
from dialogs.answers import squeeze
from dialogs.meeting_words import Wish, read_wish
from dialogs.room import Reply, Room, say

MOST_MEETINGS: Final = 12
_LOOKED_THROUGH: Final = 3
"""Meetings whose agenda is looked for: one further ahead is asked for by its day."""
_NEXT: Final = frozenset({"", "neste", "next", "nå", "no", "now"})
"""What may stand beside body and day."""


async def agenda(room: Room, words: str, *, own: bool) -> Reply:
    """The next board or, with «au», working-group agenda that this person may see. ``own``: nobody else reads it."""
    wish = read_wish(words, room.today)
    body = wish.body or Body.BOARD
    if body is Body.WORKING_GROUP and not own:
        return say(system.in_private())
    meetings = await _meetings(room, wish)
    if not meetings:
        return say(await _none(room, body, _("saksliste")))
    known = [meeting for meeting in meetings[:_LOOKED_THROUGH] if may_know(meeting, room.actor)]
    if not known:
        return say(plain_refusal(await note_of(room, Refusal(RefusalCode.NOT_FOUND))))
    return say(await _first_seen(room, known, wish, own=own))


async def build(room: Room, words: str) -> Reply:
    """«Lag saksliste», «lag saksliste au», «lag saksliste 24. september»: for the nearest one where no day is said."""
    wish = read_wish(words, room.today)
    meetings = await _meetings(room, wish)
    if room.actor.is_handler and not meetings:
        return say(await _none(room, wish.body or Body.BOARD, _("lag saksliste")))
    meeting = meetings[0].id if meetings else MeetingId("agenda")
    made = await build_agenda(BuildAgenda(meeting), room.actor, room.work, room.rules)
    return say(await refused(room, made, meeting) if isinstance(made, Refusal) else await built_card(room, made))


async def _first_seen(room: Room, meetings: Sequence[Meeting], wish: Wish, *, own: bool) -> Message:
    """The nearest that the reader may see; who meets in the working group is shown its agenda before none at all."""
    in_group = own and wish == Wish() and room.actor.roles & (WORKING_GROUP - HANDLERS)
    group = await _meetings(room, Wish(Body.WORKING_GROUP)) if in_group else []
    looked = [await _seen(room, meeting, own=own) for meeting in (*meetings, *group[:_LOOKED_THROUGH])]
    return await card_of(room, next((found for found in looked if found.agenda), looked[0]), own=own)


async def _seen(room: Room, meeting: Meeting, *, own: bool) -> Seen:
    """In a channel only what is open to everybody."""
    found = await seen(meeting, room.actor, room.work)
    return found if own or (found.agenda and found.agenda.is_approved) else Seen(meeting)


async def _meetings(room: Room, wish: Wish) -> list[Meeting]:
    """Those of the body that have not ended, the nearest first; of the day, where one was said.

    None where something was said that is no day: then it is asked which one is meant, and nothing is guessed.
    """
    if squeeze(f"{wish.rest} {wish.place}".replace("¦", "")) not in _NEXT:
        return []
    since = room.now - timedelta(minutes=LONGEST)
    found = await room.work.meetings.upcoming(wish.body or Body.BOARD, since, MOST_MEETINGS)
    ahead = [meeting for meeting in found if meeting.ends_at > room.now and meeting.body is not Body.OFFICE]
    return [meeting for meeting in ahead if wish.day in (None, meeting.day)]


async def _none(room: Room, body: Body, command: str) -> Message:
    others = await _meetings(room, Wish(body))
    return no_meeting(body, [meeting for meeting in others if may_know(meeting, room.actor)], command)
