"""The two drawings of a message that Teams needs; ``bot.app`` hands in those of ``cards``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from cards.message import Message, Picture

ADAPTIVE_CARD: Final = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class Renderer:
    """``card`` draws an Adaptive Card as JSON, ``summary`` the line a phone shows, ``picture`` a PNG.

    ``pictured`` is the card that shows it: the Playground draws no image that is attached by itself.
    """

    card: Callable[[Message], dict[str, Any]]
    summary: Callable[[Message], str]
    picture: Callable[[Picture], Awaitable[bytes]]
    pictured: Callable[[Message, bytes], dict[str, Any]]

    async def attachment(self, message: Message) -> dict[str, Any]:
        """What the message is sent as: its picture, or its card."""
        if message.picture is None:
            return {"contentType": ADAPTIVE_CARD, "content": self.card(message)}
        content = self.pictured(message, await self.picture(message.picture))
        return {"contentType": ADAPTIVE_CARD, "content": content}
