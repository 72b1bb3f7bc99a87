"""Typst sources drawn as pictures. Pure computing, some hundred milliseconds: call it in a worker thread."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import typst

from bot.png import with_palette

MOST_BYTES: Final = 74_000
"""It goes into the message itself, a third larger: the Playground refuses a request of more than 100 KiB. Teams takes
pictures of 1 MB, which it does not count in a message's size, but in a request of at most 256 KB."""
_PIXELS_PER_INCH: Final = 72.0
"""One pixel to a point."""


class PictureError(Exception):
    """The picture could not be drawn: a fault in the source, never in what a person typed."""


def draw_wheel(source: str) -> bytes:
    """A PNG of the only page of ``source``, always the same for the same source: only typst's own fonts are used.

    Errors: :class:`PictureError` where typst refuses the source, or the picture is too large to send.
    """
    try:
        drawn = typst.compile(source.encode(), format="png", ppi=_PIXELS_PER_INCH, font_paths=_fonts())
    except typst.TypstError as error:
        raise PictureError(f"typst refuses the picture: {error.message}") from error
    if not isinstance(drawn, bytes):
        raise PictureError(f"the picture has {len(drawn or [])} pages, not one")
    small = with_palette(drawn)
    if len(small) > MOST_BYTES:
        raise PictureError(f"the picture takes {len(small)} bytes; {MOST_BYTES} can be sent")
    return small


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
