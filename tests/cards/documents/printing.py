"""Documents compiled as they are in production, and read back: text, tags, outline, metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import typst

from cards.documents.content import Document, EnclosedPage, Printed
from cards.documents.source import typst_source
from cards.i18n import Language


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def compiled(source: str, folder: Path) -> bytes:
    """PDF/A-2a and PDF/UA-1, without a single warning of typst."""
    file = folder / "document.typ"
    file.write_text(source, encoding="utf-8")
    pdf, warnings = typst.compile_with_warnings(
        str(file), root=str(folder), font_paths=fonts(), format="pdf", pdf_standards=["a-2a", "ua-1"]
    )
    assert not [warning.message for warning in warnings]
    assert isinstance(pdf, bytes)
    return pdf


def printed(
    document: Document,
    folder: Path,
    pages: Mapping[str, Sequence[EnclosedPage]] | None = None,
    language: Language = "nb",
) -> bytes:
    return compiled(typst_source(Printed(document, language), pages or {}), folder)


def page_texts(pdf: bytes) -> list[str]:
    """What each page says. A hyphen at a line's end, and the line's end after it, are taken away again."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [text.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\u00a0", " ") for text in texts]


def text(pdf: bytes) -> str:
    return "\n".join(page_texts(pdf))


def squeezed(words: str) -> str:
    """Without white space: where a line was broken does not count."""
    return "".join(words.split())


def outside(pdf: bytes, *, left: float, right: float) -> list[str]:
    """Letters drawn outside ``left`` and ``right``, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            letters = page.get_textpage()
            for index in range(letters.count_chars()):
                box = letters.get_charbox(index)
                if box[2] > box[0] and (box[0] < left or box[2] > right):
                    found.append(letters.get_text_range(index, 1))
        return found
    finally:
        document.close()


def elements(pdf: bytes) -> Iterator[pikepdf.Dictionary]:
    """Every structure element, in reading order."""
    with pikepdf.open(BytesIO(pdf)) as file:
        yield from _below(file.Root.StructTreeRoot.K)


def _below(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _below(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _below(node["/K"])


def tags(pdf: bytes) -> list[str]:
    return [str(element["/S"]) for element in elements(pdf)]


def headings(pdf: bytes) -> list[tuple[str, str]]:
    """(tag, words) of every heading, in reading order."""
    return [
        (str(element["/S"]), str(element["/T"]).replace("\u00a0", " "))
        for element in elements(pdf)
        if str(element["/S"]) in {"/H1", "/H2", "/H3", "/H4", "/H5"}
    ]


def alternatives(pdf: bytes) -> list[str]:
    return [str(element["/Alt"]) for element in elements(pdf) if str(element["/S"]) == "/Figure"]


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """(depth, title, page) of every bookmark; pages count from 1."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            (mark.level, mark.get_title().replace("\u00a0", " "), 1 + (_page(mark) or 0)) for mark in document.get_toc()
        ]
    finally:
        document.close()


def _page(mark: pypdfium2.PdfBookmark) -> int | None:
    destination = mark.get_dest()
    return destination.get_index() if destination else None
