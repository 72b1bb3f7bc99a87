"""The year wheel (årshjul) as typst source: meetings, deadlines and recurring cases of one year in one picture.

Every kind has a shape of its own and a word, so that nothing is told by colour alone. The picture brings its own
white ground: chats are light or dark. Words are in the language of ``cards.i18n.use``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from cards.formats import month_name
from cards.i18n import _, noop
from cards.safe import one_line
from cards.typst_source import literal, points, width
from cards.wheel_labels import SIZE, Box, Label, Point, cut_to
from cards.wheel_layout import (
    CENTRE,
    HUB,
    LANES,
    MARGIN,
    MONTHS,
    SIDE,
    TICKS,
    Dot,
    Layout,
    Mark,
    Month,
    Wheel,
    layout,
    point_at,
)

__all__ = ["COLOURS", "GROUND", "Mark", "Wheel", "wheel_typst"]

Shape: TypeAlias = Literal["board", "wg", "office", "deadline", "recurring", "cancelled", "today"]

GROUND: Final = "#ffffff"
COLOURS: Final[dict[str, str]] = {
    "text": "#1b2733",
    "quiet": "#4d5863",
    "board": "#0b3d6e",
    "wg": "#00665e",
    "office": "#6a3d9a",
    "deadline": "#4d5863",
    "recurring": "#9a4a00",
    "cancelled": "#4d5863",
    "today": "#b3122b",
}
"""All of them stand against :data:`GROUND` and the months' band with a contrast of 4.5 or more."""

BAND: Final = "#e6edf4"
_FAINT: Final = "#cfd8e1"

_WORDS: Final[dict[Shape, str]] = {
    "board": noop("styremøte"),
    "wg": noop("arbeidsutvalg"),
    "office": noop("kontormøte"),
    "deadline": noop("frist"),
    "recurring": noop("årlig sak"),
    "cancelled": noop("avlyst"),
    "today": noop("i dag"),
}
_HALF: Final[dict[str, float]] = {"board": 15.0, "wg": 11.0, "office": 11.0, "recurring": 12.0}
_CORNERS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "wg": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "office": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "recurring": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
}
_NO_LEADER: Final = 36.0
"""A label nearer than this to the middle of its mark needs no line to it."""

_LEGEND: Final = Box(20.0, 890.0, SIDE - 40.0, 116.0)
_LEGEND_COLUMNS: Final = 4
_KEY: Final = 42.0
_GAP: Final = 24.0
"""Room for a shape, and between a word and the next shape."""

_TITLE: Final = 40.0

_PRELUDE: Final = f"""\
#set page(width: {SIDE:.0f}pt, height: {SIDE:.0f}pt, margin: 0pt, fill: none)
#set text(font: "Libertinus Serif", weight: 600, size: {SIZE:.0f}pt, fill: rgb("{COLOURS["text"]}"), hyphenate: false)
#let put(x, y, body) = place(top + left, dx: x, dy: y, body)
#let middle(x, y, body) = put(x, y, box(width: 0pt, height: 0pt, place(center + horizon, body)))
#let stroke_of(colour, width) = (paint: rgb(colour), thickness: width, cap: "round")
#let from-to(a, b, colour, width) = place(top + left, line(start: a, end: b, stroke: stroke_of(colour, width)))
#let shape(ground, edge, ..corners) = place(top + left, polygon(
  fill: rgb(ground), stroke: (paint: rgb(edge), thickness: 2.5pt, join: "round"), ..corners))
#let disc(x, y, r, ground, edge) = put(x - r, y - r, circle(
  radius: r, fill: rgb(ground), stroke: stroke_of(edge, 2.5pt)))
#let words(x, y, w, h, side, size, body) = put(x, y, box(width: w, height: h, clip: true,
  align(side + horizon, text(size: size, body))))
#let struck(body) = text(fill: rgb("{COLOURS["cancelled"]}"), strike(body))
#put(1pt, 1pt, rect(width: {SIDE - 2:.0f}pt, height: {SIDE - 2:.0f}pt, radius: 36pt, fill: rgb("{GROUND}"),
  stroke: 2pt + rgb("{_FAINT}")))
"""


