"""From an event of Slack's Events API to a turn of the conversation, or the reason there is none."""

from __future__ import annotations

import mimetypes

from board.delivery import Address
from bot.channels.base import IncomingFile, Installed, Removed, Said
from bot.channels.payload import Payload, identifier, part, parts, text
from bot.channels.slack.config import NAME
from bot.channels.slack.envelope import MAX_NAME, Envelope, envelope, key
from bot.channels.slack.turns import Arrived, Foreign, Homed, Ignored, Malformed, Read
from bot.channels.slack.words import read_words

_MAX_FILES = 20
_MAX_URL = 4_000
_WRITTEN = (None, "", "file_share", "me_message", "thread_broadcast")
"""Subtypes of a message that a person wrote; the others tell of edits, joins, bots."""
_LEFT = frozenset({"member_left_channel", "channel_left", "group_left"})


def read_event(payload: Payload, team: str) -> Arrived | Ignored | Malformed | Foreign:
    """What an ``event_callback`` is. Never raises, whatever the payload holds."""
    event, event_id = part(payload, "event"), identifier(payload, "event_id")
    if not event_id or not text(event, "type", 100):
        return Malformed("missing: event_id or event.type")
    if identifier(payload, "team_id") != team:
        return Foreign() if identifier(payload, "team_id") else Malformed("missing: team")
    bot = _bot(payload)
    read = _by_type(event, team, event_id, bot)
    if read is None:
        return Ignored()
    return read if isinstance(read, Malformed | Foreign) else Arrived(read, key("event", event_id))


def _by_type(event: Payload, team: str, event_id: str, bot: str) -> Read | Malformed | Foreign | None:
    kind = text(event, "type", 100)
    if kind in ("message", "app_mention"):
        return _message(event, team, event_id, bot)
    if kind == "app_home_opened":
        return _home(event, team, event_id, bot)
    if kind == "member_joined_channel":
        return _joined(event, team, event_id, bot)
    if kind in _LEFT:
        return _left(event, team, event_id, bot)
    return None


def _bot(payload: Payload) -> str:
    """The bot's own user id: the app is installed for it."""
    return next(
        (identifier(one, "user_id") for one in parts(payload, "authorizations") if one.get("is_bot") is True), ""
    )


def _message(event: Payload, team: str, event_id: str, bot: str) -> Read | Malformed | Foreign | None:
    """In a personal chat every message; elsewhere those that mention the bot, which come as events of their own."""
    whole = _whole(event, identifier(event, "user"), team, bot) if _is_written(event, bot) else None
    if not isinstance(whole, tuple):
        return whole
    sender, address = whole
    is_mention = text(event, "type", 100) == "app_mention"
    if is_mention == (address.scope == "personal"):
        return None
    words = read_words(text(event, "text"), bot)
    mentioned = is_mention or words.mentioned
    return Said(event_id, sender.sender, address, words.text, _files(event), mentioned)


def _is_written(event: Payload, bot: str) -> bool:
    """By a person, new, and not by ourselves."""
    if event.get("bot_id") or event.get("bot_profile") or event.get("edited") or event.get("hidden"):
        return False
    return event.get("subtype") in _WRITTEN and identifier(event, "user") != bot


def _home(event: Payload, team: str, event_id: str, bot: str) -> Read | Malformed | Foreign | None:
    """The home tab is drawn anew each time; whoever opens the messages has a chat with the bot now."""
    whole = _whole(event, identifier(event, "user"), team, bot)
    if not isinstance(whole, tuple):
        return whole
    sender, address = whole
    if address.scope != "personal":
        return None
    if text(event, "tab", 20) == "messages":
        return Installed(event_id, sender.sender, address)
    return Homed(event_id, sender.sender, address)


def _joined(event: Payload, team: str, event_id: str, bot: str) -> Read | Malformed | Foreign | None:
    """The bot itself was invited, by somebody we can name; people who come and go are the platform's business."""
    if not bot or identifier(event, "user") != bot or not identifier(event, "inviter"):
        return None
    whole = _whole(event, identifier(event, "inviter"), team, bot)
    return Installed(event_id, whole[0].sender, whole[1]) if isinstance(whole, tuple) else whole


def _left(event: Payload, team: str, event_id: str, bot: str) -> Read | Malformed | Foreign | None:
    is_ours = text(event, "type", 100) != "member_left_channel" or (bot and identifier(event, "user") == bot)
    whole = _whole(event, bot or "bot", team, bot) if is_ours else None
    return Removed(event_id, whole[0].sender, whole[1]) if isinstance(whole, tuple) else whole


def _whole(event: Payload, user: str, team: str, bot: str) -> tuple[Envelope, Address] | Malformed | Foreign | None:
    """The sender and the conversation; None where the event has no author, as what Slack itself says."""
    conversation = identifier(event, "channel")
    if not user or not conversation:
        return None
    # whoever writes from another workspace, in a channel that it shares, has a team of their own in the event
    named = (team, identifier(event, "user_team"), identifier(event, "source_team"), identifier(event, "team"))
    known = envelope(team, named, user)
    if not isinstance(known, Envelope):
        return known
    return known, known.address(conversation, bot=bot, kind=text(event, "channel_type", 20))


def _files(event: Payload) -> tuple[IncomingFile, ...]:
    read = (_file(one) for one in parts(event, "files")[:_MAX_FILES])
    return tuple(file for file in read if file is not None)


def _file(file: Payload) -> IncomingFile | None:
    """Its address needs the bot's token; whether it may be fetched is the file store's to judge, and to say."""
    name, url = text(file, "name", MAX_NAME), text(file, "url_private_download", _MAX_URL)
    if not name:
        return None
    said = text(file, "mimetype", 200)
    kind = said or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return IncomingFile(name, url, kind, NAME)
