"""Texts of more than the 3,000 characters that one input of Slack's takes: asked in several, joined again.

Two inputs that people wrote in are two lines. A text that is cut ends at a line break, which is left out; else after a
blank, which stands; else in a full input: so joining gives it back as it was.
"""

from __future__ import annotations

import re
from typing import Final

INPUT: Final = 3_000
ROOM: Final = 500
"""Characters that shall be free in the last input, else there is one more to write on in."""
_NUMBERED: Final = re.compile(r"^(.+)~(\d+)$", re.DOTALL)


def input_id(name: str, number: int) -> str:
    """``background``, ``background~2``: of the inputs of one field, counted from 1."""
    return name if number == 1 else f"{name}~{number}"


def field_of(name: str) -> tuple[str, int]:
    """The inverse of :func:`input_id`."""
    found = _NUMBERED.match(name)
    return (found[1], int(found[2])) if found else (name, 1)


def split(text: str) -> list[str]:
    """At least one part, each of at most :data:`INPUT` characters; :func:`join` gives the text back."""
    parts = []
    while len(text) > INPUT:
        end, after = _cut(text)
        parts.append(text[:end])
        text = text[after:]
    return [*parts, text]


def _cut(text: str) -> tuple[int, int]:
    """Where a part ends and the next begins: at a line break that is left out, else after a blank, else anywhere."""
    start = INPUT // 2
    line = text.rfind("\n", start, INPUT)
    while line > 0 and (text[line - 1].isspace() or text[line + 1].isspace()):
        line = text.rfind("\n", start, line)
    if line > 0:
        return line, line + 1
    word = text.rfind(" ", start, INPUT - 1)
    return (word + 1, word + 1) if word > 0 else (INPUT, INPUT)


def join(parts: list[str]) -> str:
    """Of the inputs of one field in their order; those left empty say nothing."""
    joined, last = "", ""
    for part in parts:
        if not part:
            continue
        joined += _between(last, part) + part
        last = part
    return joined


def _between(last: str, part: str) -> str:
    whole = not last or last[-1].isspace() or part[0].isspace() or len(last) >= INPUT
    return "" if whole else "\n"


def inputs_for(text: str, most: int, *, roomy: bool) -> list[str]:
    """What stands in each input of a field of at most ``most`` characters; ``roomy``: also one to write on in.

    Without ``roomy`` that comes when the last is nearly full.
    """
    parts = split(text)
    wanted = -(-most // INPUT)
    if len(parts) < wanted and ((roomy and len(parts) == 1) or len(parts[-1]) > INPUT - ROOM):
        parts.append("")
    return parts
