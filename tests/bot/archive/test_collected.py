"""A stored meeting, in both databases and the double, as the ZIP that is opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from board.ids import MeetingId
from board.ports import Work
from bot.archive.archiving import Archiver
from bot.archive.bundle import Bundle
from bot.archive.checking import check_bundle
from bot.archive.missing import Missing, MissingCode
from bot.documents.press import Press
from storage.engine import Store, open_store
from tests.board.pack_support import board_case
from tests.board.support import BOARD_MEETING, WG_MEETING
from tests.bot.archive.samples import N5, faults
from tests.bot.archive.stage import ENCLOSED, LOCKED, SECRET, PlainPress, stage
from tests.cards.conftest import locales, texts
from tests.dialogs.pack_support import papers
from tests.fakes.memory import Memory
from tests.storage.test_cost import _counted

__all__ = ["locales", "texts"]
HERE = "dokumenter/2026-04-16"
NUMBER = "2026-04-16"


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> str:
    """A database's address, or nothing for the double."""
    return "" if request.param == "memory" else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def work(place: str) -> AsyncIterator[Work]:
    if not place:
        yield Memory().work
        return
    async with await open_store(place) as opened:
        yield opened.work


async def made(work: Work, tmp_path: Path, approved: bool = True) -> Bundle:
    held = await stage(work, tmp_path / "files", approved=approved)
    bundle = await held.archiver().make(BOARD_MEETING, tmp_path / "ut")
    assert bundle is not None
    return bundle


def values(root: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(f"{N5}{name}")]


async def test_the_meeting_is_in_it_with_every_paper_and_the_metadata_are_valid(work: Work, tmp_path: Path) -> None:
    bundle = await made(work, tmp_path)
    assert check_bundle(bundle.path) == ()
    with ZipFile(bundle.path) as archive:
        structure = archive.read("arkivstruktur.xml")
        names = {name for name in archive.namelist() if name.startswith(HERE)}
        assert archive.read(f"{HERE}/MP-referat.pdf") == LOCKED
        assert archive.read(f"{HERE}/VL-012-2026-1-governing-document.pdf") == ENCLOSED
        record = archive.read(f"{HERE}/SP-012-2026.txt").decode()
    assert faults(structure) == []
    assert names == {
        f"{HERE}/{name}"
        for name in (
            "MI-innkalling.pdf", "SL-saksliste.pdf", "OL-saksliste.pdf", "SF-012-2026.pdf", "SF-013-2026.pdf",
            "VL-012-2026-1-governing-document.pdf", "SP-012-2026.txt", "SP-013-2026.txt", "MP-referat.pdf",
        )
    }  # fmt: skip
    for words in ("012-2026 Felles meldingstjeneste", "Rapporter om økonomien", "Lise", "Inhabile", "- Mads"):
        assert words in record


async def test_what_was_decided_and_by_whom_is_in_the_metadata(work: Work, tmp_path: Path) -> None:
    bundle = await made(work, tmp_path)
    with ZipFile(bundle.path) as archive:
        root = etree.fromstring(archive.read("arkivstruktur.xml"))
    assert values(root, "moeteregistreringstype") == ["MI", "SL", "OL", "SF", "VL", "VL", "VL", "SP", "SF", "SP", "MP"]
    assert values(root, "moeteregistreringsstatus") == ["BE", "TB"]
    assert values(root, "moetedeltakerFunksjon") == ["leder", "medlem", "vara for Mads"]
    assert values(root, "moetested") == ["Hamar"]
    assert values(root, "sakssekvensnummer") == ["12", "13"]
    (earlier,) = [one.text for one in root.iter("{urn:saksgang:noark5:1}tidligereSaksnummer")]
    assert earlier == "004-2026"
    assert len(values(root, "referanseForrigeMoete")) == len(values(root, "referanseNesteMoete")) == 1
    assert (
        values(root, "skjermingshjemmel").count("offl. § 23") == 6
    )  # case, summons, agenda, its paper, record, minutes


async def test_what_is_missing_is_listed(work: Work, tmp_path: Path) -> None:
    bundle = await made(work, tmp_path)
    assert set(bundle.missing) == {
        Missing(MissingCode.WG_MINUTES_NOT_APPROVED, "AU 2026-04-01"),
        Missing(MissingCode.NO_ARCHIVE_FORMAT, NUMBER, "012-2026", "VL, governing_document"),
        Missing(MissingCode.LINK_ONLY, NUMBER, "012-2026", "VL, benefit_plan"),
        Missing(MissingCode.NO_ARCHIVE_FORMAT, NUMBER, "012-2026", "VL, other"),
        Missing(MissingCode.FILE_NOT_STORED, NUMBER, "012-2026", "other, 012-2026 3 other"),
    }


async def test_minutes_that_are_not_approved_are_text_and_told(work: Work, tmp_path: Path) -> None:
    bundle = await made(work, tmp_path, approved=False)
    assert Missing(MissingCode.MINUTES_NOT_LOCKED, NUMBER) in bundle.missing
    with ZipFile(bundle.path) as archive:
        root = etree.fromstring(archive.read("arkivstruktur.xml"))
        assert "Vedtatt." in archive.read(f"{HERE}/MP-referat-ikke-godkjent.txt").decode()
    assert values(root, "dokumentstatus")[-1] == "Dokumentet er under redigering"


