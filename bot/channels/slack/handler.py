"""From a turn to the conversation, and its answer back over the Web API: as messages, redrawn messages and windows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import orjson

from board.clock import Clock
from board.delivery import Address
from bot.channels.base import Installed, Pressed, Receiver, Removed, Said, Turn
from bot.channels.incidents import report_incident
from bot.channels.pace import Pace
from bot.channels.slack import submissions
from bot.channels.slack.home import Home
from bot.channels.slack.modals import Modals
from bot.channels.slack.opening import Openings
from bot.channels.slack.replies import Chats, Outgoing, Replies, alone
from bot.channels.slack.responder import Responder
from bot.channels.slack.shelf import Shelf
from bot.channels.slack.submissions import Submissions
from bot.channels.slack.turns import Closed, Commanded, Homed, Shortcut, Submitted, View
from bot.channels.slack.web import SlackWeb
from cards.i18n import use
from cards.message import Banner, Json, Message
from cards.templates import modal_texts
from dialogs.commands import Command
from dialogs.understand import Meant, understand


class SlackHandler:
    """Implements ``bot.channels.slack.turns.Handler``. Never raises; what breaks becomes an incident."""

    def __init__(
        self,
        receiver: Receiver,
        web: SlackWeb,
        channel: Outgoing,
        people: Chats,
        shelf: Shelf,
        responder: Responder,
        pace: Pace,
        clock: Clock,
    ) -> None:
        self._receiver, self._responder, self._pace = receiver, responder, pace
        modals = Modals(shelf, clock)
        self._replies = Replies(receiver, channel, people)
        self._openings = Openings(web, modals, self._replies)
        self._home = Home(receiver, web, modals)
        self._submissions = Submissions(receiver, web, modals, self._replies, self._home)
        self._pressing: set[bytes] = set()

    @property
    def under_way(self) -> int:
        """Answers that still go out after what they answer was acknowledged and done."""
        return self._submissions.under_way

    async def settle(self, seconds: float) -> None:
        """Waits for them, at most so long."""
        await self._submissions.settle(seconds)

    # -- words ---------------------------------------------------------------------------------------------------------

    async def said(self, turn: Said, trigger: str = "") -> None:
        placed = await self._placed(turn)
        if placed is None:
            await self._hint(turn, modal_texts.cannot_answer)
        else:
            await self._converse(placed, lambda: self._say(turn, replace(turn, address=placed.address), trigger))

    async def _say(self, typed: Said, turn: Said, trigger: str) -> None:
        answer = await self._receiver.said(turn)
        shown = await self._replies.give(turn, answer)
        if typed.address != turn.address and typed.address.conversation != turn.address.conversation:
            await self._hint(typed, modal_texts.answered_in_chat, answer.messages[0] if answer.messages else None)
        elif not shown and turn.address.scope != "personal":
            await self._hint(typed, modal_texts.not_in_channel, answer.messages[0] if answer.messages else None)
        await self._openings.offer(turn, trigger, answer.messages[-1] if answer.messages else None, shown)

    async def _hint(self, turn: Said, words: Callable[[], str], answer: Message | None = None) -> None:
        """Beside a slash command, wherever it was typed."""
        if isinstance(turn, Commanded) and turn.response_url:
            with use(answer.language if answer else "nb"):
                text = words()
            await self._responder.tell(turn.response_url, text)

    async def _placed(self, turn: Turn) -> Turn | None:
        """Where it is answered: what is one's own in one's own chat, wherever it was asked for."""
        if turn.address.conversation and not isinstance(turn, Commanded | Shortcut):
            return turn
        if isinstance(turn, Commanded) and _is_of_channel(turn.text):
            return turn
        try:
            chat = await self._replies.chat_of(turn)
        except Exception as error:
            report_incident("turn_failed", error, turn=type(turn).__name__)
            return None
        return replace(turn, address=chat) if isinstance(chat, Address) else None

    # -- presses -------------------------------------------------------------------------------------------------------

    async def pressed(self, turn: Pressed, trigger: str = "", view: View | None = None) -> None:
        """A second press on the same button while the first is being answered is the same press."""
        key = orjson.dumps([turn.sender.user, view.id if view else turn.message_id, turn.verb, dict(turn.data)])
        if key in self._pressing:
            return
        self._pressing.add(key)
        try:
            await self._pressed(turn, trigger, view)
        finally:
            self._pressing.discard(key)

    async def _pressed(self, turn: Pressed, trigger: str, view: View | None) -> None:
        if view is not None and view.kind == "modal":
            await self._in_window(turn, view)
            return
        placed = await self._placed(turn)
        if isinstance(placed, Pressed):
            await self._converse(placed, lambda: self._press(placed, trigger, in_home=view is not None))

    async def _press(self, turn: Pressed, trigger: str, *, in_home: bool) -> None:
        act = await self._openings.pressed(turn, trigger)
        if act is None:
            return
        answer = await self._receiver.pressed(act)
        shown = await self._replies.give(act, alone(answer) if in_home else answer, act.message_id)
        if in_home:
            await self._home.publish(act)
        last = answer.messages[-1] if answer.messages else None
        await self._openings.offer(act, trigger, last if last is not None else answer.card, shown)

    # -- windows -------------------------------------------------------------------------------------------------------

    async def submitted(self, turn: Submitted, trigger: str = "") -> dict[str, Json] | None:
        if not self._may_go_on(turn):
            with use(self._submissions.language(turn.view)):
                return submissions.refused(turn.view, modal_texts.too_fast(), self._receiver.slow_down(turn))
        try:
            return await self._submissions.submitted(turn)
        except Exception as error:  # a bug, or a fault below us: the window stays, with what was typed in it
            incident = report_incident("turn_failed", error, turn=type(turn).__name__)
            with use(self._submissions.language(turn.view)):
                failure = self._receiver.failure(turn, incident)
                return submissions.refused(turn.view, modal_texts.failed(incident), failure)

    def one_moment(self, turn: Submitted) -> dict[str, Json]:
        return self._submissions.one_moment(turn.view)

    async def late(self, turn: Submitted, body: dict[str, Json] | None) -> None:
        with self._reported("answer_failed"):
            await self._submissions.late(turn, body)

    async def closed(self, turn: Closed) -> None:
        with self._reported("turn_failed"):
            await self._submissions.closed(turn)

    async def _in_window(self, turn: Pressed, view: View) -> None:
        with use(self._submissions.language(view)):
            note = Banner(modal_texts.too_fast(), "warning")
        try:
            if self._may_go_on(turn):
                await self._submissions.pressed(turn, view)
                return
        except Exception as error:
            incident = report_incident("turn_failed", error, turn=type(turn).__name__)
            with use(self._submissions.language(view)):
                note = Banner(modal_texts.failed(incident), "attention")
        with self._reported("failure_not_told"):
            await self._submissions.keep(view, turn.sender.user, note)

    # -- the rest ------------------------------------------------------------------------------------------------------

    async def installed(self, turn: Installed) -> None:
        async def welcome() -> None:
            await self._replies.give(turn, await self._receiver.installed(turn))

        await self._respond(turn, welcome)

    async def removed(self, turn: Removed) -> None:
        with self._reported("removal_failed"):
            await self._receiver.removed(turn)

    async def home(self, turn: Homed) -> None:
        """Too often, it stays as it was drawn last."""
        if self._may_go_on(turn):
            with self._reported("turn_failed"):
                await self._home.publish(turn)

    # -- how -----------------------------------------------------------------------------------------------------------

    def _may_go_on(self, turn: Turn) -> bool:
        return self._pace.take((turn.sender.tenant, turn.sender.user)) == "go"

    async def _converse(self, turn: Turn, act: Callable[[], Awaitable[None]]) -> None:
        allowed = self._pace.take((turn.sender.tenant, turn.sender.user))
        if allowed == "go":
            await self._respond(turn, act)
        elif allowed == "tell":
            with self._reported("failure_not_told"):
                await self._replies.send(turn, self._receiver.slow_down(turn))

    async def _respond(self, turn: Turn, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except Exception as error:  # a bug, or a fault below us: the person is told, operators get the id
            incident = report_incident("turn_failed", error, turn=type(turn).__name__)
            with self._reported("failure_not_told", of=incident):
                await self._replies.send(turn, self._receiver.failure(turn, incident))

    @contextmanager
    def _reported(self, event: str, **facts: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            report_incident(event, error, **facts)


def _is_of_channel(text: str) -> bool:
    """«kanal» is about the channel where it is written; everything else is answered to the person."""
    meant = understand(text)
    return isinstance(meant, Meant) and meant.command is Command.CHANNEL
