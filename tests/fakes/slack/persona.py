"""Somebody in Slack, who writes, presses and fills in: each act as the request that Slack would post for it."""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.slack.blocks import Json, find
from tests.fakes.slack.files import shown
from tests.fakes.slack.inputs import CannotDo, Typed, Unfilled, fill, missing, option, state_of
from tests.fakes.slack.ledger import OpenView, Posted, Stored
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.shapes import VERIFICATION, event_callback, interaction, typed_message
from tests.fakes.slack.state import State
from tests.fakes.slack.triggers import Triggers
from tests.fakes.slack.views import close
from tests.fakes.slack.workspace import APP, BOT_USER, DOMAIN, TEAM, User, Workspace

CHANNEL = "C0FONDSSTYR"
"""A channel for who needs any."""
REPORT = "report_case"
"""The message shortcut *meld som sak*, as the manifest names it."""


def _nowhere() -> State:
    return State(Workspace(), Triggers())


@dataclass(frozen=True)
class Persona:
    """One account. Without a :class:`State` of a server the requests are of the same shape, but nothing lives behind
    their triggers and addresses."""

    user: User
    state: State = field(default_factory=_nowhere)

    def __post_init__(self) -> None:
        self.state.workspace.users.setdefault(self.user.id, self.user)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def dm(self) -> str:
        """The conversation with the bot."""
        return self.user.dm

    @property
    def modal(self) -> OpenView | None:
        """The view that lies on top for this person."""
        return self.state.ledger.modal(self.id)

    @property
    def home(self) -> OpenView | None:
        return self.state.ledger.homes.get(self.id)

    @property
    def messages(self) -> list[Posted]:
        """The bot's messages in the conversation with it, as they look now."""
        return self.state.ledger.messages(self.dm)

    # -- words

    def says(self, text: str, *, thread: str = "", raw: bool = False, **changes: Any) -> SlackRequest:
        """Words in the direct message. ``changes`` are laid over the event."""
        self.state.workspace.open_dm(self.id)
        event = typed_message(self.user, text, self.dm, self._ts(), raw=raw) | {"channel_type": "im"}
        return self._event(event | ({"thread_ts": thread} if thread else {}) | changes)

    def mentions(self, text: str, channel: str = CHANNEL, *, raw: bool = False, **changes: Any) -> SlackRequest:
        """Words in a channel that begin with the bot's name."""
        event = typed_message(self.user, text, channel, self._ts(), raw=raw)
        event |= {"type": "app_mention", "text": f"<@{BOT_USER}> {event['text']}"}
        return self._event(event | changes)

    def edits(self, text: str, **changes: Any) -> SlackRequest:
        """An older message in the direct message is changed: nothing for a bot to answer."""
        message = typed_message(self.user, text, self.dm, self._ts())
        event = {"type": "message", "subtype": "message_changed", "message": message, "channel": self.dm}
        return self._event(event | {"channel_type": "im", "hidden": True, "ts": self._ts()} | changes)

    def hears(self, posted: Posted) -> SlackRequest:
        """The bot's own message comes back to it as an event, as it does in a direct message."""
        return self._event(posted.body | {"channel": posted.channel, "channel_type": "im", "event_ts": posted.ts})

    def command(self, text: str, channel: str = "", *, name: str = "/sak") -> SlackRequest:
        """A slash command, in the direct message or a channel."""
        self.state.workspace.open_dm(self.id)
        channel = channel or self.dm
        return SlackRequest(
            "command",
            {
                "token": VERIFICATION,
                "team_id": TEAM,
                "team_domain": DOMAIN,
                "channel_id": channel,
                "channel_name": "directmessage" if channel.startswith("D") else "fondsstyret",
                "user_id": self.id,
                "user_name": self.user.name,
                "command": name,
                "text": text,
                "api_app_id": APP,
                "is_enterprise_install": "false",
                "response_url": self.state.response_url(channel, self.id),
                "trigger_id": self._trigger(),
            },
            self.id,
        )

    def sends_file(self, name: str, content: bytes, text: str = "", **changes: Any) -> SlackRequest:
        """A file dropped into the direct message; its bytes can be fetched from the server."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = Stored(self.state.ledger.next_id("F"), name, content, shared_in=self.dm, mimetype=kind)
        self.state.ledger.files[stored.id] = stored
        files = [shown(self.state, stored, self.id)]
        return self.says(text, subtype="file_share", files=files, upload=False, display_as_bot=False, **changes)

    # -- pressing

    def presses(
        self,
        posted: Posted,
        action_id: str,
        *,
        block_id: str = "",
        text: str = "",
        chosen: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> SlackRequest:
        """A button of a message, or with ``chosen`` an option of a select in it."""
        payload = interaction("block_actions", self.user)
        container = {"type": "message", "message_ts": posted.ts, "channel_id": posted.channel}
        payload |= {"container": container | {"is_ephemeral": bool(posted.ephemeral_to)}}
        payload |= {"trigger_id": self._trigger(), "channel": self._channel(posted.channel)}
        if not posted.ephemeral_to:
            payload["message"] = posted.body
        typed: Typed = {}
        fill(posted.blocks, values or {}, typed)
        payload["state"] = {"values": state_of(posted.blocks, typed)}
        payload["response_url"] = self.state.response_url(posted.channel, self.id, posted.ts)
        payload["actions"] = [self._action(posted.blocks, action_id, block_id, text, chosen)]
        return SlackRequest("interaction", payload, self.id)

    def presses_in_view(
        self,
        view: OpenView | None,
        action_id: str,
        values: Mapping[str, Any] | None = None,
        *,
        block_id: str = "",
        text: str = "",
        chosen: str = "",
    ) -> SlackRequest:
        """A button of a modal or a home, with what is filled in so far."""
        there = self._sees(view)
        fill(there.blocks, values or {}, there.typed)
        payload = interaction("block_actions", self.user)
        payload |= {"container": {"type": "view", "view_id": there.id}, "trigger_id": self._trigger()}
        payload |= {"view": there.as_json()}
        payload["actions"] = [self._action(there.blocks, action_id, block_id, text, chosen)]
        return SlackRequest("interaction", payload, self.id)

    def submits(self, view: OpenView | None, values: Mapping[str, Any] | None = None) -> SlackRequest:
        """A modal is sent. Raises :class:`CannotDo` where a required input is empty: the client does not send that."""
        there = self._sees(view)
        if not there.body.get("submit"):
            raise CannotDo(f"{there.title!r} has nothing to submit it with")
        fill(there.blocks, values or {}, there.typed)
        empty = missing(there.blocks, there.values)
        if empty:
            raise Unfilled(empty)
        there.errors = {}
        payload = interaction("view_submission", self.user)
        payload |= {"trigger_id": self._trigger(), "view": there.as_json(), "response_urls": []}
        return SlackRequest("interaction", payload, self.id)

    def closes(self, view: OpenView | None, *, all_of_them: bool = False) -> SlackRequest | None:
        """A modal is closed; None where the app did not ask to be told. Slack tells nothing of what stood in it."""
        there = self._sees(view)
        close(self.state, there, all_of_them=all_of_them)
        if not there.body.get("notify_on_close"):
            return None
        payload = interaction("view_closed", self.user)
        return SlackRequest("interaction", payload | {"view": there.as_json({}), "is_cleared": all_of_them}, self.id)

    def shortcut(
        self, text: str, callback_id: str = REPORT, *, channel: str = CHANNEL, author: User | None = None
    ) -> SlackRequest:
        """A message shortcut on somebody's message."""
        ts = self._ts()
        message = typed_message(author or self.user, text, channel, ts)
        payload = interaction("message_action", self.user)
        payload |= {"action_ts": self._ts(), "channel": self._channel(channel), "callback_id": callback_id}
        payload |= {"trigger_id": self._trigger(), "response_url": self.state.response_url(channel, self.id, ts)}
        payload |= {
            "message_ts": ts,
            "message": {key: message[key] for key in message.keys() - {"channel", "event_ts"}},
        }
        return SlackRequest("interaction", payload, self.id)

    # -- coming and going

    def opens_home(self, tab: str = "home") -> SlackRequest:
        """The app's home is opened, or with ``messages`` the conversation with it."""
        self.state.workspace.open_dm(self.id)
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.dm, "event_ts": self._ts()}
        home = {"view": self.home.as_json()} if self.home and tab == "home" else {}
        return self._event(event | {"tab": tab} | home)

    def invites_bot(self, channel: str = CHANNEL) -> SlackRequest:
        """The bot joins a channel."""
        event = {"type": "member_joined_channel", "user": BOT_USER, "channel": channel, "channel_type": "C"}
        return self._event(event | {"team": TEAM, "inviter": self.id, "event_ts": self._ts()})

    def uninstalls(self) -> SlackRequest:
        """The app is removed from the workspace."""
        return self._event({"type": "app_uninstalled", "event_ts": self._ts()})

    def changed(self, **changes: Any) -> Persona:
        """The same account, known otherwise from now on: ``deleted=True``, ``email=…``."""
        user = replace(self.user, **changes)
        return Persona(self.state.workspace.add(user), self.state)

    # -- small parts

    def _event(self, event: Json) -> SlackRequest:
        return SlackRequest("event", event_callback(event, self.state.ledger.wall()), self.id)

    def _ts(self) -> str:
        return self.state.ledger.next_ts()

    def _trigger(self) -> str:
        return self.state.triggers.give(self.id)

    def _sees(self, view: OpenView | None) -> OpenView:
        if view is None:
            raise CannotDo("no view is open")
        return view

    def _channel(self, id_: str) -> Json:
        channel = self.state.workspace.channels.get(id_)
        return {"id": id_, "name": channel.name if channel else "directmessage" if id_[0] == "D" else "fondsstyret"}

    def _action(self, blocks: list[Json], action_id: str, block_id: str, text: str, chosen: str) -> Json:
        block, element = find(blocks, action_id, block_id=block_id, text=text)
        if element["type"] != "button":
            found = {"selected_option": option(element, chosen)}
        else:
            found = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        base = {"action_id": action_id, "block_id": block, "type": element["type"], "action_ts": self._ts()}
        return base | found


def url_verification() -> SlackRequest:
    """Asked once, when the address is entered."""
    payload = {"token": VERIFICATION, "challenge": uuid.uuid4().hex, "type": "url_verification"}
    return SlackRequest("event", payload)


def seen(view: Json, user: str) -> OpenView:
    """A view that was not opened on a server, for tests of payloads alone."""
    return OpenView(user, "V0LOCAL", view, "1767225600.h1")
