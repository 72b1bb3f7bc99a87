"""Meetings of the board and the working group (mandatet § 7). Times are instants; days are judged in Oslo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from board.clock import local_day
from board.ids import MeetingId
from board.people import Body


@dataclass(frozen=True, slots=True)
class Meeting:
    """``minutes`` is the planned length; ``serves`` links a working-group meeting to the board meeting it prepares."""

    id: MeetingId
    body: Body
    starts_at: datetime
    minutes: int = 120
    place: str = ""
    serves: MeetingId | None = None
    rev: int = 1

    @property
    def day(self) -> date:
        return local_day(self.starts_at)
