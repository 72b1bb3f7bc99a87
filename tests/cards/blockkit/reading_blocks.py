"""What a person sees of blocks, and what Slack would make of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cards.safe import WORD_JOINER
from tests.cards.reading_mail import BARE_LINK

Json = dict[str, Any]

MARKUP: Final = re.compile(r"[*_~`@]|<[^>]*>|&(?:amp|lt|gt);|^\s*>|:[^\s:]+:|#\w", re.MULTILINE)
_OURS: Final = re.compile(r"^\*(?P<bold>[^*\n]+)\*|(?<=\s)\*(?P<more>[^*\n]+)\*(?=\s|$)", re.MULTILINE)


def texts(node: object) -> Iterator[Json]:
    """Every text object, in order."""
    if isinstance(node, dict):
        if node.get("type") in ("plain_text", "mrkdwn", "text"):
            yield node
        else:
            for name, value in node.items():
                if name != "value":
                    yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def shown(node: object) -> str:
    """All words, without signs of ours that nobody sees."""
    return "\n".join(_unmarked(text) for text in texts(node)).replace(WORD_JOINER, "")


def _unmarked(text: Json) -> str:
    words: str = text["text"]
    return _OURS.sub(r"\g<bold>\g<more>", words) if text["type"] == "mrkdwn" else words


def harm(node: object) -> list[str]:
    """Words in which Slack, or a phone, would find a format, a mention, an emoji or a link.

    Nobody looks for addresses on what is pressed.
    """
    pressed = {text["text"] for block in _listed(node) for text in texts(block.get("elements")) if _has_buttons(block)}
    found = []
    for text in texts(node):
        words = text["text"]
        if text["type"] == "mrkdwn" and (MARKUP.search(_unmarked(text)) or not text.get("verbatim")):
            found.append(words)
        if text["type"] == "plain_text" and text.get("emoji") is not False:
            found.append(words)
        if text["type"] != "text" and words not in pressed and BARE_LINK.search(words):
            found.append(words)
    return found


def _listed(node: object) -> list[Json]:
    return node if isinstance(node, list) else []


def _has_buttons(block: Json) -> bool:
    return bool(block["type"] == "actions")


def buttons(blocks: Sequence[Json]) -> list[Json]:
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def inputs(blocks: Sequence[Json]) -> dict[str, Json]:
    """Each input's element by its block's id."""
    return {block["block_id"]: block["element"] for block in blocks if block["type"] == "input"}


def filled(view: Json) -> Json:
    """``state.values`` of a view in which nobody has changed anything, as Slack sends it."""
    return {name: {name: _state(element)} for name, element in inputs(view["blocks"]).items()}


def _state(element: Json) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ("radio_buttons", "static_select"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "selected_options": element.get("initial_options", [])}
