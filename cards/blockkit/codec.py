"""A message as JSON and back, for the shelf where what a button asks is kept until it is pressed.

What has its default value is left out, so that a message kept before a field was added reads as it did. So is how a
reader of e-mail answers: that address is a secret of one mail.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, Final

from cards import message
from cards.actions import UNKEPT
from cards.message import Act, Block, Inputs, Message

_KIND: Final = "is"
_DATA: Final = "data"
"""Of a button: JSON already, whose lists stay lists."""
_OF_MAIL: Final = "answering"
_KINDS: Final[Mapping[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        *(message.Message, message.About, message.Picture),
        *(message.Paragraph, message.Banner, message.Facts, message.LongText),
        *(message.Steps, message.Step, message.Meter, message.MeterItem),
        *(message.Inputs, message.Field, message.Option),
        *(message.Act, message.Say, message.Open),
    )
}


def dump(message: Message) -> str:
    """The same text for equal messages, in ASCII. What was typed where answers are secret is left out."""
    return json.dumps(_written(_without_secrets(message)), separators=(",", ":"), sort_keys=True)


def load(text: str) -> Message:
    """The inverse of :func:`dump`. Errors: ``ValueError`` for what is no message."""
    try:
        read = _read(json.loads(text))
    except (TypeError, RecursionError) as error:
        raise ValueError("no message") from error
    if not isinstance(read, Message):
        raise ValueError("no message")
    return read


def _without_secrets(message: Message) -> Message:
    if not any(isinstance(button, Act) and button.verb in UNKEPT for button in message.buttons):
        return message
    return replace(message, blocks=tuple(_emptied(block) for block in message.blocks))


def _emptied(block: Block) -> Block:
    if not isinstance(block, Inputs):
        return block
    return replace(block, fields=tuple(replace(field, value="") for field in block.fields))


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if not is_dataclass(value):
        return value
    told = {one.name: getattr(value, one.name) for one in fields(value)}
    kept = {one.name: told[one.name] for one in fields(value) if told[one.name] != _default(one)}
    kept.pop(_OF_MAIL, None)
    return {_KIND: type(value).__name__} | {
        name: dict(part) if name == _DATA else _written(part) for name, part in kept.items()
    }


def _default(one: Field[Any]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if not isinstance(value, dict):
        return value
    kind = _KINDS.get(str(value.get(_KIND)))
    if kind is None:
        raise ValueError(f"no part of a message: {value.get(_KIND)!r}")
    known = {one.name for one in fields(kind)}
    return kind(**{name: part if name == _DATA else _read(part) for name, part in value.items() if name in known})
