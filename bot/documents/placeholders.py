"""The pictures that Typst places where enclosed pages will be, and their exchange for the pages.

Typst 0.15 refuses PDF pages in a document with tags that are promised («embedding PDFs is currently not supported in
this export mode»). So it is given a tiny picture for each, no two alike. Tags, bookmarks and page numbers are Typst's;
afterwards the picture's object is exchanged for the page as a drawing, in the same unit square.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from pikepdf import Dictionary, Pdf, Stream
from PIL import Image

_ACROSS: Final = 8
"""Pixels of a placeholder, in one row: 24 bytes are sign enough. The source stretches it to the page's size."""


class NotPlaced(Exception):
    """A page that was placed in the source is not in the document."""


def sign(number: int) -> bytes:
    """The pixels of a placeholder: no two alike."""
    return hashlib.sha256(f"saksgang placeholder {number}".encode()).digest()[: 3 * _ACROSS]


def placeholder(number: int) -> bytes:
    """A PNG."""
    out = BytesIO()
    Image.frombytes("RGB", (_ACROSS, 1), sign(number)).save(out, "PNG")
    return out.getvalue()


def exchange(document: Pdf, drawings: Mapping[int, Stream]) -> None:
    """Puts drawings where their placeholders are, once or more often.

    Errors: :class:`NotPlaced` where a drawing has no place in the document: a page would be missing.
    """
    signs = {sign(number): number for number in drawings}
    missing = set(drawings)
    for page in document.pages:
        objects: Any = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for name in list(objects.keys()):
            found = _sign_of(objects[name])
            if found in signs:
                objects[name] = document.copy_foreign(drawings[signs[found]])
                missing.discard(signs[found])
    if missing:
        raise NotPlaced(f"{len(missing)} of {len(drawings)} enclosed pages have no place in the document")


def _sign_of(image: Any) -> bytes:
    """Its pixels; empty for what cannot be a placeholder."""
    if (image.get("/Width"), image.get("/Height"), str(image.get("/Filter"))) != (_ACROSS, 1, "/FlateDecode"):
        return b""
    return bytes(image.read_bytes())
