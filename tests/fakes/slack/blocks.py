"""Reading blocks as the Slack client does: what stands in them, what can be pressed, what is filled in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
_ids = itertools.count(1)


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """Slack gives every block that has none an id of its own."""
    return [block if block.get("block_id") else block | {"block_id": f"auto{next(_ids)}"} for block in blocks]


def elements(blocks: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Every interactive element with its block's id, in order."""
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block.get("block_id", ""), element


def find(blocks: Sequence[Json], action_id: str, *, block_id: str = "", text: str = "") -> tuple[str, Json]:
    """One element. Raises ``LookupError`` with what is there where it is missing, or where there are several."""
    found = [
        (block, element)
        for block, element in elements(blocks)
        if element["action_id"] == action_id
        and block_id in ("", block)
        and text in ("", element.get("text", {}).get("text"))
    ]
    if len(found) != 1:
        there = [(block, element["action_id"], label(element)) for block, element in elements(blocks)]
        raise LookupError(f"{len(found)} elements {action_id!r} (block {block_id!r}, text {text!r}) among {there}")
    return found[0]


def label(element: Json) -> str:
    """What stands on it."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def words(blocks: Sequence[Json]) -> str:
    """Everything a person reads in them, a line each, with the entities of mrkdwn turned back."""
    return "\n".join(_words(list(blocks)))


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _words(item)
    elif isinstance(part, Mapping):
        if part.get("type") in ("plain_text", "mrkdwn", "text") and isinstance(part.get("text"), str):
            yield unescaped(part["text"])
            return
        for key, value in part.items():
            if key not in ("private_metadata", "value"):
                yield from _words(value)


def escaped(text: str) -> str:
    """As Slack writes a person's words in an event."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
