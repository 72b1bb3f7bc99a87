"""What can go wrong between a bot and a platform, as a script that a server plays."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One call goes wrong: a status with its ``Retry-After``, a delay in seconds, a connection that breaks.

    ``reset`` ``before``: broken without accepting; ``after``: accepted and written down, then broken. ``delay`` comes
    first in any case; with neither status nor reset the call succeeds late. ``error`` is Slack's own word for what is
    wrong (``internal_error``), which it answers with 200.
    """

    status: int = 0
    retry_after: str | None = None
    delay: float = 0.0
    reset: Literal["before", "after"] | None = None
    error: str = ""


@dataclass
class FaultScript:
    """Faults for any conversation (``*``) or one of them, each used once, in order. A method's name is one too."""

    _queues: dict[str, deque[Fault]] = field(default_factory=dict)
    played: int = 0

    def add(self, *faults: Fault, conversation: str = "*") -> None:
        """Append faults to a script."""
        self._queues.setdefault(conversation, deque()).extend(faults)

    def next(self, *names: str) -> Fault | None:
        """The fault that this call meets, if any: the conversation's own first."""
        for name in (*names, "*"):
            queue = self._queues.get(name)
            if queue:
                self.played += 1
                return queue.popleft()
        return None

    def clear(self) -> None:
        """From now on all goes well."""
        self._queues.clear()
