"""The result of a yearly evaluation as typst source: a bar a question, split by how many gave each mark.

Every part holds its mark and how many, so that nothing is told by colour alone. The picture brings its own white
ground: chats are light or dark. Words are in the language of ``cards.i18n.use``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from board.evaluation import HIGHEST, LOWEST
from cards.i18n import _
from cards.safe import one_line
from cards.typst_source import literal, points, width

SIDE: Final = 1024.0
_EDGE: Final = 44.0
_TOP: Final = 96.0
_ROW: Final = 158.0
_BAR: Final = 62.0
_BOTTOM: Final = 104.0
_SIZE: Final = 27.0
_TITLE: Final = 36.0
_SMALLEST: Final = 34.0
"""A part narrower than this holds its number only."""
GROUND: Final = "#ffffff"
TEXT: Final = "#1b2733"
COLOURS: Final = (
    ("#9a4a00", "#ffffff"),
    ("#eda35c", TEXT),
    ("#f1e79a", TEXT),
    ("#9cc3ee", TEXT),
    ("#0b3d6e", "#ffffff"),
)
"""From 1 to 5: the part's colour and that of what is written in it, with a contrast of 4.5 or more."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One question in words, its mean in words, and how many gave each mark from 1 to 5."""

    words: str
    mean: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    below: str
    bars: tuple[Bar, ...]


def chart_typst(chart: Chart) -> str:
    """The source of one page, 1024 points wide. The same chart gives the same source."""
    height = _TOP + _ROW * len(chart.bars) + _BOTTOM
    parts = [_prelude(height), _title(chart.title)]
    for number, bar in enumerate(chart.bars):
        parts += _bar(bar, _TOP + number * _ROW)
    parts += _legend(height - _BOTTOM + 18, chart.below)
    return "\n".join(parts) + "\n"


def _prelude(height: float) -> str:
    return f"""\
#set page(width: {points(SIDE)}, height: {points(height)}, margin: 0pt, fill: none)
#set text(font: "Libertinus Serif", weight: 600, size: {points(_SIZE)}, fill: rgb("{TEXT}"), hyphenate: false)
#let put(x, y, body) = place(top + left, dx: x, dy: y, body)
#let words(x, y, w, h, side, size, colour, body) = put(x, y, box(width: w, height: h, clip: true,
  align(side, text(size: size, fill: rgb(colour), body))))
#let part(x, y, w, h, ground, colour, body) = put(x, y, rect(width: w, height: h, fill: rgb(ground),
  stroke: 2pt + rgb("{GROUND}"), inset: 0pt, align(center + horizon, text(fill: rgb(colour), body))))
#put(1pt, 1pt, rect(width: {points(SIDE - 2)}, height: {points(height - 2)}, radius: 30pt, fill: rgb("{GROUND}"),
  stroke: 2pt + rgb("#cfd8e1")))"""


def _title(title: str) -> str:
    line, room = one_line(title), SIDE - 2 * _EDGE
    size = min(_TITLE, _TITLE * room / max(1.0, width(line, _TITLE)))
    return _words(_EDGE, 28, room, 50, "left + horizon", size, line)


def _bar(bar: Bar, top: float) -> Iterator[str]:
    """The question in at most two lines, its mean at the right, and under them the bar."""
    room = SIDE - 2 * _EDGE
    lines = _wrapped(bar.words, room - 110)
    for number, line in enumerate(lines):
        yield _words(_EDGE, top + number * 33, room - 100, 34, "left + horizon", _SIZE, line)
    yield _words(SIDE - _EDGE - 100, top, 100, 34, "right + horizon", _TITLE - 4, bar.mean)
    left, total = _EDGE, max(1, sum(bar.counts))
    for mark, (n, (ground, colour)) in enumerate(zip(bar.counts, COLOURS, strict=True), LOWEST):
        if n:
            across = room * n / total
            yield _part(left, top + 72, across, _BAR, ground, colour, _inside(mark, n, across))
            left += across


def _inside(mark: int, n: int, across: float) -> str:
    """«4 (7)»: the mark, and how many gave it."""
    return f"{mark} ({n})" if across >= _SMALLEST * 2 else f"{mark}"


def _wrapped(text: str, room: float) -> Sequence[str]:
    """One or two lines; what does not fit ends with «…»."""
    words, lines = one_line(text).split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, _SIZE) <= room:
            lines[-1] = longer
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} …"
            break
    return lines


def _legend(top: float, below: str) -> Iterator[str]:
    """What the ends of the scale mean, and how many have answered."""
    half = (SIDE - 2 * _EDGE) / 2
    yield _part(_EDGE, top, 44, 34, *COLOURS[0], str(LOWEST))
    yield _words(_EDGE + 56, top, half - 56, 34, "left + horizon", _SIZE, _("svært uenig"))
    yield _part(_EDGE + half, top, 44, 34, *COLOURS[-1], str(HIGHEST))
    yield _words(_EDGE + half + 56, top, half - 56, 34, "left + horizon", _SIZE, _("svært enig"))
    yield _words(_EDGE, top + 40, 2 * half, 34, "left + horizon", _SIZE - 3, one_line(below))


def _words(x: float, y: float, w: float, h: float, side: str, size: float, text: str) -> str:
    box = ", ".join(points(length) for length in (x, y, w, h))
    return f'#words({box}, {side}, {points(size)}, "{TEXT}", {literal(text)})'


def _part(x: float, y: float, w: float, h: float, ground: str, colour: str, text: str) -> str:
    box = ", ".join(points(length) for length in (x, y, w, h))
    return f'#part({box}, "{ground}", "{colour}", {literal(text)})'
