"""A text to be edited, as a Word file (.docx, ISO/IEC 29500 transitional). ``word_read`` takes it in again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from board.editable import EditableDocument
from cards.documents.word_body import body
from cards.documents.word_names import DIGEST, DOCUMENT_TYPE, NOT_XML, OBJECT, RELATIONS, VERSION
from cards.documents.word_style import footer, settings, styles
from cards.i18n import LANGUAGES, Language, use
from cards.safe import cut, one_line

WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of what :func:`to_docx` gives."""

_LOCALES: Final[Mapping[Language, str]] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CUSTOM_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people give a file; a constant of the format."""
_LONGEST_TITLE: Final = 250
_NAME: Final = re.compile(r"[ -~]{1,255}")

_TYPES: Final = (
    ("/word/document.xml", DOCUMENT_TYPE),
    ("/word/styles.xml", f"{_WORD_PART}.styles+xml"),
    ("/word/settings.xml", f"{_WORD_PART}.settings+xml"),
    ("/word/footer1.xml", f"{_WORD_PART}.footer+xml"),
    ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
)


def to_docx(document: EditableDocument, *, author: str, at: datetime) -> bytes:
    """``author`` and ``at`` stand in the file's properties. The same text gives the same file, byte for byte.

    Errors: ``ValueError`` for a time without a zone, another language than ours, ids that do not fit into a file.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a Word file needs a zone")
    if document.language not in LANGUAGES:
        raise ValueError(f"no Word files in the language {document.language!r}")
    with use(document.language):
        return _zipped(_parts(document, _LOCALES[document.language], author, at))


def _parts(document: EditableDocument, locale: str, author: str, at: datetime) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{RELATIONS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{RELATIONS}/custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": body(document),
        "word/_rels/document.xml.rels": _relations(
            (f"{RELATIONS}/styles", "styles.xml"),
            (f"{RELATIONS}/settings", "settings.xml"),
            (f"{RELATIONS}/footer", "footer1.xml"),
        ),
        "word/styles.xml": styles(locale),
        "word/settings.xml": settings(locale),
        "word/footer1.xml": footer(_plain(document.title)),
        "docProps/core.xml": _core(document, locale, author, at),
        "docProps/custom.xml": _custom(document),
    }


def _zipped(parts: Mapping[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, (_HEAD + content).encode())
    return file.getvalue()


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _core(document: EditableDocument, locale: str, author: str, at: datetime) -> str:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_plain(document.title))}</dc:title><dc:creator>{escape(_plain(author))}</dc:creator>"
        f"<dc:language>{locale}</dc:language><cp:lastModifiedBy>{escape(_plain(author))}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _plain(text: str) -> str:
    return cut(NOT_XML.sub("", one_line(text)), _LONGEST_TITLE)


def _custom(document: EditableDocument) -> str:
    values = ((OBJECT, document.object_id), (VERSION, str(document.version)), (DIGEST, document.digest))
    rows = "".join(_property(number, name, value) for number, (name, value) in enumerate(values, start=2))
    return (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{rows}</Properties>'
    )  # fmt: skip


def _property(number: int, name: str, value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(f"{name}: {value[:80]!r} does not fit into a property of a Word file")
    return (
        f'<property fmtid={quoteattr(_CUSTOM_SET)} pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
    )
