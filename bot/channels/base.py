"""What every channel gives the conversation, and what it takes back. Teams and Slack know this, never each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from board.delivery import Address as Address
from board.delivery import Scope as Scope
from cards.message import Json, Message


@dataclass(frozen=True, slots=True)
class Sender:
    """Who acts, from the authenticated envelope only: ``user`` is the directory id (aadObjectId).

    ``account`` is the channel's own id of the account (``29:…`` in Teams), needed to open a chat; ``name`` is for
    display only and never decides anything. ``locale`` is what the client says, e.g. ``nb-NO``.
    """

    tenant: str
    user: str
    account: str
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who stands behind an account that is new here, as the platform itself says.

    ``email`` only where the platform vouches that it is that person's, else empty.
    """

    name: str = ""
    email: str = ""
    locale: str = ""


Introduce: TypeAlias = Callable[[Sender], Awaitable[Introduced]]
"""Asked once for each new account, outside any transaction. Never raises: what is not known stays empty."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file sent in personal chat. ``url`` is pre-authorised, or opened by ``channel``'s :class:`FileAccess`."""

    name: str
    url: str
    content_type: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class FileAccess:
    """What opens the files that one channel brings: sent to this ``origin`` alone (``https://files.slack.com``)."""

    origin: str
    authorization: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is common to everything that comes in. ``activity_id`` is the platform's id, the key of de-duplication."""

    activity_id: str
    sender: Sender
    address: Address


@dataclass(frozen=True, slots=True)
class Said(Turn):
    """A message in words. The mention of the bot is already removed; ``mentioned`` tells whether there was one."""

    text: str
    files: tuple[IncomingFile, ...] = ()
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Pressed(Turn):
    """A press on a button. ``data`` holds the button's data and the inputs together, as they came."""

    verb: str
    data: Mapping[str, Json]
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Installed(Turn):
    """The bot was added for a person or a channel, or the person came back."""


@dataclass(frozen=True, slots=True)
class Removed(Turn):
    """The bot was taken away."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back at once.

    ``card`` answers a press (it replaces the card that was pressed); ``messages`` are sent as new messages, in order.
    ``persist``: the card is also written into the message it was pressed in, as the answer to a press shows it only
    to the one who pressed, only until the chat is opened again. Not needed where a redrawing is in line anyway.
    """

    messages: tuple[Message, ...] = ()
    card: Message | None = None
    persist: bool = False


class Receiver(Protocol):
    """The conversation, as a channel sees it. Never raises for what a person did; an exception here is a bug."""

    async def said(self, turn: Said) -> Answer: ...

    async def pressed(self, turn: Pressed) -> Answer: ...

    async def installed(self, turn: Installed) -> Answer: ...

    async def removed(self, turn: Removed) -> None: ...

    async def home(self, turn: Turn) -> Answer:
        """What the person's own page shows where a channel has one: cases, duties, the next meeting. Only reads."""
        ...

    async def sent(self, turn: Turn, message: Message, message_id: str) -> None:
        """A new message went out with this id: kept, so that its copies can be redrawn."""
        ...

    def failure(self, turn: Turn, incident: str) -> Message:
        """The message a person gets when something broke: what is kept, what to do, the id for operators."""
        ...

    def slow_down(self, turn: Turn) -> Message:
        """The polite "one moment" for a person who acts faster than the pace allows. Nothing was done."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: str


@dataclass(frozen=True, slots=True)
class Halted:
    """Final until the person writes or installs again (403), or the message is gone (404)."""

    reason: Literal["forbidden", "gone", "refused"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again, not before ``after`` seconds where the platform said so. ``throttled``: no attempt is spent (429)."""

    after: float | None
    throttled: bool
    detail: str = ""


Outcome: TypeAlias = Sent | Halted | Retry


class Channel(Protocol):
    """One way to reach people. A send returns what happened; it does not throw."""

    name: str

    async def send(self, address: Address, message: Message) -> Outcome: ...

    async def update(self, address: Address, message_id: str, message: Message) -> Outcome: ...

    async def open(self, tenant: str, user: str, service_url: str) -> Address | Outcome:
        """A personal chat with somebody who has the app but has not written yet."""
        ...
