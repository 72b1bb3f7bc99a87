"""The schema's verdict on a card, part by part and each shape once: the whole at once takes a tenth of a second.

Elements of a body, and actions of a card, are judged by the schema one by one; what a text says never matters to it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from tests.cards.reading_cards import schema_errors

_WORDS = frozenset(
    ("text", "title", "label", "value", "placeholder", "errorMessage", "fallbackText", "id", "targetElements")
)


def errors_by_parts(card: dict[str, Any]) -> list[str]:
    """Where the card breaks the schema of 1.5."""
    frame = {name: value for name, value in card.items() if name not in ("body", "actions")}
    parts = [{"body": [element]} for element in card.get("body", ())]
    parts += [{"actions": [action]} for action in card.get("actions", ())]
    return [error for part in ({}, *parts) for error in _errors(json.dumps(_shape(frame | part), sort_keys=True))]


@lru_cache(maxsize=20_000)
def _errors(shape: str) -> tuple[str, ...]:
    return tuple(schema_errors(json.loads(shape)))


def _shape(node: Any, name: str = "") -> Any:
    """The same card with every text of one letter, and what a button carries left out."""
    if isinstance(node, dict):
        return {key: {} if key == "data" else _shape(value, key) for key, value in node.items()}
    if isinstance(node, list):
        shapes = [_shape(value, name) for value in node]
        return [shape for n, shape in enumerate(shapes) if shape not in shapes[:n]]
    return "x" if isinstance(node, str) and node and name in _WORDS else node
