"""Arrivals in memory: the double of ``storage.arrivals``, for tests of the edge alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Kept:
    body: str
    until: datetime
    is_done: bool = False


@dataclass
class MemoryArrivals:
    """Implements ``bot.channels.slack.arrivals.Arrivals``. ``broken``: what every call raises, while it is set."""

    rows: dict[str, Kept] = field(default_factory=dict)
    broken: Exception | None = None

    async def take(self, key: str, body: str, now: datetime, lease: timedelta) -> bool:
        self._check()
        known = self.rows.get(key)
        if known is not None and (known.is_done or known.until > now):
            return False
        self.rows[key] = Kept(known.body if known else body, now + lease)
        return True

    async def done(self, key: str, now: datetime) -> None:
        self._check()
        self.rows[key].is_done, self.rows[key].body = True, ""

    async def left(self, now: datetime, limit: int, lease: timedelta) -> Sequence[tuple[str, str]]:
        self._check()
        over = [key for key, row in self.rows.items() if not row.is_done and row.until <= now]
        taken = sorted(over, key=lambda key: self.rows[key].until)[:limit]
        for key in taken:
            self.rows[key].until = now + lease
        return [(key, self.rows[key].body) for key in taken]

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken
