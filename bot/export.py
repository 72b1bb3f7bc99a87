"""``saksgang export``: the archives of meetings, each a ZIP in a folder, made as the bot makes them for a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from board.ids import MeetingId
from board.ports import Rules, Work
from board.usecases.archive_meeting import COMMAND_LINE, archived
from bot.archive.archiving import Archiver
from bot.archive.bundle import Bundle, FileChanged
from bot.archive.checking import Fault, check_bundle
from bot.documents.press import DocumentError, Press
from cards.archive_texts import missing_line

PAGE: Final = 200
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Exported:
    """One meeting's: the ZIP, or why there is none; and what its own check found wrong."""

    meeting: MeetingId
    bundle: Bundle | None = None
    why: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.bundle is not None and not self.faults


async def export(
    work: Work, rules: Rules, files: Path, meetings: Sequence[MeetingId], folder: Path, schemas: Path | None = None
) -> AsyncIterator[Exported]:
    """Each meeting as it is made. ``files``: the kept ones; ``schemas``: as :func:`check_bundle` takes them."""
    async with _press(files) as press:
        archiver = Archiver(work, rules, press)
        for meeting in meetings:
            made = await _one(archiver, meeting, folder, schemas)
            if made.bundle is not None:
                async with work.write() as unit:
                    await archived(meeting, made.bundle.sha256, len(made.bundle.missing), COMMAND_LINE, unit, rules)
                    await unit.commit()
            yield made


async def _one(archiver: Archiver, meeting: MeetingId, folder: Path, schemas: Path | None) -> Exported:
    try:
        bundle = await archiver.make(meeting, folder)
    except DocumentError as error:
        return Exported(meeting, why=f"a paper could not be printed: {error}")
    except FileChanged as error:
        return Exported(meeting, why=f"{error} changed while it was read: try again")
    except OSError as error:
        return Exported(meeting, why=f"{error.filename or folder}: {error.strerror}")
    if bundle is None:
        return Exported(meeting, why="there is no such meeting")
    return Exported(meeting, bundle, faults=check_bundle(bundle.path, schemas))


async def held(work: Work, rules: Rules) -> list[MeetingId]:
    """Every planned meeting that has begun, earliest first."""
    found: list[MeetingId] = []
    since, until = _FIRST, rules.clock.now()
    while True:
        async with work.read() as unit:
            page = await unit.meetings.between(since, until, PAGE)
        new = [one for one in page if one.id not in found]
        found += [one.id for one in new if one.is_planned]
        if len(page) < PAGE or not new:
            return found
        since = page[-1].starts_at


@asynccontextmanager
async def _press(files: Path) -> AsyncIterator[Press]:
    press = Press(files)
    try:
        yield press
    finally:
        await press.close()


def as_lines(one: Exported) -> list[str]:
    """What the command line tells of one meeting."""
    if one.bundle is None:
        return [f"saksgang export: {one.meeting}: {one.why}"]
    bundle = one.bundle
    lines = [f"saksgang export: {bundle.path} ({bundle.files} files, {bundle.size} bytes, SHA-256 {bundle.sha256})"]
    lines += [f"  - {missing_line(missing)}" for missing in bundle.missing]
    return lines + [f"  ! {fault.what}: {fault.path} {fault.why}".rstrip() for fault in one.faults]
