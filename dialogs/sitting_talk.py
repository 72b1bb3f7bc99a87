"""A meeting in words: «start møte», «neste sak», «lukk møte»; with «au» or a day where several could be meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.meeting import Meeting
from board.people import Body
from board.sitting import EARLY, Sitting, not_for
from board.sitting_commands import CallItem, CloseMeeting, StartMeeting
from board.usecases.call_item import call_item
from board.usecases.close_meeting import close_meeting
from board.usecases.start_meeting import start_meeting
from cards.i18n import _
from cards.message import Banner, Message, Say
from cards.templates.agenda_notices import no_meeting
from cards.templates.meeting_card import meeting_title
from cards.templates.questions import question
from dialogs import decision_talk
from dialogs.meeting_words import Wish, read_wish
from dialogs.room import Reply, Room, say
from dialogs.sitting_present import card_of, refused

_OPEN_FOR: Final = timedelta(days=60)
"""How far back a meeting that nobody closed is looked for."""
_HELD_WITHIN: Final = timedelta(hours=18)
"""How long after its time a meeting is started without its day being said."""
_MOST: Final = 200
_NOWHERE: Final = MeetingId("meeting")


async def start(room: Room, words: str) -> Reply:
    """The one whose time it is; where that is none, the next one says when it begins."""
    if not_for(room.actor):
        return await _tried(room, _NOWHERE)
    wish = read_wish(words, room.today)
    found = await _startable(room, wish)
    if len(found) > 1:
        return say(_which(found))
    meeting = found[0] if found else await _next(room, wish)
    if meeting is None:
        return say(no_meeting(wish.body or Body.BOARD, [], _("start møte")))
    return await _tried(room, meeting.id)


async def next_item(room: Room, _words: str = "") -> Reply:
    meeting = await _under_way(room, Wish())
    if meeting is None:
        return say(await _none(room))
    result = await call_item(CallItem(meeting), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return say(await refused(room, result, meeting))
    note = None if result.events else Banner(_("Det er ikke flere punkter som står igjen."), "accent")
    return say(await decision_talk.asked(room, meeting, note, in_words=True))


async def close(room: Room, words: str) -> Reply:
    meeting = await _under_way(room, read_wish(words, room.today))
    if meeting is None:
        return say(await _none(room))
    result = await close_meeting(CloseMeeting(meeting), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return say(await refused(room, result, meeting))
    await decision_talk.drop(room, meeting)
    note = Banner(_("Møtet er lukket. Nå kan vedtakene kunngjøres og referatet skrives."), "good")
    return say(await card_of(room, meeting, note))


async def _tried(room: Room, meeting: MeetingId) -> Reply:
    result = await start_meeting(StartMeeting(meeting), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return say(await refused(room, result, meeting))
    words = _("Møtet er i gang. De som er med, har fått et kort som følger møtet.")
    note = Banner(words if result.is_new else _("Møtet er alt i gang."), "good")
    return say(await decision_talk.asked(room, meeting, note, in_words=True))


async def _none(room: Room) -> Message:
    """Nothing is under way. Whoever may run no meeting is told that, and that somebody tried is in the log."""
    result = await call_item(CallItem(_NOWHERE), room.actor, room.work, room.rules) if not_for(room.actor) else None
    refusal = result if isinstance(result, Refusal) else Refusal(RefusalCode.NOT_STARTED)
    return await refused(room, refusal, _NOWHERE)


# -- which one ---------------------------------------------------------------------------------------------------------


async def _startable(room: Room, wish: Wish) -> list[Meeting]:
    """Those that can be started now, or are under way. Of a day that was said, all of it."""
    since = room.now - _OPEN_FOR if wish.day else room.now - _HELD_WITHIN
    found = await _between(room, since, room.now + EARLY, wish)
    sittings = await room.work.sittings.named([meeting.id for meeting in found])
    return [m for m in found if m.is_planned and (m.id not in sittings or sittings[m.id].is_open)]


async def _next(room: Room, wish: Wish) -> Meeting | None:
    bodies = [wish.body] if wish.body else [Body.BOARD, Body.WORKING_GROUP]
    ahead = [m for body in bodies for m in await room.work.meetings.upcoming(body, room.now, _MOST)]
    fitting = sorted((m for m in ahead if wish.day in (None, m.day)), key=lambda meeting: meeting.starts_at)
    return fitting[0] if fitting else None


async def _under_way(room: Room, wish: Wish) -> MeetingId | None:
    """The one opened last."""
    found = await _between(room, room.now - _OPEN_FOR, room.now + EARLY, wish)
    sittings = await room.work.sittings.named([meeting.id for meeting in found])
    open_: list[Sitting] = sorted((s for s in sittings.values() if s.is_open), key=lambda one: one.started_at)
    return open_[-1].meeting if open_ else None


async def _between(room: Room, since: datetime, until: datetime, wish: Wish) -> list[Meeting]:
    found = await room.work.meetings.between(since, until + timedelta(seconds=1), _MOST)
    fitting = [m for m in found if m.body is not Body.OFFICE and wish.body in (None, m.body)]
    return [meeting for meeting in fitting if wish.day in (None, meeting.day)]


def _which(meetings: list[Meeting]) -> Message:
    command = _("start møte")
    buttons = [Say(meeting_title(m), f"{command} {_body(m)} {m.day:%d.%m.%Y}") for m in meetings[:3]]
    return question(_("Hvilket møte skal startes?"), buttons=buttons)


def _body(meeting: Meeting) -> str:
    return _("au") if meeting.body is Body.WORKING_GROUP else _("styret")
