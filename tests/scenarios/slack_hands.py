"""What a person in Slack does, as requests that are not sent yet; and how answers are put into a window."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.inputs import CannotDo
from tests.fakes.slack.ledger import OpenView, Posted
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.requests import SlackRequest
from tests.scenarios.slack_reading import Card


@dataclass
class SlackHands:
    """What the person does, as requests that are not sent yet. The names are those of Teams' persona."""

    persona: Persona
    user: str
    name: str

    @property
    def chat(self) -> str:
        return self.persona.dm

    def says(self, text: str) -> SlackRequest:
        return self.persona.says(text)

    def presses(self, verb: str, data: Mapping[str, Any], message_id: str = "unknown") -> SlackRequest:
        """Any button, also one that is nowhere."""
        return self.persona.presses(_crafted(self.persona.dm, verb, data, message_id), verb)


def asked_in(card: Card) -> Iterator[Card]:
    return (e for e in card["body"] if str(e.get("type", "")).startswith("Input."))


def which(button: Card) -> dict[str, Any]:
    return {"action_id": button["pressed"]["action_id"], "block_id": button["pressed"]["block_id"]}


def _crafted(channel: str, verb: str, data: Mapping[str, Any], message_id: str) -> Posted:
    value = json.dumps(dict(data), ensure_ascii=False)
    button = {"type": "button", "action_id": verb, "value": value, "text": {"type": "plain_text", "text": verb}}
    ts = message_id if message_id != "unknown" else "1767225600.000001"
    blocks = [{"type": "actions", "block_id": "crafted", "elements": [button]}]
    return Posted(channel, {"type": "message", "ts": ts, "text": verb, "blocks": blocks})


def filled(window: OpenView, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as this window takes them. Raises ``CannotDo`` where it asks no such thing."""
    elements = {block["block_id"]: block["element"] for block in window.blocks if block["type"] == "input"}
    values: dict[str, Any] = {}
    for name, value in inputs.items():
        if name not in elements:
            raise CannotDo(f"{name} is not asked, but {sorted(elements)}")
        values |= _one(name, elements, str(value))
    return values


def _offers(element: Mapping[str, Any], value: str) -> bool:
    return any(option["value"] == value for option in element.get("options", ()))


def _one(name: str, elements: Mapping[str, Mapping[str, Any]], value: str) -> dict[str, Any]:
    element = elements[name]
    if element["type"] == "checkboxes" and [o["value"] for o in element["options"]] == ["true"]:
        return {name: ["true"] if value == "true" else []}
    if element["type"] in ("checkboxes", "multi_static_select"):
        return {name: [one for one in value.split(",") if one]}
    if element["type"] in ("static_select", "radio_buttons"):
        return {name: value or None} if value != "none" or _offers(element, value) else {}
    room = element.get("max_length", 3000)
    if len(value) > room and f"{name}~2" in elements:
        return {name: value[:room], f"{name}~2": value[room:]}
    return {name: value or None}
