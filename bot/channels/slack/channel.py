"""Slack as one way to reach people: what delivery and redrawing use, and what the answers to people are made of."""

from __future__ import annotations

from typing import Any

from board.clock import Clock
from board.delivery import Address
from bot.channels.base import Halted, Outcome, Retry
from bot.channels.slack.config import NAME, SlackConfig
from bot.channels.slack.files import Pictures
from bot.channels.slack.outcomes import Ok, as_sent, text_of
from bot.channels.slack.render import Renderer
from bot.channels.slack.shelf import Shelf
from bot.channels.slack.web import Me, SlackWeb
from cards.message import Message, Picture


class SlackChannel:
    """Implements ``bot.channels.base.Channel``. One try a call, unless ``urgent``: then a person waits for it."""

    name = NAME

    def __init__(
        self, web: SlackWeb, pictures: Pictures, renderer: Renderer, shelf: Shelf, clock: Clock, config: SlackConfig
    ) -> None:
        self._web = web
        self._pictures = pictures
        self._renderer = renderer
        self._shelf = shelf
        self._clock = clock
        self._config = config

    async def send(self, address: Address, message: Message, *, urgent: bool = False) -> Outcome:
        if message.picture is not None:
            return await self._picture(address.conversation, message, message.picture, urgent=urgent)
        drawn = await self.drawn(message)
        called = await self._web.call(
            "chat.postMessage",
            conversation=address.conversation,
            urgent=urgent,
            channel=address.conversation,
            unfurl_links=False,
            unfurl_media=False,
            **drawn,
        )
        return as_sent(called)

    async def update(self, address: Address, message_id: str, message: Message, *, urgent: bool = False) -> Outcome:
        """A picture stands as it was sent: only a new one shows something else."""
        if message.picture is not None:
            return Halted("gone", "a picture cannot be redrawn")
        drawn = await self.drawn(message)
        called = await self._web.call(
            "chat.update",
            conversation=address.conversation,
            urgent=urgent,
            channel=address.conversation,
            ts=message_id,
            **drawn,
        )
        return as_sent(called)

    async def open(self, tenant: str, user: str, service_url: str, *, urgent: bool = False) -> Address | Outcome:
        """The person's chat with the bot. Slack gives the same each time, and says nothing to the person by it."""
        if tenant != self._config.team:
            return Halted("forbidden", "another workspace")
        me = await self._web.me()
        if not isinstance(me, Me):
            return me
        opened = await self._web.call("conversations.open", urgent=urgent, users=user)
        if not isinstance(opened, Ok):
            return opened
        conversation = text_of(opened.data, "channel", "id")
        if not conversation:
            return Retry(None, throttled=False, detail="unreadable_answer")
        return Address(NAME, me.team, "", conversation, "personal", me.user, me.team)

    async def drawn(self, message: Message) -> dict[str, Any]:
        """``blocks`` and ``text``. A message with a button that must ask first lies on the shelf, for its modal."""
        form = ""
        if self._renderer.asks(message):
            form = await self._shelf.keep(self._renderer.dump(message), self._clock.now())
        return {"text": self._renderer.text(message), "blocks": self._renderer.blocks(message, form)}

    async def _picture(self, conversation: str, message: Message, picture: Picture, *, urgent: bool) -> Outcome:
        png = await self._renderer.picture(picture)
        return await self._pictures.share(conversation, png, message.title, picture.alt, urgent=urgent)
