"""``GET /papers/{secret}.pdf``: papers, for the one whose address it is, as long as that person may see them.

The secret is looked up by its digest and is in no log. Role and habilitet are judged when it is used, not when it was
given: an old address opens what its owner may see today, or nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from aiohttp import web

from board.case import Case
from board.clock import local_day
from board.errors import Refusal
from board.meeting import Meeting
from board.pack import PackFile
from board.people import Actor
from board.ports import Rules, UnitOfWork, Work
from board.usecases.open_calendar import secret_hash
from board.usecases.read_pack import Source, mark_read, source_for
from bot.channels.incidents import report_incident
from bot.documents.press import DocumentError
from bot.packing import Packing
from cards.i18n import LANGUAGES, Language, use
from cards.templates.pack_wait import failed_page, waiting_page

LONGEST_SECRET: Final = 100
WAITS: Final = 15.0
"""Seconds that a reader waits for a file that is made now, before being told to wait."""
HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

BARE: Final = {"Content-Security-Policy": "default-src 'none'"}


class Shelf(Protocol):
    """Where made files lie: ``bot.documents.press.Press``."""

    def path(self, sha256: str) -> Path: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose address it is, and what it opens for that person now."""

    actor: Actor
    source: Source
    name: str
    case: Case | None


class PaperLinks:
    def __init__(self, work: Work, rules: Rules, packing: Packing, shelf: Shelf, waits: float = WAITS) -> None:
        self._work, self._rules, self._packing, self._shelf, self._waits = work, rules, packing, shelf, waits

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/papers/{secret}.pdf", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The PDF; 202 with a page that asks again while it is made; 404 for a secret that opens nothing."""
        secret = request.match_info["secret"]
        asked = await self._asked(secret) if len(secret) <= LONGEST_SECRET else None
        if asked is None:
            return web.Response(status=404, text="not found", headers=HEADERS)
        if request.method == "HEAD":  # a preview of the address, or a scanner: nobody has read anything
            return web.Response(content_type="application/pdf", headers=HEADERS)
        try:
            path = await self._path(asked) or await self._path(asked, lost=True)
        except DocumentError as error:
            return _failed(asked.actor, report_incident("paper_not_made", error, why=str(error)))
        if path is None:
            return _wait(asked.actor)
        await self._mark(asked)
        names = {"Content-Disposition": f'inline; filename="{asked.name}"', "Content-Type": "application/pdf"}
        return web.FileResponse(path, headers={**HEADERS, **names})

    async def _asked(self, secret: str) -> _Asked | None:
        now = self._rules.clock.now()
        async with self._work.read() as work:
            link = await work.links.whose(secret_hash(secret), now)
            actor = await work.people.actor_of(link.person, local_day(now)) if link else None
            if link is None or actor is None:
                return None
            source = await source_for(link.meeting, link.case, actor, work)
            if isinstance(source, Refusal):
                return None
            case = await work.cases.get(source.case) if source.case else None
            return _Asked(actor, source, await self._name(source, case, work), case)

    async def _name(self, source: Source, case: Case | None, work: UnitOfWork) -> str:
        """«sakspapirer-2026-09-24.pdf», «sak-012-2026.pdf»: never a title."""
        if case is not None:
            number = (case.board_number or case.wg_number).lower().replace(" ", "-")
            return _plain(f"sak-{number or 'utkast'}.pdf")
        meeting: Meeting | None = await work.meetings.get(source.meeting)
        return _plain(f"sakspapirer-{meeting.day.isoformat()}.pdf" if meeting else "sakspapirer.pdf")

    async def _path(self, asked: _Asked, *, lost: bool = False) -> Path | None:
        """Where the file lies; None where it is not made yet, or was taken out of the folder."""
        file = await self._file(asked, lost=lost)
        path = self._shelf.path(file.sha256) if file else None
        if path is None:
            return None
        there = await asyncio.to_thread(path.is_file)
        return path if there else None

    async def _file(self, asked: _Asked, *, lost: bool) -> PackFile | None:
        source = asked.source
        if source.pack is not None:
            return await self._packing.file(source.pack, source.case, source.without, self._waits, lost=lost)
        return await self._packing.draft(asked.case, self._waits, lost=lost) if asked.case else None

    async def _mark(self, asked: _Asked) -> None:
        """An address that was given for an earlier version opens the newest: now that one is read."""
        if asked.source.pack is None:
            return
        async with self._work.read() as work:
            marks = await work.packs.reads(asked.source.meeting)
        newest = asked.source.pack.version
        if not any(mark.person == asked.actor.id and mark.version < newest for mark in marks):
            return
        async with self._work.write() as work:
            if await mark_read(asked.source, asked.actor, work, self._rules):
                await work.commit()


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-."))


def _wait(actor: Actor) -> web.Response:
    return page_for(202, actor, waiting_page, {"Refresh": "3", "Retry-After": "3"})


def _failed(actor: Actor, incident: str) -> web.Response:
    return page_for(503, actor, lambda language: failed_page(language, incident))


def page_for(
    status: int, actor: Actor, draw: Callable[[Language], str], more: Mapping[str, str] | None = None
) -> web.Response:
    """A page in its reader's language, instead of the file. ``more``: headers besides those that every answer has."""
    language = language_of(actor)
    with use(language):
        page = draw(language)
    return web.Response(status=status, text=page, content_type="text/html", headers={**HEADERS, **BARE, **(more or {})})


def language_of(actor: Actor) -> Language:
    """The reader's, where it is one of ours."""
    return next((known for known in LANGUAGES if known == actor.person.language), "nb")
