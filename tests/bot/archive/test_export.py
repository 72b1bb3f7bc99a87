"""``saksgang export`` on both databases: a ZIP for each meeting that has begun, checked, told, and in the log."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from board.events import Happened
from board.ids import MeetingId
from board.ports import Rules, Work
from bot.__main__ import parser
from bot.archive.checking import check_bundle
from bot.export import Exported, as_lines, export, held
from storage.engine import Store, open_store
from tests.board.support import BOARD_MEETING, WG_MEETING
from tests.bot.archive.stage import stage
from tests.bot.archive.test_checking import ROOT
from tests.cards.conftest import locales, texts

__all__ = ["locales", "texts"]


async def exported(
    work: Work, rules: Rules, tmp_path: Path, *meetings: MeetingId, schemas: Path | None = None
) -> list[Exported]:
    files, folder = tmp_path / "files", tmp_path / "ut"
    return [one async for one in export(work, rules, files, meetings, folder, schemas)]


async def test_one_meeting_is_printed_checked_and_in_the_log(store: Store, tmp_path: Path) -> None:
    set_up = await stage(store.work, tmp_path / "files")
    (one,) = await exported(store.work, set_up.rules, tmp_path, BOARD_MEETING)
    assert one.is_whole
    assert one.bundle is not None
    assert check_bundle(one.bundle.path) == ()
    assert one.bundle.path == tmp_path / "ut" / "arkiv-styret-2026-04-16-0700z.zip"
    with ZipFile(one.bundle.path) as archive:
        assert archive.read("dokumenter/2026-04-16/SF-012-2026.pdf").startswith(b"%PDF-")
    async with store.work.read() as work:
        (event,) = [e for e in await work.history.of(BOARD_MEETING) if e.what is Happened.MEETING_ARCHIVED]
    assert event.details == {"sha256": one.bundle.sha256, "missing": str(len(one.bundle.missing))}
    assert event.by == "saksgang export"
    assert (await store.verify_history()).seq is None


async def test_a_meeting_that_is_none_and_a_folder_that_is_a_file_are_told(store: Store, tmp_path: Path) -> None:
    set_up = await stage(store.work, tmp_path / "files")
    (none,) = await exported(store.work, set_up.rules, tmp_path, MeetingId("ingen"))
    assert as_lines(none) == ["saksgang export: ingen: there is no such meeting"]
    (tmp_path / "ut").write_text("en fil")
    (barred,) = await exported(store.work, set_up.rules, tmp_path, MeetingId("beside-0"))
    assert not barred.is_whole
    assert str(tmp_path / "ut") in barred.why


async def test_all_means_every_meeting_that_has_begun(store: Store, tmp_path: Path) -> None:
    set_up = await stage(store.work, tmp_path / "files")
    begun = [MeetingId("beside-0"), WG_MEETING, BOARD_MEETING, MeetingId("beside-1")]
    assert await held(store.work, set_up.rules) == begun
    set_up.clock.set(set_up.clock.now().replace(month=4, day=15))
    assert await held(store.work, set_up.rules) == begun[:2]


async def test_the_schema_that_was_given_is_held_against_it(store: Store, tmp_path: Path) -> None:
    set_up = await stage(store.work, tmp_path / "files")
    (tmp_path / "arkivstruktur.xsd").write_text(ROOT % (1, 2))
    (one,) = await exported(store.work, set_up.rules, tmp_path, MeetingId("beside-0"), schemas=tmp_path)
    assert not one.is_whole
    assert any("! invalid: arkivstruktur.xml" in line for line in as_lines(one))


def command(*arguments: str, files: Path) -> subprocess.CompletedProcess[str]:
    """The program itself, as an operator runs it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "export", *arguments],
        env={**os.environ, "SAKSGANG_FILES": str(files)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_makes_them_and_says_what_is_missing(url: str, tmp_path: Path) -> None:
    async def fill() -> None:
        async with await open_store(url) as store:
            await stage(store.work, tmp_path / "files")

    asyncio.run(fill())
    base = ("--database", url, "--to", str(tmp_path / "ut"))
    done = command(*base, "--meeting", BOARD_MEETING, files=tmp_path / "files")
    assert done.returncode == 0, done.stderr
    assert "arkiv-styret-2026-04-16-0700z.zip" in done.stdout
    assert "Arbeidsutvalgets referat er ikke godkjent." in done.stdout
    assert "saksgang export: 1 meetings" in done.stdout
    (made,) = (tmp_path / "ut").iterdir()
    assert check_bundle(made) == ()
    none = command(*base, "--meeting", "ingen", files=tmp_path / "files")
    assert none.returncode == 1
    assert "there is no such meeting" in none.stderr


def test_a_schema_folder_without_the_schema_is_refused_at_once(tmp_path: Path) -> None:
    done = command("--all", "--to", str(tmp_path / "ut"), "--schema", str(tmp_path), files=tmp_path)
    assert done.returncode == 2
    assert "there is no arkivstruktur.xsd in it" in done.stderr
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("arguments", [["--to", "x"], ["--all", "--meeting", "m", "--to", "x"], ["--all"]])
def test_which_meetings_and_where_to_must_be_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(["export", *arguments])
    assert stopped.value.code == 2
    assert "export" in capsys.readouterr().err
