"""How many calls Slack lets an app make, and how they are kept below that.

docs.slack.dev, "Rate limits": each method has a tier, so many calls a minute by app and workspace. A new message has a
rate of its own, one a second and channel; short bursts are allowed, but not how long: here five.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.channels.rates import REAL_TIME, Gate, OutgoingRates, Published, Tempo

MINUTE: Final = 60.0
POSTING: Final = Published(((5, 5.0), (60, MINUTE)), ())
"""Slack speaks of a limit of the whole workspace too, but names none."""
TIER_1: Final = Published((), ((1, MINUTE),))
TIER_2: Final = Published((), ((20, MINUTE),))
TIER_3: Final = Published((), ((50, MINUTE),))
TIER_4: Final = Published((), ((100, MINUTE),))

SLACK: Final[Mapping[str, Published]] = {
    "apps.connections.open": TIER_1,
    "auth.test": TIER_4,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": POSTING,
    "chat.update": TIER_3,
    "conversations.info": TIER_3,
    "conversations.open": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "users.info": TIER_4,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
"""``auth.test`` has several hundred a minute: far from what one process needs."""


class Paces:
    """The windows of every method, one a process. ``share`` of the rates is for deliveries; 0: all stands open."""

    def __init__(self, share: float, replicas: int = 1, tempo: Tempo = REAL_TIME) -> None:
        self._tempo = tempo
        self._rates = (
            {method: OutgoingRates(published, share, replicas, tempo.now) for method, published in SLACK.items()}
            if share
            else {}
        )
        self._others = OutgoingRates(TIER_2, share, replicas, tempo.now) if share else None

    def gate(self, method: str, *, urgent: bool) -> Gate:
        """What a call passes. A method that is not listed shares the second tier with the others like it."""
        return Gate(self._rates.get(method, self._others), urgent, self._tempo.sleep)

    @staticmethod
    def room(method: str, conversation: str) -> str:
        """What a call is counted by: new messages by channel; all else by method, so that a 429 rests the method."""
        return conversation if SLACK.get(method) is POSTING and conversation else method
