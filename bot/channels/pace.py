"""How fast one person may act: a bucket of acts that fills up again evenly."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from board.clock import Clock

Verdict: TypeAlias = Literal["go", "tell", "silent"]
"""Act; say once that it goes too fast; stay silent, for it was just said."""

TELL_AGAIN = timedelta(seconds=10)
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    told_at: datetime | None = None


class Pace:
    """``per_minute`` acts a person, all of which may come at once; 0 switches it off."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def take(self, person: tuple[str, str]) -> Verdict:
        """Count one act of a person."""
        if self._size <= 0:
            return "go"
        now = self._clock.now()
        bucket = self._bucket(person, now)
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            return "go"
        if bucket.told_at is not None and timedelta(0) <= now - bucket.told_at < TELL_AGAIN:
            return "silent"
        bucket.told_at = now
        return "tell"

    def _bucket(self, person: tuple[str, str], now: datetime) -> _Bucket:
        bucket = self._buckets.get(person)
        if bucket is None:
            bucket = self._buckets[person] = _Bucket(self._size, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(person)
        # a clock set back gives nothing and takes nothing
        passed = max((now - bucket.at).total_seconds(), 0.0)
        bucket.left = min(self._size, bucket.left + passed * self._size / 60.0)
        bucket.at = now
        return bucket
