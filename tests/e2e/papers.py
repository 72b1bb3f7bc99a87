"""Papers as a reader gets them: fetched by their address, judged by a validator, drawn page by page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import aiohttp
import pdfua
import pypdfium2

_SCALE: Final = 1.2
"""About 86 dots an inch: readable, and small."""


async def fetch(url: str) -> tuple[bytes, str]:
    """The file, and what the browser may call it."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200, answer.status
        assert answer.content_type == "application/pdf"
        assert answer.headers["Cache-Control"] == "private, no-store"
        disposition = answer.content_disposition
        return await answer.read(), (disposition.filename or "") if disposition else ""


def findings(content: bytes, path: Path) -> list[str]:
    """What speaks against PDF/UA-1. Keeps the file at ``path``."""
    path.write_bytes(content)
    return [str(finding) for finding in pdfua.validate(str(path)).findings if finding.severity is pdfua.Severity.ERROR]


def texts(content: bytes) -> list[str]:
    """What each page says, in reading order, without line breaks and soft hyphens."""
    document = pypdfium2.PdfDocument(content)
    try:
        said = (page.get_textpage().get_text_range() for page in document)
        return [" ".join(text.replace("\ufffe", "").replace("\u00ad", "").split()) for text in said]
    finally:
        document.close()


def headings(content: bytes) -> list[str]:
    """The bookmarks, in order."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [str(entry.get_title()) for entry in document.get_toc()]
    finally:
        document.close()


def draw(content: bytes, folder: Path, name: str) -> int:
    """One picture a page, ``name-01.png`` and on. Returns how many."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document, 1):
            page.render(scale=_SCALE).to_pil().save(folder / f"{name}-{number:02}.png")
        return len(document)
    finally:
        document.close()
