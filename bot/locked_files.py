"""Whether every locked file is the one that the log says was locked: read whole, and compared by its SHA-256."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path

from board.minutes_ports import Locked
from bot.stored import stored_path


async def broken_files(locked: Sequence[Locked], folder: Path) -> list[str]:
    """What is wrong with each, in words; none where all are whole. ``folder``: that of the kept files."""
    return [problem for one in locked if (problem := await asyncio.to_thread(_problem, one, folder))]


def _problem(one: Locked, folder: Path) -> str:
    name = f"the minutes of {one.meeting}, version {one.version}"
    if not one.logged:
        return f"{name}: a file is kept that the log knows nothing of"
    if one.kept != one.logged:
        return f"{name}: the log says {one.logged}, the book {one.kept or 'nothing'}"
    path = stored_path(folder, one.logged)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return f"{name}: the file {path} is not there"
    except OSError as error:
        return f"{name}: the file {path} cannot be read ({error.strerror})"
    return "" if found == one.logged else f"{name}: the file {path} is not what was locked"
