"""``audit verify`` and the locked files: one that was changed, one that is gone, one that nobody logged."""

from __future__ import annotations

from pathlib import Path

import pytest

from board.events import Event, Happened
from board.ids import MeetingId
from board.minutes import minutes_object
from board.minutes_ports import LockedFile
from bot.locked_files import broken_files
from bot.stored import keep, stored_path
from storage.engine import Store
from tests.board.support import NOW, OFFICE

MEETING = MeetingId("styret-1")


async def lock(store: Store, sha256: str, *, version: int = 1, logged: str | None = None, kept: bool = True) -> None:
    """As the bot does when the file is made, or not quite."""
    async with store.work.write() as work:
        if kept:
            await work.minutes_book.put_file(LockedFile(MEETING, version, sha256, 3, 7, NOW))
        if logged != "":
            details = {"sha256": logged or sha256, "version": str(version)}
            about = minutes_object(MEETING)
            await work.history.append([Event(Happened.MINUTES_LOCKED, about, NOW, OFFICE.id, details=details)])
        await work.commit()


async def broken(store: Store, folder: Path) -> list[str]:
    return await broken_files(await store.locked_files(), folder)


async def test_files_that_nobody_touched_are_whole(store: Store, tmp_path: Path) -> None:
    assert await broken(store, tmp_path) == []
    for version in (1, 2):
        await lock(store, keep(tmp_path, f"versjon {version}".encode()), version=version)
    assert len(await store.locked_files()) == 2
    assert await broken(store, tmp_path) == []


async def test_the_changed_one_and_the_missing_one_are_named(store: Store, tmp_path: Path) -> None:
    hashes = [keep(tmp_path, f"versjon {version}".encode()) for version in (1, 2, 3)]
    for version, sha256 in enumerate(hashes, start=1):
        await lock(store, sha256, version=version)
    stored_path(tmp_path, hashes[0]).write_bytes(b"noe annet")
    stored_path(tmp_path, hashes[2]).unlink()
    changed, missing = await broken(store, tmp_path)
    assert "styret-1, version 1" in changed
    assert "is not what was locked" in changed
    assert "styret-1, version 3" in missing
    assert "is not there" in missing


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"logged": "0" * 64}, "the log says 000"),
        ({"logged": ""}, "the log knows nothing of"),
        ({"kept": False}, "the book nothing"),
    ],
)
async def test_the_book_and_the_log_must_agree(
    store: Store, tmp_path: Path, how: dict[str, str | bool], said: str
) -> None:
    await lock(store, keep(tmp_path, b"versjon 1"), **how)  # type: ignore[arg-type]  # one of the two, by its name
    (problem,) = await broken(store, tmp_path)
    assert said in problem
