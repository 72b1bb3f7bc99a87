"""How messages are drawn for the chats: in the reader's language, with pictures made where there are some."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any

from bot.channels.slack.render import Block
from bot.channels.slack.render import Renderer as SlackRenderer
from bot.channels.teams.render import Renderer as TeamsRenderer
from cards import blockkit
from cards.adaptive import fitted_card, to_picture_card
from cards.i18n import use
from cards.message import Message, Picture
from cards.plain import to_summary


def teams_renderer(*, local: bool = False) -> TeamsRenderer:
    """Draws in the reader's language, which the message carries.

    The Playground ignores buttons that write for the person (``msteams`` imBack): in local mode they are plain ones.
    """

    def card(message: Message) -> dict[str, Any]:
        with use(message.language):
            drawn = fitted_card(message)
        if local:
            for action in drawn.get("actions", ()):
                if action["type"] == "Action.Submit":
                    action["data"].pop("msteams", None)
        return drawn

    def summary(message: Message) -> str:
        with use(message.language):
            return to_summary(message)

    def pictured(message: Message, png: bytes) -> dict[str, Any]:
        with use(message.language):
            return to_picture_card(message, png)

    return TeamsRenderer(card, summary, _picture, pictured)


def slack_renderer() -> SlackRenderer:
    def blocks(message: Message, form: str) -> list[Block]:
        with use(message.language):
            return blockkit.to_message_blocks(message, form)

    def text(message: Message) -> str:
        with use(message.language):
            return blockkit.escaped(to_summary(message))

    return SlackRenderer(blocks, blockkit.asks, blockkit.dump, text, _picture)


async def _picture(wanted: Picture) -> bytes:
    return await asyncio.to_thread(_drawing, wanted.source)


@lru_cache(maxsize=16)
def _drawing(source: str) -> bytes:
    from bot.pictures import draw_wheel  # noqa: PLC0415  # a quarter of the start-up, for a picture now and then

    return draw_wheel(source)
