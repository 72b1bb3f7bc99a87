"""Documents from the press: real worker processes, sound and bad enclosures, and what the document then is."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pytest
from pdfua import Severity, validate
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from bot.documents.limits import PAGES_OF_ONE, Limits
from bot.documents.press import Built, DocumentError, Press
from cards.documents.content import FiledMinutes, Printed
from tests.bot.documents import pdfs


@pytest.fixture
async def press(tmp_path: Path) -> AsyncIterator[Press]:
    made = Press(tmp_path)
    yield made
    await made.close()


def endless() -> bytes:
    """A page tree that holds itself."""

    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        pdf.Root.Pages.Count = 5_000

    return pdfs.changed(change)


def bomb() -> bytes:
    """A page of 200 MB, packed in a few hundred KB."""

    def change(pdf: Pdf) -> None:
        zeros = pdf.make_stream(b" " * (200 * 2**20))
        pdf.pages[0].obj.Contents = zeros

    return pdfs.changed(change, pdfs.drawn(b""))


def many(pages: int) -> bytes:
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


SOUND = 2
"""Pages of the sound enclosure that goes with each bad one."""
LEFT_OUT = {
    "no PDF": lambda: b"%PDF-1.7\nnothing",
    "empty": lambda: b"",
    "cut off in the middle of the first page": lambda: pdfs.typeset(1)[:900],
    "a password": lambda: pdfs.changed(lambda _: None, encryption=Encryption(owner="a", user="b")),
    "no pages": lambda: many(0),
    "too many pages": lambda: many(PAGES_OF_ONE + 1),
    "5,000 pages": lambda: many(5_000),
}


@pytest.mark.parametrize("make", LEFT_OUT.values(), ids=LEFT_OUT.keys())
async def test_a_pdf_that_cannot_be_taken_in_is_named_and_the_rest_is_made(
    make: Any, press: Press, tmp_path: Path
) -> None:
    paper = pdfs.paper(make(), pdfs.typeset(SOUND), files=tmp_path)
    built = await press.build(Printed(paper))
    assert built.skipped == (paper.enclosures[0].sha256,)
    with Pdf.open(press.path(built.sha256)) as made:
        assert drawings(made) == SOUND


TAKEN_IN = {
    "cut off near the end": lambda: pdfs.typeset(2)[:-400],
    "pages without end": endless,
    "a bomb": bomb,
    "readable without a password": lambda: pdfs.changed(lambda _: None, encryption=Encryption(owner="a", user="")),
    "a page of ten kilometres": lambda: pdfs.changed(
        lambda pdf: pdf.pages[0].obj.update({"/MediaBox": Array([0, 0, 9_000_000, 9_000_000])})
    ),
    "a page without size": lambda: pdfs.changed(
        lambda pdf: pdf.pages[0].obj.update({"/MediaBox": Array([0, 0, 0, 0])})
    ),
    "an annotation": lambda: pdfs.changed(
        lambda pdf: pdf.pages[0].obj.update(
            {"/Annots": Array([Dictionary(Subtype=Name.Square, Rect=Array([9, 9, 99, 99]), AP=Dictionary())])}
        )
    ),
}


@pytest.mark.parametrize("make", TAKEN_IN.values(), ids=TAKEN_IN.keys())
async def test_a_pdf_that_is_odd_harms_nothing(make: Any, press: Press, tmp_path: Path) -> None:
    """Whether it can be read is PDFium's to say; the document is made, and sound."""
    built = await press.build(pdfs.printed(make(), pdfs.typeset(SOUND), files=tmp_path))
    with Pdf.open(press.path(built.sha256)) as made:
        assert drawings(made) >= SOUND
        assert len(made.pages) == built.pages
    assert violations(press.path(built.sha256)) == []


def drawings(pdf: Pdf) -> int:
    """Pages that were carried as they are."""
    objects = [page.obj.Resources.get("/XObject", Dictionary()) for page in pdf.pages]
    return sum(str(one.Subtype) == "/Form" and "/Matrix" in one for found in objects for one in found.values())


def violations(path: Path) -> list[str]:
    report = validate(str(path))
    return [one.rule_id for one in report.findings if one.severity is Severity.ERROR]


async def a_pack(press: Press, files: Path) -> Built:
    papers = [
        pdfs.paper(pdfs.typeset(2, words=f"Vedlegg {at}"), pdfs.drawn(b"0 0 0 1 k 9 9 99 99 re f"), files=files)
        for at in range(3)
    ]
    numbered = [replace(one, number=f"01{at}-2026") for at, one in enumerate(papers)]
    minutes = pdfs.paper(pdfs.typeset(1, words="Protokoll"), files=files).enclosures[0]
    whole = replace(pdfs.pack(*numbered), previous=(FiledMinutes("Protokoll fra forrige møte", minutes.sha256),))
    return await press.build(Printed(whole))


async def test_the_pack_keeps_what_typst_promised(press: Press, tmp_path: Path) -> None:
    built = await a_pack(press, tmp_path)
    path = press.path(built.sha256)
    assert built.skipped == ()
    assert (path.stat().st_size, violations(path)) == (built.size, [])
    with Pdf.open(path) as made:
        assert drawings(made) == 3 * 2 + 1
        assert len(made.pages) == built.pages
        assert made.check_pdf_syntax() == []
        assert (str(made.Root.Lang)[:2], bool(made.Root.MarkInfo.Marked)) == ("nb", True)
        said = made.Root.Metadata.read_bytes().decode()
        for promise in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
            assert promise in said
        assert len(figures(made.Root.StructTreeRoot)) == 3 * 3 + 1
        assert "Outlines" in str(made.Root.keys())


