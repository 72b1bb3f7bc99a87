"""The two drawings of a message that Teams needs; ``bot.app`` hands in those of ``cards``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cards.message import Message


@dataclass(frozen=True, slots=True)
class Renderer:
    """``card`` draws an Adaptive Card as JSON, ``summary`` the line a phone shows."""

    card: Callable[[Message], dict[str, Any]]
    summary: Callable[[Message], str]
