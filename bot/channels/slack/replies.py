"""Answers on their way out: messages posted, the message that was pressed redrawn, copies noted."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import structlog

from board.delivery import Address
from bot.channels.base import Answer, Outcome, Receiver, Sent, Turn
from bot.channels.incidents import report_incident
from cards.message import Message

_log = structlog.get_logger()


class Outgoing(Protocol):
    """``bot.channels.slack.channel.SlackChannel``, as answers use it: ``urgent``, as a person waits."""

    async def send(self, address: Address, message: Message, *, urgent: bool = False) -> Outcome: ...

    async def update(self, address: Address, message_id: str, message: Message, *, urgent: bool = False) -> Outcome: ...


class Chats(Protocol):
    """``bot.channels.slack.people.SlackPeople``: where the bot writes to a person."""

    async def chat_with(self, user: str) -> Address | Outcome: ...


class Replies:
    """Raises nothing for what the platform says: an answer that does not arrive is in the log."""

    def __init__(self, receiver: Receiver, outgoing: Outgoing, chats: Chats) -> None:
        self._receiver, self._outgoing, self._chats = receiver, outgoing, chats

    async def chat_of(self, turn: Turn) -> Address | None:
        chat = await self._chats.chat_with(turn.sender.user)
        if isinstance(chat, Address):
            return chat
        _log.warning("answer_not_delivered", outcome=type(chat).__name__, detail=getattr(chat, "detail", ""))
        return None

    async def give(self, turn: Turn, answer: Answer, message_id: str = "") -> str:
        """``message_id``: what the card takes the place of. The id of the message that holds the last of it, if any."""
        shown = await self.redraw(turn, message_id, answer.card) if answer.card is not None else ""
        for message in answer.messages:
            shown = await self.send(turn, message)
        return shown

    async def redraw(self, turn: Turn, message_id: str, card: Message) -> str:
        """Sent anew where there was no message, or it is gone."""
        if message_id:
            outcome = await self._outgoing.update(turn.address, message_id, card, urgent=True)
            if isinstance(outcome, Sent):
                return message_id
        return await self.send(turn, card)

    async def send(self, turn: Turn, message: Message) -> str:
        outcome = await self._outgoing.send(turn.address, message, urgent=True)
        if not isinstance(outcome, Sent):
            _log.warning("answer_not_delivered", outcome=type(outcome).__name__, detail=outcome.detail)
            return ""
        if outcome.message_id:
            await self._note_sent(turn, message, outcome.message_id)
        return outcome.message_id

    async def _note_sent(self, turn: Turn, message: Message, message_id: str) -> None:
        try:
            await self._receiver.sent(turn, message, message_id)
        except Exception as error:  # the person has the answer; only the copy's id is lost
            report_incident("copy_not_kept", error)


def alone(answer: Answer) -> Answer:
    """What is said in the chat of a press somewhere else: where the card only stands in for that place, without it."""
    return replace(answer, card=None) if answer.messages else answer
