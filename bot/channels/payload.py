"""Reading an activity's JSON without trusting any of it: every value has the type asked for, or is absent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

import orjson

from cards.message import Json

Payload: TypeAlias = Mapping[str, Any]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_ID = 512
"""Characters of an identifier. The platform's longest are under 300; a longer one fits no column."""

_EXACT = 2**53
_NOTHING: Payload = {}


class Unreadable(Exception):
    """The body is no activity. The message says why, for the one who sent it."""


def read_payload(body: bytes) -> dict[str, Any]:
    """The activity in a request body. Raises :class:`Unreadable`."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unreadable("the body is not JSON") from error
    if not isinstance(payload, dict):
        raise Unreadable("the body is not a JSON object")
    if not _is_shallow(payload):
        raise Unreadable(f"the body is nested deeper than {MAX_DEPTH}")
    if b"\\u0000" in body:
        cleaned: dict[str, Any] = _without_nul(payload)
        return cleaned
    return payload


def text(of: Payload, name: str, longest: int | None = None) -> str:
    """A text, empty when it is absent, not a text, or longer than ``longest`` characters."""
    value = of.get(name)
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        return ""
    return value


def identifier(of: Payload, name: str) -> str:
    """An id: a text without control characters, of a length that a real one can have; else empty."""
    value = text(of, name, MAX_ID)
    return value if value.isprintable() else ""


def part(of: Payload, name: str) -> Payload:
    """An object, empty when it is absent or something else."""
    value = of.get(name)
    return value if isinstance(value, dict) else _NOTHING


def parts(of: Payload, name: str) -> list[Payload]:
    """The objects of a list; what is no object is left out."""
    value = of.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def plain(value: Any) -> Json:
    """A JSON value without fractions and without integers that a program may round: those come as text."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        is_whole = math.isfinite(value) and value.is_integer() and abs(value) < _EXACT
        return int(value) if is_whole else repr(value)
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    return value if isinstance(value, str | int) else None


def _is_shallow(payload: dict[str, Any]) -> bool:
    level: list[Any] = [payload]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]
        if not level:
            return True
    return False


def _inside(container: Any) -> Any:
    return container.values() if isinstance(container, dict) else container


def _without_nul(value: Any) -> Any:
    """No database keeps the character NUL, and nobody types it."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nul(inner) for inner in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(inner) for name, inner in value.items()}
    return value