async def test_the_open_agenda_and_the_lists_say_nothing_of_what_is_exempt(work: Work, tmp_path: Path) -> None:
    bundle = await made(work, tmp_path)
    with ZipFile(bundle.path) as archive:
        assert SECRET in archive.read(f"{HERE}/SL-saksliste.pdf").decode()
        sheet = archive.read(f"{HERE}/OL-saksliste.pdf").decode()
        lists = b"".join(archive.read(name) for name in ("mangler.txt", "mangler.json", "LESMEG.txt", "checksums.txt"))
        names = " ".join(archive.namelist())
    assert "Avtale om drift" in sheet
    assert "Felles meldingstjeneste" in sheet
    for text in (sheet, lists.decode(), names):
        assert SECRET not in text
        assert "Helseleverand" not in text


async def test_the_same_meeting_gives_the_same_file_another_day(work: Work, tmp_path: Path) -> None:
    held = await stage(work, tmp_path / "files")
    first = await held.archiver().make(BOARD_MEETING, tmp_path / "a")
    held.clock.move(days=400)
    again = await held.archiver().make(BOARD_MEETING, tmp_path / "b")
    assert first is not None
    assert again is not None
    assert first.path.read_bytes() == again.path.read_bytes()


async def test_a_meeting_that_was_only_planned_lacks_everything_and_is_still_valid(work: Work, tmp_path: Path) -> None:
    held = await stage(work, tmp_path / "files")
    bundle = await held.archiver().make(MeetingId("beside-1"), tmp_path / "ut")
    assert bundle is not None
    codes = {one.code for one in bundle.missing}
    assert codes >= {MissingCode.SUMMONS, MissingCode.AGENDA, MissingCode.MINUTES, MissingCode.MEETING_NOT_CLOSED}
    with ZipFile(bundle.path) as archive:
        assert faults(archive.read("arkivstruktur.xml")) == []


async def test_a_meeting_of_the_working_group_is_archived_by_its_own_papers(work: Work, tmp_path: Path) -> None:
    held = await stage(work, tmp_path / "files")
    bundle = await held.archiver().make(WG_MEETING, tmp_path / "ut")
    assert bundle is not None
    assert MissingCode.SUMMONS not in {one.code for one in bundle.missing}
    with ZipFile(bundle.path) as archive:
        assert values(etree.fromstring(archive.read("arkivstruktur.xml")), "utvalg") == ["Arbeidsutvalget (AU)"]
        assert faults(archive.read("arkivstruktur.xml")) == []


async def test_no_meeting_gives_no_archive(work: Work, tmp_path: Path) -> None:
    held = await stage(work, tmp_path / "files")
    assert await held.archiver().make(MeetingId("none"), tmp_path / "ut") is None
    assert not (tmp_path / "ut").exists()


async def test_more_cases_take_no_more_statements(
    sqlite_url: str, migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for extra in (0, 20):
        file = tmp_path / f"store-{extra}.db"
        file.write_bytes(migrated_file.read_bytes())
        async with await open_store(f"sqlite:///{file}") as store:
            held = await stage(store.work, tmp_path / f"files-{extra}", extra_cases=extra)
            with _counted(monkeypatch) as run:
                assert await held.archiver().make(BOARD_MEETING, tmp_path / f"ut-{extra}")
            counts.append(len(run))
    assert counts[0] == counts[1]
    assert counts[0] <= 30


async def test_a_pack_that_was_sent_in_chat_gives_its_papers(tmp_path: Path) -> None:
    """What ``send pakke`` freezes is what the archive prints; the file of another press is not among the kept."""
    room = await papers(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    await room.send()
    archiver = Archiver(room.desk.memory.work, room.desk.rules, PlainPress(tmp_path))
    bundle = await archiver.make(BOARD_MEETING, tmp_path / "ut")
    assert bundle is not None
    with ZipFile(bundle.path) as archive:
        told = {name.rpartition("/")[2]: archive.read(name).decode() for name in archive.namelist() if HERE in name}
        assert faults(archive.read("arkivstruktur.xml")) == []
    assert set(told) == {"SL-saksliste.pdf", "OL-saksliste.pdf", "SF-001-2026.pdf", "SF-002-2026.pdf"}
    assert "Ny journal" in told["SF-002-2026.pdf"]
    assert "Felles meldingstjeneste" in told["OL-saksliste.pdf"]
    assert Missing(MissingCode.FILE_NOT_STORED, NUMBER, "", "Møteinnkalling, innkalling") in bundle.missing
    assert Missing(MissingCode.CASE_RECORD, NUMBER, "002-2026") in bundle.missing


@pytest.mark.slow
async def test_printed_by_the_real_press_it_is_pdf_a_and_the_same_twice(store: Store, tmp_path: Path) -> None:
    held = await stage(store.work, tmp_path / "files")
    press = Press(tmp_path / "files")
    try:
        archiver = Archiver(store.work, held.rules, press)
        first, again = [await archiver.make(BOARD_MEETING, tmp_path / name) for name in ("a", "b")]
    finally:
        await press.close()
    assert first is not None
    assert again is not None
    assert first.path.read_bytes() == again.path.read_bytes()
    with ZipFile(first.path) as archive:
        paper = archive.read(f"{HERE}/SF-012-2026.pdf")
        structure = archive.read("arkivstruktur.xml")
    assert paper.startswith(b"%PDF-")
    assert b"pdfaid:part" in paper
    assert hashlib.sha256(paper).hexdigest().encode() in structure
    assert faults(structure) == []


def test_the_json_is_for_another_program(tmp_path: Path) -> None:
    one = replace(Missing(MissingCode.MINUTES, NUMBER), case="012-2026")
    assert json.loads(json.dumps(one.as_data())) == {
        "code": "no_minutes", "meeting": NUMBER, "case": "012-2026", "what": ""
    }  # fmt: skip
