"""What a page says and how it looks, by PDFium: for its alternative text, and for a page that becomes a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageChops

from bot.documents.limits import LONGEST_SIDE, RESOLUTION, TEXT
from cards.safe import cut, one_line

_POINTS: Final = 72.0
_QUALITY: Final = 80
_BLANK: Final = (255, 255, 255, 255)
_GREY: Final = 6
"""How far apart red, green and blue may be in what still counts as grey."""


class Reader:
    """One PDF. Errors: ``pypdfium2.PdfiumError`` where it cannot be opened, as with a password."""

    def __init__(self, path: Path) -> None:
        self._pdf: Any = pypdfium2.PdfDocument(path)

    def close(self) -> None:
        self._pdf.close()

    @property
    def pages(self) -> int:
        return len(self._pdf)

    def text(self, number: int) -> str:
        """What the page says, on one line, cut; empty for a scan. ``number`` counts from 0."""
        page = self._pdf[number]
        try:
            words = page.get_textpage()
            return cut(one_line(words.get_text_range(0, min(words.count_chars(), 2 * TEXT))), TEXT)
        finally:
            page.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points, as the page is read."""
        page = self._pdf[number]
        try:
            return max(page.get_width(), 1.0), max(page.get_height(), 1.0)
        finally:
            page.close()

    def picture(self, number: int) -> tuple[bytes, str]:
        """The page with its notes and filled fields, and the file name's ending: PNG or JPEG, whichever is smaller."""
        if self._pdf.formenv is None and self._pdf.get_formtype():
            self._pdf.init_forms()
        page = self._pdf[number]
        try:
            longest = max(page.get_width(), page.get_height(), 1.0)
            scale = min(RESOLUTION / _POINTS, LONGEST_SIDE / longest)
            return packed(page.render(scale=scale, fill_color=_BLANK, draw_annots=True).to_pil())
        finally:
            page.close()


def packed(picture: Image.Image) -> tuple[bytes, str]:
    """As few bytes as looks well: without colour where there is none."""
    picture = picture.convert("RGB")
    if _is_grey(picture):
        picture = picture.convert("L")
    png, jpeg = BytesIO(), BytesIO()
    picture.save(jpeg, "JPEG", quality=_QUALITY, optimize=True)
    picture.save(png, "PNG")
    return (png.getvalue(), ".png") if png.tell() <= jpeg.tell() else (jpeg.getvalue(), ".jpg")


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = (ImageChops.difference(red, other).histogram() for other in (green, blue))
    return not any(sum(counts[_GREY + 1 :]) for counts in apart)
