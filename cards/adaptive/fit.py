"""Texts shortened until a card is small enough to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

import orjson

from cards.adaptive.card import card_bytes, to_adaptive_card
from cards.adaptive.text import Element
from cards.message import Banner, Block, Facts, LongText, Message, Meter, Paragraph, Steps
from cards.safe import clean, cut

LIMIT: Final = 24_000
"""Bytes of a card. Teams wants a message ≤ 25 KB; the rest is for what is around the card."""

_LONG_TEXT_ROOM: Final = 60
_ANY_TEXT_ROOM: Final = 8

Shorten: TypeAlias = Callable[[Message, int], Message]


def fit(message: Message, limit: int = LIMIT) -> Message:
    """The message with its long texts cut («…») so that its card has at most ``limit`` bytes.

    All long texts get the same room; those that need less keep everything. Only where that is not enough are
    other texts cut too. Values of inputs and buttons are never touched: a form that outgrows a card must
    split itself.
    """
    if _size(message) <= limit:
        return message
    shortened = _roomiest(message, limit, _with_long_texts, _LONG_TEXT_ROOM)
    if _size(shortened) <= limit:
        return shortened
    return _roomiest(shortened, limit, _with_all_texts, _ANY_TEXT_ROOM)


def fitted_card(message: Message, limit: int = LIMIT) -> Element:
    """The card of the message, with texts shortened where it would be more than ``limit`` bytes."""
    card = to_adaptive_card(message)
    return card if card_bytes(card) <= limit else to_adaptive_card(fit(message, limit))


def _size(message: Message) -> int:
    return card_bytes(to_adaptive_card(message))


def _roomiest(message: Message, limit: int, shorten: Shorten, least: int) -> Message:
    """Cut to the most bytes a text that fit: found by halving, as escapes make sizes hard to foretell."""
    low, high = least, limit
    best = shorten(message, least)
    while low < high:
        room = (low + high + 1) // 2
        candidate = shorten(message, room)
        if _size(candidate) <= limit:
            low, best = room, candidate
        else:
            high = room - 1
    return best


def _with_long_texts(message: Message, room: int) -> Message:
    blocks = (
        replace(block, text=_within(block.text, room)) if isinstance(block, LongText) else block
        for block in message.blocks
    )
    return replace(message, blocks=tuple(blocks))


def _with_all_texts(message: Message, room: int) -> Message:
    return replace(
        message,
        title=_within(message.title, room),
        summary=_within(message.summary, room),
        why=_within(message.why, room),
        blocks=tuple(_short_block(block, room) for block in message.blocks),
    )


def _short_block(block: Block, room: int) -> Block:
    match block:
        case Paragraph() | Banner():
            return replace(block, text=_within(block.text, room))
        case LongText():
            return replace(block, label=_within(block.label, room), text=_within(block.text, room))
        case Facts():
            return Facts(tuple((_within(label, room), _within(value, room)) for label, value in block.rows))
        case Steps():
            steps = (
                replace(step, label=_within(step.label, room), detail=_within(step.detail, room))
                for step in block.steps
            )
            return Steps(tuple(steps))
        case Meter():
            items = (replace(item, label=_within(item.label, room)) for item in block.items)
            return Meter(_within(block.label, room), tuple(items))
        case _:
            return block


def _within(text: str, room: int) -> str:
    """``text`` in at most ``room`` bytes of JSON."""
    if len(text) * 6 <= room:  # the most bytes a character takes is six, as an escape
        return text
    text = clean(text)
    if _json_bytes(text) <= room:
        return text
    low, high = 1, min(len(text) - 1, room)
    while low < high:
        length = (low + high + 1) // 2
        if _json_bytes(cut(text, length)) <= room:
            low = length
        else:
            high = length - 1
    return cut(text, low)


def _json_bytes(text: str) -> int:
    return len(orjson.dumps(text)) - 2
