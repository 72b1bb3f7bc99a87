"""``trigger_id``: a person did something, and for three seconds the app may open one modal for it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

LIFE: Final = 3.0
"""Seconds, as Slack publishes them."""


@dataclass
class Triggers:
    """Those given out, and to whom. ``life`` in seconds of ``now``."""

    life: float = LIFE
    now: Callable[[], float] = time.monotonic
    _given: dict[str, tuple[str, float]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def give(self, user: str) -> str:
        """A fresh one for what this person just did."""
        number = next(self._ids)
        trigger = f"{1000000000 + number}.{900000000 + number}.{number:032x}"
        self._given[trigger] = (user, self.now())
        return trigger

    def renew(self, trigger: str, user: str) -> None:
        """It counts from now: what was done reaches the app only now."""
        self._given[trigger] = (user, self.now())

    def expire(self) -> None:
        """All that were given out are too old from now on."""
        self._given = {trigger: (user, float("-inf")) for trigger, (user, _) in self._given.items()}

    def whose(self, trigger: str) -> str:
        """Who did it; empty for none that was given out."""
        return self._given.get(trigger, ("", 0.0))[0]

    def exchange(self, trigger: str) -> tuple[str, str]:
        """The user, used up from now on; else Slack's error word in the second place."""
        if trigger not in self._given:
            return "", "invalid_trigger_id"
        if trigger in self._used:
            return "", "exchanged_trigger_id"
        user, given = self._given[trigger]
        if self.now() - given > self.life:
            return "", "expired_trigger_id"
        self._used.add(trigger)
        return user, ""
