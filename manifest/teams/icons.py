"""The two icons of the Teams app, drawn from shapes: a paper with its steps, the last one decided.

Standard library only. Coordinates are in a square of 192; edges are smoothed by how far a pixel's centre is from them.
"""

from __future__ import annotations

import itertools
import math
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

DESIGN = 192.0
Colour: TypeAlias = tuple[int, int, int, int]
Distance: TypeAlias = Callable[[float, float], float]
"""How far a point is outside a shape, negative inside it."""

TEAL: Colour = (0x0F, 0x4C, 0x4A, 255)
PAPER: Colour = (0xFF, 0xFF, 0xFF, 255)
INK: Colour = (0x2E, 0x7D, 0x78, 255)
AMBER: Colour = (0xF4, 0xB9, 0x42, 255)
WHITE: Colour = (255, 255, 255, 255)
CLEAR: Colour = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Layer:
    """A shape in a colour; :data:`CLEAR` erases what lies under it."""

    shape: Distance
    colour: Colour


def box(x: float, y: float, width: float, height: float, radius: float) -> Distance:
    cx, cy, hx, hy = x + width / 2, y + height / 2, width / 2 - radius, height / 2 - radius

    def distance(px: float, py: float) -> float:
        dx, dy = abs(px - cx) - hx, abs(py - cy) - hy
        return math.hypot(max(dx, 0.0), max(dy, 0.0)) + min(max(dx, dy), 0.0) - radius

    return distance


def disc(x: float, y: float, radius: float) -> Distance:
    return lambda px, py: math.hypot(px - x, py - y) - radius


def stroke(points: Sequence[tuple[float, float]], width: float) -> Distance:
    """A line through ``points`` with round ends."""
    segments = list(itertools.pairwise(points))

    def distance(px: float, py: float) -> float:
        return min(_to_segment(px, py, a, b) for a, b in segments) - width / 2

    return distance


def ring(shape: Distance, width: float) -> Distance:
    """The outline of ``shape``, ``width`` wide."""
    return lambda px, py: abs(shape(px, py)) - width / 2


def _to_segment(px: float, py: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    (ax, ay), (bx, by) = a, b
    dx, dy = bx - ax, by - ay
    along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)
    nearest = min(1.0, max(0.0, along))
    return math.hypot(px - ax - nearest * dx, py - ay - nearest * dy)


CHECK = ((111.0, 131.0), (122.0, 142.0), (144.0, 117.0))

COLOUR_ICON: tuple[Layer, ...] = (
    Layer(box(0, 0, DESIGN, DESIGN, 0), TEAL),
    Layer(box(44, 34, 86, 118, 10), PAPER),
    Layer(stroke(((64, 60), (64, 118)), 4), INK),
    Layer(disc(64, 60, 8), INK),
    Layer(disc(64, 89, 8), INK),
    Layer(disc(64, 118, 8), INK),
    Layer(stroke(((84, 60), (112, 60)), 8), INK),
    Layer(stroke(((84, 89), (106, 89)), 8), INK),
    Layer(disc(127, 130, 39), TEAL),
    Layer(disc(127, 130, 32), AMBER),
    Layer(stroke(CHECK, 9), TEAL),
)

# At 32 pixels a line needs two of them: 12 in the design.
OUTLINE_CHECK = ((114.0, 134.0), (129.0, 149.0), (160.0, 115.0))
OUTLINE_ICON: tuple[Layer, ...] = (
    Layer(ring(box(30, 12, 108, 162, 14), 12), WHITE),
    Layer(stroke(((56, 54), (112, 54)), 12), WHITE),
    Layer(stroke(((56, 90), (92, 90)), 12), WHITE),
    Layer(disc(136, 132, 58), CLEAR),
    Layer(ring(disc(136, 132, 42), 12), WHITE),
    Layer(stroke(OUTLINE_CHECK, 12), WHITE),
)


def colour_icon() -> bytes:
    """192 × 192, filling the square: Teams rounds the corners itself."""
    return png(draw(COLOUR_ICON, 192), 192)


def outline_icon() -> bytes:
    """32 × 32, white on nothing."""
    return png(draw(OUTLINE_ICON, 32), 32)


def draw(layers: Sequence[Layer], size: int) -> bytes:
    """The pixels, row by row, as red, green, blue, alpha."""
    scale = DESIGN / size
    pixels = bytearray()
    for row in range(size):
        for column in range(size):
            pixels += bytes(_pixel(layers, (column + 0.5) * scale, (row + 0.5) * scale, scale))
    return bytes(pixels)


def _pixel(layers: Sequence[Layer], x: float, y: float, scale: float) -> Colour:
    red = green = blue = alpha = 0.0
    for layer in layers:
        cover = min(1.0, max(0.0, 0.5 - layer.shape(x, y) / scale))
        if cover == 0.0:
            continue
        r, g, b, a = layer.colour
        if a == 0:
            alpha *= 1 - cover
            continue
        rest = alpha * (1 - cover)
        total = cover + rest
        red, green, blue = ((new * cover + old * rest) / total for new, old in ((r, red), (g, green), (b, blue)))
        alpha = total
    return round(red), round(green), round(blue), round(alpha * 255)


def png(pixels: bytes, size: int) -> bytes:
    """A PNG file of ``size`` × ``size`` pixels with transparency."""
    rows = b"".join(b"\0" + pixels[start : start + size * 4] for start in range(0, len(pixels), size * 4))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
