"""The ZIP itself: opened again with other tools than the one that wrote it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.archive.bundle import Bundle, FileChanged, make_bundle, write_bundle, write_placed
from bot.archive.checking import check_bundle
from bot.archive.missing import Missing, MissingCode
from bot.archive.placing import CHUNK, place
from bot.archive.record import ArchivedFile, Extraction
from bot.stored import stored_path
from tests.bot.archive.samples import SENT, document, extraction, faults, registration, stored_file

SMALL = 1 << 20


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "files"


def bundle(given: Extraction, tmp_path: Path, name: str = "ut.zip") -> Bundle:
    return write_bundle(given, tmp_path / "ut" / name, "nb")


def with_file(given: Extraction, file: ArchivedFile) -> Extraction:
    """The same meeting with this as its minutes' file."""
    (meeting,) = given.meetings
    *rest, minutes = meeting.registrations
    changed = registration(minutes.type, document("d10", "referat", file))
    return replace(given, meetings=(replace(meeting, registrations=(*rest, changed)),))


def test_sha256sum_finds_every_file_as_it_should_be(files: Path, tmp_path: Path) -> None:
    made = bundle(extraction(files), tmp_path)
    out = tmp_path / "unpacked"
    with ZipFile(made.path) as archive:
        archive.extractall(out)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "checksums.txt"], cwd=out, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert done.stdout.count(": OK") == len(found) - 1  # all but the list itself
    assert made.files == sum(name.startswith("dokumenter/") for name in found) == 10
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert made.size == made.path.stat().st_size


def test_the_files_are_the_stored_ones_and_the_metadata_are_valid(files: Path, tmp_path: Path) -> None:
    made = bundle(extraction(files), tmp_path)
    with ZipFile(made.path) as archive:
        assert archive.testzip() is None
        assert archive.read("dokumenter/2026-04-16/MP-referat.pdf") == b"mp"
        assert archive.read("dokumenter/2026-04-16/SP-012.txt") == b"Vedtatt."
        assert faults(archive.read("arkivstruktur.xml")) == []
    assert check_bundle(made.path) == ()


def test_the_same_state_gives_the_same_bytes_wherever_the_files_lie(files: Path, tmp_path: Path) -> None:
    first = bundle(extraction(files), tmp_path)
    again = bundle(extraction(tmp_path / "elsewhere"), tmp_path, "igjen.zip")
    assert first.path.read_bytes() == again.path.read_bytes()


def test_files_have_the_time_of_their_event_and_no_earlier_than_a_zip_knows(files: Path, tmp_path: Path) -> None:
    old = replace(stored_file(files, b"gammel", "referat"), created=replace(SENT, at=SENT.at - timedelta(days=20_000)))
    made = bundle(with_file(extraction(files), old), tmp_path)
    with ZipFile(made.path) as archive:
        assert archive.getinfo("dokumenter/2026-04-16/MI-innkalling.pdf").date_time == (2026, 4, 1, 8, 30, 0)
        assert archive.getinfo("dokumenter/2026-04-16/MP-referat.pdf").date_time == (1980, 1, 1, 0, 0, 0)


def test_a_file_that_is_not_in_the_store_is_told_and_left_out(files: Path, tmp_path: Path) -> None:
    given = extraction(files)
    lost = hashlib.sha256(b"mp").hexdigest()
    stored_path(files, lost).unlink()
    made = bundle(given, tmp_path)
    assert Missing(MissingCode.FILE_NOT_STORED, "2026-04-16", "", "referat, referat") in made.missing
    with ZipFile(made.path) as archive:
        structure = archive.read("arkivstruktur.xml")
        assert lost.encode() not in structure
        assert faults(structure) == []
        assert "Filen finnes ikke i lageret." in archive.read("mangler.txt").decode()


def test_a_file_that_is_not_what_the_log_says_is_told_and_left_out(files: Path, tmp_path: Path) -> None:
    given = extraction(files)
    stored_path(files, hashlib.sha256(b"avtale").hexdigest()).write_bytes(b"en annen avtale")
    made = bundle(given, tmp_path)
    assert Missing(MissingCode.FILE_CHANGED, "2026-04-16", "013-2026", "avtale, 013-2026 avtale") in made.missing
    with ZipFile(made.path) as archive:
        assert not any(archive.read(name) == b"en annen avtale" for name in archive.namelist())


def test_what_is_missing_is_told_in_words_and_as_data(files: Path, tmp_path: Path) -> None:
    made = bundle(extraction(files), tmp_path)
    assert made.missing == (Missing(MissingCode.LINK_ONLY, "2026-04-16", "012-2026", "VL, styringsdokument"),)
    with ZipFile(made.path) as archive:
        data = json.loads(archive.read("mangler.json"))
        words = archive.read("mangler.txt").decode()
        read_me = archive.read("LESMEG.txt").decode()
    assert data["missing"] == [
        {"code": "link_only", "meeting": "2026-04-16", "case": "012-2026", "what": "VL, styringsdokument"}
    ]
    assert "- Møte 2026-04-16, sak 012-2026: Dokumentet er bare en lenke; innholdet er ikke med." in words
    assert "sha256sum -c checksums.txt" in read_me


def test_an_exempt_title_is_in_no_file_name_and_in_no_list(files: Path, tmp_path: Path) -> None:
    made = bundle(extraction(files), tmp_path)
    with ZipFile(made.path) as archive:
        names = " ".join(archive.namelist())
        lists = archive.read("mangler.txt") + archive.read("mangler.json") + archive.read("LESMEG.txt")
    assert "leverand" not in names.lower()
    assert "leverandør".encode() not in lists


def test_a_large_file_is_never_held_whole(files: Path, tmp_path: Path) -> None:
    given = with_file(extraction(files), stored_file(files, os.urandom(SMALL) * 40, "referat"))
    tracemalloc.start()
    made = bundle(given, tmp_path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.size > 40 * SMALL
    assert peak < 4 * SMALL + 4 * CHUNK


async def test_the_loop_goes_on_while_it_is_made(files: Path, tmp_path: Path) -> None:
    given = with_file(extraction(files), stored_file(files, os.urandom(SMALL) * 20, "referat"))
    turns = 0
    making = asyncio.create_task(make_bundle(given, tmp_path / "ut.zip", "nb"))
    while not making.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await making).files == 10
    assert turns > 100


def test_a_file_that_changes_meanwhile_leaves_no_zip(files: Path, tmp_path: Path) -> None:
    given = extraction(files)
    placing = place(given)
    stored_path(files, hashlib.sha256(b"mp").hexdigest()).write_bytes(b"endret")
    with pytest.raises(FileChanged):
        write_placed(given, placing, tmp_path / "ut" / "ut.zip", "nb")
    assert list((tmp_path / "ut").iterdir()) == []


def test_a_folder_that_may_not_be_written_leaves_nothing(files: Path, tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("en fil, ingen mappe")
    with pytest.raises(OSError, match="ut"):
        bundle(extraction(files), tmp_path)


def test_only_its_maker_may_read_it(files: Path, tmp_path: Path) -> None:
    made = bundle(extraction(files), tmp_path)
    assert made.path.stat().st_mode & 0o077 == 0
