"""Windows that open: for a button that must ask first, and for an answer that is a form."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.channels.base import Pressed, Turn
from bot.channels.slack.modals import Modals, Opened, View, main_act
from bot.channels.slack.outcomes import Ok
from bot.channels.slack.replies import Replies
from bot.channels.slack.web import SlackWeb
from cards import blockkit
from cards.i18n import use
from cards.message import Act, Json, Message
from cards.templates import modal_texts

_PLACE = ("form", "act")
"""What says where on the shelf a button's form is; no part of the act."""
_log = structlog.get_logger()


class Openings:
    def __init__(self, web: SlackWeb, modals: Modals, replies: Replies) -> None:
        self._web, self._modals, self._replies = web, modals, replies

    async def pressed(self, turn: Pressed, trigger: str) -> Pressed | None:
        """None where a window asks first; else the act as it is to be done now.

        A button without a form acts at once, as one does whose form is gone: then the rules say what is missing.
        """
        bare = {name: value for name, value in turn.data.items() if name not in _PLACE}
        form, act = turn.data.get("form"), turn.data.get("act")
        message = await self._modals.message(form) if form is not None else None
        if message is not None and turn.verb == blockkit.READ:
            with use(message.language):
                whole = blockkit.to_reading(message)
            await self._open(trigger, whole)
            return None
        button = _button(message, act)
        if message is None or button is None or button.verb != turn.verb or turn.address.scope != "personal":
            return replace(turn, data=bare)
        place = message.buttons.index(button)
        with use(message.language):
            asked = blockkit.form_of(message, place)
        if asked is None:  # its data was more than a button holds
            return replace(turn, data={**button.data, **bare})
        where = turn.address.conversation if turn.message_id else ""
        opened = Opened(str(form), place, where, turn.message_id, turn.sender.user)
        if not await self._open(trigger, await self._modals.view(message, asked, opened)):
            await self._with_button(turn, message)
        return None

    async def offer(self, turn: Turn, trigger: str, message: Message | None, message_id: str) -> None:
        """An answer that is a form is opened at once, while that may be done. Its message stays with its button."""
        place = main_act(message) if message is not None else None
        if message is None or place is None or not trigger or turn.address.scope != "personal":
            return
        with use(message.language):
            form = blockkit.form_of(message, place)
        if form is not None:
            opened = Opened("", place, turn.address.conversation, message_id, turn.sender.user)
            await self._open(trigger, await self._modals.view(message, form, opened))

    async def _open(self, trigger: str, view: View) -> bool:
        if not trigger:
            return False
        called = await self._web.call("views.open", urgent=True, trigger_id=trigger, view=view)
        if not isinstance(called, Ok):
            _log.info("window_not_opened", outcome=type(called).__name__, detail=called.detail)
        return isinstance(called, Ok)

    async def _with_button(self, turn: Turn, message: Message) -> None:
        """What was pressed, once more, with a button that can be pressed anew."""
        with use(message.language):
            note = modal_texts.not_opened()
        await self._replies.send(turn, replace(message, blocks=(note, *message.blocks)))


def _button(message: Message | None, act: Json) -> Act | None:
    if message is None or type(act) is not int or not 0 <= act < len(message.buttons):
        return None
    button = message.buttons[act]
    return button if isinstance(button, Act) else None
