"""Reading what a person sees: words, buttons and inputs of a card, whichever chat it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.scenarios.world import Chat


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card, depth first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from elements(value)
    elif isinstance(node, list):
        for value in node:
            yield from elements(value)


def words(card: dict[str, Any]) -> str:
    """Everything a person reads on a card, also titles of buttons, labels and values of inputs."""
    keys = ("text", "title", "label", "value", "placeholder", "errorMessage")
    found = []
    for element in elements(card):
        found += [str(element[k]) for k in keys if isinstance(element.get(k), str)]
        found += [run for run in element.get("inlines", ()) if isinstance(run, str)]
    return " ".join(found)


def shown(chat: Chat) -> str:
    """Everything that stands in a chat now."""
    return "\n".join(words(card) for card in chat.cards.values())


def button(card: dict[str, Any], verb: str) -> dict[str, Any]:
    found = [e for e in elements(card) if e.get("type") == "Action.Execute" and e.get("verb") == verb]
    assert found, f"no button {verb}; there are {verbs(card)}"
    return found[0]


def verbs(card: dict[str, Any]) -> list[str]:
    return [e["verb"] for e in elements(card) if e.get("type") == "Action.Execute"]


def inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in elements(card) if str(e.get("type", "")).startswith("Input.")}
