"""The ZIP: written to disk as it is made, the same bytes for the same state, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.archive.elements import Sink
from bot.archive.lacking import lacking
from bot.archive.missing import Missing
from bot.archive.placing import CHUNK, Placing, fingerprint, opened, place
from bot.archive.record import Extraction
from bot.archive.registrations import Placed
from bot.archive.structure import FILE, write_structure
from cards.archive_texts import missing_list, read_me
from cards.i18n import Language, use

CHECKSUMS: Final = "checksums.txt"
MISSING_TEXT: Final = "mangler.txt"
MISSING_DATA: Final = "mangler.json"
READ_ME: Final = "LESMEG.txt"
_UNIX: Final = 3
_PLAIN_FILE: Final = 0o100644 << 16
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""A ZIP knows no earlier time."""


class FileChanged(Exception):
    """``path`` in the ZIP of the file that was not the same the second time it was read."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A ZIP that was made. ``files`` counts the documents' files in it."""

    path: Path
    sha256: str
    size: int
    files: int
    missing: tuple[Missing, ...]


async def make_bundle(extraction: Extraction, target: Path, language: Language) -> Bundle:
    """:func:`write_bundle` in a thread: the loop goes on meanwhile."""
    return await asyncio.to_thread(write_bundle, extraction, target, language)


def write_bundle(extraction: Extraction, target: Path, language: Language) -> Bundle:
    """Writes ``target``. ``language``: the board's, of the list of what is missing.

    Errors: ``OSError`` where the disk is full or may not be written, :class:`FileChanged`; there is no file then.
    """
    return write_placed(extraction, place(extraction), target, language)


def write_placed(extraction: Extraction, placing: Placing, target: Path, language: Language) -> Bundle:
    """As :func:`write_bundle`, with the files looked at before."""
    missing = tuple(dict.fromkeys((*lacking(extraction), *placing.missing)))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _whole_or_nothing(target) as part, ZipFile(part, "w", ZIP_DEFLATED) as archive:
        out = _Out(archive, extraction.at)
        for placed in placing.placed.values():
            out.copy(placed)
        out.write(FILE, lambda to: write_structure(extraction, placing.placed, to))
        with use(language):
            out.write_text(MISSING_TEXT, missing_list(_numbers(extraction), missing))
            out.write_text(READ_ME, read_me(extraction.title, extraction.creator))
        out.write_text(MISSING_DATA, _as_json(extraction, missing))
        out.write_sums()
    with target.open("rb") as whole:
        sha256, size = fingerprint(whole)
    return Bundle(target, sha256, size, len(placing.placed), missing)


def _numbers(extraction: Extraction) -> tuple[str, ...]:
    return tuple(meeting.number for meeting in extraction.meetings)


def _as_json(extraction: Extraction, missing: tuple[Missing, ...]) -> str:
    data = {"version": 1, "meetings": _numbers(extraction), "missing": [one.as_data() for one in missing]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[IO[bytes]]:
    """A file beside ``target`` that takes its place once it is written and on the disk."""
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            Path(part.name).unlink()
            raise
    Path(part.name).chmod(0o600)  # the papers of a board, some of them exempt: for whoever made the archive
    Path(part.name).replace(target)


class _Summed:
    """Writes on, and sums what is written."""

    def __init__(self, to: Sink) -> None:
        self._to, self.digest = to, hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._to.write(content)


class _Out:
    """The ZIP with the checksum of each file in it."""

    def __init__(self, archive: ZipFile, at: datetime) -> None:
        self._archive, self._at = archive, at
        self._sums: dict[str, str] = {}

    def copy(self, placed: Placed) -> None:
        info = _info(placed.path, placed.file.created.at, ZIP_STORED)
        info.file_size = placed.size
        with opened(placed.file) as content, self._archive.open(info, "w") as into:
            to = _Summed(into)
            while chunk := content.read(CHUNK):
                to.write(chunk)
        self._sums[placed.path] = to.digest.hexdigest()
        if self._sums[placed.path] != placed.sha256:
            raise FileChanged(placed.path)

    def write(self, path: str, act: Callable[[Sink], None]) -> None:
        with self._archive.open(_info(path, self._at, ZIP_DEFLATED), "w", force_zip64=True) as into:
            to = _Summed(into)
            act(to)
        self._sums[path] = to.digest.hexdigest()

    def write_text(self, path: str, text: str) -> None:
        self.write(path, lambda to: _write(to, text.encode("utf-8", "replace")))

    def write_sums(self) -> None:
        """As ``sha256sum`` writes them, so that ``sha256sum -c`` reads them."""
        lines = "".join(f"{self._sums[path]}  {path}\n" for path in sorted(self._sums))
        self._archive.writestr(_info(CHECKSUMS, self._at, ZIP_DEFLATED), lines)


def _write(to: Sink, content: bytes) -> None:
    to.write(content)


def _info(path: str, at: datetime, compress: int) -> ZipInfo:
    moment = at.astimezone(UTC)
    time = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    info = ZipInfo(path, max(time, _EARLIEST))
    info.create_system, info.external_attr, info.compress_type = _UNIX, _PLAIN_FILE, compress
    return info
