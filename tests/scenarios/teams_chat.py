"""One person's personal chat with the bot in Teams: real activities in, the Connector's calls out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.faults import Fault
from tests.fakes.teams import Persona
from tests.scenarios.looks import button, words

if TYPE_CHECKING:
    from tests.scenarios.world import World


@dataclass
class Chat:
    """``cards`` are whole: what a button asks stands in its card."""

    world: World
    persona: Persona

    @property
    def id(self) -> str:
        return self.persona.user

    @property
    def cards(self) -> dict[str, dict[str, Any]]:
        """Every card in the chat as it looks now, by message id, oldest first."""
        return self.world.platform.ledger.cards.get(self.persona.chat, {})

    @property
    def last(self) -> dict[str, Any]:
        return self.world.platform.ledger.latest_card(self.persona.chat)

    @property
    def notices(self) -> list[dict[str, Any]]:
        """What the bot sent of its own accord, in order, as it was sent."""
        return [
            call.card for call in self.world.platform.ledger.of(self.persona.chat) if call.kind == "send" and call.card
        ]

    async def join(self) -> None:
        await self.world.post(self.persona.installs())

    async def block(self) -> None:
        """From now on the platform delivers nothing of the bot's here."""
        self.world.platform.faults.add(*[Fault(403)] * 50, conversation=self.persona.chat)

    async def send_file(self, name: str, data: bytes) -> dict[str, Any]:
        """Drops a file into the chat, and gives what the chat shows last then."""
        status, body = await self.world.post(self.persona.sends_file(name, self.world.drive.put(data)))
        assert status in (200, 202), body
        await self.world.settled()
        return self.last

    async def looks(self, card: dict[str, Any]) -> dict[str, Any]:
        """The card with what its buttons ask, where that must be opened to be seen."""
        return card

    async def say(self, text: str) -> dict[str, Any]:
        """Says something and gives the newest card that answers it; of a turn without an answer, the chat's newest."""
        said = self.persona.says(text)
        status, body = await self.world.post(said)
        assert status in (200, 202), (status, body)
        answers = self._answers(said)
        return self.cards[answers[-1]] if answers else self.last

    def _answers(self, payload: dict[str, Any]) -> list[str]:
        """The messages that answer this turn, so that a notice that came meanwhile is not taken for its answer."""
        calls = self.world.platform.ledger.of(self.persona.chat)
        told = [call for call in calls if call.kind == "reply" and call.payload.get("replyToId") == payload["id"]]
        return [call.message_id for call in told if call.message_id in self.cards]

    async def say_all(self, *texts: str) -> dict[str, Any]:
        """Says one after the other and gives the newest card after the last."""
        for text in texts:
            await self.say(text)
        return self.last

    async def press(self, card: dict[str, Any], verb: str, **inputs: Any) -> dict[str, Any]:
        """Presses the button with this verb on a card, and gives the card that answers."""
        message_id = next((key for key, value in self.cards.items() if value is card), "unknown")
        return await self.press_raw(verb, {**button(card, verb)["data"], **inputs}, message_id)

    def message_of(self, text: str) -> str:
        """The id of the newest message whose card holds the text now."""
        found = [message for message, card in self.cards.items() if text in words(card)]
        assert found, f"no card holds «{text}»"
        return found[-1]

    async def press_raw(self, verb: str, data: dict[str, Any], message_id: str = "unknown") -> dict[str, Any]:
        pressed = self.persona.presses(verb, data, message_id)
        status, body = await self.world.post(pressed)
        assert status == 200, (status, body)
        assert body["statusCode"] == 200, body
        card = body["value"]
        if card == "":  # there was nothing to answer
            return self.last
        if isinstance(card, str):  # the answer comes as a message of its own
            await self.world.platform.wait_for(lambda _: bool(self._answers(pressed)))
            return self.cards[self._answers(pressed)[-1]]
        assert isinstance(card, dict), body
        return card

    async def sees(self, text: str, seconds: float = 10.0) -> dict[str, Any]:
        """Waits until some card in the chat holds the text, and gives the newest such card."""

        def there(_: Any) -> bool:
            return any(text in words(card) for card in self.cards.values())

        try:
            await self.world.platform.wait_for(there, seconds)
        except TimeoutError:
            shown = "\n---\n".join(words(card) for card in self.cards.values())
            raise AssertionError(f"«{text}» never came; the chat shows:\n{shown}") from None
        return [card for card in self.cards.values() if text in words(card)][-1]
