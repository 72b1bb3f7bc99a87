"""Texts shortened until a card is small enough to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from cards.adaptive.card import card_bytes, to_adaptive_card
from cards.adaptive.cuts import within
from cards.adaptive.measure import Measured, measured
from cards.adaptive.text import Element
from cards.message import Banner, Block, Facts, LongText, Message, Meter, Paragraph, Steps

LIMIT: Final = 24_000
"""Bytes of a card. Teams wants a message ≤ 25 KB; the rest is for what is around the card."""

_LONG_TEXT_ROOM: Final = 60
_ANY_TEXT_ROOM: Final = 8


def fit(message: Message, limit: int = LIMIT) -> Message:
    """The message with its long texts cut («…») so that its card has at most ``limit`` bytes.

    All long texts get the same room; those that need less keep everything. Only where that is not enough are
    other texts cut too. Values of inputs and buttons are never touched: a form that outgrows a card must
    split itself.
    """
    return _fitted(message, limit)[0]


def fitted_card(message: Message, limit: int = LIMIT) -> Element:
    """The card of the message, with texts shortened where it would be more than ``limit`` bytes."""
    fitted, card = _fitted(message, limit)
    return to_adaptive_card(fitted) if card is None else card


def _fitted(message: Message, limit: int) -> tuple[Message, Element | None]:
    """Also the card, where the message is as it was."""
    card = to_adaptive_card(message)
    size = card_bytes(card)
    if size <= limit:
        return message, card
    return _shortened(message, measured(message, size), limit), None


def _shortened(message: Message, drawn: Measured, limit: int) -> Message:
    """Long texts are measured one by one; where they do not help, each attempt is drawn whole."""
    room = _roomiest(_LONG_TEXT_ROOM, limit, lambda room: drawn.size(room) <= limit)
    shortened = _with_long_texts(message, room)
    if drawn.size(room) <= limit:
        return shortened

    def helps(room: int) -> bool:
        candidate = _with_all_texts(shortened, room)
        return candidate != shortened and card_bytes(to_adaptive_card(candidate)) <= limit

    return _with_all_texts(shortened, _roomiest(_ANY_TEXT_ROOM, limit, helps))


def _roomiest(least: int, most: int, fits: Callable[[int], bool]) -> int:
    """The most bytes a text that fit: found by halving, as escapes and words make sizes hard to foretell."""
    while least < most:
        room = (least + most + 1) // 2
        if fits(room):
            least = room
        else:
            most = room - 1
    return least


def _with_long_texts(message: Message, room: int) -> Message:
    blocks = (
        replace(block, text=within(block.text, room)) if isinstance(block, LongText) else block
        for block in message.blocks
    )
    return replace(message, blocks=tuple(blocks))


def _with_all_texts(message: Message, room: int) -> Message:
    return replace(
        message,
        title=within(message.title, room),
        summary=within(message.summary, room),
        why=within(message.why, room),
        blocks=tuple(_short_block(block, room) for block in message.blocks),
    )


def _short_block(block: Block, room: int) -> Block:
    match block:
        case Paragraph() | Banner():
            return replace(block, text=within(block.text, room))
        case LongText():
            return replace(block, label=within(block.label, room), text=within(block.text, room))
        case Facts():
            return Facts(tuple((within(label, room), within(value, room)) for label, value in block.rows))
        case Steps():
            steps = (
                replace(step, label=within(step.label, room), detail=within(step.detail, room)) for step in block.steps
            )
            return Steps(tuple(steps))
        case Meter():
            items = (replace(item, label=within(item.label, room)) for item in block.items)
            return Meter(within(block.label, room), tuple(items))
        case _:
            return block
