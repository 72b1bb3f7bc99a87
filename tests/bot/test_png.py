"""A picture with a palette: read back by a decoder of the test's own, which knows only what the product writes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.png import COLOURS, SIGNATURE, NotThatPng, with_palette

Pixel = tuple[int, int, int, int]


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def filtered(rows: Sequence[Sequence[Pixel]], kinds: Sequence[int]) -> bytes:
    """An RGBA picture, each row stored with the filter that is asked for (PNG specification, 9.2)."""
    wide, above, lines = len(rows[0]), bytes(4 * len(rows[0])), []
    for row, kind in zip(rows, kinds, strict=True):
        plain = bytes(part for pixel in row for part in pixel)
        left, corner = bytes(4) + plain[:-4], bytes(4) + above[:-4]
        guesses = {
            0: lambda a, b, c: 0,
            1: lambda a, b, c: a,
            2: lambda a, b, c: b,
            3: lambda a, b, c: (a + b) >> 1,
            4: paeth,
        }
        parts = zip(plain, left, above, corner, strict=True)
        lines.append(bytes([kind]) + bytes((x - guesses[kind](a, b, c)) & 255 for x, a, b, c in parts))
        above = plain
    header = struct.pack(">II", wide, len(rows)) + b"\x08\x06\x00\x00\x00"
    data = zlib.compress(b"".join(lines))
    half = len(data) // 2
    chunks = (b"IHDR", header), (b"IDAT", data[:half]), (b"IDAT", data[half:]), (b"IEND", b"")
    return SIGNATURE + b"".join(chunk(*one) for one in chunks)


def paeth(left: int, up: int, corner: int) -> int:
    """The specification's own words, as they stand there."""
    p = left + up - corner
    pa, pb, pc = abs(p - left), abs(p - up), abs(p - corner)
    if pa <= pb and pa <= pc:
        return left
    return up if pb <= pc else corner


def pixels(png: bytes) -> list[list[Pixel]]:
    """Of a picture with a palette and no filters. Every checksum is looked at."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert chunk(name, content) == png[at : at + 12 + length]
        found[name] = content
        at += 12 + length
    assert list(found) == [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"]
    wide, high = struct.unpack(">II", found[b"IHDR"][:8])
    assert found[b"IHDR"][8:] == b"\x04\x03\x00\x00\x00"
    raw, palette, clear = zlib.decompress(found[b"IDAT"]), found[b"PLTE"], found[b"tRNS"]
    size = 1 + (wide + 1) // 2
    assert len(raw) == high * size
    lines = [raw[y * size : (y + 1) * size] for y in range(high)]
    assert all(line[0] == 0 for line in lines)
    shades = [(*palette[3 * n : 3 * n + 3], clear[n]) for n in range(len(clear))]
    places = [[half for byte in line[1:] for half in (byte >> 4, byte & 15)][:wide] for line in lines]
    return [[shades[place] for place in row] for row in places]


SHADES = st.sampled_from(
    [(255, 255, 255, 255), (0, 0, 0, 0), (11, 61, 110, 255), (179, 18, 43, 200), (1, 255, 128, 127), (250, 3, 7, 255)]
)


@settings(max_examples=150)
@given(st.data(), st.integers(1, 9), st.integers(1, 9))
def test_a_few_colours_come_through_unchanged_whatever_the_filters(data: st.DataObject, wide: int, high: int) -> None:
    rows = data.draw(
        st.lists(st.lists(SHADES, min_size=wide, max_size=wide), min_size=high, max_size=high), label="rows"
    )
    kinds = data.draw(st.lists(st.integers(0, 4), min_size=high, max_size=high), label="filters")
    assert pixels(with_palette(filtered(rows, kinds))) == rows


def test_many_colours_become_the_nearest_of_those_kept() -> None:
    common = [[(number * 8, 0, 0, 255)] * 40 for number in range(COLOURS)]
    rare = [[(number * 8 + 3, 0, 0, 255)] + [(number * 8, 0, 0, 255)] * 39 for number in range(COLOURS)]
    small = pixels(with_palette(filtered(common + rare, [1] * (2 * COLOURS))))
    assert small == common * 2


def test_what_typst_draws_looks_the_same() -> None:
    """Against the same page drawn by typst without letters, whose few colours are all kept."""
    page = '#set page(width: 40pt, height: 30pt, margin: 0pt)\n#place(rect(width: 20pt, height: 30pt, fill: rgb("{}")))'
    drawn = typst.compile(page.format("#0b3d6e").encode(), format="png", ppi=72.0)
    assert isinstance(drawn, bytes)
    assert pixels(with_palette(drawn)) == [[(11, 61, 110, 255)] * 20 + [(255, 255, 255, 255)] * 20] * 30


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"GIF89a",
        SIGNATURE,
        SIGNATURE + chunk(b"IHDR", struct.pack(">II", 1, 1) + b"\x08\x02\x00\x00\x00"),
        filtered([[(0, 0, 0, 0)]], [0]).replace(b"IHDR", b"IHDX"),
    ],
)
def test_another_file_is_refused(other: bytes) -> None:
    with pytest.raises(NotThatPng):
        with_palette(other)
