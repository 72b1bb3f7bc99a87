"""Enclosures as tests need them: sound ones by Typst, others made by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Pdf

from bot.stored import keep
from cards.documents.content import AgendaLine, AgendaSheet, Enclosure, Head, Pack, Paper, Printed

HEAD = Head("Regionalt porteføljestyre", "Møte 24. september 2026", datetime(2026, 9, 24, 7, 0, tzinfo=UTC), 180)
SENT = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)


def typeset(pages: int = 2, *, words: str = "Vedlegg", paper: str = "a4") -> bytes:
    """A plain PDF with tags, a picture of shapes and text in two fonts."""
    source = f'#set document(title: "{words}")\n#set page(paper: "{paper}", numbering: "1")\n'
    for number in range(1, pages + 1):
        source += (
            f"= {words} {number}\n#lorem(120) #emph[æøå {number}]\n#rect(fill: red, width: 3cm)[rød]\n"
            "#place(bottom + right, circle(fill: blue, radius: 1cm))\n#pagebreak(weak: true)\n"
        )
    made = typst.compile(source.encode(), format="pdf", font_paths=typst.Fonts(include_system_fonts=False), timestamp=0)
    assert isinstance(made, bytes)
    return made


def changed(change: Callable[[Pdf], None], data: bytes | None = None, **save: Any) -> bytes:
    """A sound PDF, changed."""
    with Pdf.open(io.BytesIO(data or typeset(1))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)
    return out.getvalue()


def drawn(content: bytes, **resources: Any) -> bytes:
    """One page of 300 by 200 points with this content."""
    pdf = Pdf.new()
    page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 300, 200]), Resources=Dictionary(**resources))
    page.Contents = pdf.make_stream(content)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def paper(*enclosures: bytes, files: Path, number: str = "012-2026") -> Paper:
    """A case paper with these PDFs, which are kept in ``files``."""
    listed = tuple(
        Enclosure(f"Vedlegg {at}.pdf", "Konsept", keep(files, content)) for at, content in enumerate(enclosures, 1)
    )
    sections = (("Hva saken gjelder", "Innføring av ny journal."), ("Bakgrunn", "Styret ba om saken."))
    return Paper(number, "B", "Ny journal", HEAD, "Styret godkjenner.", sections=sections, enclosures=listed)


def pack(*papers: Paper) -> Pack:
    lines = tuple(AgendaLine(at, one.title, one.number, one.kind, "Direktøren", 20) for at, one in enumerate(papers, 1))
    agenda = AgendaSheet(HEAD, (("Beslutningssaker", lines),))
    return Pack(HEAD, 1, SENT, agenda, papers)


def printed(*enclosures: bytes, files: Path) -> Printed:
    return Printed(paper(*enclosures, files=files))
