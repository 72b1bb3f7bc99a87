"""Documents made beside the bot: a process of its own for each, so that neither the loop nor a bad PDF holds it up."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import structlog

from bot.documents.limits import Limits
from bot.stored import stored_path
from cards.documents.codec import printed_to_json
from cards.documents.content import Printed

_LINE: Final = 2**20
"""Bytes that one line of a worker may have."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_OURS: Final = "SAKSGANG_"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Built:
    """A PDF that lies among the kept files. ``size`` in bytes; ``skipped``: enclosures that could not be taken in.

    ``enclosed``: how many of its pages are enclosures' own.
    """

    sha256: str
    pages: int
    size: int
    skipped: tuple[str, ...]
    enclosed: int = 0


class DocumentError(Exception):
    """The document could not be made. One line for operators, without what people wrote."""


class _Lost(Exception):
    """The worker ended, or took too long, while it read this enclosure."""

    def __init__(self, sha256: str) -> None:
        super().__init__(sha256)
        self.sha256 = sha256


class Press:
    """``files`` is the folder of the kept files. One worker at a time."""

    def __init__(self, files: Path, limits: Limits | None = None) -> None:
        self._files, self._limits = files, limits or Limits()
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._closed = False

    async def build(self, printed: Printed) -> Built:
        """The same document gives the same file. An enclosure at which a worker is lost is left out.

        Errors: :class:`DocumentError`.
        """
        async with self._turn:
            skip: set[str] = set()
            while True:
                try:
                    return await self._attempt(printed, skip)
                except _Lost as lost:
                    _log.warning("enclosure_left_out", sha256=lost.sha256)
                    skip.add(lost.sha256)

    def path(self, sha256: str) -> Path:
        return stored_path(self._files, sha256)

    async def close(self) -> None:
        """Kills a worker under way; its build ends with :class:`DocumentError`."""
        self._closed = True
        if self._process is not None:
            await _killed(self._process)
        async with self._turn:  # those that wait, and a worker that was being started, have ended
            pass

    async def _attempt(self, printed: Printed, skip: set[str]) -> Built:
        if self._closed:
            raise DocumentError("the press is closed")
        job = {
            "printed": printed_to_json(printed),
            "files": str(self._files.resolve()),
            "skip": sorted(skip),
            "memory": self._limits.memory,
            "seconds": self._limits.seconds,
        }
        self._process = process = await _started()
        try:
            if self._closed:  # while it started
                raise DocumentError("the press is closed")
            return await self._heard(process, json.dumps(job).encode())
        finally:
            await _killed(process)
            self._process = None

    async def _heard(self, process: Process, job: bytes) -> Built:
        """Reads the worker's words until its last one."""
        assert process.stdin is not None  # noqa: S101  # asked for in _started
        with suppress(ConnectionError):  # it ended: its words tell
            process.stdin.write(job)
            await process.stdin.drain()
        process.stdin.close()
        reading, deadline = "", asyncio.get_running_loop().time() + self._limits.seconds
        while True:
            words = await self._line(process, reading, deadline)
            if "built" in words:
                return _built(words["built"])
            if "failed" in words:
                raise DocumentError(str(words["failed"]))
            if reading:
                deadline += asyncio.get_running_loop().time() - self._since
            reading = str(words.get("reading", ""))

    async def _line(self, process: Process, reading: str, deadline: float) -> dict[str, Any]:
        assert process.stdout is not None  # noqa: S101  # asked for in _started
        self._since = asyncio.get_running_loop().time()
        until = self._since + self._limits.enclosure_seconds if reading else deadline
        try:
            async with asyncio.timeout_at(until):
                line = await process.stdout.readline()
        except TimeoutError:
            line = b""
        if line.endswith(b"\n"):
            words: dict[str, Any] = json.loads(line)
            return words
        if reading and not self._closed:
            raise _Lost(reading)
        raise DocumentError("the worker was ended, or took too long")


async def _started() -> Process:
    """With no setting of the bot's: none of its secrets is there to be read."""
    free = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.documents.worker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_LINE,
            cwd=_ROOT,
            env=free,
        )
    except OSError as error:
        raise DocumentError(f"the worker cannot be started: {error.strerror}") from error


async def _killed(process: Process) -> None:
    with suppress(ProcessLookupError):
        if process.returncode is None:
            process.kill()
    await process.wait()


def _built(words: dict[str, Any]) -> Built:
    pages, enclosed = int(words["pages"]), int(words["enclosed"])
    return Built(str(words["sha256"]), pages, int(words["size"]), tuple(words["skipped"]), enclosed)
