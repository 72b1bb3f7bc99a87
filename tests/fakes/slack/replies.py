"""``response_url``: an answer to what a person did, without a token, five times within half an hour."""

from __future__ import annotations

import json

from aiohttp import web

from tests.fakes.slack.blocks import Json, with_ids
from tests.fakes.slack.judging import judge_message
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.state import Refused, ReplyPlace, State
from tests.fakes.slack.workspace import APP, BOT, BOT_USER, TEAM


async def take_reply(state: State, request: web.Request) -> web.Response:
    """One answer comes in."""
    place = state.replies.get(request.match_info["token"])
    if place is None or place.left <= 0:
        state.violated("response_url: used up or unknown")
        return web.json_response({"ok": False, "error": "used_url"}, status=404)
    try:
        payload = json.loads(await request.text())
        reply(state, place, payload)
    except (ValueError, Refused) as error:
        answer = error.answer if isinstance(error, Refused) else {"ok": False, "error": "invalid_payload"}
        return web.json_response(answer, status=400)
    place.left -= 1
    return web.Response(text="ok")


def reply(state: State, place: ReplyPlace, payload: Json) -> None:
    """To the one who acted alone, to the channel, or in place of the message. Refuses what Slack would."""
    if payload.get("delete_original"):
        state.ledger.channels[place.channel].pop(place.ts, None)
        state.ledger.touch()
        return
    judge_message(state, "response_url", {name: payload[name] for name in ("text", "blocks") if payload.get(name)})
    replaces = payload.get("replace_original") and place.ts
    body: Json = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}
    body |= {"ts": place.ts if replaces else state.ledger.next_ts(), "text": payload.get("text", "")}
    if payload.get("blocks"):
        body["blocks"] = with_ids(payload["blocks"])
    if replaces or payload.get("response_type") == "in_channel":
        state.ledger.draw(Posted(place.channel, body))
    else:
        state.ledger.whisper(Posted(place.channel, body, ephemeral_to=place.user))
