"""The bot's home: one's own page, drawn anew each time it is opened and after each press in it."""

from __future__ import annotations

import structlog

from bot.channels.base import Receiver, Turn
from bot.channels.slack.modals import Modals
from bot.channels.slack.outcomes import Ok
from bot.channels.slack.web import SlackWeb
from cards import blockkit
from cards.i18n import use

_log = structlog.get_logger()


class Home:
    def __init__(self, receiver: Receiver, web: SlackWeb, modals: Modals) -> None:
        self._receiver, self._web, self._modals = receiver, web, modals

    async def publish(self, turn: Turn) -> None:
        answer = await self._receiver.home(turn)
        if not answer.messages:
            return
        forms = [await self._modals.form_id(message) for message in answer.messages]
        with use(answer.messages[0].language):
            view = blockkit.to_home(answer.messages, forms)
        called = await self._web.call("views.publish", urgent=True, user_id=turn.sender.user, view=view)
        if not isinstance(called, Ok):
            _log.warning("home_not_published", outcome=type(called).__name__, detail=called.detail)
