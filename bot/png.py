"""A drawn PNG made small: its few colours as a palette. Pure computing, a third of a second: in a worker thread.

Typst writes four bytes a pixel. A wheel has some hundred shades, nearly all of them on the edges of letters, so that
half a byte a pixel looks the same and takes a quarter of the space (measured: 184 KB become 44). It reads what typst
writes, and no other PNG: eight bits, red green blue alpha, not interlaced.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeAlias

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOURS: Final = 16
"""Shades kept, two pixels to a byte; each of the others becomes the nearest of them."""
_RGBA: Final = b"\x08\x06\x00\x00\x00"
_INDEXED: Final = b"\x04\x03\x00\x00\x00"

Known: TypeAlias = dict[tuple[int, int, int, int], int]
"""(difference, left, above, above and left) → the pixel."""


class NotThatPng(Exception):
    """Not a PNG as typst writes them."""


def with_palette(png: bytes) -> bytes:
    """The same picture, the same size in pixels. Errors: :class:`NotThatPng`."""
    header, packed = _read(png)
    wide, high = struct.unpack(">II", header[:8])
    rows = list(_unfiltered(zlib.decompress(packed), wide, high))
    counted = Counter(chain.from_iterable(rows))
    kept = [colour for colour, _times in counted.most_common(COLOURS)]
    index = {colour: _nearest(colour, kept) for colour in counted}
    lines = b"".join(b"\0" + _halved(bytes(map(index.__getitem__, row))) for row in rows)
    palette = b"".join(colour.to_bytes(4)[:3] for colour in kept)
    parts = [
        (b"IHDR", header[:8] + _INDEXED),
        (b"PLTE", palette),
        (b"tRNS", bytes(colour & 255 for colour in kept)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _halved(places: bytes) -> bytes:
    """Two places of the palette to a byte."""
    return bytes(16 * first + second for first, second in zip(places[::2], places[1::2] + b"\0", strict=False))


def _nearest(colour: int, kept: Sequence[int]) -> int:
    """The place in the palette of the colour that differs least."""
    wanted = colour.to_bytes(4)

    def away(place: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(wanted, kept[place].to_bytes(4), strict=True))

    return min(range(len(kept)), key=away)


# -- the file ----------------------------------------------------------------------------------------------------------


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _read(png: bytes) -> tuple[bytes, bytes]:
    """The header, and the packed pixels."""
    if not png.startswith(SIGNATURE):
        raise NotThatPng("no PNG")
    header, packed, at = b"", [], len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if name == b"IHDR":
            header = content
        elif name == b"IDAT":
            packed.append(content)
        at += length + 12
    if header[8:] != _RGBA:
        raise NotThatPng("not eight bits of red, green, blue and alpha")
    return header, b"".join(packed)


# -- filters (PNG specification, 9.2): a row is stored as its difference from what is left of it and above it ----------


def _unfiltered(raw: bytes, wide: int, high: int) -> Iterator[Sequence[int]]:
    """Each row's pixels, a number of four bytes each. What was computed once is looked up: most of it is white."""
    layout, size = struct.Struct(f">{wide}I"), 4 * wide + 1
    above: Sequence[int] = [0] * wide
    known: list[Known] = [{} for _kind in range(5)]
    for number in range(high):
        kind = raw[number * size]
        if kind >= len(known):
            raise NotThatPng(f"filter {kind}")
        stored = raw[number * size + 1 : (number + 1) * size]
        if kind == 0:
            above = layout.unpack(stored)
        elif kind == 2:
            above = layout.unpack(_added(stored, layout.pack(*above)))
        else:
            above = _row(kind, layout.unpack(stored), above, known[kind])
        yield above


def _added(stored: bytes, above: bytes) -> bytes:
    """Byte by byte, modulo 256, as one sum of two long numbers that carries nothing from one byte to the next."""
    one, other, low = int.from_bytes(stored), int.from_bytes(above), int.from_bytes(b"\x7f" * len(stored))
    return (((one & low) + (other & low)) ^ ((one ^ other) & ~low)).to_bytes(len(stored))


def _row(kind: int, stored: Iterable[int], above: Sequence[int], known: Known) -> list[int]:
    row, left, corner = [], 0, 0
    for difference, up in zip(stored, above, strict=True):
        key = (difference, left, up, corner)
        pixel = known.get(key)
        if pixel is None:
            pixel = known[key] = _pixel(kind, *key)
        row.append(pixel)
        left, corner = pixel, up
    return row


def _pixel(kind: int, difference: int, left: int, up: int, corner: int) -> int:
    parts = zip(difference.to_bytes(4), left.to_bytes(4), up.to_bytes(4), corner.to_bytes(4), strict=True)
    return int.from_bytes(bytes((byte + _guess(kind, a, b, c)) & 255 for byte, a, b, c in parts))


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    straight = left + up - corner
    return min((left, up, corner), key=lambda byte: abs(straight - byte))
