"""A message as one card."""

from __future__ import annotations

from typing import Final

import orjson

from cards.adaptive.blocks import draw_block
from cards.adaptive.buttons import draw_buttons
from cards.adaptive.inputs import Ids
from cards.adaptive.text import Element, heading, rich, run
from cards.i18n import current
from cards.message import Message
from cards.plain import to_summary
from cards.safe import escape_markdown
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


def _title(message: Message) -> Element:
    if message.tone == "default":
        return heading(message.title)
    signed = heading(f"{TONE_SIGNS[message.tone]} {message.title}")
    return {"type": "Container", "style": message.tone, "bleed": True, "items": [signed]}


def card_bytes(card: Element) -> int:
    """The size of a card as it is sent: compact JSON in UTF-8."""
    return len(orjson.dumps(card))
