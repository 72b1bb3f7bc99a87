"""A document as PDF/A-2a and PDF/UA-1: by Typst, with its own fonts only; the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from pikepdf import Pdf

from bot.documents.enclosed import Enclosures
from bot.documents.placeholders import exchange
from cards.documents.content import Document, EnclosedPage, Pack, Paper, Printed
from cards.documents.source import typst_source


def enclosed_hashes(document: Document) -> list[str]:
    """The hashes of the PDFs that follow, page for page, in order and each once."""
    return list(dict.fromkeys(_hashes(document)))


def _hashes(document: Document) -> Iterator[str]:
    papers: tuple[Paper, ...] = ()
    if isinstance(document, Pack):
        papers = document.papers
    elif isinstance(document, Paper):
        papers = (document,)
    for paper in papers:
        for enclosure in paper.enclosures:
            if enclosure.sha256 and enclosure.name.lower().endswith(".pdf"):
                yield enclosure.sha256
    if isinstance(document, Pack):
        yield from (minutes.sha256 for minutes in document.previous)


def instant(document: Document) -> datetime:
    """What stands as the time of making: part of the content, so that making it again gives the same bytes."""
    return document.sent_at if isinstance(document, Pack) else document.head.starts_at


def compose(printed: Printed, pages: Mapping[str, Sequence[EnclosedPage]], enclosures: Enclosures) -> tuple[bytes, int]:
    """The PDF and how many pages it has. Errors: ``typst.TypstError``, ``pikepdf.PdfError``, ``NotPlaced``."""
    source = enclosures.folder / "document.typ"
    source.write_text(typst_source(printed, pages), encoding="utf-8")
    return finish(typeset(source, instant(printed.document)), enclosures)


def typeset(source: Path, at: datetime) -> bytes:
    """Errors: ``typst.TypstError`` where the source is not right, or breaks one of the two standards."""
    made = typst.compile(
        source,
        root=source.parent,
        format="pdf",
        font_paths=_fonts(),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no PDF")
    return made


def finish(made: bytes, enclosures: Enclosures) -> tuple[bytes, int]:
    """The pages in the place of their placeholders. Tags, bookmarks and metadata stay as Typst wrote them."""
    with Pdf.open(BytesIO(made)) as document:
        exchange(document, enclosures.drawings)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue(), len(document.pages)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
