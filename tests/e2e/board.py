"""The board of the pack's test: five people at pages of their own, and the chats of the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.e2e.inboxes import Inboxes
from tests.e2e.playground import Persona


@dataclass(frozen=True, slots=True)
class Board:
    """The five who have a page, and the chats of the others."""

    office: Persona
    lead: Persona
    chair: Persona
    rep: Persona
    director: Persona
    others: Inboxes
    pictures: Path

    async def move_clock(self, when: str, said: str) -> None:
        """What falls due by then happens by itself."""
        await self.lead.say(f"tid {when}")
        await self.lead.wait_for_text(f"Klokka er nå {said}")
