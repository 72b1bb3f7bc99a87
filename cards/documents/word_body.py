"""The text of a Word file: every part in a content control of its own, so that it is found again wherever it moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from board.editable import EditableDocument, Section
from cards.documents.word_names import (
    BARE,
    HEADING,
    LETTER,
    MAIN,
    NOT_XML,
    NOTE,
    RELATIONS,
    TEXT,
    TITLE,
    fingerprint,
    letter_name,
    shown_letter,
    tag,
)
from cards.i18n import _
from cards.safe import cut, one_line

_SPECIAL: Final = re.compile(f"\n|\t|\u2011|\u00ad|{NOT_XML.pattern}")
_ELEMENTS: Final = {"\n": "<w:br/>", "\t": "<w:tab/>", "\u2011": "<w:noBreakHyphen/>", "\u00ad": "<w:softHyphen/>"}
_LONGEST_ALIAS: Final = 60

_PAGE: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1304" w:right="1361" w:bottom="1304" w:left="1361" w:header="624" w:footer="624" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4 upright; lengths in twentieths of a point."""


def body(document: EditableDocument) -> str:
    """``word/document.xml``. Errors: ``ValueError`` for ids that do not fit or stand twice."""
    _refuse_doubles(document)
    parts = "".join(part for section in document.sections for part in _section(document, section))
    spaces = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
    return f"<w:document {spaces}><w:body>{_top(document)}{parts}{_PAGE}</w:body></w:document>"


def _refuse_doubles(document: EditableDocument) -> None:
    ids = [section.id for section in document.sections]
    if not all(ids) or len(set(ids)) != len(ids):
        raise ValueError("each section of a text must have an id of its own")


def _top(document: EditableDocument) -> str:
    note = _note(document)
    title = _control(document, tag(TITLE), _("Tittel"), _paragraph(document.title, "Title"), locked=True)
    return title + _control(document, tag(NOTE, fingerprint(note)), "", _paragraph(note, "Note"), locked=True)


def _note(document: EditableDocument) -> str:
    return _(
        "Utkast, versjon {version}. Skriv i feltene under overskriftene, lagre filen og last den opp igjen i samtalen "
        "med Saksgang. Alle endringer vises før de tas inn. Overskrifter og grå tekst er låst, og tekst utenfor "
        "feltene blir ikke med i referatet.",
        version=document.version,
    )  # fmt: skip


def _section(document: EditableDocument, section: Section) -> Iterator[str]:
    bare = bool(section.heading) and not section.text and not section.editable
    if section.heading:
        heading = _paragraph(section.heading, "Heading2" if section.level > 1 else "Heading1")
        name = tag(BARE if bare else HEADING, section.id)
        yield _control(document, name, _("Overskrift"), heading, locked=True)
    if not bare:
        yield _text(document, section)


def _text(document: EditableDocument, section: Section) -> str:
    name, alias = tag(TEXT, section.id), section.heading
    if section.editable and not section.text:
        waiting = f'<w:p><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>{_said(_("Skriv her."))}</w:r></w:p>'
        return _control(document, name, alias, waiting, locked=False, waiting=True)
    style = "" if section.editable else "LockedText"
    paragraphs = "".join(_paragraph(line, style) for line in section.text.split("\n"))
    return _control(document, name, alias, paragraphs, locked=not section.editable)


def _control(
    document: EditableDocument, name: str, alias: str, content: str, *, locked: bool, waiting: bool = False
) -> str:
    """``waiting``: what stands there is no text but an invitation to write one, which goes when somebody does."""
    shown = cut(one_line(alias), _LONGEST_ALIAS)
    number = crc32(f"{document.object_id}/{document.version}/{name}".encode("utf-8", "surrogatepass")) & 0x7FFFFFFF
    return (
        "<w:sdt><w:sdtPr>"
        + (f"<w:alias w:val={quoteattr(shown)}/>" if shown else "")
        + f'<w:tag w:val={quoteattr(name)}/><w:id w:val="{number}"/>'
        + f'<w:lock w:val="{"sdtContentLocked" if locked else "sdtLocked"}"/>'
        + ("<w:showingPlcHdr/>" if waiting else "")
        + f"</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _paragraph(text: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(_runs(text))}</w:p>"


def _runs(text: str) -> Iterator[str]:
    """The text as runs; a character that XML cannot hold has a small locked control of its own."""
    end = 0
    for found in _SPECIAL.finditer(text):
        yield _run(_said(text[end : found.start()]))
        end = found.end()
        special = _ELEMENTS.get(found.group())
        yield _run(special) if special else _letter(found.group())
    yield _run(_said(text[end:]))


def _run(content: str) -> str:
    return f"<w:r>{content}</w:r>" if content else ""


def _said(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def _letter(letter: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag(LETTER, letter_name(letter))}"/><w:lock w:val="sdtContentLocked"/>'
        f"</w:sdtPr><w:sdtContent>{_run(_said(shown_letter(letter)))}</w:sdtContent></w:sdt>"
    )
