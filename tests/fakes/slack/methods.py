"""The methods of the Web API that are played here: their rates, the scopes they need, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.fakes.slack import chat, directory, files, views
from tests.fakes.slack.blocks import Json
from tests.fakes.slack.rates import SPECIAL, UNHELD
from tests.fakes.slack.state import State


@dataclass(frozen=True, slots=True)
class Method:
    """``tier`` as published; ``scope`` of the bot's token, empty where none is needed."""

    tier: int
    scope: str
    run: Callable[[State, Json], Json]


METHODS: Final = {
    "auth.test": Method(UNHELD, "", directory.auth_test),
    "chat.postMessage": Method(SPECIAL, "chat:write", chat.post),
    "chat.update": Method(3, "chat:write", chat.update),
    "chat.delete": Method(3, "chat:write", chat.delete),
    "chat.postEphemeral": Method(4, "chat:write", chat.whisper),
    "conversations.open": Method(3, "im:write", directory.conversation_open),
    "conversations.info": Method(3, "im:read", directory.conversation_info),
    "users.info": Method(4, "users:read", directory.user_info),
    "users.lookupByEmail": Method(3, "users:read.email", directory.by_email),
    "views.open": Method(4, "", views.open_),
    "views.push": Method(4, "", views.push),
    "views.update": Method(4, "", views.update),
    "views.publish": Method(4, "", views.publish),
    "files.getUploadURLExternal": Method(4, "files:write", files.upload_url),
    "files.completeUploadExternal": Method(4, "files:write", files.complete),
}
