"""A message's blocks, shortened until Slack takes them: at most 50, and of about 12,000 characters together.

The second limit is not published (``msg_blocks_too_long``); it is held as compact JSON, with the buttons' values in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import orjson

from cards.blockkit.blocks import draw_block, draw_title
from cards.blockkit.buttons import READ, as_json, draw_buttons
from cards.blockkit.forms import are_inputs_asked, asking
from cards.blockkit.text import Element, context, label, sections
from cards.i18n import _
from cards.message import LongText, Message, Paragraph
from cards.plain import block_text
from cards.safe import clean, cut

BLOCKS: Final = 50
CHARACTERS: Final = 12_000
_ROOMS: Final = (3_000, 2_000, 1_500, 1_200, 900, 700, 500, 350, 250)
"""Characters that each long text keeps, the most of these that fit; where not even the least does, all is words."""
_WHY: Final = 250
_IN_ANOTHER_LANGUAGE: Final = 1_000
_LABEL: Final = 75


def to_message_blocks(message: Message, form: str = "") -> list[Element]:
    """In the current language, never too many or too long: texts are cut («…»), and a button shows them whole.

    ``form``: the shelf's id of the message where it :func:`asks`. Errors: ``ValueError`` for too many buttons or a
    bad address.
    """
    return shortened(message, form, CHARACTERS)


def asks(message: Message) -> bool:
    """Whether the message must stand on the shelf: some button asks first, or the message may be shown shortened.

    In whichever language: the words that drawing adds are of different lengths.
    """
    return bool(asking(message)) or not _fits(_whole(message, ""), CHARACTERS - _IN_ANOTHER_LANGUAGE)


def shortened(message: Message, form: str, characters: int) -> list[Element]:
    """:func:`to_message_blocks` in so many characters."""
    drawn = _whole(message, form)
    if _fits(drawn, characters):
        return drawn
    least = _cut(message, form, _ROOMS[-1])
    if not _fits(least, characters):
        return _in_words(message, form, characters)
    attempts = (_cut(message, form, room) for room in _ROOMS[:-1])
    return next((drawn for drawn in attempts if _fits(drawn, characters)), least)


def _whole(message: Message, form: str) -> list[Element]:
    return [*draw_title(message), *_body(message), *_end(message, form)]


def _body(message: Message) -> list[Element]:
    asked = are_inputs_asked(message)
    return [element for block in message.blocks for element in draw_block(block, asked=asked)]


def _end(message: Message, form: str, *more: Element) -> list[Element]:
    why = [context(message.why)] if message.why.strip() else []
    return [*more, *draw_buttons(message.buttons, form, asking(message)), *why]


def _fits(blocks: Sequence[Element], characters: int) -> bool:
    return len(blocks) <= BLOCKS and written(blocks) <= characters


def written(blocks: Sequence[Element]) -> int:
    """Characters of compact JSON."""
    return len(orjson.dumps(list(blocks)).decode())


def _cut(message: Message, form: str, room: int) -> list[Element]:
    """With no more than ``room`` characters of each long text or paragraph; those that need less keep everything."""
    blocks = tuple(
        replace(block, text=cut(clean(block.text), room)) if isinstance(block, LongText | Paragraph) else block
        for block in message.blocks
    )
    return [*draw_title(message), *_body(replace(message, blocks=blocks)), *_end(message, form, *_rest(form))]


def _in_words(message: Message, form: str, characters: int) -> list[Element]:
    """Where cutting texts is not enough, all is words, in as few sections as hold them."""
    title = draw_title(message)
    end = _end(replace(message, why=cut(clean(message.why), _WHY)), form, *_rest(form))
    text = "\n\n".join(clean(block_text(block)).strip() for block in message.blocks)
    room = characters - written([*title, *end])
    while room > 0 and text.strip():
        drawn = [*title, *sections(cut(text, room)), *end]
        if _fits(drawn, characters):
            return drawn
        room = room * 9 // 10
    return [*title, *end]


def _rest(form: str) -> list[Element]:
    """The way to the whole; without the shelf, that it is not all."""
    if not form:
        return [context(_("Noe er kortet ned her («…»)."))]
    words = label(_("Les alt"), _LABEL)
    button = {"type": "button", "text": words, "action_id": READ, "value": as_json({"form": form})}
    return [{"type": "actions", "elements": [button]}]
