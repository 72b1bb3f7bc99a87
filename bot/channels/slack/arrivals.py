"""What was acknowledged and is not done yet: Slack sends it no more, so it is kept until it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol


class Arrivals(Protocol):
    """``storage.arrivals.Arrivals``; in tests ``tests/fakes``. Each call is a short transaction of its own.

    A payload is kept as it came, under a key that every delivery of it has in common.
    """

    async def take(self, key: str, body: str, now: datetime, lease: timedelta) -> bool:
        """Keeps it, and gives the caller until ``lease`` is over to do it. False: it came before, and is nobody's
        business now (done, or another's)."""
        ...

    async def done(self, key: str, now: datetime) -> None:
        """Its body is dropped; that it came is known until it is purged."""
        ...

    async def left(self, now: datetime, limit: int, lease: timedelta) -> Sequence[tuple[str, str]]:
        """Takes up those whose taker had its time and did not do them, the oldest first, as keys with bodies; safe
        beside others."""
        ...
