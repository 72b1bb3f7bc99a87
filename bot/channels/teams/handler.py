"""From the SDK's dispatch by activity type to the conversation, and its answer back as cards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from botbuilder.core.teams import TeamsActivityHandler

from bot.channels.base import Answer, Installed, Pressed, Receiver, Removed, Said, Sent, Turn
from bot.channels.incidents import report_incident
from bot.channels.pace import Pace
from bot.channels.teams.activity import message_activity
from bot.channels.teams.exchange import (
    DONE,
    KEY,
    Exchange,
    HttpAnswer,
    invoke_card,
    invoke_error,
    invoke_message,
)
from bot.channels.teams.render import Renderer
from cards.message import Message

_T = TypeVar("_T", bound=Turn)
_log = structlog.get_logger()


class TeamsHandler(TeamsActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    """One for all turns: it holds no state of its own. Never raises; what breaks becomes an incident."""

    def __init__(self, receiver: Receiver, renderer: Renderer, pace: Pace) -> None:
        super().__init__()
        self._receiver = receiver
        self._renderer = renderer
        self._pace = pace

    async def on_message_activity(self, turn_context: Any) -> None:
        exchange: Exchange = turn_context.turn_state[KEY]
        turn = exchange.turn
        if isinstance(turn, Said):
            await self._converse(turn_context, turn, self._receiver.said)
        elif isinstance(turn, Pressed):
            await self._converse(turn_context, turn, self._receiver.pressed)

    async def on_invoke_activity(self, turn_context: Any) -> None:
        """The card goes back in the HTTP answer, not through the SDK, which would serialise it twice."""
        exchange: Exchange = turn_context.turn_state[KEY]
        if isinstance(exchange.turn, Pressed):
            await self._converse(turn_context, exchange.turn, self._receiver.pressed)

    async def on_installation_update(self, turn_context: Any) -> None:
        await self._membership(turn_context)

    async def on_conversation_update_activity(self, turn_context: Any) -> None:
        """The SDK's own version raises on ``channelData.team = null``; the turn was read before."""
        await self._membership(turn_context)

    async def _membership(self, context: Any) -> None:
        turn = context.turn_state[KEY].turn
        if isinstance(turn, Installed):
            await self._respond(context, turn, self._receiver.installed)
        elif isinstance(turn, Removed):
            await self._remove(turn)

    async def _remove(self, turn: Removed) -> None:
        try:
            await self._receiver.removed(turn)
        except Exception as error:
            report_incident("removal_failed", error)

    async def _converse(self, context: Any, turn: _T, ask: Callable[[_T], Awaitable[Answer]]) -> None:
        allowed = self._pace.take((turn.sender.tenant, turn.sender.user))
        if allowed == "go":
            await self._respond(context, turn, ask)
        else:
            await self._slow_down(context, turn, tell=allowed == "tell")

    async def _respond(self, context: Any, turn: _T, ask: Callable[[_T], Awaitable[Answer]]) -> None:
        try:
            await self._give(context, turn, await ask(turn))
        except Exception as error:  # a bug, or a fault below us: the person is told, operators get the id
            await self._fail(context, turn, report_incident("turn_failed", error, turn=type(turn).__name__))

    async def _give(self, context: Any, turn: Turn, answer: Answer) -> None:
        exchange: Exchange = context.turn_state[KEY]
        if exchange.is_invoke:
            exchange.answered(self._invoke_answer(answer))
            if answer.card is not None and answer.persist:
                await self._persist(context, turn, answer.card)
        elif answer.card is not None:
            await self._redraw(context, turn, answer.card)
        for message in answer.messages:
            await self._send(context, turn, message)

    def _invoke_answer(self, answer: Answer) -> HttpAnswer:
        if answer.card is not None:
            return invoke_card(self._renderer.card(answer.card))
        return invoke_message(self._renderer.summary(answer.messages[0]) if answer.messages else "")

    async def _persist(self, context: Any, turn: Turn, card: Message) -> None:
        """The same card into the message that was pressed, so that it is there when the chat is opened again."""
        if isinstance(turn, Pressed) and turn.message_id:
            activity = await self._activity(card)
            activity.id = turn.message_id
            await context.update_activity(activity)

    async def _redraw(self, context: Any, turn: Turn, card: Message) -> None:
        """The answer to a press that came as a message: the card is redrawn, or sent anew if it is gone."""
        message_id = turn.message_id if isinstance(turn, Pressed) else ""
        if message_id:
            activity = await self._activity(card)
            activity.id = message_id
            delivered = await context.update_activity(activity)
            if isinstance(delivered.outcome, Sent):
                return
        await self._send(context, turn, card)

    async def _send(self, context: Any, turn: Turn, message: Message) -> None:
        delivered = await context.send_activity(await self._activity(message))
        outcome = delivered.outcome
        if not isinstance(outcome, Sent):
            _log.warning("answer_not_delivered", outcome=type(outcome).__name__, detail=outcome.detail)
        elif outcome.message_id:
            await self._note_sent(turn, message, outcome.message_id)

    async def _note_sent(self, turn: Turn, message: Message, message_id: str) -> None:
        try:
            await self._receiver.sent(turn, message, message_id)
        except Exception as error:  # the person has the answer; only the copy's id is lost
            report_incident("copy_not_kept", error)

    async def _slow_down(self, context: Any, turn: Turn, *, tell: bool) -> None:
        exchange: Exchange = context.turn_state[KEY]
        if exchange.is_invoke:  # words beside the card: what was typed into it stays
            exchange.answered(invoke_message(self._renderer.summary(self._receiver.slow_down(turn))))
        elif tell:
            await context.send_activity(await self._activity(self._receiver.slow_down(turn)))

    async def _fail(self, context: Any, turn: Turn, incident: str) -> None:
        exchange: Exchange = context.turn_state[KEY]
        try:
            message = self._receiver.failure(turn, incident)
            if exchange.is_invoke:
                exchange.answered(invoke_card(self._renderer.card(message)))
            else:
                await context.send_activity(await self._activity(message))
        except Exception as error:  # even the apology broke: the platform still gets an answer
            report_incident("failure_not_told", error, of=incident)
            exchange.answered(invoke_error(500, "Failure", incident) if exchange.is_invoke else DONE)

    async def _activity(self, message: Message) -> Any:
        return message_activity(await self._renderer.attachment(message), self._renderer.summary(message))
