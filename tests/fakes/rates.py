"""The rates that Microsoft publishes, held against a bot."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

PER_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
PER_APP = ((50, 1.0),)
_LONGEST = 3_600.0


@dataclass
class Rates:
    """Sliding windows by conversation and for the app. ``violations`` names every call that was too much."""

    violations: list[str] = field(default_factory=list)
    _calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def exceeded(self, conversation: str, now: float) -> float | None:
        """Seconds to wait where a call at ``now`` (s) is too much; None, and counted, where it is not."""
        windows = {f"conversation {conversation}": PER_CONVERSATION, "app": PER_APP}
        waits = [self._wait(name, now, limits) for name, limits in windows.items()]
        if any(waits):
            return max(waits)
        for name in windows:
            self._calls[name].append(now)
        return None

    def _wait(self, name: str, now: float, limits: tuple[tuple[int, float], ...]) -> float:
        calls = self._calls[name]
        while calls and now - calls[0] >= _LONGEST:
            calls.popleft()
        for most, seconds in limits:
            if len(calls) >= most and now - calls[-most] < seconds:
                self.violations.append(f"{name}: more than {most} in {seconds:g} s")
                return calls[-most] + seconds - now
        return 0.0
