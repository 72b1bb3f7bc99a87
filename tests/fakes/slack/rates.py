"""The rates that Slack publishes, held against an app.

docs.slack.dev, "Rate limits": a method has a tier, so many calls a minute by app and workspace; ``chat.postMessage``
takes one message a second in a channel, with short bursts. How long a burst may be is not published: here five.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Final

MINUTE: Final = 60.0
PER_CHANNEL: Final = ((5, 5.0), (60, MINUTE))
TIERS: Final = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL: Final = 0
"""The tier of a method whose rate is its own: ``chat.postMessage``, by channel."""
UNHELD: Final = -1


@dataclass
class SlackRates:
    """Sliding windows by method, and by channel for new messages. ``violations`` names every call that was too much."""

    violations: list[str] = field(default_factory=list)
    _calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def exceeded(self, method: str, tier: int, channel: str, now: float) -> float | None:
        """Seconds to wait where a call at ``now`` (s) is too much; None, and counted, where it is not."""
        if tier == UNHELD:
            return None
        name, windows = method, tuple((most, MINUTE) for level, most in TIERS.items() if level == tier)
        if tier == SPECIAL:
            name, windows = f"{method} in {channel}", PER_CHANNEL
        wait = self._wait(name, windows, now)
        if wait is None:
            self._calls[name].append(now)
        return wait

    def _wait(self, name: str, windows: tuple[tuple[int, float], ...], now: float) -> float | None:
        calls = self._calls[name]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        for most, seconds in windows:
            if len(calls) >= most and now - calls[-most] < seconds:
                self.violations.append(f"{name}: more than {most} in {seconds:g} s")
                return calls[-most] + seconds - now
        return None
