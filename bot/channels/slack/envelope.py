"""What all that Slack sends has in common: who it is from, which workspace, which conversation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from board.delivery import Address, Scope
from bot.channels.base import Sender
from bot.channels.payload import Payload, identifier, part, text
from bot.channels.slack.config import NAME
from bot.channels.slack.turns import Foreign, Malformed

MAX_NAME = 255
_LONGEST_KEY = 255
"""Bytes. A database's index takes some thousands; Slack's own ids are under a hundred."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent it, from the part of the payload that Slack itself fills in."""

    sender: Sender

    def address(self, conversation: str = "", *, bot: str = "", kind: str = "") -> Address:
        """The conversation's address; without one it is the person's own, of a view."""
        team = self.sender.tenant
        scope: Scope = _scope(conversation, kind) if conversation else "personal"
        return Address(NAME, team, "", conversation, scope, bot, team)


def envelope(team: str, named: tuple[str, ...], user: str, name: str = "") -> Envelope | Foreign | Malformed:
    """``named``: the workspaces that the payload names, its own and the sender's; empty ones say nothing."""
    said = {one for one in named if one}
    if not said:
        return Malformed("missing: team")
    if said != {team}:
        return Foreign()
    if not user:
        return Malformed("missing: user")
    return Envelope(Sender(team, user, user, name, ""))


def of_interaction(payload: Payload, team: str) -> Envelope | Foreign | Malformed:
    """The envelope of a press, a view or a shortcut."""
    user = part(payload, "user")
    named = (identifier(part(payload, "team"), "id"), identifier(user, "team_id"))
    name = text(user, "name", MAX_NAME) or text(user, "username", MAX_NAME)
    return envelope(team, named, identifier(user, "id"), name)


def key(kind: str, id_: str) -> str:
    """What every delivery of the same has in common."""
    whole = f"{kind}:{id_}"
    return whole if len(whole.encode()) <= _LONGEST_KEY else f"{kind}:{hashlib.sha256(whole.encode()).hexdigest()}"


def _scope(conversation: str, kind: str) -> Scope:
    """What is not plainly a personal chat counts as one that others can read. ``kind``: ``channel_type``, if said."""
    if kind == "im" or (not kind and conversation.startswith("D")):
        return "personal"
    return "group" if kind == "mpim" else "channel"
