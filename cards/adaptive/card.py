"""A message as one card."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

import orjson

from cards.adaptive.blocks import draw_block
from cards.adaptive.buttons import draw_buttons
from cards.adaptive.inputs import Ids
from cards.adaptive.text import Element, heading, rich, run
from cards.i18n import current
from cards.message import Message
from cards.plain import to_summary
from cards.safe import escape_markdown, one_line
from cards.signs import TONE_SIGNS

VERSION: Final = "1.5"


def to_adaptive_card(message: Message) -> Element:
    """The card in the current language. Errors: ``ValueError`` for too many buttons or a bad address."""
    ids = Ids()
    body = [_title(message)]
    for block in message.blocks:
        body.extend(draw_block(block, ids))
    if message.why:
        body.append(rich(run(message.why, size="small", isSubtle=True), spacing="medium", separator=True))
    card: Element = {
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": current(),
        "fallbackText": escape_markdown(to_summary(message)),
        "msteams": {"width": "Full"},
        "body": body,
    }
    if message.buttons:
        card["actions"] = draw_buttons(message.buttons, ids)
    return card


def to_picture_card(message: Message, png: bytes) -> Element:
    """The message's picture alone, with its words for who cannot see it; Teams shows it large when pressed.

    In a card rather than as an attachment: an attachment has no alternative text. Errors: ``ValueError`` without one.
    """
    if message.picture is None:
        raise ValueError("a message without a picture")
    image: Element = {
        "type": "Image",
        "url": f"data:image/png;base64,{b64encode(png).decode('ascii')}",
        "altText": one_line(message.picture.alt),
        "size": "Stretch",
        "msteams": {"allowExpand": True},
    }
    return {
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": current(),
        "fallbackText": escape_markdown(message.picture.alt),
        "msteams": {"width": "Full"},
        "body": [image],
    }


def _title(message: Message) -> Element:
    if message.tone == "default":
        return heading(message.title)
    signed = heading(f"{TONE_SIGNS[message.tone]} {message.title}")
    return {"type": "Container", "style": message.tone, "bleed": True, "items": [signed]}


def card_bytes(card: Element) -> int:
    """The size of a card as it is sent: compact JSON in UTF-8."""
    return len(orjson.dumps(card))
