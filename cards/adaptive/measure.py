"""What a card takes with its long texts cut, told without drawing it anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from cards.adaptive.blocks import SEEN, draw_block
from cards.adaptive.cuts import cut_to, in_json
from cards.adaptive.inputs import Ids
from cards.adaptive.text import EXPANDED, shown
from cards.message import LongText, Message
from cards.safe import clean


@dataclass(frozen=True, slots=True)
class Measured:
    """A drawn message: the bytes of what is not a long text, and each long text as it could be cut."""

    rest: int
    texts: Sequence[MeasuredText]

    def size(self, room: int) -> int:
        """The bytes of the card with its long texts cut to ``room`` bytes each."""
        return self.rest + sum(text.size(room) for text in self.texts)


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """``around``: what its drawing takes beside the text itself, as long as more than ``SEEN`` of it is left."""

    block: LongText
    written: bytes
    whole: int
    around: int

    def size(self, room: int) -> int:
        if len(self.written) <= room:
            return self.whole
        text = cut_to(self.block.text, self.written, room)
        if len(text) > SEEN and EXPANDED not in text:
            return self.around + len(in_json(text))
        return _drawn(replace(self.block, text=text))


def measured(message: Message, size: int) -> Measured:
    """Of a message whose card has ``size`` bytes."""
    texts = [_measured(block) for block in message.blocks if isinstance(block, LongText)]
    return Measured(size - sum(text.whole for text in texts), texts)


def _measured(block: LongText) -> MeasuredText:
    block = replace(block, text=clean(block.text))
    whole = _drawn(block)
    return MeasuredText(block, in_json(block.text), whole, whole - len(in_json(shown(block.text))))


def _drawn(block: LongText) -> int:
    """Its bytes in the body of a card, where a comma stands before each of its elements."""
    return len(orjson.dumps(list(draw_block(block, Ids())))) - 1
