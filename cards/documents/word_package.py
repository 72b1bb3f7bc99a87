"""A Word file as it came, opened with bounds: what is too large, encrypted, a program or no Word file is refused.

Only the parts that hold text are unpacked. No program in a file is looked at, let alone run, and nothing is fetched.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from cards.documents.word_names import DOCUMENT_TYPE, MAIN, RELATIONS

MAX_FILE: Final = 10 * 2**20
"""Bytes of the file as it came."""
MAX_PART: Final = 8 * 2**20
"""Bytes of one part, unpacked: some thousand pages of text."""
MAX_UNPACKED: Final = 16 * 2**20
"""Bytes of all the parts that are read."""
MAX_TAGS: Final = 250_000
"""Of one part. Two hundred pages, saved many times over, have some fifty thousand."""
_MAX_ENTRIES: Final = 2000
_MAX_DIRECTORY: Final = 2**19
"""Bytes of the archive's table of contents, read before anything else is."""

_OLD: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file begins that is .doc, or a .docx behind a password."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONS.encode()),
)
"""A file saved as «Strict Open XML» names the same things otherwise."""
_TYPE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Unfit(StrEnum):
    """Why a file is not taken in."""

    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    OLD_FORMAT = "old_format"
    """A .doc of Word 97 to 2003."""
    MACROS = "macros"
    """A .docm or .dotm: it brings a program along."""
    NOT_WORD = "not_word"
    DAMAGED = "damaged"
    HARMFUL = "harmful"
    """Made to exhaust the reader, or to have it fetch something."""
    NOT_OURS = "not_ours"
    """A Word file that does not say which text it holds."""


class UnfitFile(ValueError):
    """Raised inside the reader only; :func:`cards.documents.word_read.from_docx` gives it as a value."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True)
class Package:
    """Parts by name. ``left``: bytes that may still be unpacked."""

    archive: ZipFile
    names: dict[str, ZipInfo]
    left: int = MAX_UNPACKED

    def part(self, name: str) -> etree._Element | None:
        """The part's XML, or None where there is none. Errors: :class:`UnfitFile`."""
        entry = self.names.get(name.lower())
        return None if entry is None else parsed(self._unpacked(entry))

    def _unpacked(self, entry: ZipInfo) -> bytes:
        limit = min(MAX_PART, self.left)
        try:
            with self.archive.open(entry) as file:
                data = file.read(limit + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnfitFile(Unfit.DAMAGED) from error
        if len(data) > limit:
            raise UnfitFile(Unfit.TOO_LARGE)
        self.left -= len(data)
        return data

    def related(self, source: str) -> dict[str, str]:
        """The parts that ``source`` points to, by the last word of the relation («styles»); none outside the file."""
        rows = self.part(join(dirname(source), "_rels", source.rpartition("/")[2] + ".rels"))
        found: dict[str, str] = {}
        for row in () if rows is None else rows:
            if row.get("TargetMode") != "External":
                name = row.get("Type", "").rpartition("/")[2]
                found.setdefault(name, normpath(join("/", dirname(source), row.get("Target", ""))).lstrip("/"))
        return found


def opened(data: bytes) -> tuple[Package, str]:
    """The file, and the name of its main part. Errors: :class:`UnfitFile`."""
    if len(data) > MAX_FILE:
        raise UnfitFile(Unfit.TOO_LARGE)
    if data.startswith(_OLD):
        raise UnfitFile(Unfit.ENCRYPTED if _ENCRYPTED in data else Unfit.OLD_FORMAT)
    package = _listed(data)
    return package, _main(package)


def _listed(data: bytes) -> Package:
    if _directory(data) > _MAX_DIRECTORY:
        raise UnfitFile(Unfit.HARMFUL)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, OSError, NotImplementedError, ValueError, struct.error) as error:
        raise UnfitFile(Unfit.NOT_WORD) from error
    entries = archive.infolist()
    names = {entry.filename.lower().lstrip("/"): entry for entry in entries}
    if len(entries) > _MAX_ENTRIES or len(names) != len(entries):
        raise UnfitFile(Unfit.HARMFUL)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitFile(Unfit.ENCRYPTED)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise UnfitFile(Unfit.NOT_WORD)
    return Package(archive, names)


def _directory(data: bytes) -> int:
    """Bytes that the archive's own table of contents takes. One for archives over 4 GB has no business here."""
    end = data.rfind(_END)
    if end < 0 or len(data) < end + 22:
        raise UnfitFile(Unfit.DAMAGED if data.startswith(b"PK") else Unfit.NOT_WORD)
    if data[max(0, end - 20) : end].startswith(_END_64):
        raise UnfitFile(Unfit.HARMFUL)
    return int.from_bytes(data[end + 12 : end + 16], "little")


def _main(package: Package) -> str:
    types = package.part("[Content_Types].xml")
    if types is None:
        raise UnfitFile(Unfit.NOT_WORD)
    kinds = dict(_kinds(types))
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds.values()) or any(
        "vbaproject" in name for name in package.names
    ):
        raise UnfitFile(Unfit.MACROS)
    main = package.related("").get("officeDocument", "")
    if kinds.get(main.lower()) != DOCUMENT_TYPE:
        raise UnfitFile(Unfit.NOT_WORD)
    return main


def _kinds(types: etree._Element) -> Iterator[tuple[str, str]]:
    for row in types.iter(f"{_TYPE}Override", f"{_TYPE}Default"):
        yield (row.get("PartName") or "*." + row.get("Extension", "")).lower().lstrip("/"), row.get("ContentType", "")


def parsed(data: bytes) -> etree._Element:
    """Errors: :class:`UnfitFile`. A document type is refused: it can declare entities that grow or are fetched."""
    if b"\0" in data or b"<!DOCTYPE" in data:  # no program writes a part in UTF-16, where this would not be seen
        raise UnfitFile(Unfit.HARMFUL)
    if data.count(b"<") > MAX_TAGS:
        raise UnfitFile(Unfit.TOO_LARGE)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnfitFile(Unfit.DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnfitFile(Unfit.HARMFUL)
    return root
