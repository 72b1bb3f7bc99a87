"""Messages and views for the tests of the local Slack itself."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.fakes.slack.blocks import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def field(id_: str, kind: str = "plain_text_input", *, optional: bool = True, **about: Any) -> Json:
    """An input as the bot makes them: block id and action id are the field's."""
    element = {"type": kind, "action_id": id_} | about
    return {"type": "input", "block_id": id_, "label": plain(id_), "element": element, "optional": optional}


def button(verb: str, text: str = "Trykk", **data: str) -> Json:
    return {"type": "button", "action_id": verb, "text": plain(text), "value": json.dumps(data)}


def actions(*elements: Json, id_: str = "a1") -> Json:
    return {"type": "actions", "block_id": id_, "elements": list(elements)}


def modal(*blocks: Json, title: str = "Meld sak", **about: Any) -> Json:
    view = {"type": "modal", "title": plain(title), "submit": plain("Send"), "callback_id": "form"}
    return view | {"blocks": list(blocks)} | about


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


def answers(action: str, **more: Any) -> web.Response:
    """An acknowledgement of a submitted view."""
    return web.json_response({"response_action": action} | more)
