"""The drawings of a message that Slack needs; ``bot.app`` hands in those of ``cards``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from cards.message import Message, Picture

Block: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Renderer:
    """All of it in the reader's language, which the message carries.

    ``blocks`` draws Block Kit, with the shelf's id of the message where ``asks`` says that a button of it must open a
    modal; ``dump`` is what stands on the shelf then. ``text`` is the line that a phone shows, escaped for Slack.
    ``picture`` draws a PNG.
    """

    blocks: Callable[[Message, str], list[Block]]
    asks: Callable[[Message], bool]
    dump: Callable[[Message], str]
    text: Callable[[Message], str]
    picture: Callable[[Picture], Awaitable[bytes]]
