"""A text in at most so many bytes of JSON."""

from __future__ import annotations

from typing import Final

import orjson

from cards.safe import clean, cut

_MOST_OF_A_CHARACTER: Final = 6
"""Bytes: an escape."""
_ELLIPSIS: Final = len("…".encode())


def within(text: str, room: int) -> str:
    """``text`` in at most ``room`` bytes; where it is longer it is :func:`cut`, as late as they allow."""
    if len(text) * _MOST_OF_A_CHARACTER <= room:
        return text
    text = clean(text)
    return cut_to(text, in_json(text), room)


def in_json(text: str) -> bytes:
    """The text as it stands between the quotes."""
    return orjson.dumps(text)[1:-1]


def cut_to(text: str, written: bytes, room: int) -> str:
    """:func:`within` for a clean text whose :func:`in_json` is known.

    How many characters there is room for is read off; a cut at a word's end may then look a little further ahead.
    """
    if len(written) <= room:
        return text
    most = _characters(written[: max(0, room - _ELLIPSIS)])
    high = max(1, min(len(text) - 1, room))
    low = min(most + 1, high)
    while low < high:
        length = (low + high + 1) // 2
        if len(cut(text, length)) <= most + 1:
            low = length
        else:
            high = length - 1
    return cut(text, low)


def _characters(written: bytes) -> int:
    """Whole characters in the first bytes of a text. The escapes of a clean text are a backslash and one more."""
    start = written.decode(errors="ignore")
    if "\\" not in start:
        return len(start)
    half = (len(start) - len(start.rstrip("\\"))) % 2
    return len(orjson.loads(f'"{start[: len(start) - half]}"'))
