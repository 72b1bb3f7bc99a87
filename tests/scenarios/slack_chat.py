"""One person's chat with the bot in Slack, with the same acts as in Teams: signed payloads in, the Web API out.

A form is filled in as people do it: the button is pressed, the window fills, it is sent. What is read is what stands in
the blocks; for a form also what its windows ask, which are opened and closed again to see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.inputs import CannotDo
from tests.fakes.slack.ledger import OpenView, Posted
from tests.fakes.slack.requests import SlackRequest
from tests.scenarios.looks import words
from tests.scenarios.slack_hands import SlackHands, asked_in, filled, which
from tests.scenarios.slack_reading import Card, asking, message_card, view_card

if TYPE_CHECKING:
    from tests.fakes.slack.acks import Ack
    from tests.scenarios.slack_town import SlackTown


@dataclass(repr=False)
class SlackChat:
    """As :class:`tests.scenarios.world.Chat`; ``digits`` are those of the demo board's directory id."""

    world: SlackTown
    persona: SlackHands
    _read: list[tuple[Posted, Card]] = field(default_factory=list)
    """Everything that was looked at: an old card has its old buttons."""
    _window: Card | None = None
    _from: str = ""
    """The message that the window that stands open is about."""

    @property
    def id(self) -> str:
        return self.persona.user

    @property
    def cards(self) -> dict[str, Card]:
        """Every message in the chat as it looks now, by its id, oldest first."""
        return {posted.ts: self._card(posted) for posted in self.persona.persona.messages}

    @property
    def last(self) -> Card:
        return list(self.cards.values())[-1]

    async def join(self) -> None:
        await self._deliver(self.persona.persona.opens_home("messages"))

    async def say(self, text: str) -> Card:
        return await self.answered(self.persona.says(text))

    async def say_all(self, *texts: str) -> Card:
        card = {}
        for text in texts:
            card = await self.say(text)
        return card

    async def press(self, card: Card, verb: str, **inputs: Any) -> Card:
        """Presses the button, fills in the window where one opens, and sends it."""
        found = [e for e in card["body"] if e.get("type") == "Action.Execute" and e.get("verb") == verb]
        if card["type"] == "View":
            if card is self._window and found:
                return await self._in_window(card, verb, inputs)
            card, found = self._below(verb)
        posted = next((p for p, read in self._read if read is card), None)
        assert posted is not None, "the message is not in this chat"
        assert found, f"no button {verb}"
        request = self.persona.persona.presses(posted, **which(found[0]))
        if "form" not in found[0]["place"]:
            assert not inputs, f"{verb} asks nothing"
            return await self.answered(request, posted.ts)
        await self._deliver(request)
        window = self.persona.persona.modal
        assert window is not None, f"{verb} opened no window"
        return await self._submitted(window, verb, inputs, posted.ts)

    async def press_raw(self, verb: str, data: Mapping[str, Any], message_id: str = "unknown") -> Card:
        """What the windows of the answer ask is not looked at: see :meth:`looks`."""
        return await self.answered(self.persona.presses(verb, data, message_id), message_id, whole=False)

    async def send_file(self, name: str, data: bytes) -> Card:
        return await self.answered(self.persona.persona.sends_file(name, data))

    async def block(self) -> None:
        """From now on the bot may not write here."""
        user = self.world.slack.workspace.users[self.persona.persona.id]
        self.world.slack.workspace.add(replace(user, refuses="cannot_dm_bot"))

    @property
    def notices(self) -> list[Card]:
        """What the bot sent of its own accord, in order, as it was sent."""
        calls = [call for call in self.world.slack.ledger.of("chat.postMessage") if call.channel == self.persona.chat]
        return [message_card(c.answer["message"]) for c in calls if c.answer["ts"] in self.world.notices]

    async def looks(self, card: Card) -> Card:
        """The message with what the windows of its buttons ask."""
        posted = next((p for p, read in self._read if read is card), None)
        return card if posted is None else await self._with_windows(posted)

    def message_of(self, text: str) -> str:
        found = [message for message, card in self.cards.items() if text in words(card)]
        assert found, f"no message holds «{text}»"
        return found[-1]

    async def sees(self, text: str, seconds: float = 10.0) -> Card:
        def there(_: Any) -> bool:
            return any(text in words(card) for card in self.cards.values())

        try:
            await self.world.slack.wait_for(there, seconds)
        except TimeoutError:
            shown = "\n---\n".join(words(card) for card in self.cards.values())
            raise AssertionError(f"«{text}» never came; the chat shows:\n{shown}") from None
        await self.world.settled()
        found = [ts for ts, card in self.cards.items() if text in words(card)][-1]
        return await self._with_windows(self._message(found))

    # -- how -----------------------------------------------------------------------------------------------------------

    def _below(self, verb: str) -> tuple[Card, list[Card]]:
        """The window is closed, and what lies in the chat below it has the button."""
        self.world.slack.ledger.views[self.persona.persona.id].clear()
        for card in reversed(self.cards.values()):
            if found := [e for e in card["body"] if e.get("type") == "Action.Execute" and e.get("verb") == verb]:
                return card, found
        raise AssertionError(f"no button {verb}, neither in the window nor in the chat")

    async def _submitted(self, window: OpenView, verb: str, inputs: Mapping[str, Any], pressed: str = "") -> Card:
        """What Slack's own client would not send, like an empty answer that must be given, is sent by hand instead: the
        server judges it all the same."""
        try:
            request = self.persona.persona.submits(window, filled(window, inputs))
        except CannotDo:
            card, found = self._below(verb)
            ts = next(ts for ts, known in self.cards.items() if known is card)
            return await self.press_raw(verb, {**found[0]["data"], **inputs}, ts)
        return await self.answered(request, pressed)

    async def _in_window(self, card: Card, verb: str, inputs: Mapping[str, Any]) -> Card:
        window = self.persona.persona.modal
        assert window is not None, "the window is closed"
        if window.body.get("callback_id") == verb:
            return await self._submitted(window, verb, inputs, self._from)
        values = filled(window, inputs)
        found = next(e for e in card["body"] if e.get("verb") == verb)
        request = self.persona.persona.presses_in_view(window, values=values, **which(found))
        return await self.answered(request, self._from)

    async def answered(
        self, request: SlackRequest, pressed: str = "", *, whole: bool = True, door: SlackTown | None = None
    ) -> Card:
        """Sends it, waits until all is done, and gives what the person looks at then.

        ``pressed``: the message that it was pressed in. ``whole``: with what the windows of the answer ask. ``door``:
        the replica that it comes to.
        """
        before, window, calls = set(self._shown), self._stands(), len(self.world.slack.ledger.calls)
        ack = await self._deliver(request, door)
        answers = [ts for ts in self._shown if ts not in before and ts not in self.world.notices]
        if (now := self.persona.persona.modal) is not None and (ack.action or self._stands() != window):
            self._from = answers[-1] if answers else pressed or self._from
            self._window = view_card(now.body, now.errors)
            return self._window
        posted = self._as_answered(answers[-1] if answers else pressed, calls) or self._latest
        return await self._with_windows(posted) if whole else self._card(posted)

    def _as_answered(self, ts: str, since: int) -> Posted | None:
        """The message as the act left it, before news of the same matter may have redrawn it once more."""
        for call in self.world.slack.ledger.calls[since:]:
            if call.channel == self.persona.chat and ts and call.answer.get("ts") == ts and "message" in call.answer:
                return replace(
                    self._message(ts), body={**self._message(ts).body, "blocks": call.answer["message"]["blocks"]}
                )
        return self._message(ts) if ts in self.cards else None

    def _message(self, ts: str) -> Posted:
        return next(posted for posted in self.persona.persona.messages if posted.ts == ts)

    @property
    def _shown(self) -> list[str]:
        return [posted.ts for posted in self.persona.persona.messages]

    @property
    def _latest(self) -> Posted:
        return self.persona.persona.messages[-1]

    async def _deliver(self, request: SlackRequest, door: SlackTown | None = None) -> Ack:
        door = door or self.world
        ack = await door.slack.deliver(door.session, f"{door.url}/slack/events", request)
        assert ack.status == 200, (ack.status, ack.body)
        if ack.action:
            self.world.acknowledged(self.persona.persona.id, ack.json)
        await door.settled()
        await door.quiet()
        return ack

    def _stands(self) -> tuple[str, str] | None:
        window = self.persona.persona.modal
        return (window.id, window.hash) if window else None

    async def _with_windows(self, posted: Posted) -> Card:
        """The message, with what the windows of its buttons ask."""
        card = self._card(posted)
        there = {e["id"] for e in asked_in(card)}
        if there:
            return card
        for button in asking(card):
            await self._deliver(self.persona.persona.presses(posted, **which(button)))
            window = self.persona.persona.modal
            if window is None:
                continue
            asked = view_card(window.body, window.errors)
            card["body"] += [e for e in asked_in(asked) if e["id"] not in there]
            there |= {e["id"] for e in asked_in(asked)}
            self.world.slack.ledger.views[self.persona.persona.id].clear()
        return card

    def _card(self, posted: Posted) -> Card:
        known = next(
            (
                card
                for read, card in self._read
                if read.body["blocks"] == posted.body["blocks"] and read.ts == posted.ts
            ),
            None,
        )
        if known is None:
            known = message_card(posted.body)
            self._read.append((posted, known))
        return known
