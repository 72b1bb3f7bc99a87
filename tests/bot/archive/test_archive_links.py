"""``GET /archives/{secret}.zip`` over real HTTP: for the one whose it is, who may have it now, and in the log."""

from __future__ import annotations

import asyncio
import hashlib
import io
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import aiohttp
import pytest
from aiohttp import web

from board.errors import Refusal
from board.events import Happened
from board.people import Actor, Body, Holding, Role
from board.usecases.archive_meeting import ask_archive
from bot.archive.archiving import Archiver
from bot.archive_links import ArchiveLinks
from bot.documents.press import Built, DocumentError
from bot.packing import Packing
from bot.paper_links import PaperLinks
from cards.documents.content import Printed
from tests.board.support import BOARD_MEETING, OFFICE
from tests.bot.archive.samples import faults
from tests.bot.archive.stage import ARCHIVIST, LOCKED, PlainPress, Stage, exclude, stage
from tests.cards.conftest import locales, texts
from tests.fakes.memory import Memory
from tests.fakes.serving import Served

__all__ = ["locales", "texts"]


@dataclass
class HeldPress(PlainPress):
    """Prints when it is let go; or says that it cannot."""

    _folder: Path
    go: asyncio.Event = field(default_factory=asyncio.Event)
    fails: bool = False

    async def build(self, printed: Printed) -> Built:
        await self.go.wait()
        if self.fails:
            raise DocumentError("the worker was ended, or took too long")
        return await super().build(printed)


@dataclass
class Site:
    held: Stage
    memory: Memory
    press: HeldPress
    url: str
    http: aiohttp.ClientSession

    async def link(self, who: Actor = OFFICE) -> str:
        async with self.held.work.write() as work:
            found = await ask_archive(BOARD_MEETING, 24, who, work, self.held.rules)
            await work.commit()
        assert not isinstance(found, Refusal)
        return f"{self.url}/archives/{found[1]}.zip"

    async def get(self, url: str, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
        async with self.http.request(method, url, allow_redirects=False) as response:
            return response.status, await response.read(), dict(response.headers)

    @property
    def handed_out(self) -> list[tuple[str, str]]:
        """(by, SHA-256) of every archive in the log."""
        events = self.memory.state.history
        return [(one.by, one.details["sha256"]) for one in events if one.what is Happened.MEETING_ARCHIVED]


@asynccontextmanager
async def served(folder: Path, waits: float = 20.0) -> AsyncIterator[Site]:
    memory = Memory()
    held = await stage(memory.work, folder)
    press = HeldPress(folder)
    press.go.set()
    app = web.Application()
    links = ArchiveLinks(held.work, held.rules, Archiver(held.work, held.rules, press), waits)
    links.add_to(app)
    server = Served(app)
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield Site(held, memory, press, server.url, http)
    finally:
        await server.stop()


@pytest.fixture
async def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    async with served(tmp_path / "files") as opened:
        yield opened
    assert list((tmp_path / "tmp").iterdir()) == []  # nothing of a meeting is left lying about


@pytest.mark.parametrize("who", [OFFICE, ARCHIVIST], ids=lambda one: one.id)
async def test_a_keeper_gets_the_zip_and_it_is_in_the_log(site: Site, who: Actor) -> None:
    status, body, headers = await site.get(await site.link(who))
    assert status == 200
    with ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert archive.read("dokumenter/2026-04-16/MP-referat.pdf") == LOCKED
        assert faults(archive.read("arkivstruktur.xml")) == []
    assert site.handed_out == [(who.id, hashlib.sha256(body).hexdigest())]
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Disposition"] == 'attachment; filename="arkiv-styret-2026-04-16-0700z.zip"'
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("secret", ["x", "x" * 43, "x" * 5000, "..%2f..%2fetc%2fpasswd", "%00"])
async def test_a_secret_that_is_none_opens_nothing(site: Site, secret: str) -> None:
    assert (await site.get(f"{site.url}/archives/{secret}.zip"))[0] == 404
    assert site.handed_out == []


async def test_an_address_ends_with_its_time(site: Site) -> None:
    url = await site.link()
    site.held.clock.move(hours=24)
    assert (await site.get(url))[0] == 404


async def test_who_has_left_the_role_or_is_ruled_inhabil_gets_nothing_more(site: Site) -> None:
    office, archivist = await site.link(), await site.link(ARCHIVIST)
    async with site.held.work.write() as work:
        await work.people.hold(Holding(OFFICE.id, Role.OFFICE, Body.BOARD, date(2022, 1, 1), date(2026, 1, 1)))
        await work.commit()
    await exclude(site.held, "case-1", ARCHIVIST.id)
    assert (await site.get(office))[0] == 404
    assert (await site.get(archivist))[0] == 404
    assert site.handed_out == []


async def test_a_look_at_the_address_hands_nothing_out(site: Site) -> None:
    status, body, _headers = await site.get(await site.link(), "HEAD")
    assert (status, body) == (200, b"")
    assert site.handed_out == []


async def test_what_takes_long_is_asked_for_again_and_made_once(tmp_path: Path) -> None:
    async with served(tmp_path / "files", waits=0.05) as site:
        site.press.go.clear()
        url = await site.link()
        status, body, headers = await site.get(url)
        assert status == 202
        assert "Arkivet lages nå" in body.decode()
        assert headers["Refresh"] == "3"
        assert site.handed_out == []
        site.press.go.set()
        while (answer := await site.get(url))[0] == 202:
            continue
        assert answer[0] == 200
        assert len(site.handed_out) == 1


async def test_two_requests_at_once_give_one_or_two_whole_files(site: Site) -> None:
    url = await site.link()
    answers = await asyncio.gather(site.get(url), site.get(url))
    whole = [body for status, body, _headers in answers if status == 200]
    assert whole
    assert {status for status, _body, _headers in answers} <= {200, 202}
    assert len({hashlib.sha256(body).hexdigest() for body in whole}) == 1


async def test_where_a_paper_cannot_be_printed_the_person_is_told_with_an_incident(site: Site) -> None:
    site.press.fails = True
    status, body, _headers = await site.get(await site.link())
    assert status == 503
    assert "feilkoden" in body.decode()
    assert site.handed_out == []


async def test_an_address_of_an_archive_opens_no_papers(tmp_path: Path) -> None:
    async with served(tmp_path / "files") as site:
        url = await site.link()
        app = web.Application()
        packing = Packing(site.held.work, site.held.rules, site.press)
        papers = PaperLinks(site.held.work, site.held.rules, packing, site.press)
        papers.add_to(app)
        server = Served(app)
        await server.start()
        try:
            other = url.replace(site.url, server.url).replace("/archives/", "/papers/").replace(".zip", ".pdf")
            assert (await site.get(other))[0] == 404
        finally:
            await server.stop()
