"""One request under way: the turn it holds and the HTTP answer it is owed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.channels.base import Turn

KEY = "saksgang.exchange"
"""Where the exchange lies in ``TurnContext.turn_state``."""

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What the platform gets for its request. Invokes have a body."""

    status: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Exchange:
    """``answered`` releases the HTTP answer; the turn may go on working after it."""

    turn: Turn
    is_invoke: bool
    answered: Callable[[HttpAnswer], None]


DONE = HttpAnswer(200)


def invoke_card(card: dict[str, Any]) -> HttpAnswer:
    """Replaces the card that was pressed."""
    return _invoke(200, CARD, card)


def invoke_message(words: str) -> HttpAnswer:
    """Leaves the card as it is and shows words beside it."""
    return _invoke(200, MESSAGE, words)


def invoke_error(status: int, code: str, message: str) -> HttpAnswer:
    """The press could not be understood. Teams wants HTTP 200 and the error inside."""
    return _invoke(status, ERROR, {"code": code, "message": message})


def _invoke(status: int, kind: str, value: object) -> HttpAnswer:
    return HttpAnswer(200, orjson.dumps({"statusCode": status, "type": kind, "value": value}))
