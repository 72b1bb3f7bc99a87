"""One enclosure taken in: each page as a drawing where it may stand as it is, else as a picture."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pypdfium2
from pikepdf import Pdf, PdfError, Stream

from bot.documents.fitness import Carrier, visible_size
from bot.documents.limits import PAGES_OF_ALL, PAGES_OF_ONE
from bot.documents.pictures import Reader
from bot.documents.placeholders import placeholder
from bot.documents.unfit import Unfit
from cards.documents.content import EnclosedPage


class NotTakenIn(Exception):
    """A PDF that cannot be read, or has too many pages."""


@dataclass(slots=True)
class Enclosures:
    """What is taken in for one document. ``folder`` is the build's own; the sources stay open until it is written."""

    folder: Path
    drawings: dict[int, Stream] = field(default_factory=dict)
    sources: list[Pdf] = field(default_factory=list)
    taken: int = 0
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def take(self, path: Path) -> list[EnclosedPage]:
        """Every page of a PDF, its picture in the folder. Errors: :class:`NotTakenIn`."""
        try:
            reader = Reader(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise NotTakenIn("it cannot be read") from error
        try:
            self._count(reader.pages)
            return self._pages(reader, self._carrier(path, reader.pages))
        except NotTakenIn:
            raise
        except Exception as error:  # whatever a stranger's PDF leads to: the rest of the document is made
            raise NotTakenIn("a page cannot be read") from error
        finally:
            reader.close()

    def close(self) -> None:
        for source in self.sources:
            source.close()

    def _count(self, pages: int) -> None:
        if not 0 < pages <= PAGES_OF_ONE or self.taken + pages > PAGES_OF_ALL:
            raise NotTakenIn(f"it has {pages} pages")

    def _carrier(self, path: Path, pages: int) -> tuple[Pdf, Carrier] | None:
        """None where only PDFium understands the file, or the two do not see the same pages."""
        with suppress(PdfError, ValueError, MemoryError):
            pdf = Pdf.open(path, suppress_warnings=True)
            self.sources.append(pdf)
            if len(pdf.pages) == pages:
                return pdf, Carrier(pdf)
        return None

    def _pages(self, reader: Reader, carrier: tuple[Pdf, Carrier] | None) -> list[EnclosedPage]:
        pages: list[EnclosedPage] = []
        drawings: dict[int, Stream] = {}
        for at in range(reader.pages):
            number = next(self._numbers)
            try:
                if carrier is None:
                    raise Unfit("6.1", "the file is damaged")
                page = carrier[0].pages[at]
                drawing, size = carrier[1].drawing(page), visible_size(page)
            except Unfit:
                pages.append(self._picture(reader, at, number))
            else:
                drawings[number] = drawing
                image = self._written(f"{number}.png", placeholder(number))
                pages.append(EnclosedPage(image, reader.text(at), *size))
        self.taken += len(pages)
        self.drawings |= drawings  # all of an enclosure or nothing
        return pages

    def _picture(self, reader: Reader, at: int, number: int) -> EnclosedPage:
        picture, ending = reader.picture(at)
        return EnclosedPage(self._written(f"{number}{ending}", picture), reader.text(at), *reader.size(at))

    def _written(self, name: str, content: bytes) -> str:
        (self.folder / name).write_bytes(content)
        return name
