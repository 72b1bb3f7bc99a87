"""``GET /papers/{secret}.pdf`` over real HTTP: for the one whose it is, what that person may see now, and no trace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from board.ids import CaseId
from board.people import Actor, Body, Holding, Role
from bot.documents.press import Built, DocumentError
from bot.packing import Packing
from bot.paper_links import PaperLinks
from bot.stored import keep, stored_path
from cards.documents.content import Pack, Printed
from tests.board.pack_support import MEMBER, OTHER_CASE, attach, board_case, exclude
from tests.board.support import BOARD_MEETING, OFFICE, SUBMITTER
from tests.cards.conftest import locales, texts
from tests.dialogs.pack_support import Papers, links, papers
from tests.fakes.serving import Served

__all__ = ["locales", "texts"]
CASE = CaseId("case-1")


class FilingPress:
    """Keeps a file that says which cases it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.count = 0
        self.fails = False

    async def build(self, printed: Printed) -> Built:
        self.count += 1
        if self.fails:
            raise DocumentError("the worker was ended, or took too long")
        document = printed.document
        titles = [p.title for p in document.papers] if isinstance(document, Pack) else [getattr(document, "title", "")]
        version = document.version if isinstance(document, Pack) else 0
        content = f"%PDF-1.7 version {version}: {', '.join(titles)}".encode()
        return Built(keep(self._folder, content), 5, len(content), ())

    def path(self, sha256: str) -> Path:
        return stored_path(self._folder, sha256)


