"""What the writer and the reader of a Word file agree on: names, tags, and how XML holds what it cannot hold."""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

OBJECT: Final = "SaksgangObject"
VERSION: Final = "SaksgangVersion"
DIGEST: Final = "SaksgangDigest"
"""Custom properties of the file: they say which text it holds, and survive Word, LibreOffice and a new file name."""

TITLE: Final = "title"
NOTE: Final = "note"
HEADING: Final = "heading"
BARE: Final = "bare"
"""The heading of a section that is nothing but its heading."""
TEXT: Final = "text"
LETTER: Final = "letter"
_TAGS: Final = {TITLE: "t", NOTE: "n", HEADING: "h", BARE: "b", TEXT: "s", LETTER: "c"}
_KINDS: Final = {short: kind for kind, short in _TAGS.items()}

_LONGEST_TAG: Final = 64
"""Characters: Word refuses to open a file with a longer one."""
_ID: Final = re.compile(rf"[!-~]{{1,{_LONGEST_TAG - 2}}}")

NOT_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not hold, and the carriage return, which it holds and nobody keeps."""


def tag(kind: str, name: str = "") -> str:
    """The tag of a content control. Errors: ``ValueError`` for an id that does not fit into one."""
    if name and not _ID.fullmatch(name):
        raise ValueError(f"the id {name[:80]!r} does not fit into the tag of a content control")
    return f"{_TAGS[kind]}:{name}"


def parse_tag(written: str) -> tuple[str, str] | None:
    """(kind, name), or None for a control that is not ours."""
    short, colon, name = written.partition(":")
    kind = _KINDS.get(short)
    return (kind, name) if kind and colon and (name or kind == TITLE) else None


def fingerprint(text: str) -> str:
    """Of the note at the top, in its tag: so that words typed into it are seen."""
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def letter_name(letter: str) -> str:
    return f"{ord(letter):04x}"


def letter_of(name: str) -> str:
    """The character of a control made for it; empty for a name that stands for none of :data:`NOT_XML`."""
    try:
        letter = chr(int(name, 16))
    except (ValueError, OverflowError):
        return ""
    return letter if NOT_XML.match(letter) else ""


def shown_letter(letter: str) -> str:
    """What is seen in its place: ␇ for a bell, � where there is no picture."""
    return chr(0x2400 + ord(letter)) if ord(letter) < 0x20 else "\ufffd"
