"""The clock is a port: the rules never ask the machine what time it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
"""The board's local time. Instants are stored in UTC and judged by day here."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


def local_day(instant: datetime) -> date:
    """The calendar day in Oslo at an aware instant."""
    return instant.astimezone(OSLO).date()