def wheel_typst(wheel: Wheel) -> str:
    """The source of a square picture, 1024 points a side. The same wheel gives the same source."""
    placed = layout(wheel)
    parts: list[str] = [_PRELUDE, _title(wheel.title), *_band(placed.months), *_lanes(placed), *_hub(wheel.year)]
    parts += (_line(point_at(angle, TICKS[0]), point_at(angle, TICKS[1]), "deadline", 4) for angle in placed.ticks)
    parts += _hand(placed.hand)
    parts += (line for label in placed.labels for line in _leader(label, placed.dots[label.number].at))
    parts += (line for dot in placed.dots for line in _mark(dot.mark.kind, dot.at, cancelled=dot.mark.cancelled))
    parts += (line for label in placed.labels for line in _label(label, placed.dots[label.number]))
    parts += _legend(placed)
    return "\n".join(parts) + "\n"


def _title(title: str) -> str:
    room = SIDE - 4 * MARGIN
    line = one_line(title)
    size = max(SIZE, min(_TITLE, _TITLE * room / max(1.0, width(line, _TITLE))))
    return _words(Box(2 * MARGIN, 18, room, 56), "center", size, cut_to(line, room, size))


def _band(months: Iterable[Month]) -> Iterator[str]:
    yield _disc(CENTRE, MONTHS[1], BAND, BAND)
    yield _disc(CENTRE, MONTHS[0], GROUND, GROUND)
    for month in months:
        yield _line(point_at(month.starts, MONTHS[0]), point_at(month.starts, MONTHS[1]), GROUND, 4)
        name = f"rotate({month.turn:.2f}deg, text(size: 26pt, {literal(month_name(month.number))}))"
        yield f"#middle({_at(month.at)}, {name})"


def _lanes(placed: Layout) -> Iterator[str]:
    for kind in sorted({dot.mark.kind for dot in placed.dots} - {"board"}):
        yield (
            f"#put({_at(Point(CENTRE.x - LANES[kind], CENTRE.y - LANES[kind]))}, "
            f'circle(radius: {points(LANES[kind])}, stroke: 1.5pt + rgb("{_FAINT}")))'
        )


def _hub(year: int) -> Iterator[str]:
    yield _disc(CENTRE, HUB, BAND, BAND)
    yield f"#middle({_at(CENTRE)}, text(size: 72pt, {literal(str(year))}))"


def _hand(angle: float | None) -> Iterator[str]:
    if angle is None:
        return
    start, end = point_at(angle, HUB), point_at(angle, TICKS[0])
    yield _line(start, end, GROUND, 9)
    yield _line(start, end, "today", 5)
    yield from _arrow(point_at(angle, MONTHS[0] + 2), angle)


def _arrow(tip: Point, angle: float) -> Iterator[str]:
    """An arrowhead that points outwards, along ``angle``."""
    along = (math.sin(angle), -math.cos(angle))
    corners = [(0.0, 0.0), (-26.0, 11.0), (-26.0, -11.0)]
    yield _polygon(
        [Point(tip.x + back * along[0] - aside * along[1], tip.y + back * along[1] + aside * along[0])
         for back, aside in corners],
        COLOURS["today"], GROUND,
    )  # fmt: skip


def _mark(kind: str, at: Point, *, cancelled: bool = False) -> Iterator[str]:
    """The shape of a kind; a cancelled one is hollow, with a stroke through it."""
    colour, half = COLOURS[kind], _HALF[kind]
    ground, edge = (GROUND, colour) if cancelled else (colour, GROUND)
    if kind == "board":
        yield _disc(at, half, ground, edge)
    else:
        yield _polygon([Point(at.x + x * half, at.y + y * half) for x, y in _CORNERS[kind]], ground, edge)
    if cancelled:
        reach = half + 4
        yield _line(Point(at.x - reach, at.y + reach), Point(at.x + reach, at.y - reach), colour, 3)


