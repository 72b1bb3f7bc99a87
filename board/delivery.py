"""Delivery as the rules see it: who is to be told what, where they can be reached, which copies of a card are out.

Rows hold a kind and ids, never rendered text: what is sent is drawn at the moment it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol, TypeAlias

from board.ids import PersonId

Scope: TypeAlias = Literal["personal", "group", "channel"]
Way: TypeAlias = Literal["chat", "email", "spoken"]
ProofState: TypeAlias = Literal["queued", "sent", "delivered", "failed", "waiting", "expired", "told", "dropped"]
"""``delivered``: the platform has it in the person's chat. ``sent``: a mail server took it, which proves no more.
``dropped``: there was nothing to say any more. ``waiting``: no way reached the person. ``told``: somebody of the office
said it, and registered that."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages to a conversation go. Holds no secret.

    ``service_url`` is the platform's own base address (Teams: the Connector), ``bot`` the bot's id there,
    ``team`` the team of a channel.
    """

    channel: str
    tenant: str
    service_url: str
    conversation: str
    scope: Scope
    bot: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A card that went out: redrawn in place when its object changes. ``kind`` is the notice kind, or ``""``."""

    address: Address
    message_id: str
    person: PersonId
    kind: str
    object_id: str
    rev: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A row that was claimed: to be sent (``copy`` None) to ``person``, or ``copy`` to be redrawn.

    ``attempts`` counts those spent before this one. ``address`` is the person's latest, None where there is none.
    ``part`` is the notice's; ``way`` the rung of the ladder that it is on: chat, or e-mail where the chat failed.
    """

    id: int
    kind: str
    object_id: str
    rev: int
    person: PersonId
    attempts: int
    address: Address | None
    copy: Copy | None = None
    part: str = ""
    way: Way = "chat"


@dataclass(frozen=True, slots=True)
class About:
    """What a group of notices says: the same thing, told to several."""

    kind: str
    object_id: str
    rev: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one notice to one person: how, when, or why not."""

    row: int
    person: PersonId
    state: ProofState
    way: Way
    at: datetime
    error: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A group of notices of which ``missed`` of ``total`` did not reach their readers."""

    about: About
    missed: int
    total: int


@dataclass(frozen=True, slots=True)
class SentRow:
    """A notice to one person: put in line at ``at``, and what became of it."""

    at: datetime
    about: About
    proof: Proof


NEWEST: Final = 2**62
"""Above every row: the first page of what is kept begins here."""


class ProofOfDelivery(Protocol):
    """Part of a unit of work: what went out to whom, read from the outbox."""

    async def of(self, about: About, limit: int) -> Sequence[Proof]:
        """One row a person, those who were not reached first."""
        ...

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[str] = ()
    ) -> Sequence[SentRow]:
        """The newest ``limit`` notices to people about these objects, of those put in line before row ``before``.

        Newest first; one query. ``only``: of these kinds; all where none is named.
        """
        ...

    async def unreached(self, since: datetime, limit: int) -> Sequence[Missed]:
        """Groups told since then that did not reach everybody (waiting, failed), the latest first."""
        ...

    async def expired(self, since: datetime, limit: int) -> Sequence[Missed]:
        """Groups of which something expired since then, the latest first."""
        ...

    async def unlisted(self, before: datetime) -> bool:
        """Whether something put in line before then has failed, expired or reached nobody, and was not listed yet."""
        ...

    async def list_all(self, before: datetime, now: datetime) -> None:
        """Marks all that :meth:`unlisted` sees as listed to the office."""
        ...

    async def told(self, row: int, by: PersonId, now: datetime) -> bool:
        """Somebody said it by mouth: the row is closed. False where it was not waiting or failed."""
        ...


class AddressBook(Protocol):
    """Part of a unit of work."""

    async def remember(self, person: PersonId | None, address: Address, now: datetime) -> bool:
        """Keeps where a person (personal chat) or a channel (None) is reached; True where that changed anything.

        For a person it makes what waited for an address due at once, and takes away a mark of being unreachable.
        """
        ...

    async def forget(self, address: Address, now: datetime) -> None:
        """The bot was removed there: nothing more is sent to it until it is remembered again."""
        ...

    async def of(self, person: PersonId) -> Address | None: ...

    async def keep_copy(self, copy: Copy, now: datetime) -> None:
        """Keeps a card that was sent as an answer. Where its object has changed since, its redrawing is in line."""
        ...


class DeliveryQueue(Protocol):
    """Not part of a unit of work: each call is its own short transaction, one message a commit."""

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Due]:
        """Takes due rows until ``lease`` is over; safe beside other processes. At most one row a conversation is out.

        Rows of a person without an address are left waiting. In the order they were put in line.
        """
        ...

    async def sent(self, due: Due, copy: Copy | None, now: datetime) -> None:
        """It went out, or was redrawn. A new copy is kept; its redrawing is due where its object has changed since."""
        ...

    async def dropped(self, due: Due, now: datetime) -> None:
        """There was nothing to show to its reader any more: it did not go out, and is no proof that anything did."""
        ...

    async def later(self, due: Due, not_before: datetime, *, spend_attempt: bool, error: str) -> None:
        """Not now: due again at ``not_before``."""
        ...

    async def failed(self, due: Due, error: str, now: datetime) -> None:
        """Given up; kept with its reason."""
        ...

    async def unreachable(self, due: Due, error: str, now: datetime) -> None:
        """The person cannot be reached there (403): the address is put out of use. This row is due again at once, and
        finds no address then (a redrawing waits until the address is back)."""
        ...

    async def reroute(self, due: Due, way: Way, error: str, now: datetime) -> None:
        """The next rung of the ladder: due at once by another way, with no attempts spent."""
        ...

    async def unreached(self, due: Due, error: str, now: datetime) -> None:
        """No way is left. It waits until the person is heard of, and the registered deputies of the person are told."""
        ...

    async def expire(self, now: datetime) -> int:
        """Takes what is of no use any more out of the line, and says how many rows. They stay, to be listed."""
        ...

    async def gone(self, due: Due, now: datetime) -> None:
        """The copy is no longer there (404): it is dropped from the copies; nothing more is redrawn in it."""
        ...

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next row falls due, or None where none waits."""
        ...
