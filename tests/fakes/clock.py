"""A clock that stands until it is moved, and ids that are counted: the two ports that the rules ask of the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""08:00 in Oslo."""


class SetClock:
    """Implements ``board.clock.Clock``."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        """To any instant, also an earlier one."""
        self._now = instant

    def move(self, **time: float) -> datetime:
        """Goes on by ``timedelta(**time)``."""
        self._now += timedelta(**time)
        return self._now


class CountedIds:
    """Implements ``board.ids.IdSource``: ``id-1``, ``id-2`` …"""

    def __init__(self, word: str = "id") -> None:
        self._word, self._given = word, 0

    def new(self) -> str:
        self._given += 1
        return f"{self._word}-{self._given}"

    def secret(self) -> str:
        return f"secret-{self.new()}"
