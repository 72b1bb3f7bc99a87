"""«tid 2026-04-01 08:00»: local mode's clock, moved forward from the chat, so that what falls due happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from board.clock import OSLO
from bot.clocks import MovableClock
from cards.formats import date_time
from cards.message import Message
from cards.templates import system


def read_instant(text: str) -> datetime | None:
    """A local time in Oslo, ISO with a space or a T, or an instant with its zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=OSLO)).astimezone(UTC)


class ClockFromChat:
    """``happen`` lets all happen that falls due at the new time."""

    def __init__(self, clock: MovableClock, happen: Callable[[], Awaitable[None]]) -> None:
        self._clock, self._happen = clock, happen

    async def __call__(self, wish: str) -> Message:
        instant = read_instant(wish)
        if instant is None or not self._clock.move_to(instant):
            return system.clock_unclear()
        await self._happen()
        return system.clock_moved(date_time(self._clock.now()))