@dataclass
class Site:
    room: Papers
    press: FilingPress
    url: str
    http: aiohttp.ClientSession

    async def link(self, who: Actor, verb: str = "pack.read", about: str = BOARD_MEETING) -> str:
        card = await self.room.chat(who).press(verb, {"id": about})
        (url,) = links(card)
        return url.replace("https://saksgang.example.org", self.url)

    async def get(self, url: str, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
        async with self.http.request(method, url, allow_redirects=False) as response:
            return response.status, await response.read(), dict(response.headers)


@asynccontextmanager
async def served(folder: Path, room: Papers, waits: float = 5.0) -> AsyncIterator[Site]:
    press = FilingPress(folder)
    room.packing = Packing(room.desk.memory.work, room.desk.rules, press)
    app = web.Application()
    PaperLinks(room.desk.memory.work, room.desk.rules, room.packing, press, waits).add_to(app)
    server = Served(app)
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield Site(room, press, server.url, http)
    finally:
        await server.stop()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    room = await papers(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    async with served(tmp_path, room) as opened:
        yield opened


async def _send(site: Site) -> None:
    await site.room.chat(OFFICE).press("pack.send", {"id": BOARD_MEETING})
    assert await site.room.packing.round()


async def test_a_recipient_gets_the_pdf_with_headers_that_keep_it_ones_own(site: Site) -> None:
    await _send(site)
    status, body, headers = await site.get(await site.link(MEMBER))
    assert (status, body) == (200, b"%PDF-1.7 version 1: Felles meldingstjeneste, Ny journal")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'inline; filename="sakspapirer-2026-04-16.pdf"'
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("secret", ["x", "x" * 43, "x" * 5000, "..%2f..%2fetc%2fpasswd", "%00"])
async def test_a_secret_that_is_none_opens_nothing(site: Site, secret: str) -> None:
    await _send(site)
    status, body, _headers = await site.get(f"{site.url}/papers/{secret}.pdf")
    assert status == 404
    assert b"%PDF" not in body


async def test_an_address_ends_with_its_time(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    site.room.desk.clock.move(hours=23, minutes=59)
    assert (await site.get(url))[0] == 200
    site.room.desk.clock.move(minutes=1)
    assert (await site.get(url))[0] == 404


async def test_who_has_left_the_role_gets_nothing_more_by_an_old_address(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    async with site.room.desk.memory.work.write() as work:
        since = next(h.since for h in await work.people.holdings() if h.person == MEMBER.id)
        await work.people.hold(Holding(MEMBER.id, Role.MEMBER, Body.BOARD, since, since))
        await work.commit()
    assert (await site.get(url))[0] == 404


async def test_who_is_ruled_inhabil_afterwards_gets_it_without_the_case_by_the_same_address(site: Site) -> None:
    await _send(site)
    url, paper = await site.link(MEMBER), await site.link(MEMBER, "case.paper", OTHER_CASE)
    assert (await site.get(paper))[1] == b"%PDF-1.7 version 0: Ny journal"
    await exclude(site.room.desk, OTHER_CASE, MEMBER.id)
    assert (await site.get(url))[1] == b"%PDF-1.7 version 1: Felles meldingstjeneste"
    assert (await site.get(paper))[0] == 404


async def test_an_address_of_the_first_version_opens_the_newest_and_marks_that(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    await attach(site.room.desk)
    await _send(site)
    marks = site.room.desk.memory.state.pack_reads
    assert marks[BOARD_MEETING, MEMBER.id].version == 1
    assert (await site.get(url))[1].startswith(b"%PDF-1.7 version 2")
    assert site.room.desk.memory.state.pack_reads[BOARD_MEETING, MEMBER.id].version == 2
    await site.get(url)
    assert site.room.desk.log.count(("pack.read", BOARD_MEETING, MEMBER.id)) == 2


async def test_a_preview_of_the_address_counts_as_no_reading_and_prints_nothing(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    await attach(site.room.desk)
    await _send(site)
    made = site.press.count
    status, body, _headers = await site.get(url, "HEAD")
    assert (status, body) == (200, b"")
    assert site.room.desk.memory.state.pack_reads[BOARD_MEETING, MEMBER.id].version == 1
    assert site.press.count == made
    assert (await site.get(url.replace("/papers/", "/papers/x"), "HEAD"))[0] == 404


async def test_a_single_paper_is_printed_when_somebody_opens_it_and_called_by_its_number(site: Site) -> None:
    await _send(site)
    made = site.press.count
    url = await site.link(SUBMITTER, "case.paper", CASE)
    status, body, headers = await site.get(url)
    assert (status, body) == (200, b"%PDF-1.7 version 0: Felles meldingstjeneste")
    assert (await site.get(url))[1] == body
    assert headers["Content-Disposition"] == 'inline; filename="sak-001-2026.pdf"'
    assert site.press.count == made + 1


async def test_what_takes_longer_than_a_reader_waits_is_a_page_that_asks_again(tmp_path: Path) -> None:
    room = await papers()
    async with served(tmp_path, room, waits=0) as site:
        await _send(site)
        url = await site.link(OFFICE, "case.paper", CASE)
        status, body, headers = await site.get(url)
        assert (status, headers["Refresh"]) == (202, "3")
        assert "Sakspapirene lages nå" in body.decode()
        async with asyncio.timeout(10):
            while status == 202:
                status, body, _headers = await site.get(url)
        assert (status, body) == (200, b"%PDF-1.7 version 0: Felles meldingstjeneste")


async def test_a_file_that_is_gone_from_the_folder_is_made_anew(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    for file in site.room.desk.memory.state.pack_files.values():
        site.press.path(file.sha256).unlink()
    assert (await site.get(url))[1].startswith(b"%PDF-1.7 version 1")


async def test_what_cannot_be_printed_says_so_with_an_incident_and_works_once_it_can(site: Site) -> None:
    await _send(site)
    url = await site.link(SUBMITTER, "case.paper", CASE)
    site.press.fails = True
    status, body, _headers = await site.get(url)
    assert status == 503
    assert "oppgi feilkoden" in body.decode()
    site.press.fails = False
    assert (await site.get(url))[0] == 200


async def test_other_methods_and_paths_are_not_answered(site: Site) -> None:
    await _send(site)
    url = await site.link(MEMBER)
    assert (await site.get(url, "POST"))[0] == 405
    assert (await site.get(url.removesuffix(".pdf")))[0] == 404
