"""What the parts of the local Slack share: the workspace, what stands in it, and what an app did wrong."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.ledger import SlackLedger
from tests.fakes.slack.triggers import Triggers
from tests.fakes.slack.workspace import Channel, Workspace


class Refused(Exception):
    """A method answers ``ok: false`` with this word."""

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error} | more
        if messages:
            self.answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in messages]}


@dataclass(slots=True)
class ReplyPlace:
    """What a ``response_url`` answers to: five times within half an hour."""

    channel: str
    user: str
    ts: str = ""
    left: int = 5


@dataclass
class State:
    """``violations``: everything that the real Slack would refuse or show as an error to a person."""

    workspace: Workspace
    triggers: Triggers
    ledger: SlackLedger = field(default_factory=SlackLedger)
    violations: list[str] = field(default_factory=list)
    replies: dict[str, ReplyPlace] = field(default_factory=dict)
    external_ids: set[str] = field(default_factory=set)
    root: str = "http://127.0.0.1:1"
    """Where it is served."""
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def violated(self, what: str) -> None:
        self.violations.append(what)
        self.ledger.touch()

    def place(self, channel: str) -> Channel:
        """A conversation by its id, or a person's direct message by the person's. Refuses as Slack does."""
        workspace = self.workspace
        if channel in workspace.users:
            self.reachable(channel)
            return workspace.open_dm(channel)
        found = workspace.channels.get(channel)
        if found is None:
            raise Refused("channel_not_found")
        if found.archived:
            raise Refused("is_archived")
        if not found.has_bot:
            raise Refused("not_in_channel")
        if found.user:
            self.reachable(found.user)
        return found

    def reachable(self, user_id: str) -> None:
        """Refuses where this person cannot be written to."""
        user = self.workspace.users.get(user_id)
        if user is None:
            raise Refused("user_not_found")
        if user.refuses:
            raise Refused(user.refuses)
        if user.deleted:
            raise Refused("user_disabled")
        if user.is_bot:
            raise Refused("cannot_dm_bot")

    def response_url(self, channel: str, user: str, ts: str = "") -> str:
        """A fresh one."""
        token = f"{next(self._ids):024d}"
        self.replies[token] = ReplyPlace(channel, user, ts)
        return f"{self.root}/actions/{token}"


def text_of(arguments: Mapping[str, Any], name: str, *, required: bool = True) -> str:
    """A text argument. Refuses where it must be there and is not."""
    value = arguments.get(name)
    if required and value in (None, ""):
        raise Refused("invalid_arguments", f"missing required field: {name}")
    return "" if value is None else str(value)