def _leader(label: Label, mark: Point) -> Iterator[str]:
    edge = label.box.nearest(mark)
    away = math.dist((edge.x, edge.y), (mark.x, mark.y))
    if away > _NO_LEADER:
        first, last = (_HALF["board"] + 2) / away, 1 - 6 / away
        yield _line(_between(mark, edge, first), _between(mark, edge, last), "quiet", 2)


def _label(label: Label, dot: Dot) -> Iterator[str]:
    height = label.box.height / len(label.lines)
    side = "left" if label.on_right else "right"
    for number, line in enumerate(label.lines):
        box = Box(label.box.x, label.box.y + number * height, label.box.width, height)
        yield _words(box, side, SIZE * label.scale, line, struck=dot.mark.cancelled)


def _between(first: Point, last: Point, part: float) -> Point:
    return Point(first.x + (last.x - first.x) * part, first.y + (last.y - first.y) * part)


def _legend(placed: Layout) -> Iterator[str]:
    """What is in the picture, each with its shape and its word, in as few rows as hold them."""
    shown = _shown(placed)
    columns = _columns([width(_(_WORDS[shape]), SIZE) + _KEY + _GAP for shape in shown])
    left = _LEGEND.x + (_LEGEND.width - sum(columns) + _GAP) / 2
    starts = list(accumulate(columns, initial=left))
    rows = math.ceil(len(shown) / max(1, len(columns)))
    for number, shape in enumerate(shown):
        row, column = divmod(number, len(columns))
        y = _LEGEND.y + (row + 0.5) * _LEGEND.height / rows
        yield from _key(shape, Point(starts[column] + _KEY / 2 - 5, y))
        words = Box(starts[column] + _KEY, y - 20, columns[column] - _KEY - _GAP, 40)
        yield _words(words, "left", SIZE, cut_to(_(_WORDS[shape]), words.width, SIZE))


def _columns(widths: Sequence[float]) -> list[float]:
    """The widths of as many columns as fit beside each other."""
    for count in range(min(_LEGEND_COLUMNS, len(widths)), 0, -1):
        columns = [max(widths[first::count]) for first in range(count)]
        if sum(columns) - _GAP <= _LEGEND.width:
            return columns
    return [_LEGEND.width][: len(widths)]


def _shown(placed: Layout) -> list[Shape]:
    kinds = {dot.mark.kind for dot in placed.dots} | ({"deadline"} if placed.ticks else set())
    there = {*kinds, *(["cancelled"] if any(dot.mark.cancelled for dot in placed.dots) else [])}
    there |= {"today"} if placed.hand is not None else set()
    return [shape for shape in _WORDS if shape in there]


def _key(shape: Shape, at: Point) -> Iterator[str]:
    if shape == "deadline":
        yield _line(Point(at.x, at.y - 12), Point(at.x, at.y + 12), shape, 4)
    elif shape == "today":
        yield _line(Point(at.x, at.y + 16), Point(at.x, at.y), shape, 5)
        yield from _arrow(Point(at.x, at.y - 18), 0.0)
    elif shape == "cancelled":
        yield from _mark("board", at, cancelled=True)
    else:
        yield from _mark(shape, at)


# ---------------------------------------------------------------- typst


def _at(point: Point) -> str:
    return f"{points(point.x)}, {points(point.y)}"


def _line(start: Point, end: Point, colour: str, thickness: float) -> str:
    shade = COLOURS.get(colour, colour)
    return f'#from-to(({_at(start)}), ({_at(end)}), "{shade}", {points(thickness)})'


def _disc(at: Point, radius: float, ground: str, edge: str) -> str:
    return f'#disc({_at(at)}, {points(radius)}, "{ground}", "{edge}")'


def _polygon(corners: Iterable[Point], ground: str, edge: str) -> str:
    return f'#shape("{ground}", "{edge}", {", ".join(f"({_at(corner)})" for corner in corners)})'


def _words(box: Box, side: str, size: float, text: str, *, struck: bool = False) -> str:
    body = f"struck({literal(text)})" if struck else literal(text)
    return (
        f"#words({_at(Point(box.x, box.y))}, {points(box.width)}, {points(box.height)}, {side}, {points(size)}, {body})"
    )
