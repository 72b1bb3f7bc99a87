"""From an activity's JSON to a turn of the conversation, or the reason there is none."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from board.delivery import Address, Scope
from bot.channels.base import IncomingFile, Installed, Pressed, Removed, Said, Sender
from bot.channels.payload import Payload, identifier, part, parts, plain, text
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.hosts import is_connector, is_loopback
from bot.channels.teams.words import read_words
from cards.adaptive import read_inputs
from cards.message import Json

CARD_ACTION = "adaptiveCard/action"
FILE_DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
NAME = "teams"

_MAX_FILES = 20
_MAX_URL = 4_000
_MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Malformed:
    """The activity lacks what every activity has. ``why`` names it for the sender."""

    why: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """The activity comes from outside: another tenant, or a service address that is no Connector."""

    why: Literal["tenant", "host"]


@dataclass(frozen=True, slots=True)
class Ignored:
    """An activity that asks nothing of us."""

    invoke: bool = False


Read: TypeAlias = Said | Pressed | Installed | Removed | Ignored | Malformed | Foreign


def read_turn(payload: Payload, config: TeamsConfig) -> Read:
    """What an authenticated activity is. Never raises, whatever the payload holds."""
    missing = _missing(payload)
    if missing:
        return Malformed(f"missing or mistyped: {', '.join(missing)}")
    if not is_connector(text(payload, "serviceUrl"), config):
        return Foreign("host")
    tenant = config.tenant_id if config.local else _tenant(payload)  # local mode has one tenant, whatever is said
    if not config.admits_tenant(tenant):
        return Foreign("tenant")
    kind = text(payload, "type")
    user = _user(payload, config)
    if not user:
        return Malformed("missing: from.aadObjectId") if kind in ("message", "invoke") else Ignored()
    common = _Common(identifier(payload, "id"), _sender(payload, tenant, user), _address(payload, tenant))
    return _by_kind(kind, payload, common, config)


@dataclass(frozen=True, slots=True)
class _Common:
    activity_id: str
    sender: Sender
    address: Address


def _by_kind(kind: str, payload: Payload, common: _Common, config: TeamsConfig) -> Read:
    if kind == "message":
        return _message(payload, common, config)
    if kind == "invoke":
        return _invoke(payload, common)
    if kind == "installationUpdate":
        return _installation(payload, common)
    if kind == "conversationUpdate":
        return _conversation_update(payload, common)
    return Ignored()


def _missing(payload: Payload) -> list[str]:
    found = {
        "type": text(payload, "type", 64),
        "channelId": identifier(payload, "channelId"),
        "serviceUrl": identifier(payload, "serviceUrl"),
        "conversation.id": identifier(part(payload, "conversation"), "id"),
        "from.id": identifier(part(payload, "from"), "id"),
    }
    return [name for name, value in found.items() if not value]


def _tenant(payload: Payload) -> str:
    named = identifier(part(part(payload, "channelData"), "tenant"), "id")
    return named or identifier(part(payload, "conversation"), "tenantId")


def _user(payload: Payload, config: TeamsConfig) -> str:
    """The directory id, in one spelling, so that a person is one person. Local mode can do without."""
    sender = part(payload, "from")
    return identifier(sender, "aadObjectId").lower() or (identifier(sender, "id") if config.local else "")


def _sender(payload: Payload, tenant: str, user: str) -> Sender:
    sender = part(payload, "from")
    return Sender(tenant, user, identifier(sender, "id"), text(sender, "name", _MAX_NAME), _locale(payload))


def _locale(payload: Payload) -> str:
    """The client's language, from the activity or from the entity Teams adds."""
    said = [text(part, "locale", 35) for part in (payload, *parts(payload, "entities"))]
    return next((locale for locale in said if locale.isascii() and locale.replace("-", "").isalnum()), "")


