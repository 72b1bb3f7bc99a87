"""Which meeting that has begun is meant: the last one, of the body and on the day that was named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from board.clock import OSLO
from board.meeting import Meeting
from board.people import Body
from dialogs.meeting_words import Wish
from dialogs.room import Room

MOST_A_DAY: Final = 10


async def past_meeting(room: Room, wish: Wish) -> Meeting | None:
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
