"""What a client would do with a card: which strings it shows, and which of them it parses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft6Validator
from markdown_it import MarkdownIt

from cards.safe import WORD_JOINER

SCHEMA: Final = Path(__file__).parent.parent / "schemas" / "adaptive-card-1.5.json"

PARSED: Final = {("TextBlock", "text"), ("Input.Toggle", "title"), ("AdaptiveCard", "fallbackText")} | {
    (kind, "errorMessage") for kind in ("Input.Text", "Input.ChoiceSet", "Input.Toggle")
}
"""Where Microsoft's renderer (adaptivecards 3.0.6) runs markdown over a string."""

_SHOWN: Final = PARSED | {
    ("TextRun", "text"),
    ("Input.Text", "label"),
    ("Input.Text", "placeholder"),
    ("Input.Text", "value"),
    ("Input.ChoiceSet", "label"),
    ("Input.ChoiceSet", "placeholder"),
    ("Input.Toggle", "label"),
    ("choice", "title"),
    *((f"Action.{kind}", "title") for kind in ("Execute", "Submit", "OpenUrl", "ShowCard", "ToggleVisibility")),
}


@cache
def _validator() -> Draft6Validator:
    return Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def schema_errors(card: dict[str, Any]) -> list[str]:
    """Where the card breaks the schema of 1.5. ``msteams`` is the host's own property, unknown to the schema."""
    known = {name: value for name, value in card.items() if name != "msteams"}
    return [error.message[:300] for error in _validator().iter_errors(known)]


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Every object of a card, without the data that buttons carry."""
    if isinstance(node, dict):
        yield node
        for name, value in node.items():
            if name != "data":
                yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def places(card: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every string that is shown: the type of its object, the property, the string."""
    for node in nodes(card):
        kind = node.get("type", "choice")
        for name, value in node.items():
            if (kind, name) in _SHOWN and isinstance(value, str):
                yield kind, name, value
        if kind == "RichTextBlock":
            yield from (("TextRun", "text", text) for text in node["inlines"] if isinstance(text, str))


def shown_words(card: dict[str, Any]) -> str:
    return "\n".join(text for _, _, text in places(card))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def after_markdown(text: str) -> str | None:
    """What a CommonMark parser shows, or ``None`` where it made anything but text of it."""
    shown = []
    for token in _markdown().parse(text):
        if token.type not in ("paragraph_open", "paragraph_close", "inline"):
            return None
        if token.type == "paragraph_close":
            shown.append("\n")
        for child in token.children or ():
            if child.type not in ("text", "softbreak", "text_special"):
                return None
            shown.append("\n" if child.type == "softbreak" else child.content)
    return "".join(shown).replace(WORD_JOINER, "")


def bare_links(text: str) -> bool:
    """Whether a parser that makes links of bare addresses would find one."""
    lowered = text.lower()
    return "://" in lowered or "www." in lowered or "mailto:" in lowered
