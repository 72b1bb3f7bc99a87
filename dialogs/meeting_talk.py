"""Meetings in words: «nytt møte …», «flytt møte …», «avlys møte …»; a channel's milestones; one's own calendar."""

from __future__ import annotations

from board.delivery import Scope
from board.errors import Refusal
from board.meeting import Meeting
from board.people import Body
from board.usecases.channel_posts import close_channel, open_channel
from board.usecases.open_calendar import close_calendar, open_calendar
from board.usecases.preview_meeting import may_arrange
from cards.meeting_views import Typed
from cards.message import Banner, Message
from cards.templates import meeting_previews as cards
from cards.templates import subscriptions
from cards.templates.refusals import plain_refusal
from dialogs.answers import squeeze
from dialogs.commands import FOR_GROUP, OFF
from dialogs.meeting_present import refusal_note
from dialogs.meeting_previews import (
    ahead,
    ask_or_preview_new,
    meant,
    move_form,
    preview_cancel,
    preview_move,
    which_error,
    written,
)
from dialogs.meeting_words import Wish, read_cancelling, read_move, read_wish
from dialogs.room import Reply, Room, say


async def new_meeting(room: Room, words: str) -> Reply:
    if refusal := await may_arrange(room.actor, "meeting", room.work, room.rules):
        return say(await _refused(room, refusal))
    wish = read_wish(words, room.today)
    unread = wish.rest if wish.day and wish.at else ""
    return say(await ask_or_preview_new(room, room.rules.ids.new(), wish, written(wish), unread))


async def move_meeting(room: Room, words: str) -> Reply:
    if refusal := await may_arrange(room.actor, "meeting", room.work, room.rules):
        return say(await _refused(room, refusal))
    which, to = read_move(words, room.today)
    everything = await ahead(room)
    if not everything:
        return say(cards.none_ahead())
    values = {k: v for k, v in written(to).items() if k in ("date", "time")}
    found = await meant(room, which)
    named = bool(which.body or which.day or which.at)
    if named and len(found) == 1:
        if to.day or to.at or values["date"]:
            return say(await preview_move(room, found[0], to, values))
        return say(move_form(found[0], values, {}))
    return say(cards.move_form(found or everything, *_unclear(words, found, values)))


async def cancel_meeting(room: Room, words: str) -> Reply:
    if refusal := await may_arrange(room.actor, "meeting", room.work, room.rules):
        return say(await _refused(room, refusal))
    which, reason = read_cancelling(words, room.today)
    everything = await ahead(room)
    if not everything:
        return say(cards.none_ahead())
    found = await meant(room, which)
    if which != Wish() and len(found) == 1 and not which.rest:
        return say(await preview_cancel(room, found[0], reason))
    return say(cards.cancel_form(found or everything, *_unclear(words, found, {"reason": reason})))


def _unclear(words: str, found: list[Meeting], values: dict[str, str]) -> tuple[Typed, Banner | None]:
    """Which one was meant is asked for, with all that was understood in its place."""
    if not words.strip():
        return Typed(values), None
    error = which_error(found)
    return Typed(values, {"meeting": error}), Banner(error, "warning")


async def channel(room: Room, words: str, scope: Scope) -> Reply:
    """«kanal» opens milestones in the channel it is written in, «kanal au» the working group's cases; «kanal av»
    closes both."""
    if scope == "personal" or room.here is None:
        return say(subscriptions.channel_elsewhere())
    if squeeze(words) in OFF:
        closed = await close_channel(room.here, room.actor, room.work, room.rules)
        if isinstance(closed, Refusal):
            return say(await _refused(room, closed))
        return say(subscriptions.channel_closed(was_open=closed))
    group = squeeze(words) in FOR_GROUP
    body = Body.WORKING_GROUP if group else Body.BOARD
    opened = await open_channel(room.here, room.actor, room.work, room.rules, body)
    if isinstance(opened, Refusal):
        return say(await _refused(room, opened))
    return say(subscriptions.channel_opened(room.mandate, new=opened, group=group))


async def calendar(room: Room, words: str) -> Reply:
    """«kalender» says what it is; «kalender ny» makes an address, «kalender av» takes it away."""
    wanted = squeeze(words)
    if wanted in OFF:
        was_open = await close_calendar(room.actor, room.work, room.rules)
        return say(subscriptions.calendar_closed(was_open=was_open))
    if not room.site:
        return say(subscriptions.no_public_address())
    if not wanted:
        return say(subscriptions.calendar_offer())
    secret = room.rules.ids.secret()
    await open_calendar(secret, room.actor, room.work, room.rules)
    return say(subscriptions.calendar_made(f"{room.site}/calendar/{secret}.ics"))


async def _refused(room: Room, refusal: Refusal) -> Message:
    return plain_refusal(await refusal_note(room, refusal))
