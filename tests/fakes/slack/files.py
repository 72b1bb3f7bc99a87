"""``files.*``, the upload address and the download address."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.chat import post
from tests.fakes.slack.ledger import Stored
from tests.fakes.slack.state import Refused, State, text_of
from tests.fakes.slack.workspace import APP, BOT_TOKEN, BOT_USER, TEAM


def upload_url(state: State, arguments: Json) -> Json:
    """``files.getUploadURLExternal``: the bytes are awaited there, exactly so many."""
    name, length = text_of(arguments, "filename"), text_of(arguments, "length")
    if not length.isdecimal() or not int(length):
        raise Refused("invalid_arguments", "length must be a positive number of bytes")
    id_ = state.ledger.next_id("F")
    state.ledger.files[id_] = Stored(id_, name, b"")
    return {"ok": True, "upload_url": f"{state.root}/upload/v1/{id_}?length={length}", "file_id": id_}


async def take_upload(state: State, request: web.Request) -> web.Response:
    """The bytes arrive, plainly or as a form's ``file``."""
    id_ = request.match_info["file"]
    if id_ not in state.ledger.files:
        return web.Response(status=404, text="not found")
    content = await _content(request)
    if str(len(content)) != request.query.get("length"):
        state.violated(f"upload of {id_}: {len(content)} bytes where {request.query.get('length')} were announced")
        return web.Response(status=400, text="wrong length")
    state.ledger.files[id_] = replace(state.ledger.files[id_], content=content)
    return web.Response(text=f"OK - {len(content)}")


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def complete(state: State, arguments: Json) -> Json:
    """``files.completeUploadExternal``: the files appear, in a channel where one is named."""
    listed = arguments.get("files")
    if not isinstance(listed, list) or not listed:
        raise Refused("invalid_arguments", "files must be a list")
    channel = text_of(arguments, "channel_id", required=False)
    if channel:
        channel = state.place(channel).id
    done = []
    for one in listed:
        stored = state.ledger.files.get(one.get("id", ""))
        if stored is None or not stored.content:
            raise Refused("file_not_found")
        stored = replace(stored, title=one.get("title") or stored.name, shared_in=channel)
        state.ledger.files[stored.id] = stored
        done.append(shown(state, stored, BOT_USER))
    if channel and arguments.get("initial_comment"):
        post(state, {"channel": channel, "text": arguments["initial_comment"]})
    state.ledger.touch()
    return {"ok": True, "files": done}


def shown(state: State, stored: Stored, user: str) -> Json:
    """A file as events and methods show it."""
    place = f"{state.root}/files-pri/{TEAM}-{stored.id}"
    return {
        "id": stored.id,
        "created": 1767225600,
        "timestamp": 1767225600,
        "name": stored.name,
        "title": stored.title or stored.name,
        "mimetype": stored.mimetype,
        "filetype": stored.name.rpartition(".")[2].lower(),
        "user": user,
        "user_team": TEAM,
        "app_id": APP,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "size": len(stored.content),
        "url_private": f"{place}/{stored.name}",
        "url_private_download": f"{place}/download/{stored.name}",
        "file_access": "visible",
    }


async def download(state: State, request: web.Request) -> web.Response:
    """The bytes; without the bot's token Slack sends its sign-in page, with status 200."""
    id_ = request.match_info["place"].rpartition("-")[2]
    if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
        state.violated(f"download of {id_} without the bot's token")
        return web.Response(
            text="<!DOCTYPE html><html><head><title>Slack</title></head></html>", content_type="text/html"
        )
    stored = state.ledger.files.get(id_)
    if stored is None:
        return web.Response(status=404)
    return web.Response(body=stored.content, content_type=stored.mimetype)
