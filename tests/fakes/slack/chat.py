"""``chat.*``: messages."""

from __future__ import annotations

from typing import Final

from tests.fakes.slack.blocks import Json, with_ids
from tests.fakes.slack.judging import judge_message
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.state import Refused, State, text_of
from tests.fakes.slack.workspace import APP, BOT, BOT_USER, TEAM

_CONTENT: Final = ("text", "blocks", "attachments")


def post(state: State, arguments: Json) -> Json:
    channel = state.place(text_of(arguments, "channel"))
    content = _content(state, "chat.postMessage", arguments)
    body = _by_bot(content, state.ledger.next_ts())
    if arguments.get("thread_ts"):
        body["thread_ts"] = arguments["thread_ts"]
    state.ledger.draw(Posted(channel.id, body))
    return {"ok": True, "channel": channel.id, "ts": body["ts"], "message": body}


def update(state: State, arguments: Json) -> Json:
    channel = state.place(text_of(arguments, "channel")).id
    ts = text_of(arguments, "ts")
    if ts not in state.ledger.channels[channel]:
        raise Refused("message_not_found")
    content = _content(state, "chat.update", arguments)
    body = _by_bot(content, ts) | {"edited": {"user": BOT_USER, "ts": state.ledger.next_ts()}}
    state.ledger.draw(Posted(channel, body))
    return {"ok": True, "channel": channel, "ts": ts, "text": body["text"], "message": body}


def delete(state: State, arguments: Json) -> Json:
    channel = state.place(text_of(arguments, "channel")).id
    ts = text_of(arguments, "ts")
    if state.ledger.channels[channel].pop(ts, None) is None:
        raise Refused("message_not_found")
    state.ledger.touch()
    return {"ok": True, "channel": channel, "ts": ts}


def whisper(state: State, arguments: Json) -> Json:
    """``chat.postEphemeral``: one person in the channel sees it, until the client is opened again."""
    channel = state.place(text_of(arguments, "channel")).id
    user = text_of(arguments, "user")
    if user not in state.workspace.users:
        raise Refused("user_not_in_channel")
    content = _content(state, "chat.postEphemeral", arguments)
    body = _by_bot(content, state.ledger.next_ts())
    state.ledger.whisper(Posted(channel, body, ephemeral_to=user))
    return {"ok": True, "message_ts": body["ts"]}


def _content(state: State, method: str, arguments: Json) -> Json:
    content = {name: arguments[name] for name in _CONTENT if arguments.get(name)}
    if not content:
        state.violated(f"{method}: no text")
        raise Refused("no_text")
    if content.keys() == {"blocks"}:
        state.violated(f"{method}: without text a notification and a screen reader have nothing to say")
    judge_message(state, method, content)
    return content


def _by_bot(content: Json, ts: str) -> Json:
    body: Json = {"type": "message", "user": BOT_USER, "ts": ts, "bot_id": BOT, "app_id": APP, "team": TEAM}
    body |= {"text": content.get("text", "")}
    if content.get("blocks"):
        body["blocks"] = with_ids(content["blocks"])
    if content.get("attachments"):
        body["attachments"] = content["attachments"]
    return body
