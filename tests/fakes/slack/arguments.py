"""A method's arguments, however they came: a form, JSON, or in the address; lists and objects as JSON within a form."""

from __future__ import annotations

import json
from typing import Any, Final

from aiohttp import web

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.state import Refused

_STRUCTURED: Final = ("blocks", "attachments", "view", "files", "metadata")


async def read(request: web.Request) -> Json:
    """All of them. Refuses what Slack could not read."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await _body(request)
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        arguments |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    elif request.can_read_body:
        raise Refused("invalid_post_type")
    for name in _STRUCTURED:
        if isinstance(arguments.get(name), str):
            arguments[name] = _parsed(name, arguments[name])
    return {name: value for name, value in arguments.items() if name != "token"}


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise Refused("invalid_json") from error
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body


def _parsed(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError as error:
        word = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise Refused(word, f"{name} is not JSON") from error


def token(request: web.Request) -> str:
    """The bearer token. Refuses where there is none."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not value:
        raise Refused("not_authed")
    return value.strip()
