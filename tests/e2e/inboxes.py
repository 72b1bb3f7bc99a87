"""The directors who have no page of their own: their chats are a Connector on 127.0.0.1, which keeps every card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

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

    async def press(self, digits: int, words: str, title: str, **inputs: str) -> None:
        """Presses the button called ``title`` on the newest card that holds ``words``, with what was typed beside it.

        ``LookupError`` where no such card has such a button.
        """
        for message, card in reversed(self._chat(digits).items()):
            action = _executed(card, title) if words in _text(card) else None
            if action:
                data = {**action.get("data", {}), **inputs}
                await self._post(self._persona(digits).presses(action["verb"], data, message))
                return
        raise LookupError(f"{digits} has no button {title!r} on a card with {words!r}")

    async def say(self, digits: int, text: str) -> None:
        await self._post(self._persona(digits).says(text))

    def cards(self, digits: int) -> list[str]:
        """Every card in the chat as it looks now, oldest first, as text to search in."""
        return [_text(card) for card in self._chat(digits).values()]

    def with_text(self, text: str) -> list[int]:
        """Those of the other directors who have exactly one card that holds the text."""
        return [one for one in OTHER_DIRECTORS if sum(text in card for card in self.cards(one)) == 1]

    def buttons(self, digits: int, words: str) -> list[str]:
        """The titles on the newest card that holds ``words``."""
        card = next(card for card in reversed(self._chat(digits).values()) if words in _text(card))
        return [str(action["title"]) for action in _actions(card)]

    async def wait_for(self, digits: int, text: str) -> str:
        """The newest card that holds the text, once there is one."""

        def has_come(_ledger: Ledger) -> bool:
            return any(text in card for card in self.cards(digits))

        await self.platform.wait_for(has_come, SECONDS)
        return next(card for card in reversed(self.cards(digits)) if text in card)

    def _chat(self, digits: int) -> dict[str, dict[str, Any]]:
        return self.platform.ledger.cards.get(self._persona(digits).chat, {})

    def _persona(self, digits: int) -> Persona:
        return Persona(digits, "Direktør", self.platform.url)

    async def _post(self, activity: dict[str, object]) -> None:
        async with aiohttp.ClientSession() as session, session.post(self.endpoint, json=activity) as answer:
            assert answer.status in (200, 201, 202), await answer.text()


def _text(card: dict[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False)


def _actions(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The card's buttons, each before those that it unfolds."""
    for action in card.get("actions", ()):
        yield action
        yield from _actions(action.get("card", {}))


def _executed(card: dict[str, Any], title: str) -> dict[str, Any] | None:
    """The action of a button; of one that unfolds fields, the action that sends them."""
    named = next((action for action in _actions(card) if action["title"] == title), None)
    if named and named["type"] == "Action.ShowCard":
        return next(_actions(named["card"]), None)
    return named if named and "verb" in named else None
