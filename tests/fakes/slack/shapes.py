"""The envelopes that every event, command and interaction comes in."""

from __future__ import annotations

import re
import uuid
from typing import Final

from tests.fakes.slack.blocks import Json, escaped
from tests.fakes.slack.workspace import APP, BOT_USER, DOMAIN, TEAM, User

VERIFICATION: Final = "local-verification-token"
_LINK: Final = re.compile(r"https?://[^\s<>|]+")
_MAIL: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")


def as_typed(text: str) -> str:
    """A person's words as they come in an event: escaped, addresses turned to links."""
    linked = _LINK.sub(lambda found: f"<{found[0]}>", escaped(text))
    return _MAIL.sub(lambda found: f"<mailto:{found[0]}|{found[0]}>", linked)


def event_callback(event: Json, at: float) -> Json:
    """Around every event; ``at`` in seconds since 1970."""
    authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": "Ev" + uuid.uuid4().hex[:10].upper(),
        "event_time": int(at),
        "authorizations": [authorization | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": "4-" + uuid.uuid4().hex,
    }


def typed_message(user: User, text: str, channel: str, ts: str, *, raw: bool = False) -> Json:
    """What a person wrote. ``raw``: the text is already in Slack's writing, e.g. with ``<@U…>`` in it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {
        "user": user.id,
        "type": "message",
        "ts": ts,
        "client_msg_id": str(uuid.uuid4()),
        "text": text if raw else as_typed(text),
        "team": user.team,
        "blocks": [{"type": "rich_text", "block_id": uuid.uuid4().hex[:5], "elements": [section]}],
        "channel": channel,
        "event_ts": ts,
    }


def interaction(kind: str, user: User) -> Json:
    """Around every interaction."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
