"""When people may be reminded: working days, between two times of the local day (``conversation.md``, reminders)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from board.clock import OSLO, local_day
from board.deadlines import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Hours:
    """``opens`` and ``closes`` are local times; a day off has none. Instants are given in UTC."""

    opens: time
    closes: time
    calendar: WorkingCalendar

    def opening(self, day: date) -> datetime:
        """The instant at which ``day`` begins for reminders, whether or not it is a working day."""
        return _instant(day, self.opens)

    def closing(self, day: date) -> datetime:
        return _instant(day, self.closes)

    def open_at(self, instant: datetime) -> bool:
        day = local_day(instant)
        return self.calendar.is_working_day(day) and self.opening(day) <= instant < self.closing(day)

    def first_open(self, instant: datetime) -> datetime:
        """``instant`` itself where it lies within the hours, else the next opening."""
        if self.open_at(instant):
            return instant
        day = local_day(instant)
        if instant >= self.opening(day):
            day += timedelta(days=1)
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return self.opening(day)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, OSLO).astimezone(UTC)
