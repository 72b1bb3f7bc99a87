"""Typst sources drawn as pictures. Pure computing, some hundred milliseconds: call it in a worker thread."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

import typst
from PIL import Image

MOST_BYTES: Final = 17_500
"""A card of 24 KB holds it in base64, a third larger, beside its words."""
FULLEST: Final = 30_000
"""What the smallest drawing may take: no limit counts pictures, but a request of more than 100 KiB is refused."""
MOST_DRAWN: Final = 200_000
"""The fullest year takes 130 to 185 KB as typst writes it."""
COLOURS: Final = 16
"""Typst writes four bytes a pixel; a wheel's shades are nearly all on the edges of letters: few look the same."""
PIXELS_PER_INCH: Final = (48.0, 42.0, 36.0)
"""Of the page of 1024 points: 683, 597 or 512 pixels. The first that is small enough is sent."""


class PictureError(Exception):
    """The picture could not be drawn: a fault in the source, never in what a person typed."""


def draw_wheel(source: str) -> bytes:
    """A PNG of the only page of ``source``, always the same for the same source: only typst's own fonts are used.

    Errors: :class:`PictureError` where typst refuses the source, or the picture is too large to send.
    """
    small = b""
    for resolution in PIXELS_PER_INCH:
        small = _with_palette(_drawn(source, resolution))
        if len(small) <= MOST_BYTES:
            return small
    if len(small) > FULLEST:
        raise PictureError(f"the picture takes {len(small)} bytes; {FULLEST} can be sent")
    return small


def _drawn(source: str, resolution: float) -> bytes:
    try:
        drawn = typst.compile(source.encode(), format="png", ppi=resolution, font_paths=_fonts())
    except typst.TypstError as error:
        raise PictureError(f"typst refuses the picture: {error.message}") from error
    if not isinstance(drawn, bytes):
        raise PictureError(f"the picture has {len(drawn or [])} pages, not one")
    if len(drawn) > MOST_DRAWN:
        raise PictureError(f"the picture takes {len(drawn)} bytes before it is made smaller; {MOST_DRAWN} is enough")
    return drawn


def _with_palette(png: bytes) -> bytes:
    """The same picture with few colours, its transparency kept: a tenth of the size."""
    small = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        few = picture.convert("RGBA").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(small, "PNG", optimize=True)
    return small.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
