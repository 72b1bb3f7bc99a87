"""One process at a time on a SQLite database: a lock on ``<database>.lock`` that the system drops with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from storage.errors import AlreadyOpen

_LOCKED_BYTE = 1 << 20
"""Windows locks bytes for reading too, so the lock lies beyond the process number that others are to read."""


class FileLock:
    """Taken by ``acquire``, which raises :class:`AlreadyOpen` naming the process that has it."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def acquire(self) -> None:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError as error:
            holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            os.close(file)
            raise AlreadyOpen(
                f"{self._database} is in use by process {holder or '(unknown)'}. SQLite is for one process: stop "
                "that one first, or use PostgreSQL for several."
            ) from error
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode("ascii"))
        self._file = file

    def release(self) -> None:
        """The file stays: removing it would let two processes lock two files of one name."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # exists there only

        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        import fcntl  # noqa: PLC0415  # exists there only

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
