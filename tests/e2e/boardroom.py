"""The board of two meetings: seven people at pages of their own, and the chats of the other directors."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Locator, expect

from tests.e2e.inboxes import Inboxes
from tests.e2e.playground import WAIT_MS, Persona
from tests.e2e.processes import BotProcess

AHUS: Final = 11
"""The director whose deputy has a page."""
ELSEWHERE: Final = (AHUS, *range(13, 22))
"""The last digits of the directors who have no page."""


@dataclass(frozen=True, slots=True)
class Boardroom:
    """``director`` is of Oslo universitetssykehus, ``deputy`` sits for the director of Akershus."""

    office: Persona
    lead: Persona
    chair: Persona
    director: Persona
    deputy: Persona
    submitter: Persona
    owner: Persona
    others: Inboxes
    bot: BotProcess
    pictures: Path

    async def move_clock(self, when: str, said: str) -> None:
        """What falls due by then happens by itself."""
        await self.lead.say(f"tid {when}")
        await self.lead.wait_for_text(f"Klokka er nå {said}")

    async def delivered(self) -> None:
        """Waits until nothing is on its way to anybody: a card that is drawn anew folds what was unfolded in it."""
        await asyncio.wait_for(self._until_delivered(), WAIT_MS / 1000)

    async def _until_delivered(self) -> None:
        with closing(sqlite3.connect(self.bot.folder / "saksgang.db")) as database:
            left = "SELECT 1 FROM outbox WHERE state IN ('queued', 'leased')"
            while database.execute(left).fetchone():  # noqa: ASYNC110  # it is another process that empties it
                await asyncio.sleep(0.05)  # between two questions, not instead of them

    async def restart(self, now: str) -> None:
        """The bot ends and begins again on what it has stored."""
        self.bot.now = now
        await self.bot.restart()


async def says(card: Locator, *words: str) -> None:
    """Waits until the card shows all of these."""
    for one in words:
        await expect(card).to_contain_text(one, timeout=WAIT_MS)


async def link_of(person: Persona, name: str) -> str:
    """The address of the newest link called ``name``, once there is one."""
    link = person.cards.get_by_role("link", name=name).last
    await expect(link).to_be_visible(timeout=WAIT_MS)
    return await link.get_attribute("title") or ""
