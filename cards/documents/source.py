"""A document as Typst source, ready to be compiled as PDF/A-2a and PDF/UA-1 with typst's own fonts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cards.documents.agenda import agenda, agenda_name
from cards.documents.content import (
    AgendaSheet,
    Document,
    EnclosedPage,
    GroupMinutes,
    MinutesSheet,
    Pack,
    Paper,
    Printed,
)
from cards.documents.minutes import group_minutes, group_minutes_name, minutes_sheet
from cards.documents.names import case_title
from cards.documents.pack import pack_name, pack_parts
from cards.documents.paper import Placed, paper
from cards.documents.style import Titled, preamble
from cards.i18n import use

Pages = Mapping[str, Sequence[EnclosedPage]]


def typst_source(printed: Printed, pages: Pages) -> str:
    """``pages``: those of the enclosed PDFs, by SHA-256; one that is not there could not be read, and the text says so.

    The same document gives the same source. Errors: ``ValueError`` for a time without a zone.
    """
    with use(printed.language):
        return "\n".join(
            (preamble(_titled(printed.document)), *(f"#{part}" for part in _parts(printed.document, pages)))
        )


def _titled(document: Document) -> Titled:
    match document:
        case Pack():
            return Titled(pack_name(document), document.head.body, cover=True)
        case Paper():
            return Titled(case_title(document.number, document.title), document.head.body)
        case AgendaSheet():
            return Titled(f"{agenda_name(document)}: {document.head.meeting}", document.head.body)
        case GroupMinutes():
            return Titled(f"{group_minutes_name(document)}: {document.head.meeting}", document.head.body)
        case MinutesSheet():
            return Titled(document.name, document.head.body)


def _parts(document: Document, pages: Pages) -> Iterable[str]:
    match document:
        case Pack():
            return pack_parts(document, pages)
        case Paper():
            return paper(document, Placed(1, "case"), pages)
        case AgendaSheet():
            return agenda(document, 1, {})
        case GroupMinutes():
            return group_minutes(document, 1)
        case MinutesSheet():
            return minutes_sheet(document, 1)
