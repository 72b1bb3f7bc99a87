"""The words outside the year wheel: broken into short lines, and moved apart until none covers another."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from cards.safe import one_line
from cards.typst_source import width

SIZE: Final = 29.0
LINE: Final = 33.0
BETWEEN: Final = 10.0
"""Between two labels, so that it is seen where one ends."""

MOST_LINES: Final = 3
SMALLEST: Final = 0.75
"""A long word is written this much smaller before it is cut."""

BESIDE_AXIS: Final = 8.0
"""Labels at New Year keep this far from the line between the two sides."""

_ROUNDING: Final = 0.01

_DAY_AND_MONTH: Final = re.compile(r"(?<=\d)(\.?) (?=\w)")


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def nearest(self, point: Point) -> Point:
        return Point(
            min(max(point.x, self.x), self.x + self.width),
            min(max(point.y, self.y), self.y + self.height),
        )


@dataclass(frozen=True, slots=True)
class Room:
    """Where labels may stand: outside a circle, between ``top`` and ``bottom``, at most ``width`` wide."""

    centre: Point
    radius: float
    top: float
    bottom: float
    width: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label for the day at ``angle`` (radians, clockwise from the top); ``number`` tells it from the others."""

    number: int
    angle: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """``scale`` is below 1 where a word is too long, or so many stand on one side that there is no room for them."""

    number: int
    lines: tuple[str, ...]
    box: Box
    on_right: bool
    scale: float


def place(wanted: Sequence[Wanted], room: Room) -> tuple[Label, ...]:
    """Every label, each as near to its day as the others let it be."""
    right = [label for label in wanted if math.sin(label.angle) >= 0]
    left = [label for label in wanted if math.sin(label.angle) < 0]
    return (*_side(right, room, on_right=True), *_side(left, room, on_right=False))


def broken(text: str, limit: float) -> tuple[tuple[str, ...], float]:
    """``text`` in at most three lines, and the scale at which none is wider than ``limit``.

    A day stays with its month. What does not fit at :data:`SMALLEST` is cut.
    """
    lines: list[str] = []
    for word in _DAY_AND_MONTH.sub("\\1\u00a0", one_line(text)).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (width(longer, SIZE) <= limit or len(lines) == MOST_LINES):
            lines[-1] = longer
        else:
            lines.append(word)
    scale = min(1.0, max(SMALLEST, limit / max(1.0, *(width(line, SIZE) for line in lines))))
    return tuple(cut_to(line, limit, SIZE * scale) for line in lines), scale


def cut_to(line: str, limit: float, size: float) -> str:
    """``line``, or as much of it as is no wider than ``limit``, ending in «…»."""
    limit += _ROUNDING
    if width(line, size) <= limit:
        return line
    while line and width(line + "…", size) > limit:
        line = line[:-1]
    return line.rstrip() + "…"


def _side(wanted: Sequence[Wanted], room: Room, *, on_right: bool) -> list[Label]:
    ordered = sorted(wanted, key=lambda label: -math.cos(label.angle))
    texts = [broken(label.text, room.width) for label in ordered]
    full = [len(lines) * LINE * scale + BETWEEN for lines, scale in texts]
    shared = min(1.0, (room.bottom - room.top) / max(1.0, sum(full)))
    heights = [height * shared for height in full]
    points = [_wanted_top(label.angle, height, room) for label, height in zip(ordered, heights, strict=True)]
    tops = spread(points, heights, room.top, room.bottom)
    return [
        _label(label.number, lines, top + BETWEEN * shared / 2, scale * shared, room, on_right=on_right)
        for label, (lines, scale), top in zip(ordered, texts, tops, strict=True)
    ]


def _wanted_top(angle: float, height: float, room: Room) -> float:
    """Above its point at the top of the circle, below it at the bottom, beside it in the middle."""
    return room.centre.y - math.cos(angle) * (room.radius + height / 2) - height / 2


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Tops, in the order given, that do not overlap and move as little as can be (least squares).

    What must not sink, once the heights before it are taken away, is an isotonic regression: neighbours that would
    overlap are pooled at their mean.
    """
    before = [0.0, *accumulate(heights)]
    pools: list[tuple[float, int]] = []
    for start_wanted, taken in zip(wanted, before, strict=False):
        mean, size = start_wanted - taken, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    last = bottom - before[-1]
    free = [min(max(mean, top), last) for mean, size in pools for _ in range(size)]
    return [start + taken for start, taken in zip(free, before, strict=False)]


def _label(number: int, lines: tuple[str, ...], top: float, scale: float, room: Room, *, on_right: bool) -> Label:
    height = len(lines) * LINE * scale
    wide = max(width(line, SIZE * scale) for line in lines)
    nearest = max(0.0, top - room.centre.y, room.centre.y - top - height)
    away = max(BESIDE_AXIS, math.sqrt(max(0.0, room.radius**2 - nearest**2)))
    box = Box(room.centre.x + (away if on_right else -away - wide), top, wide, height)
    return Label(number, lines, box, on_right, scale)
