"""How many calls Microsoft lets a bot make."""

from __future__ import annotations

from typing import Final

from bot.channels.rates import Published, Windows

PER_CONVERSATION: Final[Windows] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
PER_APP: Final[Windows] = ((50, 1.0),)
TEAMS: Final = Published(PER_CONVERSATION, PER_APP)
"""Microsoft Learn, "Optimize your bot with rate limiting in Teams". Ours is one app in one tenant."""
