"""What people wrote, as Typst code. Their words go in as string literals only; breaks and lists are made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, Literal, TypeAlias

from cards.documents.letters import shown
from cards.safe import one_line
from cards.typst_source import literal

BREAK: Final = "brk"
"""The name of a place where a line may break, of next to no width, without a hyphen (``cards.documents.style``)."""

_LONG: Final = 16
"""Letters without a place to break that fit the narrowest column."""
_HYPHENATED: Final = 45
"""The longest run of letters that is taken for a word, and left to hyphenation."""
_NO_WORD: Final = re.compile(r"(.)\1\1|[^aeiouyæøåäöüáéèêóòôâ]{10}|[aeiouyæøåäöü]{5}", re.IGNORECASE)
_RUNS: Final = re.compile(r"[^\W\d_]+|[\W\d_]")
_BREAK_AFTER: Final = frozenset("/_.?&=@:;,+-|\\")

_BULLET: Final = re.compile(r"^\s*[-–•*·]\s+(?=\S)")
_NUMBERED: Final = re.compile(r"^\s*(\d{1,2})([.)])\s+(?=\S)")
_PARAGRAPHS: Final = re.compile(r"\n(?: *\n)+")

Kind: TypeAlias = Literal["line", "bullet", "number"]


def words(text: str) -> str:
    """One line of ``text`` as a Typst expression. However long a word is, its line can break."""
    return _expression(one_line(shown(text)))


def title(text: str) -> str:
    """:func:`words` for a heading, which may not be empty in PDF/UA-1: a dash stands for one that says nothing."""
    return words(text) if one_line(shown(text)) else literal("–")


def call(function: str, *parts: str, **named: str) -> str:
    """``function(part, …, name: part)``: every part is Typst code already. Underscores in names become hyphens."""
    given = [*parts, *(f"{name.replace('_', '-')}: {part}" for name, part in named.items())]
    return f"{function}({', '.join(given)})"


def block(parts: Iterable[str]) -> str:
    """Expressions, one after the other, as one piece of content."""
    return "{\n" + "\n".join(parts) + "\n}"


def prose(text: str) -> str:
    """A longer text: blank lines part paragraphs, line breaks are kept, lines with a bullet or 1., 2., … are lists."""
    return block(part for paragraph in _PARAGRAPHS.split(shown(text).strip()) for part in _paragraph(paragraph))


def bullets(texts: Iterable[str]) -> str:
    """A list, one text an item."""
    return call("list", *map(words, texts))


def _paragraph(text: str) -> Iterator[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    for kind, run in groupby(zip(_kinds(lines), lines, strict=True), key=lambda pair: pair[0]):
        yield _run(kind, [line for _, line in run])


def _run(kind: Kind, lines: list[str]) -> str:
    if kind == "bullet":
        return call("list", *(_expression(_BULLET.sub("", line).strip()) for line in lines))
    if kind == "number":
        first = _NUMBERED.match(lines[0])
        sign = literal(f"1{first[2]}" if first else "1.")
        return call("enum", *(_expression(_NUMBERED.sub("", line).strip()) for line in lines), numbering=sign)
    return call("par", " + linebreak() + ".join(_expression(line.strip()) for line in lines))


def _kinds(lines: list[str]) -> Iterator[Kind]:
    """Numbers make a list where they count from 1: «12. mars» at the start of a line is none."""
    numbered = _counted(lines)
    for position, line in enumerate(lines):
        yield "number" if position in numbered else "bullet" if _BULLET.match(line) else "line"


def _counted(lines: list[str]) -> set[int]:
    counted: set[int] = set()
    run: list[int] = []
    for position, line in enumerate([*lines, ""]):
        found = _NUMBERED.match(line)
        if found and int(found[1]) == len(run) + 1 and found[2] == _sign(lines, run, found[2]):
            run.append(position)
            continue
        if len(run) > 1:
            counted.update(run)
            return counted
        run = [position] if found and found[1] == "1" else []
    return counted


def _sign(lines: list[str], run: list[int], sign: str) -> str:
    first = _NUMBERED.match(lines[run[0]]) if run else None
    return first[2] if first else sign


def _expression(line: str) -> str:
    """A line as literals, with :data:`BREAK` inside what is too long to be hyphenated."""
    pieces = [""]
    for number, token in enumerate(line.split(" ")):
        first, *rest = _pieces(token)
        pieces[-1] += (" " if number else "") + first
        pieces += rest
    return f" + {BREAK} + ".join(literal(piece) for piece in pieces)


def _pieces(token: str) -> list[str]:
    if len(token) <= _LONG:
        return [token]
    pieces = [""]
    for run in _RUNS.findall(token):
        for part in _parts(run):
            if pieces[-1] and (part is not run or _full(pieces[-1], part)):
                pieces.append("")
            pieces[-1] += part
    return pieces


def _full(piece: str, part: str) -> bool:
    fits = part[0].isalnum() and (piece[-1] in _BREAK_AFTER or len(piece) >= _LONG)
    return fits or len(piece) >= 2 * _LONG


def _parts(run: str) -> list[str]:
    """A word as it is; letters that are no word in short parts, as no hyphenation finds a place in them."""
    if len(run) <= _HYPHENATED and not _NO_WORD.search(run):
        return [run]
    return [run[start : start + _LONG // 2] for start in range(0, len(run), _LONG // 2)]
