"""``GET /minutes/{secret}.pdf``: minutes, for the one whose address it is, as long as that person may see them.

Approved minutes are the locked file itself, as it was made; anything else is printed when it is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from board.clock import local_day
from board.errors import Refusal
from board.ports import Rules, Work
from board.usecases.ask_minutes_pdf import PdfSource, minutes_pdf, pdf_hash
from bot.channels.incidents import report_incident
from bot.documents.press import DocumentError
from bot.packing import Printer
from bot.paper_links import HEADERS, LONGEST_SECRET, Shelf
from cards.documents.content import Printed
from dialogs.minutes_sheets import sheet_of

_AT_ONCE: Final = 2
"""Prints that are made for readers at the same time; the others wait for their turn."""


@dataclass(frozen=True, slots=True)
class _Asked:
    source: PdfSource
    printed: Printed | None


class MinutesPdf:
    def __init__(self, work: Work, rules: Rules, press: Printer, shelf: Shelf) -> None:
        self._work, self._rules, self._press, self._shelf = work, rules, press, shelf
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/minutes/{secret}.pdf", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The PDF; 404 for a secret that opens nothing; 503 where it cannot be made, or the kept file is not there."""
        secret = request.match_info["secret"]
        asked = await self._asked(secret) if len(secret) <= LONGEST_SECRET else None
        if asked is None:
            return web.Response(status=404, text="not found", headers=HEADERS)
        if request.method == "HEAD":  # a preview of the address, or a scanner
            return web.Response(content_type="application/pdf", headers=HEADERS)
        try:
            async with self._path(asked) as path:
                if path is None:
                    missing = FileNotFoundError(asked.source.sha256)
                    return _failed(report_incident("locked_file_missing", missing, meeting=asked.source.meeting.id))
                names = {"Content-Disposition": f'inline; filename="{_name(asked.source)}"'}
                return web.FileResponse(path, headers={**HEADERS, **names, "Content-Type": "application/pdf"})
        except DocumentError as error:
            return _failed(report_incident("minutes_not_made", error, why=str(error)))

    async def _asked(self, secret: str) -> _Asked | None:
        """Role and habilitet are judged when the address is used."""
        now = self._rules.clock.now()
        async with self._work.read() as work:
            link = await work.links.whose(pdf_hash(secret), now)
            actor = await work.people.actor_of(link.person, local_day(now)) if link else None
            source = await minutes_pdf(link.meeting, actor, work) if link and actor else None
        if source is None or isinstance(source, Refusal):
            return None
        text = source.text
        printed = (
            sheet_of(source.minutes, text, source.meeting, self._rules, source.approved_in, left_out=source.left_out)
            if text
            else None
        )
        return _Asked(source, printed)

    @asynccontextmanager
    async def _path(self, asked: _Asked) -> AsyncIterator[Path | None]:
        if asked.printed is None:
            path = self._shelf.path(asked.source.sha256)
        else:
            async with self._turns:
                built = await self._press.build(asked.printed)
            path = self._shelf.path(built.sha256)
        there = await asyncio.to_thread(path.is_file)
        yield path if there else None


def _name(source: PdfSource) -> str:
    """Never a title."""
    return f"referat-{source.meeting.day.isoformat()}.pdf"


def _failed(incident: str) -> web.Response:
    return web.Response(status=503, text=f"the file cannot be given now ({incident})", headers=HEADERS)
