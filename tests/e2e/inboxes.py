"""The directors who have no page of their own: their chats are a Connector on 127.0.0.1, which keeps every card."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import aiohttp

from tests.fakes.connector import FakeConnector
from tests.fakes.ledger import Ledger
from tests.fakes.teams import Persona

OTHER_DIRECTORS: Final = tuple(range(12, 22))
"""The last digits of the ids of all directors of the demo board but the first, who has a page."""
GUEST: Final = 99
SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Inboxes:
    """Personal chats with the bot, by the last digits of the person's id."""

    platform: FakeConnector
    endpoint: str

    async def arrive(self, *people: int) -> None:
        """The app is installed for each: the bot then knows where to reach them."""
        for digits in people:
            await self._post(self._persona(digits).installs())

    async def say(self, digits: int, text: str) -> None:
        await self._post(self._persona(digits).says(text))

    def cards(self, digits: int) -> list[str]:
        """Every card in the chat as it looks now, oldest first, as text to search in."""
        found = self.platform.ledger.cards.get(self._persona(digits).chat, {})
        return [json.dumps(card, ensure_ascii=False) for card in found.values()]

    def with_text(self, text: str) -> list[int]:
        """Those of the other directors who have exactly one card that holds the text."""
        return [one for one in OTHER_DIRECTORS if sum(text in card for card in self.cards(one)) == 1]

    async def wait_for(self, digits: int, text: str) -> str:
        """The newest card that holds the text, once there is one."""

        def has_come(_ledger: Ledger) -> bool:
            return any(text in card for card in self.cards(digits))

        await self.platform.wait_for(has_come, SECONDS)
        return next(card for card in reversed(self.cards(digits)) if text in card)

    def _persona(self, digits: int) -> Persona:
        return Persona(digits, "Direktør", self.platform.url)

    async def _post(self, activity: dict[str, object]) -> None:
        async with aiohttp.ClientSession() as session, session.post(self.endpoint, json=activity) as answer:
            assert answer.status in (200, 201, 202), await answer.text()
