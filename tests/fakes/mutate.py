"""Broken activities without end, the same ones for the same seed: what an edge must survive.

``mutated(seed, count, personas)`` gives request bodies: valid activities with one to four things wrong with
them, now and then wrong as JSON or as bytes.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.fakes.teams import Persona

_FIELDS = [
    "type",
    "id",
    "channelId",
    "serviceUrl",
    "from",
    "conversation",
    "recipient",
    "text",
    "textFormat",
    "value",
    "name",
    "replyToId",
    "channelData",
    "entities",
    "attachments",
    "locale",
    "action",
    "membersAdded",
    "membersRemoved",
    "deliveryMode",
    "timestamp",
]

_TYPES = [
    "message",
    "invoke",
    "installationUpdate",
    "conversationUpdate",
    "typing",
    "event",
    "messageReaction",
    "messageUpdate",
    "endOfConversation",
    "handoff",
    "invokeResponse",
    "trace",
    "Message",
    "''",
    "null",
]

_NAMES = ("adaptiveCard/action", "task/fetch", "fileConsent/invoke", "composeExtension/query", "signin/verifyState", "")


def mutated(seed: int, count: int, personas: Sequence[Persona]) -> Iterator[bytes]:
    """``count`` request bodies."""
    chance = random.Random(seed)
    for number in range(count):
        payload = _start(chance, chance.choice(personas)) | {"id": f"fuzz-{seed}-{number}"}
        for _ in range(chance.randint(1, 4)):
            chance.choice(_MUTATIONS)(payload, chance)
        yield _as_bytes(payload, chance)


def spoil(payload: dict[str, Any], chance: random.Random) -> bytes:
    """Any platform's payload with up to three things wrong with it, as JSON that may be wrong too."""
    for _ in range(chance.randint(0, 3)):
        chance.choice((_replace, _replace, _drop, _drop, _swap_two, _deepen))(payload, chance)
    return _as_bytes(payload, chance)


def _swap_two(payload: dict[str, Any], chance: random.Random) -> None:
    if len(places := _places(payload)) > 1:
        (one, first), (other, second) = chance.sample(places, 2)
        one[first], other[second] = copy.deepcopy(other[second]), copy.deepcopy(one[first])


def _start(chance: random.Random, persona: Persona) -> dict[str, Any]:
    data = {"id": "case-1", "rev": 1, "title": "Ny løsning"}
    starts = (
        persona.says("frister"),
        persona.says("meld sak"),
        persona.presses("case.save", data),
        persona.submits({"verb": "case.save"} | data),
        persona.installs(),
        persona.joins(),
        persona.in_channel("frister"),
        persona.sends_file("notat.pdf", "https://example.sharepoint.com/download?x=1"),
    )
    return copy.deepcopy(chance.choice(starts))


def _junk(chance: random.Random, depth: int = 0) -> Any:
    """Any JSON value, and the strings that break things."""
    plain: list[Any] = [
        None,
        True,
        False,
        0,
        -1,
        2**31,
        2**63,
        2**64 - 1,
        1e308,
        0.1,
        "",
        " ",
        "\x00",
        "a\x00b",
        "\u202edrow",
        "🧾" * 50,
        "&#" + "9" * 6000 + ";",
        "&#xD800;",
        "<at" * 800,
        "<at>" * 500 + "</at>" * 500,
        "'; DROP TABLE cases; --",
        "../../etc/passwd",
        "https://evil.example/",
        "http://127.0.0.1@evil.example/",
        "%s%n{0}${x}",
        "x" * chance.choice((100, 600, 5_000, 40_000)),
        "2026-13-45",
        "NaN",
    ]
    if depth < 3 and chance.random() < 0.35:
        if chance.random() < 0.5:
            return [_junk(chance, depth + 1) for _ in range(chance.randint(0, 4))]
        names = (*_FIELDS, "verb", "data", "action", "msteams", "tenant", "team", "mentioned", "id", "x" * 300)
        return {chance.choice(names): _junk(chance, depth + 1) for _ in range(chance.randint(0, 4))}
    return chance.choice(plain)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) inside a value."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        container = waiting.pop()
        keys = list(container) if isinstance(container, dict) else range(len(container))
        for key in keys:
            found.append((container, key))
            if isinstance(container[key], dict | list):
                waiting.append(container[key])
    return found


def _replace(payload: dict[str, Any], chance: random.Random) -> None:
    if places := _places(payload):
        container, key = chance.choice(places)
        container[key] = _junk(chance)


def _drop(payload: dict[str, Any], chance: random.Random) -> None:
    if places := _places(payload):
        container, key = chance.choice(places)
        del container[key]


def _add(payload: dict[str, Any], chance: random.Random) -> None:
    payload[chance.choice(_FIELDS)] = _junk(chance)


def _retype(payload: dict[str, Any], chance: random.Random) -> None:
    payload["type"] = chance.choice(_TYPES)


def _rename_invoke(payload: dict[str, Any], chance: random.Random) -> None:
    payload["name"] = chance.choice(_NAMES)


def _swap(payload: dict[str, Any], chance: random.Random) -> None:
    first, second = chance.sample(_FIELDS, 2)
    payload[first], payload[second] = payload.get(second), payload.get(first)


def _deepen(payload: dict[str, Any], chance: random.Random) -> None:
    nested: Any = "bottom"
    for _ in range(chance.choice((5, 25, 31, 40, 200))):
        nested = {"data": nested} if chance.random() < 0.5 else [nested]
    payload[chance.choice(("value", "channelData", "entities", "text"))] = nested


def _forge_press(payload: dict[str, Any], chance: random.Random) -> None:
    data = {chance.choice(("id", "rev", "title", "reason", "deadline")): _junk(chance) for _ in range(3)}
    verb = chance.choice(("case.submit", "case.confirm", "case.accept", "", "no.such", _junk(chance)))
    payload["value"] = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "verb": verb}


_MUTATIONS = (_replace, _replace, _replace, _drop, _drop, _add, _retype, _rename_invoke, _swap, _deepen, _forge_press)


def _as_bytes(payload: dict[str, Any], chance: random.Random) -> bytes:
    body = json.dumps(payload).encode()
    dice = chance.random()
    if dice < 0.02:
        return body[: chance.randrange(len(body))]
    if dice < 0.04:
        at = chance.randrange(len(body))
        return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    if dice < 0.05:
        return chance.choice((b"", b"[]", b"null", b"1", b'"text"', b"\xff\xfe", b"{" * 2000, b"[" * 100_000))
    return body
