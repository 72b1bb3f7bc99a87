"""What comes in from Slack beyond what every channel has, and the conversation's edge that is called with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from bot.channels.base import Installed, Pressed, Removed, Said, Turn
from cards.message import Json


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a home, as it was when something happened in it.

    ``hash`` guards an update against others'. ``private_metadata`` went through the client: an id, of no authority.
    ``values`` is ``state.values`` as it came, for ``cards.blockkit.read_state``.
    """

    id: str
    hash: str
    kind: Literal["modal", "home"]
    callback_id: str = ""
    private_metadata: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commanded(Said):
    """``/sak …``: ``text`` is what follows, never empty; it counts as a mention.

    The address is where it was typed, also in a chat that the bot is not in, or of two other people, which Slack
    tells from the bot's own chat in nothing: the answer's chat is asked for. ``response_url`` takes words for the
    one who typed, wherever that was, for half an hour.
    """

    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut(Pressed):
    """A message's shortcut, as the verb that it stands for; the address is the message's, as in :class:`Commanded`."""


@dataclass(frozen=True, slots=True)
class Submitted(Turn):
    """A modal sent in. The address has no conversation: a view stands in none. So it is with a press in a view."""

    view: View


@dataclass(frozen=True, slots=True)
class Closed(Turn):
    """A modal closed; Slack tells what was in it where the client still has it."""

    view: View


@dataclass(frozen=True, slots=True)
class Homed(Turn):
    """The bot's home was opened. The address is the person's chat with the bot."""


Read: TypeAlias = Said | Pressed | Submitted | Closed | Homed | Installed | Removed


@dataclass(frozen=True, slots=True)
class Arrived:
    """A turn with what lives no longer than its request.

    ``key``: the same for every delivery of the same. ``trigger`` opens a modal, within three seconds of the press.
    ``view``: the one that a press happened in.
    """

    turn: Read
    key: str
    trigger: str = ""
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """It asks nothing of us."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """It lacks what everything of its kind has. ``why`` names it for the sender."""

    why: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """It comes from another workspace, or from a guest of another one in a shared channel."""


class Handler(Protocol):
    """What answers. Never raises; sends its answers itself, over the Web API. ``trigger`` empty: it is too old."""

    @property
    def under_way(self) -> int:
        """Answers that still go out after the turn that they belong to."""
        ...

    async def settle(self, seconds: float) -> None:
        """Waits for them, at most so long."""
        ...

    async def said(self, turn: Said, trigger: str = "") -> None: ...

    async def pressed(self, turn: Pressed, trigger: str = "", view: View | None = None) -> None: ...

    async def submitted(self, turn: Submitted, trigger: str = "") -> dict[str, Json] | None:
        """The acknowledgement's body (``response_action`` …); None: an empty one, which closes the modal."""
        ...

    def one_moment(self, turn: Submitted) -> dict[str, Json]:
        """The acknowledgement's body while :meth:`submitted` takes longer than Slack waits."""
        ...

    async def late(self, turn: Submitted, body: dict[str, Json] | None) -> None:
        """What :meth:`submitted` returned after :meth:`one_moment` was shown: brought into the view by the Web API."""
        ...

    async def closed(self, turn: Closed) -> None: ...

    async def installed(self, turn: Installed) -> None: ...

    async def removed(self, turn: Removed) -> None: ...

    async def home(self, turn: Homed) -> None: ...
