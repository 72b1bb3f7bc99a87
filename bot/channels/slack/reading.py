"""From the bytes that Slack posts to a payload, and from a payload to a turn. Never raises but what it says."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from bot.channels.payload import Payload, Unreadable, read_payload, text
from bot.channels.slack.events import read_event
from bot.channels.slack.interactions import COMMAND, read_command, read_interaction
from bot.channels.slack.turns import Arrived, Foreign, Ignored, Malformed

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_MAX_FIELDS = 64


def read_body(body: bytes, content_type: str) -> dict[str, Any]:
    """Events come as JSON, interactions as JSON in a form, commands and the certificate check as a form.

    Raises :class:`bot.channels.payload.Unreadable`.
    """
    if content_type == JSON:
        return read_payload(body)
    form = _form(body)
    inner = form.get("payload")
    return form if inner is None else read_payload(inner.encode())


def read_turn(payload: Payload, team: str) -> Arrived | Ignored | Malformed | Foreign:
    """What a payload from Slack itself is, in the workspace ``team``."""
    kind = text(payload, "type", 100)
    if kind == "event_callback":
        return read_event(payload, team)
    if kind:
        return read_interaction(payload, team)
    if text(payload, "command", 100) == COMMAND:
        return read_command(payload, team)
    return Ignored() if text(payload, "command", 100) else Malformed("missing: type or command")


def _form(body: bytes) -> dict[str, Any]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict")
    except ValueError as error:  # not UTF-8, or a flood of fields
        raise Unreadable("the body is not a form") from error
    return {name: value.replace("\x00", "") for name, value in pairs}