def _address(payload: Payload, tenant: str) -> Address:
    team = part(part(payload, "channelData"), "team")
    return Address(
        channel=NAME,
        tenant=tenant,
        service_url=text(payload, "serviceUrl"),
        conversation=text(part(payload, "conversation"), "id"),
        scope=_scope(payload),
        bot=identifier(part(payload, "recipient"), "id"),
        team=identifier(team, "id") or identifier(part(payload, "channelData"), "teamsTeamId"),
    )


def _scope(payload: Payload) -> Scope:
    """Where it was said. What is not plainly a personal chat counts as one that others can read."""
    conversation = part(payload, "conversation")
    kind = conversation.get("conversationType")
    if kind == "channel" or part(payload, "channelData").get("team"):
        return "channel"
    if kind == "personal" or (kind in (None, "") and not conversation.get("isGroup")):
        return "personal"
    return "group"


def _message(payload: Payload, common: _Common, config: TeamsConfig) -> Said | Pressed:
    value = part(payload, "value")
    verb = text(value, "verb", 100)
    if verb:
        return _pressed(common, verb, value, identifier(payload, "replyToId"))
    words = read_words(payload, config.local)
    return Said(
        common.activity_id,
        common.sender,
        common.address,
        text=words.text or _sent_back(value),
        files=_files(payload, config),
        mentioned=words.mentioned,
    )


def _sent_back(value: Payload) -> str:
    """The words of a button that writes for the person, where the client sends them as data."""
    teams = part(value, "msteams")
    return (text(value, "say") or text(teams, "text") or text(teams, "value")).strip()


def _invoke(payload: Payload, common: _Common) -> Pressed | Ignored:
    action = part(part(payload, "value"), "action")
    verb = text(action, "verb", 100)
    if text(payload, "name") != CARD_ACTION or not verb:
        return Ignored(invoke=True)
    return _pressed(common, verb, part(action, "data"), identifier(payload, "replyToId"))


def _pressed(common: _Common, verb: str, data: Mapping[str, Any], message_id: str) -> Pressed:
    kept: dict[str, Json] = {name: plain(value) for name, value in data.items() if name not in ("verb", "msteams")}
    read = read_inputs(kept)
    return Pressed(common.activity_id, common.sender, common.address, verb=verb, data=read, message_id=message_id)


def _installation(payload: Payload, common: _Common) -> Installed | Removed | Ignored:
    action = text(payload, "action")
    if action in ("add", "add-upgrade"):
        return Installed(common.activity_id, common.sender, common.address)
    if action == "remove":
        return Removed(common.activity_id, common.sender, common.address)
    return Ignored()


def _conversation_update(payload: Payload, common: _Common) -> Installed | Removed | Ignored:
    """The bot itself came or went; people who come and go are the platform's business."""
    if _names_bot(payload, "membersAdded"):
        return Installed(common.activity_id, common.sender, common.address)
    if _names_bot(payload, "membersRemoved"):
        return Removed(common.activity_id, common.sender, common.address)
    return Ignored()


def _names_bot(payload: Payload, name: str) -> bool:
    bot = identifier(part(payload, "recipient"), "id")
    return bool(bot) and any(identifier(member, "id") == bot for member in parts(payload, name))


def _files(payload: Payload, config: TeamsConfig) -> tuple[IncomingFile, ...]:
    read = (_file(attachment, config) for attachment in parts(payload, "attachments")[:_MAX_FILES])
    return tuple(file for file in read if file is not None)


def _file(attachment: Payload, config: TeamsConfig) -> IncomingFile | None:
    url = text(part(attachment, "content"), "downloadUrl", _MAX_URL)
    name = text(attachment, "name", _MAX_NAME)
    if text(attachment, "contentType") != FILE_DOWNLOAD or not name:
        return None
    if not (url.startswith("https://") or (config.local and is_loopback(url.partition("?")[0]))):
        return None
    return IncomingFile(name, url, mimetypes.guess_type(name)[0] or "application/octet-stream")
