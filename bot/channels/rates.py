"""How fast calls go out: always below the rates that a platform publishes.

A call reaches the platform at some moment between its start and its end. It therefore counts in every window from its
start until that window's length after its end: however late the network brings it, no window of the platform's ever
holds more calls than ours. Times are monotonic seconds, never the board's clock, which can be moved.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.channels.base import Retry

Windows: TypeAlias = tuple[tuple[int, float], ...]
"""At most so many calls in so many seconds, several at once."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a platform says may be used: by one conversation, and by the whole app. Empty: it says nothing."""

    per_conversation: Windows
    per_app: Windows


@dataclass(frozen=True, slots=True)
class Tempo:
    """The time that rates are held in. ``now`` gives monotonic seconds, never the board's clock, which can be moved."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


REAL_TIME: Final = Tempo()

DELIVERIES_OF_APP: Final = 0.8
"""Deliveries leave at least a fifth of the app's rate to people who wait for an answer, whatever the share."""

HOUR: Final = 3_600.0
MOST_CONVERSATIONS: Final = 20_000
"""At 50 calls a second, one that is forgotten for more recent ones was idle for over six minutes."""

FIRST_PAUSE: Final = 2.0
LONGEST_PAUSE: Final = 60.0
"""Seconds that a conversation rests after a 429 that names no time; doubled while it goes on."""

ANSWER_PATIENCE: Final = 10.0
DELIVERY_PATIENCE: Final = 2.0
"""Seconds that a call waits for room before it comes back as a retry."""


def windows(published: Windows, share: float, replicas: int) -> Windows:
    """What one replica may use of the published rates. Never less than one call a window."""
    return tuple((max(1, int(most * share) // replicas), seconds) for most, seconds in published)


@dataclass(frozen=True, slots=True)
class Held:
    """No room now, and none before so many seconds. ``by_app``: the conversation itself had room."""

    seconds: float
    by_app: bool


@dataclass(slots=True)
class _Line:
    """The calls to one conversation, or of the whole app."""

    seen: float
    under_way: int = 0
    ended: deque[float] = field(default_factory=deque)
    rests_until: float = 0.0
    refusals: int = 0

    def wait(self, now: float, limits: Windows) -> float:
        """Seconds until one more call has room; 0 where it has room now."""
        longest = max(0.0, self.rests_until - now) if self.refusals else 0.0
        for most, seconds in limits:
            free = most - self.under_way
            if free <= 0:  # it counts from its end, so no earlier than this
                longest = max(longest, seconds)
            elif len(self.ended) >= free:
                longest = max(longest, self.ended[-free] + seconds - now)
        return longest

    def end(self, now: float, kept: float) -> None:
        self.under_way = max(0, self.under_way - 1)
        self.ended.append(now)
        while self.ended and now - self.ended[0] >= kept:
            self.ended.popleft()

    def rest(self, now: float, seconds: float | None) -> None:
        pause = min(FIRST_PAUSE * 2.0 ** min(self.refusals, 16), LONGEST_PAUSE) if seconds is None else seconds
        self.refusals += 1
        self.rests_until = max(self.rests_until, now + pause)


class OutgoingRates:
    """Sliding windows by conversation and for the app, one a process. Takes no time: who is held waits elsewhere.

    Answers to a person may use the published rates, deliveries the ``share`` of them; both are divided by
    ``replicas``, so that all together stay below. With more than seven replicas the least, one call a second and
    conversation, could exceed them together. ``now`` gives monotonic seconds.
    """

    def __init__(
        self, published: Published, share: float, replicas: int = 1, now: Callable[[], float] = time.monotonic
    ) -> None:
        if not 0 < share <= 1 or replicas < 1:
            raise ValueError(f"a share of {share} among {replicas} replicas: it must be above 0, at most 1; 1 or more")
        self.now = now
        self._kept = max((seconds for _, seconds in published.per_app), default=0.0)
        self._answers = windows(published.per_conversation, 1.0, replicas), windows(published.per_app, 1.0, replicas)
        of_app = min(share, DELIVERIES_OF_APP)
        self._deliveries = (
            windows(published.per_conversation, share, replicas),
            windows(published.per_app, of_app, replicas),
        )
        self._lines: OrderedDict[str, _Line] = OrderedDict()
        self._app = _Line(now())

    def __len__(self) -> int:
        """How many conversations are remembered."""
        return len(self._lines)

    def take(self, conversation: str, *, urgent: bool) -> Held | None:
        """Start a call, to be ended by :meth:`leave`; or, with nothing counted, how long there is no room for it.

        ``urgent``: a person waits for it. An empty ``conversation`` counts for the app alone.
        """
        now = self.now()
        of_conversation, of_app = self._answers if urgent else self._deliveries
        line = self._lines.get(conversation)
        own = line.wait(now, of_conversation) if line is not None else 0.0
        shared = self._app.wait(now, of_app)
        if own > 0 or shared > 0:
            return Held(max(own, shared), by_app=own <= 0)
        self._app.under_way += 1
        if conversation:
            self._line(conversation, now).under_way += 1
        return None

    def leave(self, conversation: str, refusal: Retry | None = None) -> None:
        """A call ended. ``refusal``: with a 429, after which the conversation rests as long as the platform said."""
        now = self.now()
        self._app.end(now, self._kept)
        if not conversation:
            return
        line = self._line(conversation, now)
        line.end(now, HOUR)
        if refusal is not None:
            line.rest(now, refusal.after)
        elif line.rests_until <= now:  # one that was under way before the 429 does not end the rest
            line.refusals = 0

    def _line(self, conversation: str, now: float) -> _Line:
        line = self._lines.get(conversation)
        if line is None:
            self._forget(now)
            line = self._lines[conversation] = _Line(now)
        else:
            self._lines.move_to_end(conversation)
        line.seen = now
        return line

    def _forget(self, now: float) -> None:
        """Those who were idle for an hour, and the most idle one where there are too many."""
        while self._lines:
            oldest = next(iter(self._lines.values()))
            if len(self._lines) < MOST_CONVERSATIONS and now - oldest.seen < HOUR:
                return
            self._lines.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Gate:
    """What every call passes. Without ``rates`` it stands open.

    An ``urgent`` call waits here for room. A delivery waits for the app's rate only, which holds all deliveries alike;
    where its conversation has no room it comes back at once, so that one conversation never keeps others waiting.
    """

    rates: OutgoingRates | None = None
    urgent: bool = False
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def enter(self, conversation: str, *, patient: bool = True) -> Retry | None:
        """None: go, and :meth:`leave` afterwards. Else not now; no call may be made. Impatient calls never wait."""
        if self.rates is None:
            return None
        until = self.rates.now() + (self._patience if patient else 0.0)
        while (held := self.rates.take(conversation, urgent=self.urgent)) is not None:
            waits = self.urgent or held.by_app
            if not waits or self.rates.now() + held.seconds > until:
                return Retry(held.seconds, throttled=True, detail="pace")
            await self.sleep(held.seconds)
        return None

    def leave(self, conversation: str, refusal: Retry | None = None) -> None:
        if self.rates is not None:
            self.rates.leave(conversation, refusal)

    @property
    def _patience(self) -> float:
        return ANSWER_PATIENCE if self.urgent else DELIVERY_PATIENCE
