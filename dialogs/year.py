"""«årshjul»: the meetings of a year with the reader's deadlines, as a card and as a picture."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from board.clock import OSLO, local_day
from board.deadlines import Deadline
from board.evaluation import last_day_to_answer, opening_day
from board.meeting import Meeting
from board.people import Body
from board.usecases._evaluation import first_meeting
from board.usecases.look_at_meeting import may_know
from cards.i18n import _
from cards.templates.year_card import Line, YearEvent, YearLine, year_card, year_picture
from dialogs.meeting_present import plan_of
from dialogs.room import Reply, Room, say

FIRST: Final = 2000
LAST: Final = 2199
MOST_MEETINGS: Final = 200
_FOR_ALL: Final = frozenset({"intake_closes", "pack"})
"""Deadlines that stand in the picture whoever owes them."""


async def year_wheel(room: Room, words: str) -> Reply:
    """``words``: the year, or nothing for the present one."""
    this = room.today.year
    year = int(words) if words.isdecimal() and FIRST <= int(words) <= LAST else this
    starts, ends = _instant(year), _instant(year + 1)
    found = await room.work.meetings.between(starts, ends, MOST_MEETINGS)
    following = await room.work.meetings.upcoming(Body.BOARD, ends, 2) if year >= this else ()
    meetings = [*(m for m in found if may_know(m, room.actor)), *following]
    events = await evaluation_in(room, year)
    both: list[Line] = [*_lines(room, meetings, year), *events]
    lines = sorted(both, key=lambda line: line.day)
    others = [y for y in (year - 1, year + 1) if FIRST <= y <= LAST]
    card = year_card(year, lines, room.today, room.mandate, others)
    return say(card, year_picture(year, lines, room.today, room.mandate))


def _lines(room: Room, meetings: list[Meeting], year: int) -> list[YearLine]:
    """The year's meetings, and its deadlines: the reader's own, and those that concern everybody.

    Early next year's board meetings have deadlines in this year.
    """
    lines = []
    prepared = {meeting.serves for meeting in meetings if meeting.is_planned}
    for meeting in meetings:
        if meeting.day.year == year:
            lines.append(YearLine(meeting.day, meeting))
        if meeting.is_planned:
            ahead = [
                d for d in plan_of(room, meeting) if d.offset.ends_by != "scheduling" or meeting.id not in prepared
            ]
            lines += [line for d in ahead if (line := _deadline(room, meeting, d, year))]
    return sorted(lines, key=lambda line: (line.day, bool(line.deadline)))


async def evaluation_in(room: Room, year: int) -> list[YearEvent]:
    """The yearly evaluation (mandatet § 8): as it was, or as it is planned."""
    plan = room.mandate.evaluation
    if plan is None:
        return []
    mine, round_ = bool(room.actor.roles & set(plan.asks)), await room.work.evaluations.of_year(year)
    if round_ is not None:
        opened, due = local_day(round_.opened_at), round_.due
    else:
        day = opening_day(plan, year, await first_meeting(plan, year, room.work), room.calendar)
        if day is None or day < room.today:
            return []
        opened, due = day, last_day_to_answer(plan, day, room.calendar)
    opens = YearEvent(opened, _("Årlig evaluering åpner"), _("evaluering"))
    last = YearEvent(due, _("Siste dag for å svare på evalueringen"), _("svar"), mine=True)
    return [one for one in (opens, *((last,) if mine else ())) if one.day.year == year]


def _deadline(room: Room, meeting: Meeting, deadline: Deadline, year: int) -> YearLine | None:
    owed = bool(room.actor.roles & set(deadline.offset.owed_by)) and not deadline.offset.is_news
    mine = owed and deadline.planned >= room.today
    if deadline.planned.year != year or not (mine or deadline.offset.id in _FOR_ALL):
        return None
    return YearLine(deadline.planned, meeting, deadline.offset.id, mine)


def _instant(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), datetime.min.time(), OSLO).astimezone(UTC)
