"""Which character codes of a font say what they mean: ToUnicode maps (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.documents.unfit import Unfit

_BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHAR: Final = re.compile(rb"<\s*([0-9a-fA-F\s]+)>\s*<\s*([0-9a-fA-F\s]*)>")
_RANGE: Final = re.compile(rb"<\s*([0-9a-fA-F\s]+)>\s*<\s*([0-9a-fA-F\s]+)>\s*(?:<\s*([0-9a-fA-F\s]*)>|\[([^\]]*)\])")
_TEXT: Final = re.compile(rb"<([0-9a-fA-F\s]*)>")
_NOTHING: Final = frozenset((0, 0xFEFF, 0xFFFE))
_MOST_CODES: Final = 0x10000


@dataclass(slots=True)
class Meanings:
    """The codes that are given a text, and those of them whose text is none."""

    said: set[int] = field(default_factory=set)
    empty: set[int] = field(default_factory=set)

    def check(self, codes: Iterable[int]) -> None:
        """Errors: :class:`Unfit` where a code that is shown has no text."""
        shown = set(codes)
        if not shown <= self.said or shown & self.empty:
            raise Unfit("6.2.11.7.2", "characters that do not tell what they mean")


def read_meanings(cmap: bytes) -> Meanings:
    """What a ToUnicode stream says. What is not understood gives its codes no text, which is the safe side."""
    meanings = Meanings()
    for block in _BLOCK.finditer(cmap):
        if block[1] == b"char":
            for one in _CHAR.finditer(block[2]):
                _add(meanings, _number(one[1]), one[2])
        else:
            for one in _RANGE.finditer(block[2]):
                _add_range(meanings, _number(one[1]), _number(one[2]), one[3], one[4])
    return meanings


def _add_range(meanings: Meanings, first: int, last: int, text: bytes | None, texts: bytes | None) -> None:
    if not first <= last < _MOST_CODES:
        return
    if text is None:
        for code, one in zip(range(first, last + 1), _TEXT.findall(texts or b""), strict=False):
            _add(meanings, code, one)
        return
    units = _units(text)
    for code in range(first, last + 1):
        meanings.said.add(code)
        if not units or units[-1] + code - first in _NOTHING:
            meanings.empty.add(code)


def _add(meanings: Meanings, code: int, text: bytes) -> None:
    meanings.said.add(code)
    units = _units(text)
    if not units or not _NOTHING.isdisjoint(units):
        meanings.empty.add(code)


def _units(text: bytes) -> list[int]:
    whole = b"".join(text.split())
    return [int(whole[at : at + 4], 16) for at in range(0, len(whole), 4)]


def _number(text: bytes) -> int:
    return int(b"".join(text.split()), 16)
