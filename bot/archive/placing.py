"""Looks at every file once: where it will lie in the ZIP, and whether it is what the board's log says it is."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Final

from bot.archive.missing import Missing, MissingCode
from bot.archive.names import Names
from bot.archive.record import ArchivedDocument, ArchivedFile, Extraction, MeetingFolder, Registration
from bot.archive.registrations import Placed, object_id

FOLDER: Final = "dokumenter"
CHUNK: Final = 1 << 18
"""Bytes held at a time."""


@dataclass(slots=True)
class Placing:
    """``placed`` in the order of the archive, by :func:`object_id`."""

    placed: dict[str, Placed] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)


def place(extraction: Extraction) -> Placing:
    """Reads every file through; one that is lacking or has changed is left out, and told."""
    found, names = Placing(), Names()
    for meeting, registration, document in extraction.documents():
        for file in document.files:
            one = object_id(document, file)
            if one in found.placed:
                continue
            placed = _looked_at(file, names, meeting, registration)
            if isinstance(placed, Placed):
                found.placed[one] = placed
            else:
                found.missing.append(_missing(placed, meeting, registration, document, file, extraction))
    return found


def _looked_at(
    file: ArchivedFile, names: Names, meeting: MeetingFolder, registration: Registration
) -> Placed | MissingCode:
    try:
        with opened(file) as content:
            sha256, size = fingerprint(content)
    except OSError:
        return MissingCode.FILE_NOT_STORED
    if sha256 != file.sha256:
        return MissingCode.FILE_CHANGED
    label = f"{registration.type.value} {file.label}"
    path = names.give((FOLDER, meeting.number), label, file.suffix)
    return Placed(path, file, sha256, size)


def _missing(
    code: MissingCode,
    meeting: MeetingFolder,
    registration: Registration,
    document: ArchivedDocument,
    file: ArchivedFile,
    extraction: Extraction,
) -> Missing:
    number = next((case.number for case in extraction.cases if case.id == registration.case), "")
    return Missing(code, meeting.number, number, f"{document.type}, {file.label}")


@contextmanager
def opened(file: ArchivedFile) -> Iterator[IO[bytes]]:
    """What is in the file. Errors: ``OSError`` where it is not there or cannot be read."""
    if isinstance(file.source, bytes):
        yield io.BytesIO(file.source)
        return
    with file.source.open("rb") as content:
        yield content


def fingerprint(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 in hex, and the size in bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
