"""What a bot did to a Connector: every call by message, the latest card of each, and a wait that never sleeps."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["create", "send", "reply", "update", "delete", "members"]


@dataclass(frozen=True, slots=True)
class Call:
    """One accepted call. ``at`` is the server's monotonic time in seconds."""

    kind: Kind
    conversation: str
    message_id: str
    payload: dict[str, Any]
    authorization: str
    at: float

    @property
    def is_typing(self) -> bool:
        return self.payload.get("type") == "typing"

    @property
    def card(self) -> dict[str, Any] | None:
        """The Adaptive Card in it, if there is one."""
        attachments = self.payload.get("attachments") or []
        return attachments[0].get("content") if attachments else None


@dataclass
class Watched:
    """Something that changes, and a wait for it that never sleeps."""

    _changed: asyncio.Event = field(default_factory=asyncio.Event, init=False, repr=False)

    def touch(self) -> None:
        """Something happened: whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[], bool], seconds: float, seen: Callable[[], str]) -> None:
        """Return when it holds. Raises ``TimeoutError`` with what was ``seen`` instead."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._changed.wait()
        except TimeoutError as error:
            raise TimeoutError(f"not seen in {seconds} s; {seen()}") from error


@dataclass
class Ledger(Watched):
    """The calls a Connector accepted, in order, and the cards as a person would see them now."""

    calls: list[Call] = field(default_factory=list)
    cards: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, call: Call) -> None:
        """Note an accepted call, and what it does to the cards."""
        self.calls.append(call)
        if call.kind == "delete":
            self.cards[call.conversation].pop(call.message_id, None)
        elif call.card is not None:
            self.cards[call.conversation][call.message_id] = call.card
        self.touch()

    @property
    def messages(self) -> list[Call]:
        """New messages, without typing."""
        return [call for call in self.calls if call.kind in ("send", "reply") and not call.is_typing]

    def of(self, conversation: str) -> list[Call]:
        """The calls to one conversation, in order."""
        return [call for call in self.calls if call.conversation == conversation]

    def latest_card(self, conversation: str) -> dict[str, Any]:
        """The newest message of a conversation, as redrawn since. Raises ``KeyError`` where there is none."""
        cards = self.cards.get(conversation)
        if not cards:
            raise KeyError(conversation)
        return cards[next(reversed(cards))]

    def doubled(self) -> list[str]:
        """Bodies that a conversation received as more than one new message."""
        seen: dict[str, int] = defaultdict(int)
        for call in self.messages:
            seen[f"{call.conversation} {call.payload.get('summary')} {call.payload.get('attachments')}"] += 1
        return [body for body, count in seen.items() if count > 1]

    async def wait_for(self, predicate: Callable[[Ledger], bool], seconds: float = 10.0) -> None:
        """Return when the predicate holds. Raises ``TimeoutError`` with what there was instead."""
        await self.until(lambda: predicate(self), seconds, lambda: f"{len(self.calls)} calls: {self.calls[-5:]}")

    def as_json(self) -> list[dict[str, Any]]:
        """The calls, for another process."""
        return [asdict(call) for call in self.calls]