def figures(node: Any) -> list[str]:
    """The alternative texts of the tag tree's figures."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += list(one)
        elif isinstance(one, Dictionary):
            if str(one.get("/S")) == "/Figure":
                found.append(str(one.get("/Alt")))
            waiting.append(one.get("/K"))
    return found


async def test_each_page_says_its_own_text_in_the_tag_tree_and_on_the_page(press: Press, tmp_path: Path) -> None:
    built = await press.build(pdfs.printed(pdfs.typeset(3, words="Konsept"), files=tmp_path))
    with Pdf.open(press.path(built.sha256)) as made:
        said = sorted(text[:9] for text in figures(made.Root.StructTreeRoot))
    assert said == ["Konsept 1", "Konsept 2", "Konsept 3"]
    document = pypdfium2.PdfDocument(press.path(built.sha256))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert [sum(f"Konsept {number}" in text for text in texts) for number in (1, 2, 3)] == [1, 1, 1]


async def test_the_same_document_is_the_same_file(press: Press, tmp_path: Path) -> None:
    assert await a_pack(press, tmp_path) == await a_pack(Press(tmp_path), tmp_path)


async def test_an_enclosure_of_two_papers_stands_in_both(press: Press, tmp_path: Path) -> None:
    one = pdfs.paper(pdfs.typeset(2), files=tmp_path)
    built = await press.build(Printed(pdfs.pack(one, replace(one, number="013-2026"))))
    with Pdf.open(press.path(built.sha256)) as made:
        assert drawings(made) == 4


async def test_a_file_that_is_gone_is_left_out(press: Press, tmp_path: Path) -> None:
    printed = pdfs.printed(pdfs.typeset(1), files=tmp_path)
    assert isinstance(printed.document, type(pdfs.paper(files=tmp_path)))
    sha256 = printed.document.enclosures[0].sha256
    press.path(sha256).unlink()
    assert (await press.build(printed)).skipped == (sha256,)


async def test_an_enclosure_that_takes_too_long_is_left_out(tmp_path: Path) -> None:
    press = Press(tmp_path, Limits(enclosure_seconds=0.0))
    built = await press.build(pdfs.printed(pdfs.typeset(1), pdfs.typeset(2), files=tmp_path))
    assert len(built.skipped) == 2


async def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_made(tmp_path: Path) -> None:
    printed = pdfs.printed(pdfs.typeset(1), files=tmp_path)
    with pytest.raises(DocumentError, match="too long"):
        await Press(tmp_path, Limits(seconds=0.0)).build(printed)
    assert workers() == []
    assert (await Press(tmp_path).build(printed)).pages > 1


async def test_a_worker_without_memory_takes_nothing_down(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        await Press(tmp_path, Limits(memory=20 * 2**20)).build(pdfs.printed(files=tmp_path))


def workers() -> list[psutil.Process]:
    """The press's own among the children of this process, which has a database server too where tests asked for one."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if "bot.documents.worker" in child.cmdline():
                found.append(child)
    return found


async def a_worker(building: asyncio.Task[Built]) -> psutil.Process:
    while not (found := workers()):
        assert not building.done()
        await asyncio.sleep(0)
    return found[0]


async def test_a_worker_that_is_killed_ends_its_document_only(press: Press, tmp_path: Path) -> None:
    printed = pdfs.printed(files=tmp_path)
    building = asyncio.create_task(press.build(printed))
    (await a_worker(building)).kill()
    with pytest.raises(DocumentError, match="ended"):
        await building
    assert (await press.build(printed)).pages == 1


async def test_closing_ends_the_worker_under_way_and_those_that_wait(press: Press, tmp_path: Path) -> None:
    building = [asyncio.create_task(press.build(pdfs.printed(files=tmp_path))) for _ in range(3)]
    worker = await a_worker(building[0])
    await press.close()
    assert not worker.is_running()
    ended = await asyncio.gather(*building, return_exceptions=True)
    assert [type(one) for one in ended] == [DocumentError] * 3


async def test_a_build_that_is_cancelled_leaves_no_worker(press: Press, tmp_path: Path) -> None:
    building = asyncio.create_task(press.build(pdfs.printed(files=tmp_path)))
    worker = await a_worker(building)
    building.cancel()
    with pytest.raises(asyncio.CancelledError):
        await building
    assert not worker.is_running()


async def test_one_worker_at_a_time(press: Press, tmp_path: Path) -> None:
    building = [asyncio.create_task(press.build(pdfs.printed(files=tmp_path))) for _ in range(3)]
    most = 0
    while not all(one.done() for one in building):
        most = max(most, len(workers()))
        await asyncio.sleep(0.01)
    assert most == 1
    assert len({(await one).sha256 for one in building}) == 1


async def test_the_worker_knows_no_secret_and_steps_back(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAKSGANG_TEAMS_PASSWORD", "hemmelig")
    building = asyncio.create_task(press.build(pdfs.printed(pdfs.typeset(20), files=tmp_path)))
    worker = await a_worker(building)
    polite = False
    while not building.done():
        try:
            assert "hemmelig" not in str(worker.environ())
            polite = polite or worker.nice() == os.nice(0) + 10
        except psutil.NoSuchProcess:
            break
        await asyncio.sleep(0.01)
    await building
    assert polite


async def test_an_error_tells_the_place_and_nothing_of_what_people_wrote(press: Press, tmp_path: Path) -> None:
    (tmp_path / "flat").write_text("")
    broken = Press(tmp_path / "flat")
    with pytest.raises(DocumentError) as caught:
        await broken.build(pdfs.printed(files=tmp_path))
    assert "stored.py" in str(caught.value)
    assert "journal" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
