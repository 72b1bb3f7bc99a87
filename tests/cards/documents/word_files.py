"""Word files for tests: a draft, and the same file as a person or another program would have changed its XML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from board.editable import EditableDocument, Section
from cards.documents.word import to_docx
from cards.documents.word_names import MAIN, RELATIONS
from cards.documents.word_read import from_docx
from cards.documents.word_zones import ReadBack

AT = datetime(2026, 4, 19, 7, 0, tzinfo=UTC)
DECISION = "item:3f2a:decision"
TEXT = "item:3f2a:text"
SECTIONS = (
    Section("attendance", "Til stede", "Elleve medlemmer\nÉn vara", editable=False),
    Section("item:3f2a", "Sak 012-2026: Felles meldingstjeneste", "", editable=False),
    Section(DECISION, "Vedtak", "Styret godkjenner rammen.", level=2),
    Section(TEXT, "Behandling", "Saken ble lagt fram.\n\nStyret drøftet den.", level=2),
    Section("closing", "Avslutning", ""),
)
DRAFT = EditableDocument("minutes-1", 3, "ab" * 32, "nb", "Referat fra styremøte 16. april 2026", SECTIONS)
TEXTS = {section.id: section.text for section in SECTIONS}

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def file_of(document: EditableDocument = DRAFT) -> bytes:
    return to_docx(document, author="Porteføljekontor Demo", at=AT)


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def body_of(data: bytes) -> str:
    return unpacked(data)["word/document.xml"].decode()


def with_body(body: str, **more: str) -> bytes:
    """The draft with another main part, and further parts (``comments="<w:comment …/>"``) that it points to."""
    parts = unpacked(file_of())
    spaces = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}">'
    parts["word/document.xml"] = body.replace(spaces, f"{_SPACES}>").encode()
    for name, content in more.items():
        parts[f"word/{name}.xml"] = f"<w:{name} {_SPACES}>{content}</w:{name}>".encode()
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="x{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/></Relationships>'.encode(),
        )
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/></Types>'.encode(),
        )
    return packed(parts)


def control(name: str) -> str:
    """The whole content control of a section's text, as it stands in the draft."""
    body = body_of(file_of())
    at = body.index(f'w:val="s:{name}"')
    return body[body.rindex("<w:sdt>", 0, at) : body.index("</w:sdt>", at) + len("</w:sdt>")]


def content(name: str) -> str:
    """What stands inside of it."""
    whole = control(name)
    return whole[whole.index("<w:sdtContent>") + len("<w:sdtContent>") : whole.rindex("</w:sdtContent>")]


def edited(name: str, inside: str, **more: str) -> bytes:
    """The draft with ``inside`` in the place of what the section said."""
    whole = control(name)
    return with_body(body_of(file_of()).replace(whole, whole.replace(content(name), inside)), **more)


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>" if properties else f"<w:p>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(data: bytes) -> ReadBack:
    back = from_docx(data)
    assert isinstance(back, ReadBack), back
    return back


def decision(inside: str, **more: str) -> str:
    """What the decision says after such an edit; all else must be as it was, and nothing be reported."""
    back = read(edited(DECISION, inside, **more))
    assert back.problems == ()
    assert {**back.sections, DECISION: ""} == {**TEXTS, DECISION: ""}
    return back.sections[DECISION]
