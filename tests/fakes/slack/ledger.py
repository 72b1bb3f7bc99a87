"""What an app did to a workspace: every call, and what each person sees now."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.fakes.ledger import Watched
from tests.fakes.slack.blocks import Json, words
from tests.fakes.slack.inputs import Typed, state_of
from tests.fakes.slack.workspace import APP, BOT, TEAM

_ids = itertools.count(1)
"""Of all workspaces in this process: no two things have one id."""


@dataclass(frozen=True, slots=True)
class Call:
    """One accepted call and its answer. ``at`` is the server's monotonic time in seconds, as its rates count it."""

    method: str
    channel: str
    arguments: Json
    answer: Json
    at: float


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as it looked at one moment. A redrawing makes a new one: who holds this one has the old buttons."""

    channel: str
    body: Json
    ephemeral_to: str = ""

    @property
    def ts(self) -> str:
        return str(self.body["ts"])

    @property
    def text(self) -> str:
        """What a notification shows."""
        return str(self.body.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.body.get("blocks") or ())

    @property
    def words(self) -> str:
        """Everything a person reads in it."""
        return words(self.blocks) or self.text


@dataclass(slots=True)
class OpenView:
    """A modal or a home as one person sees it. ``errors`` are those shown at its fields since the last submission."""

    user: str
    id: str
    body: Json
    hash: str
    root: str = ""
    previous: str | None = None
    typed: Typed = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def words(self) -> str:
        """Everything a person reads in it."""
        return "\n".join(part for part in (self.title, words(self.blocks)) if part)

    @property
    def values(self) -> Json:
        """``state.values`` as they stand in it now."""
        return state_of(self.blocks, self.typed)

    def as_json(self, values: Json | None = None) -> Json:
        """As Slack sends it."""
        shown: Json = {"submit": None, "close": None, "private_metadata": "", "callback_id": "", "external_id": ""}
        shown |= {"clear_on_close": False, "notify_on_close": False} | self.body
        return shown | {
            "id": self.id,
            "team_id": TEAM,
            "app_id": APP,
            "bot_id": BOT,
            "app_installed_team_id": TEAM,
            "hash": self.hash,
            "root_view_id": self.root or self.id,
            "previous_view_id": self.previous,
            "state": {"values": self.values if values is None else values},
        }


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the workspace: uploaded by the app (then ``shared_in`` says where), or sent by a person."""

    id: str
    name: str
    content: bytes
    title: str = ""
    shared_in: str = ""
    mimetype: str = "application/octet-stream"


@dataclass
class SlackLedger(Watched):
    """The calls in order; messages by channel as they look now; views and homes by user; answers only one sees."""

    calls: list[Call] = field(default_factory=list)
    channels: dict[str, dict[str, Posted]] = field(default_factory=lambda: defaultdict(dict))
    views: dict[str, list[OpenView]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, OpenView] = field(default_factory=dict)
    ephemerals: list[Posted] = field(default_factory=list)
    files: dict[str, Stored] = field(default_factory=dict)
    wall: Callable[[], float] = time.time
    """Seconds since 1970."""

    def next_ts(self) -> str:
        """A message's id: the time, and a number that no other has."""
        return f"{int(self.wall())}.{next(_ids):06d}"

    def next_id(self, letter: str) -> str:
        return f"{letter}0{next(_ids):08d}"

    def add(self, call: Call) -> None:
        self.calls.append(call)
        self.touch()

    def draw(self, posted: Posted) -> None:
        """A message stands in its channel, new or in place of the one with its ``ts``."""
        self.channels[posted.channel][posted.ts] = posted
        self.touch()

    def whisper(self, posted: Posted) -> None:
        """A message that only one person sees."""
        self.ephemerals.append(posted)
        self.touch()

    def messages(self, channel: str) -> list[Posted]:
        """A conversation as it looks now, the oldest first."""
        return list(self.channels.get(channel, {}).values())

    def latest(self, channel: str) -> Posted:
        """The newest message of a conversation, as redrawn since. Raises ``KeyError`` where there is none."""
        there = self.messages(channel)
        if not there:
            raise KeyError(channel)
        return there[-1]

    def modal(self, user: str) -> OpenView | None:
        """The view that lies on top, if one is open."""
        stack = self.views.get(user)
        return stack[-1] if stack else None

    def whispered(self, user: str) -> list[Posted]:
        """The answers that only this person saw, in order."""
        return [posted for posted in self.ephemerals if posted.ephemeral_to == user]

    def of(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def doubled(self) -> list[str]:
        """Bodies that a conversation received as more than one new message."""
        seen: dict[str, int] = defaultdict(int)
        for call in self.of("chat.postMessage"):
            seen[f"{call.channel} {call.arguments.get('text')} {call.arguments.get('blocks')}"] += 1
        return [body for body, count in seen.items() if count > 1]

    async def wait_for(self, predicate: Callable[[SlackLedger], bool], seconds: float = 10.0) -> None:
        """Return when the predicate holds. Raises ``TimeoutError`` with what there was instead."""
        await self.until(lambda: predicate(self), seconds, lambda: f"{len(self.calls)} calls: {self.calls[-5:]}")

    def as_json(self) -> list[dict[str, Any]]:
        """The calls, for another process."""
        return [asdict(call) for call in self.calls]
