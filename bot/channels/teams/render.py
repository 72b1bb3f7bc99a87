"""The two drawings of a message that Teams needs; ``bot.app`` hands in those of ``cards``."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from cards.message import Message, Picture

ADAPTIVE_CARD: Final = "application/vnd.microsoft.card.adaptive"
PNG: Final = "image/png"


@dataclass(frozen=True, slots=True)
class Renderer:
    """``card`` draws an Adaptive Card as JSON, ``summary`` the line a phone shows, ``picture`` a PNG."""

    card: Callable[[Message], dict[str, Any]]
    summary: Callable[[Message], str]
    picture: Callable[[Picture], Awaitable[bytes]]

    async def attachment(self, message: Message) -> dict[str, Any]:
        """What the message is sent as: its picture, or its card."""
        if message.picture is None:
            return {"contentType": ADAPTIVE_CARD, "content": self.card(message)}
        image = base64.b64encode(await self.picture(message.picture)).decode("ascii")
        return {"contentType": PNG, "contentUrl": f"data:{PNG};base64,{image}", "name": message.picture.alt}
