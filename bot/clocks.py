"""The clock port: the machine's own, and in local mode one that a chat message moves forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """Starts at an instant and goes at the usual pace; :meth:`move_to` only ever moves it forward."""

    def __init__(self, start: datetime) -> None:
        self._ahead: timedelta = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move_to(self, instant: datetime) -> bool:
        """False where the instant has passed; the clock stays then."""
        if instant <= self.now():
            return False
        self._ahead = instant - datetime.now(UTC)
        return True
