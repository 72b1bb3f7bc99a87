"""Files of a meeting as document objects: what they are named, of which format and variant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.archive.codes import Variant
from bot.archive.record import ArchivedFile, Stamp

_PDFA: Final = ("PDF/A-2a", "application/pdf", "fmt/476")
_KINDS: Final = {
    ".pdf": ("PDF", "application/pdf"),
    ".docx": ("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".odt": ("ODT", "application/vnd.oasis.opendocument.text"),
    ".ods": ("ODS", "application/vnd.oasis.opendocument.spreadsheet"),
    ".odp": ("ODP", "application/vnd.oasis.opendocument.presentation"),
    ".png": ("PNG", "image/png"),
    ".jpg": ("JPEG", "image/jpeg"),
    ".jpeg": ("JPEG", "image/jpeg"),
}
"""What people send in (``bot.files``). Whether a PDF of theirs is PDF/A nobody knows: it is no archive format."""
_PLAIN: Final = ("UTF-8", "text/plain", "x-fmt/16")


@dataclass(frozen=True, slots=True)
class Filed:
    """A file among the kept ones, as the log has it. ``size`` in bytes."""

    path: Path
    sha256: str
    size: int


def made_pdf(filed: Filed, label: str, created: Stamp, version: int = 1) -> ArchivedFile:
    """One that Saksgang made: PDF/A-2a."""
    kind, mime, puid = _PDFA
    return ArchivedFile(
        filed.path, filed.sha256, filed.size, label, created, kind, mime, puid, Variant.ARCHIVE, version, ".pdf"
    )


def sent_in(filed: Filed, name: str, label: str, created: Stamp) -> ArchivedFile:
    """One that somebody sent in, as it came. ``name`` tells only what kind of file it is."""
    suffix = Path(name).suffix.lower()
    kind, mime = _KINDS.get(suffix, (suffix.lstrip(".").upper() or "?", ""))
    return ArchivedFile(
        filed.path, filed.sha256, filed.size, label, created, kind, mime, "", Variant.PRODUCTION, 1, suffix
    )


def written(text: str, label: str, created: Stamp, version: int = 1) -> ArchivedFile:
    """Plain text in UTF-8, which is an archive format."""
    kind, mime, puid = _PLAIN
    content = text.encode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()
    return ArchivedFile(
        content, digest, len(content), label, created, kind, mime, puid, Variant.ARCHIVE, version, ".txt"
    )
