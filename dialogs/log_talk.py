"""«logg 012-2026», «logg styret 16. april», «logg referat 16. april»: read page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from board.delivery import NEWEST
from board.errors import Refusal
from board.ids import PersonId
from board.log_page import LogEntry, LogOf, LogPlace
from board.meeting import Meeting
from board.people import Body
from board.usecases._record import refuse
from board.usecases.read_log import SeenLog, may_read_log, read_log
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import the_meeting
from cards.message import Json, Message
from cards.task_views import Names
from cards.templates.log_card import SHOWN, log_card, no_log, which_log
from cards.templates.refusals import plain_refusal
from dialogs import tasks
from dialogs.answers import squeeze
from dialogs.archive_talk import meant_meeting
from dialogs.meeting_words import Wish, read_wish
from dialogs.present import refusal_note
from dialogs.pressed import text
from dialogs.room import Reply, Room, say, show

_MOST_ID: Final = 200
_FOUND: Final = 6
_DIGITS: Final = 18
_MINUTES: Final = re.compile(r"(referatet|referat|minutes)\b\s*(fra|frå|from|til|for)?\s*", re.IGNORECASE)
_BESIDE: Final = frozenset({"", "møtet", "møte", "siste", "meeting", "last", "the"})
"""What may stand beside body and day."""
_NUMBER: Final = re.compile(r"\d{1,4}\s?[-/]\s?\d{2,4}\b")


async def log(room: Room, words: str) -> Reply:
    """Of the board's last meeting where nothing is named."""
    if refusal := may_read_log(room.actor):
        await refuse(refusal, room.actor, "log", room.work, room.rules)
        return say(plain_refusal(await refusal_note(room, refusal)))
    asked = words.strip()
    of_minutes = _MINUTES.match(asked)
    rest = asked[of_minutes.end() :] if of_minutes else asked
    meeting = await _meeting(room, rest)
    if meeting:
        return say(await _shown(room, LogOf.MINUTES if of_minutes else LogOf.MEETING, meeting.id, LogPlace()))
    lines = await room.work.cases.find(room.actor, asked, _FOUND) if asked and not of_minutes else ()
    exact = [line for line in lines if line.number.casefold() == asked.casefold()]
    if len(exact or lines) == 1:
        return say(await _shown(room, LogOf.CASE, (exact or lines)[0].id, LogPlace()))
    return say(which_log(lines, asked) if lines else no_log(asked))


async def _meeting(room: Room, words: str) -> Meeting | None:
    """The one that the words name, and nothing else; a case's number is no day."""
    if _NUMBER.search(words) and not re.search(r"\d{4}-\d\d-\d\d", words):
        return None
    wish = read_wish(words, room.today)
    if squeeze(f"{wish.rest} {wish.place}") not in _BESIDE:
        return None
    found = await meant_meeting(room, Wish(wish.body, wish.day))
    if found or wish.day:
        return found
    ahead = await room.work.meetings.upcoming(wish.body or Body.BOARD, room.now, 1)
    return ahead[0] if ahead else None


async def _further(room: Room, data: Mapping[str, Json]) -> Reply:
    of = text(data, "of")
    place = LogPlace(_number(text(data, "seq")), _number(text(data, "row")))
    kind = LogOf(of) if of in frozenset(LogOf) else LogOf.CASE
    return show(await _shown(room, kind, text(data, "id")[:_MOST_ID], place))


def _number(written: str) -> int:
    known = written.isascii() and written.isdigit() and len(written) <= _DIGITS
    return int(written) if known else NEWEST


async def _shown(room: Room, of: LogOf, object_id: str, place: LogPlace) -> Message:
    found = await read_log(of, object_id, place, SHOWN, room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return plain_refusal(await refusal_note(room, found))
    names = await _names(room, found.page.entries)
    return log_card(of, object_id, _name(found, of), found.page, names, further=place != LogPlace())


async def _names(room: Room, entries: tuple[LogEntry, ...]) -> Names:
    people: set[PersonId] = {one.by for one in entries}
    return await tasks.names_for(room, groups=[one.sent.about for one in entries if one.sent], people=people)


def _name(found: SeenLog, of: LogOf) -> str:
    if found.case:
        number = found.case.board_number or found.case.wg_number
        return f"{number} {found.case.content.title or _('Sak uten tittel')}".strip()
    held = found.meeting
    named = f"{the_meeting(held.body)} {weekday_date(held.day)}" if held else ""
    return _("referatet fra {meeting}", meeting=named) if of is LogOf.MINUTES else named


HANDLERS: Final = {actions.LOG_OPEN: _further}
